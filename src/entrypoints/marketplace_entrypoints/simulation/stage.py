"""What people do in scenes: shops, buyers, operators, banks. Every deed is told when it is done."""

from datetime import timedelta
from random import Random
from typing import Any

from attrs import define, field

from marketplace_core.cart import AddToCart
from marketplace_core.catalog import (
    AttachVideo,
    ChangePrice,
    CreateCategory,
    CreateProduct,
    NewVariant,
    PublishProduct,
)
from marketplace_core.identity import ApproveSeller, IdentifyUser, OpenShop, RegisterUser
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM, Actor
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.ids import OfferId, OrderId, SellerId, SellerOrderId, VideoId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.money import Money
from marketplace_core.orders import (
    Address,
    ConfirmReceipt,
    DeliveryTerms,
    OrderView,
    PlaceOrder,
    Quote,
    QuoteCheckout,
    SellerOrderView,
    SetDelivery,
    ShipSellerOrder,
    ViewOrder,
)
from marketplace_core.payments import (
    ListPayouts,
    PayoutView,
    RefundWish,
    RequestRefund,
    RetryPayout,
    SellerBalance,
    SweepPayouts,
    ViewBalance,
)
from marketplace_entrypoints.simulation.house import CURRENCY, OPERATOR, House

ADDRESS = Address(name="Anna Blum", line1="Lindenweg 1", city="Berlin", postal_code="10115", country="DE")
PASSWORD = "a-long-rehearsed-password"  # noqa: S105 - of people who do not exist
GOOD_CARD = "4242424242424242"


@define(kw_only=True)
class Stage:
    """The people of one scene. ``chance`` is seeded: it is where scenes take their numbers from."""

    house: House
    chance: Random
    shops: dict[str, SellerId] = field(factory=dict)
    _people: dict[str, Actor] = field(factory=dict)
    _offers: dict[str, OfferId] = field(factory=dict)
    _orders: dict[str, OrderId] = field(factory=dict)

    # --- before the curtain

    async def shop(self, name: str, goods: dict[str, int], *, parcel_minor: int = 0) -> None:
        """Open a shop that may sell, with so many minor units as the price of each of its goods."""
        owner = await self._person(f"Owner of {name}")
        opened = await self.house.do(OpenShop(name=name, slug=_slug(name), country="DE", currency=CURRENCY), owner)
        await self.house.do(ApproveSeller(seller_id=opened.seller_id), OPERATOR)
        self.shops[name] = opened.seller_id
        self.house.names[opened.seller_id] = name
        self._people[name] = await self.house.ask(IdentifyUser(user=_email(f"Owner of {name}")), SYSTEM)
        self.house.names[owner.own_user] = name
        terms = DeliveryTerms(fee_minor=parcel_minor)
        await self.house.do(SetDelivery(seller_id=opened.seller_id, terms=terms), self._people[name])
        if len(self.shops) == 1:
            await self.house.do(CreateCategory(slug="things", name="Things"), OPERATOR)
        for title, price_minor in goods.items():
            await self._goods(opened.seller_id, title, price_minor)
        prices = ", ".join(f"{title} for {Money(price, CURRENCY)}" for title, price in goods.items())
        parcel = f"{Money(parcel_minor, CURRENCY)} a parcel" if parcel_minor else "delivery free"
        await self.house.tell(f"{name} sells {prices}; {parcel}.")

    async def buyer(self, name: str) -> None:
        """Register somebody who buys."""
        self._people[name] = await self._person(name)

    async def _goods(self, seller_id: SellerId, title: str, price_minor: int) -> None:
        variant = NewVariant(price_minor=price_minor, currency=CURRENCY, stock=100)
        create = CreateProduct(seller_id=seller_id, title=title, category="things", variants=(variant,))
        product = await self.house.do(create, SYSTEM)
        video = AttachVideo(
            product_id=product.product_id,
            seller_id=seller_id,
            video_id=VideoId("vid_0001"),
            poster_url="/poster.jpg",
            hls_url="/master.m3u8",
            duration_ms=1_000,
            width=320,
            height=180,
        )
        await self.house.do(video, SYSTEM)
        await self.house.do(PublishProduct(product_id=product.product_id), SYSTEM)
        self._offers[title] = product.variants[0].offer_id

    async def _person(self, name: str) -> Actor:
        await self.house.do(RegisterUser(email=_email(name), password=PASSWORD, name=name), ANONYMOUS)
        actor = await self.house.ask(IdentifyUser(user=_email(name)), SYSTEM)
        self.house.names[actor.own_user] = name
        return actor

    # --- buying

    async def quote(self, buyer: str, basket: dict[str, int]) -> Quote:
        """Fill a cart and ask what it costs."""
        for title, quantity in basket.items():
            await self.house.do(AddToCart(offer_id=self._offers[title], quantity=quantity), self._people[buyer])
        return await self.house.ask(QuoteCheckout(), self._people[buyer])

    async def place(self, buyer: str, quote: Quote) -> bool:
        """Place the order as quoted; tell whether the marketplace took it."""
        command = PlaceOrder(quote_hash=quote.quote_hash, address=ADDRESS)
        try:
            placed = await self.house.do(command, self._people[buyer])
        except MarketplaceError as refusal:
            await self.house.tell(f"{buyer} places the order as it was quoted, {quote.total}.", refusal)
            return False
        self._orders[buyer] = placed.order_id
        for part in (await self.order(buyer)).seller_orders:
            self.house.names[part.seller_order_id] = part.seller_name
        await self.house.tell(f"{buyer} orders for {placed.total}.")
        return True

    async def pay(self, buyer: str) -> None:
        """Pay the order by card."""
        payment = (await self.order(buyer)).payment
        assert payment is not None
        self.house.names[payment.payment_id] = f"{buyer}'s order"
        card = self.house.opened.adapters.payments.buyer
        await card.pay(payment.provider_reference, payment.client_secret, GOOD_CARD)
        await self.house.settle()
        await self.house.tell(f"{buyer} pays {payment.amount} by card.")

    async def buy(self, buyer: str, basket: dict[str, int]) -> None:
        """Fill a cart, order and pay."""
        await self.place(buyer, await self.quote(buyer, basket))
        await self.pay(buyer)

    async def order(self, buyer: str) -> OrderView:
        """Return the buyer's last order."""
        return await self.house.ask(ViewOrder(order_id=self._orders[buyer]), self._people[buyer])

    async def part(self, buyer: str, shop: str) -> SellerOrderView:
        """Return a shop's part of it."""
        return next(part for part in (await self.order(buyer)).seller_orders if part.seller_name == shop)

    # --- fulfilling

    async def ship(self, shop: str, buyer: str) -> None:
        """Send the shop's part of the buyer's last order."""
        part = await self.part(buyer, shop)
        ship = ShipSellerOrder(seller_order_id=part.seller_order_id, carrier="DHL", tracking="JD0001")
        await self._told(f"{shop} sends {buyer}'s parcel.", ship, self._people[shop])

    async def receive(self, buyer: str, shop: str) -> None:
        """Say that it arrived, which releases its money."""
        part = await self.part(buyer, shop)
        says = f"{buyer} has received the parcel of {shop}: its money is released."
        await self._told(says, ConfirmReceipt(seller_order_id=part.seller_order_id), self._people[buyer])

    async def days(self, count: int, says: str = "") -> None:
        """Let days pass."""
        await self.house.pass_time(timedelta(days=count))
        await self.house.tell(says or f"{count} days pass.")

    async def minutes(self, count: int, says: str) -> None:
        """Let minutes pass."""
        await self.house.pass_time(timedelta(minutes=count))
        await self.house.tell(says)

    # --- money back

    async def give_back(self, buyer: str, amount_minor: int) -> None:
        """Give an amount of the whole order back, as an operator."""
        says = f"The marketplace gives {buyer} {Money(amount_minor, CURRENCY)} of the whole order back."
        refund = RequestRefund(order_id=self._orders[buyer], reason="Sorry.", amount_minor=amount_minor)
        await self._told(says, refund, OPERATOR)

    async def shop_gives_back(self, shop: str, buyer: str, amount_minor: int) -> None:
        """Give an amount of the shop's goods back, as the shop."""
        says = f"{shop} gives {buyer} {Money(amount_minor, CURRENCY)} back."
        await self._told(says, await self._refund(shop, buyer, amount_minor, "Sorry."), self._people[shop])

    async def ask_back(self, buyer: str, shop: str, amount_minor: int, reason: str) -> None:
        """Ask for money back of the shop's goods, as the buyer."""
        says = f"{buyer} asks {shop} for {Money(amount_minor, CURRENCY)} back: “{reason}”"
        await self._told(says, await self._refund(shop, buyer, amount_minor, reason), self._people[buyer])

    async def _refund(self, shop: str, buyer: str, amount_minor: int, reason: str) -> RequestRefund:
        wish = RefundWish(seller_order_id=(await self.part(buyer, shop)).seller_order_id, items_minor=amount_minor)
        return RequestRefund(order_id=self._orders[buyer], reason=reason, wishes=(wish,))

    # --- payouts and banks

    async def run_payouts(self) -> None:
        """Assemble and send the payouts."""
        await self.house.do(SweepPayouts(), OPERATOR)
        await self.house.pass_time(timedelta(minutes=5))
        await self.house.tell("The payouts run.")

    async def bank_returns(self, shop: str) -> None:
        """Let the shop's bank send its last payout back."""
        payout = await self.payout(shop)
        found = await self.house.opened.adapters.payments.payouts.find_payout(payout.payout_id)
        await self.house.script(f"payouts/{found.reference}/return", failure_code="account_closed")
        await self.house.tell(f"The bank of {shop} sends the payout back: the account is closed.")

    async def retry_payout(self, shop: str) -> None:
        """Pay the shop's last payout again, to the bank account it has given since."""
        await self.house.do(RetryPayout(payout_id=(await self.payout(shop)).payout_id), OPERATOR)
        await self.house.pass_time(timedelta(minutes=5))
        await self.house.tell(f"{shop} has given another bank account, and the payout is tried again.")

    async def payout(self, shop: str) -> PayoutView:
        """Return the shop's last payout."""
        return (await self.house.ask(ListPayouts(seller_id=self.shops[shop]))).items[0]

    async def balance(self, shop: str) -> SellerBalance:
        """Return the shop's money."""
        (balance,) = (await self.house.ask(ViewBalance(seller_id=self.shops[shop]))).balances
        return balance

    # --- disputes

    async def dispute(self, buyer: str, shop: str, amount_minor: int) -> None:
        """Let the buyer's bank take money back that was paid for the shop's goods."""
        payment = (await self.order(buyer)).payment
        assert payment is not None
        item: SellerOrderId = (await self.part(buyer, shop)).seller_order_id
        await self.house.script("disputes", payment=payment.provider_reference, amount_minor=amount_minor, item=item)
        says = f"{buyer}'s bank disputes {Money(amount_minor, CURRENCY)} that was paid to {shop}, and takes it."
        await self.house.tell(says)

    async def decide(self, buyer: str, *, won: bool) -> None:
        """Let the card network decide the open dispute about the buyer's order."""
        payment = (await self.order(buyer)).payment
        assert payment is not None
        found = await self.house.opened.adapters.payments.disputes.of_payment(payment.provider_reference)
        reference = found[-1].reference
        await self.house.script(f"disputes/{reference}/advance", status="won" if won else "lost")
        await self.house.tell(f"The card network decides {'against' if won else 'for'} {buyer}.")

    # --- prices

    async def change_price(self, shop: str, title: str, price_minor: int) -> None:
        """Put another price on the shop's goods."""
        says = f"{shop} now asks {Money(price_minor, CURRENCY)} for {title}."
        change = ChangePrice(offer_id=self._offers[title], price=Money(price_minor, CURRENCY))
        await self._told(says, change, self._people[shop])

    async def _told(self, says: str, command: Command[Any], by: Actor) -> None:
        await self.house.do(command, by)
        await self.house.tell(says)


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def _email(name: str) -> str:
    return f"{_slug(name)}@example.org"
