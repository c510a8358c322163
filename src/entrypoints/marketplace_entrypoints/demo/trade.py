"""Lets buyers and sellers trade, as ``catalogue.purchases`` tells it, through the one door and in order of time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from attrs import frozen

from marketplace_core.cart import AddToCart, EmptyCart, ViewCart
from marketplace_core.catalog import ViewProduct
from marketplace_core.kernel.access import SYSTEM, Actor
from marketplace_core.kernel.ids import OfferId, OrderId
from marketplace_core.kernel.paging import PAGE_SIZE_MAX, PageRequest
from marketplace_core.orders import (
    CancelOrder,
    ConfirmReceipt,
    ListOrders,
    MarkDelivered,
    OrderState,
    OrderView,
    PlaceOrder,
    QuoteCheckout,
    SellerOrderState,
    SellerOrderView,
    ShipSellerOrder,
    ViewOrder,
)
from marketplace_core.payments import (
    CancelPayout,
    FreezeEscrow,
    HoldState,
    ProviderRefused,
    SweepPayouts,
    UnfreezeEscrow,
    ViewEscrow,
    ViewPayout,
)
from marketplace_entrypoints.demo.catalogue import OPERATOR, PURCHASES, SHOPS, Shop
from marketplace_entrypoints.demo.catalogue.deeds import (
    Arrives,
    BankReturns,
    CallsOff,
    Card,
    Deed,
    Disputed,
    Freezes,
    GivesBack,
    Pays,
    Purchase,
    Recalls,
    Receives,
    Ships,
    Thaws,
    Waits,
    Want,
)
from marketplace_entrypoints.demo.catalogue.people import ADDRESSES
from marketplace_entrypoints.demo.hands import Hands
from marketplace_entrypoints.demo.misfortune import Misfortunes
from marketplace_entrypoints.demo.stocking import shelved
from marketplace_entrypoints.demo.tell import Advance

PAYOUT_LATEST: Final = timedelta(minutes=65)
REFUSED_CARDS: Final = frozenset({Card.DECLINED, Card.WITHOUT_FUNDS})
_TO_SEND: Final = frozenset({SellerOrderState.CONFIRMED, SellerOrderState.ACCEPTED})
_SENT: Final = frozenset({SellerOrderState.SHIPPED, SellerOrderState.DELIVERED})


class TradeWentWrong(Exception):
    """What was to happen did not; the message says what and where."""


@frozen
class Happening:
    """Something in the history: the purchase itself, or one of its deeds."""

    at: datetime
    purchase: Purchase
    deed: Deed | None = None


def history(present: datetime) -> list[Happening]:
    """Return everything that happens, in order of time."""

    def every() -> Iterator[Happening]:
        for purchase in PURCHASES:
            placed_at = present - purchase.ago
            yield Happening(placed_at, purchase)
            for deed in purchase.deeds:
                yield Happening(min(placed_at + deed.after, present), purchase, deed)

    return sorted(every(), key=lambda happening: happening.at)


async def orders_placed(hands: Hands, purchase: Purchase) -> list[OrderId]:
    """Return the orders of the purchase's buyer, the oldest first."""
    by = await hands.actor(purchase.buyer)
    page = await hands.market.ask(ListOrders(page=PageRequest(limit=PAGE_SIZE_MAX)), by=by)
    return [order.order_id for order in reversed(page.items)]


async def trade(hands: Hands, present: datetime, advance: Advance) -> None:
    """Let everything happen that has not happened yet. Raises ``TradeWentWrong``."""
    trading = _Trading(hands, {shop.slug: shop for shop in SHOPS})
    for happening in history(present):
        await _until(hands, happening.at)
        await trading.let(happening)
        await hands.settle()
        if happening.deed is None:
            advance()
    await _until(hands, present)


async def _until(hands: Hands, moment: datetime) -> None:
    """Let time pass up to the moment, but look in after an hour: by then what was released has been paid out."""
    soon = hands.clock.now() + PAYOUT_LATEST
    for stop in (soon, moment) if soon < moment else (moment,):
        hands.travel(max(stop, hands.clock.now()))
        await hands.settle()


@frozen
class _Trading:
    hands: Hands
    shops: dict[str, Shop]

    async def let(self, happening: Happening) -> None:
        purchase, deed = happening.purchase, happening.deed
        number = [one for one in PURCHASES if one.buyer == purchase.buyer].index(purchase)
        placed = await orders_placed(self.hands, purchase)
        if deed is None:
            if len(placed) <= number:
                await self._place(purchase)
            return
        by = await self.hands.actor(purchase.buyer)
        order = await self.hands.market.ask(ViewOrder(order_id=placed[number]), by=by)
        await self._do(deed, order, by)

    async def _do(self, deed: Deed, order: OrderView, by: Actor) -> None:
        unpaid = order.state is OrderState.PENDING_PAYMENT
        match deed:
            case Waits():
                pass
            case Pays() if unpaid:
                await self._pay(order, deed.card)
            case CallsOff() if unpaid:
                await self.hands.market.execute(CancelOrder(order_id=order.order_id), by=by)
            case Ships() if self._part(order, deed.shop).state in _TO_SEND:
                part = self._part(order, deed.shop)
                sending = ShipSellerOrder(
                    seller_order_id=part.seller_order_id, carrier=deed.carrier, tracking=deed.tracking
                )
                await self.hands.market.execute(sending, by=await self._seller(deed.shop))
            case Arrives() if self._part(order, deed.shop).state is SellerOrderState.SHIPPED:
                arrived = MarkDelivered(seller_order_id=self._part(order, deed.shop).seller_order_id)
                await self.hands.market.execute(arrived, by=await self._seller(deed.shop))
            case Receives() if self._part(order, deed.shop).state in _SENT:
                received = ConfirmReceipt(seller_order_id=self._part(order, deed.shop).seller_order_id)
                await self.hands.market.execute(received, by=by)
            case GivesBack() | Disputed() | BankReturns():
                await self._suffer(deed, order)
            case Freezes() | Thaws() | Recalls():
                await self._oversee(deed, self._part(order, deed.shop))
            case _:
                pass  # it has happened before

    async def _suffer(self, deed: GivesBack | Disputed | BankReturns, order: OrderView) -> None:
        misfortunes = Misfortunes(self.hands, await self.hands.actor(OPERATOR))
        match deed:
            case GivesBack():
                await misfortunes.give_back(deed, order)
            case Disputed():
                await misfortunes.dispute(deed, order, self._part(order, deed.shop).seller_order_id)
            case BankReturns():
                await misfortunes.return_payout(deed, order, self._part(order, deed.shop).seller_order_id)

    async def _oversee(self, deed: Freezes | Thaws | Recalls, part: SellerOrderView) -> None:
        """Do what an operator does about the money of a shop's part."""
        market, operator = self.hands.market, await self.hands.actor(OPERATOR)
        about = part.seller_order_id
        hold = await market.ask(ViewEscrow(seller_order_id=about), by=operator)
        match deed:
            case Freezes() if hold.state is HoldState.HELD:
                await market.execute(FreezeEscrow(seller_order_id=about, reason=deed.reason), by=operator)
            case Thaws() if hold.state is HoldState.FROZEN:
                await market.execute(UnfreezeEscrow(seller_order_id=about, reason=deed.reason), by=operator)
            case Recalls():
                run = await market.execute(SweepPayouts(), by=operator)
                for payout_id in run.payouts:
                    payout = await market.ask(ViewPayout(payout_id=payout_id), by=operator)
                    if payout.seller_id == hold.seller_id:
                        await market.execute(CancelPayout(payout_id=payout_id), by=operator)
            case _:
                pass  # it has happened before

    async def _place(self, purchase: Purchase) -> None:
        market, by = self.hands.market, await self.hands.actor(purchase.buyer)
        if (await market.ask(ViewCart(), by=by)).groups:
            await market.execute(EmptyCart(), by=by)
        for want in purchase.wants:
            await market.execute(AddToCart(offer_id=await self._offer(want), quantity=want.quantity), by=by)
        quote = await market.ask(QuoteCheckout(), by=by)
        address = ADDRESSES[purchase.buyer]
        key = f"demo-{uuid4().hex}"
        order = PlaceOrder(quote_hash=quote.quote_hash, address=address, request_key=key)
        await market.execute_once(order, by=by, key=key)

    async def _pay(self, order: OrderView, card: Card) -> None:
        step = order.payment
        if step is None or step.client_secret is None:
            raise TradeWentWrong(f"The payment of {order.order_id} was never opened at the provider.")
        try:
            await self.hands.pay(step, card.value)
        except ProviderRefused:
            if card not in REFUSED_CARDS:
                raise
        if card is Card.ASKS_THE_BANK:
            await self.hands.approve(step)

    async def _offer(self, want: Want) -> OfferId:
        shop = self.shops[want.shop]
        product_id = (await shelved(self.hands, shop))[want.handle]
        product = await self.hands.market.ask(ViewProduct(product_id=product_id), by=SYSTEM)
        for variant in product.variants:
            if variant.options == want.options:
                return variant.offer_id
        raise TradeWentWrong(f"{product.title} does not come as {' / '.join(want.options) or 'one thing'}.")

    def _part(self, order: OrderView, slug: str) -> SellerOrderView:
        name = self.shops[slug].name
        for part in order.seller_orders:
            if part.seller_name == name:
                return part
        raise TradeWentWrong(f"{name} has no part in {order.order_id}.")

    async def _seller(self, slug: str) -> Actor:
        return await self.hands.actor(self.shops[slug].owner)
