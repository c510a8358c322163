"""A cart, a stock room and a till in tables: what orders are made with, without the contexts that really do it."""

from collections.abc import Mapping, Sequence

import attrs
from attrs import define, field, frozen

from marketplace_core.inmemory.store import Store, Table
from marketplace_core.kernel.errors import ConcurrentUpdate, Conflict, RuleBroken, Unavailable
from marketplace_core.kernel.ids import CartId, OfferId, OrderId, PaymentId, SellerOrderId, UserId
from marketplace_core.kernel.money import Money, total
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.orders.domain.calling_off import CalledOff, Cause
from marketplace_core.orders.domain.delivery import ParcelArrival
from marketplace_core.orders.domain.errors import CartEmpty, MoneyDisputed
from marketplace_core.orders.domain.lines import BasketLine, Demand, OfferOnSale, OpenBasket, Units
from marketplace_core.orders.ports import (
    Basket,
    Buyers,
    CancelOutcome,
    Checkout,
    OpenMatters,
    PaymentStep,
    Quotes,
    Share,
)


class AlreadyCheckedOut(Conflict):
    code = "cart.already_checked_out"


class OutOfStock(RuleBroken):
    code = "catalog.out_of_stock"


@define
class KnownBuyers(Buyers):
    """Everybody has an address but the ``silent``."""

    silent: set[UserId] = field(factory=set)

    async def reachable(self, buyer_id: UserId) -> bool:
        return buyer_id not in self.silent


@frozen(kw_only=True)
class _Cart:
    buyer_id: UserId
    contents: OpenBasket
    order_id: OrderId | None = None


class TableBasket(Basket):
    reader_lags = False
    """Whether the cart that is read is always older than the one that is stored."""

    def __init__(self, store: Store) -> None:
        self._rows: Table[_Cart] = store.table("basket")

    def fill(self, cart_id: str, buyer_id: UserId, *lines: tuple[OfferOnSale, int], version: int = 1) -> None:
        seen = [BasketLine(offer_id=one.offer_id, quantity=n, unit_price_seen=one.unit_price) for one, n in lines]
        contents = OpenBasket(cart_id=CartId(cart_id), version=version, lines=tuple(seen))
        self._rows.put(cart_id, _Cart(buyer_id=buyer_id, contents=contents))

    async def open(self, buyer_id: UserId) -> OpenBasket:
        for cart in self._rows.find(lambda row: row.buyer_id == buyer_id and row.order_id is None):
            return attrs.evolve(cart.contents, version=cart.contents.version - self.reader_lags)
        raise CartEmpty("There is nothing in the cart.")

    async def use_voucher(self, buyer_id: UserId, code: str | None) -> None:
        for cart in self._rows.find(lambda row: row.buyer_id == buyer_id and row.order_id is None):
            version = cart.contents.version + 1
            contents = attrs.evolve(cart.contents, voucher_code=code, version=version)
            self._rows.put(contents.cart_id, attrs.evolve(cart, contents=contents))
            return
        if code is not None:
            raise CartEmpty("There is nothing in the cart.")

    async def close(self, basket: OpenBasket, order_id: OrderId) -> None:
        cart = self._rows.get(basket.cart_id)
        assert cart is not None
        if cart.order_id is not None:
            raise AlreadyCheckedOut("This cart has become an order.", order_id=cart.order_id)
        if cart.contents.version != basket.version:
            raise ConcurrentUpdate("The cart changed.")
        self._rows.put(basket.cart_id, attrs.evolve(cart, order_id=order_id))


@frozen(kw_only=True)
class _Held:
    demand: tuple[Demand, ...]
    state: str = "held"


class TableQuotes(Quotes):
    def __init__(self, store: Store) -> None:
        self._offers: Table[OfferOnSale] = store.table("shelf")
        self._held: Table[_Held] = store.table("held")

    def put(self, *offers: OfferOnSale) -> None:
        for offer in offers:
            self._offers.put(offer.offer_id, offer)

    def available(self, offer_id: OfferId) -> int:
        offer = self._offers.get(offer_id)
        assert offer is not None
        return offer.available

    def held_state(self, order_id: OrderId) -> str | None:
        row = self._held.get(order_id)
        return row.state if row else None

    async def offers(self, offer_ids: Sequence[OfferId]) -> Mapping[OfferId, OfferOnSale]:
        return {offer.offer_id: offer for offer in self._offers.find(lambda row: row.offer_id in offer_ids)}

    async def hold(self, order_id: OrderId, demand: Sequence[Demand]) -> None:
        short = [one.offer_id for one in demand if self.available(one.offer_id) < one.quantity]
        if short:
            raise OutOfStock("There is not enough left.", lines=list(short))
        self._move(demand, -1)
        self._held.put(order_id, _Held(demand=tuple(demand)))

    async def hold_part(self, order_id: OrderId, units: Sequence[Units]) -> bool:
        row = self._held.get(order_id)
        has = row.demand if row is not None and row.state != "released" else ()
        missing = [Demand(offer_id=one.offer_id, quantity=one.quantity) for one in units]
        missing = [one for one in missing if one not in has]
        if any(self.available(one.offer_id) < one.quantity for one in missing):
            return False
        self._move(missing, -1)
        self._held.put(order_id, _Held(demand=(*has, *missing)))
        return True

    async def restock(self, order_id: OrderId, units: Sequence[Units]) -> None:
        assert self.held_state(order_id) == "committed"
        self._move([Demand(offer_id=one.offer_id, quantity=one.quantity) for one in units], 1)

    async def commit(self, order_id: OrderId) -> None:
        row = self._held.get(order_id)
        if row is not None and row.state == "held":
            self._held.put(order_id, attrs.evolve(row, state="committed"))

    async def release(self, order_id: OrderId) -> None:
        row = self._held.get(order_id)
        if row is not None and row.state == "held":
            self._move(row.demand, 1)
            self._held.put(order_id, attrs.evolve(row, state="released"))

    def _move(self, demand: Sequence[Demand], sign: int) -> None:
        for one in demand:
            offer = self._offers.get(one.offer_id)
            assert offer is not None
            self._offers.put(one.offer_id, attrs.evolve(offer, available=offer.available + sign * one.quantity))


@define(kw_only=True)
class Provider:
    """The other side of the till: what it knows of payments, how often it was asked, and whether it answers."""

    states: dict[PaymentId, str] = field(factory=dict)
    calls: list[str] = field(factory=list)
    down: bool = False

    def asked(self, call: str, payment_id: PaymentId) -> None:
        outside_transaction(f"provider.{call}")
        self.calls.append(f"{call} {payment_id}")
        if self.down:
            raise Unavailable("The provider does not answer.", ambiguous=True, retry_after_seconds=7)


class TableCheckout(Checkout):
    def __init__(self, store: Store, provider: Provider) -> None:
        self._ids = store.ids
        self._amounts: Table[Money] = store.table("till")
        self._secrets: Table[str] = store.table("till_secrets")
        self._agreed: Table[tuple[Share, ...]] = store.table("till_agreed")
        self.provider = provider
        self.given_back: list[PaymentId] = []
        self.accepted: list[PaymentId] = []
        self.is_too_little = False
        self._returned: Table[tuple[SellerOrderId, Cause, bool, Money]] = store.table("till_returned")
        self._shares: Table[tuple[PaymentId, frozenset[SellerOrderId]]] = store.table("till_shares")
        self.released: set[SellerOrderId] = set()
        self.is_settled = False
        self.disputed: set[SellerOrderId] = set()
        self.frozen: set[SellerOrderId] = set()
        self.arrivals: list[tuple[SellerOrderId, ParcelArrival]] = []

    def count(self) -> int:
        return len(self._amounts)

    def shares(self, payment_id: PaymentId) -> tuple[Share, ...]:
        return self._agreed.get(payment_id) or ()

    async def open(self, order_id: OrderId, buyer_id: UserId, currency: str, shares: Sequence[Share]) -> PaymentId:
        payment_id = PaymentId(self._ids.new("pay"))
        self._shares.put(order_id, (payment_id, frozenset(one.seller_order_id for one in shares)))
        self._agreed.put(payment_id, tuple(shares))
        self._amounts.put(payment_id, total([_price(one) for one in shares], currency))
        return payment_id

    async def request(self, payment_id: PaymentId) -> PaymentStep:
        self.provider.asked("request", payment_id)
        self.provider.states.setdefault(payment_id, "requires_action")
        self._secrets.put(payment_id, f"secret of {payment_id}")
        return await self.step(payment_id)

    async def step(self, payment_id: PaymentId) -> PaymentStep:
        amount = self._amounts.get(payment_id)
        assert amount is not None
        return PaymentStep(
            payment_id=payment_id,
            provider="table",
            state=self.provider.states.get(payment_id, "created"),
            client_secret=self._secrets.get(payment_id),
            amount=amount,
        )

    async def cancel(self, payment_id: PaymentId) -> CancelOutcome:
        self.provider.asked("cancel", payment_id)
        state = self.provider.states.get(payment_id, "created")
        if state in ("captured", "processing"):
            return CancelOutcome(state)
        self.provider.states[payment_id] = "cancelled"
        return CancelOutcome.CANCELLED

    async def give_back(self, payment_id: PaymentId) -> None:
        self.given_back.append(payment_id)

    async def accept(self, payment_id: PaymentId) -> bool:
        self.accepted.append(payment_id)
        return not self.is_too_little

    async def return_share(self, seller_order_id: SellerOrderId, gone: CalledOff) -> None:
        if seller_order_id in self.disputed:
            raise MoneyDisputed("A card dispute decides.")
        if seller_order_id not in {one for one, _, whole, _ in self._returned if whole}:
            entry = (seller_order_id, gone.cause, gone.whole, gone.total)
            self._returned.put((seller_order_id, len(self._returned)), entry)

    @property
    def returned(self) -> list[tuple[SellerOrderId, Cause, Money]]:
        return [(name, cause, amount) for name, cause, _, amount in self._returned]

    async def freeze_undelivered(self, seller_order_id: SellerOrderId) -> None:
        self.frozen.add(seller_order_id)

    async def unfreeze_undelivered(self, seller_order_id: SellerOrderId) -> None:
        self.frozen.discard(seller_order_id)

    async def parcel_arrived(self, seller_order_id: SellerOrderId, arrival: ParcelArrival) -> None:
        self.arrivals.append((seller_order_id, arrival))

    async def open_matters(self, order_id: OrderId) -> OpenMatters:
        """All that was paid and neither returned whole nor released; what was returned is on its way, until settled."""
        paid = self._shares.get(order_id)
        if paid is None or self.provider.states.get(paid[0]) != "captured":
            return OpenMatters(held=frozenset(), pending=False)
        gone = {name for name, _, whole, _ in self._returned if whole}
        returned = {name for name, _, _, _ in self._returned}
        return OpenMatters(
            held=paid[1] - gone - self.released, pending=not self.is_settled and bool(returned & paid[1])
        )

    async def pay(self, payment_id: PaymentId) -> None:
        self.provider.states[payment_id] = "captured"

    async def dawdle(self, payment_id: PaymentId) -> None:
        self.provider.states[payment_id] = "processing"


def _price(share: Share) -> Money:
    extra = share.tax_minor + share.fee_minor - share.subsidy_minor
    return share.items + share.delivery + Money(extra, share.items.currency)
