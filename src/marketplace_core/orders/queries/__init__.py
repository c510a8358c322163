"""What may be asked about orders, and who answers."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Final, Protocol

import attrs
from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OrderId, PaymentId, SellerId, SellerOrderId, UserId, VoucherId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest
from marketplace_core.orders.domain.calling_off import CalledOff
from marketplace_core.orders.domain.delivery import Address, Delivered, Shipment
from marketplace_core.orders.domain.delivery_terms import DeliveryTerms
from marketplace_core.orders.domain.errors import OrderNotFound, SellerOrderNotFound
from marketplace_core.orders.domain.lines import OrderLine, Units
from marketplace_core.orders.domain.order import OrderState
from marketplace_core.orders.domain.ownership import is_buyer, is_seller, sees_all
from marketplace_core.orders.domain.pricing import Pricing, Totals, price_of, totals_of
from marketplace_core.orders.domain.seller_order import SellerOrderState
from marketplace_core.orders.domain.steps import Step
from marketplace_core.orders.domain.voucher import Voucher
from marketplace_core.orders.ports import Checkout, OrderLinks, PaymentStep

_NOTHING_TO_SEND: Final = frozenset({
    SellerOrderState.PENDING, SellerOrderState.DECLINED, SellerOrderState.CANCELLED,
})  # fmt: skip
_EVERYBODY: Final = "everybody"
"""Whose list a cursor of everybody's orders belongs to."""


@frozen(kw_only=True)
class GroupFacts:
    """One seller's part of an order, in numbers; ``total`` is the seller's share, ``price`` what the buyer pays."""

    seller_order_id: SellerOrderId
    seller_id: SellerId
    seller_name: str
    lines: tuple[OrderLine, ...]
    items: Money
    delivery: Money
    pricing: Pricing
    total: Money

    @property
    def price(self) -> Money:
        """What the buyer pays for it."""
        return price_of(self)


@frozen(kw_only=True)
class OrderFacts:
    """What other contexts may know of an order. ``total`` is what the buyer pays for the ``groups`` that are told."""

    order_id: OrderId
    buyer_id: UserId
    total: Money
    placed_at: datetime
    groups: tuple[GroupFacts, ...]


@frozen(kw_only=True)
class SellerOrderView:
    """One seller's part of an order: ``total`` is the seller's share, ``price`` what the buyer pays.

    ``address`` is told once the order is paid; ``timeline`` is oldest first.

    Of the ``lines``, ``parcels`` says what was sent (``shipment`` is the last one), ``called_off`` what will not be
    sent, and ``open_units`` what is left to send.
    """

    seller_order_id: SellerOrderId
    order_id: OrderId
    buyer_id: UserId
    seller_id: SellerId
    seller_name: str
    state: SellerOrderState
    lines: tuple[OrderLine, ...]
    items: Money
    delivery: Money
    pricing: Pricing
    total: Money
    placed_at: datetime
    address: Address | None
    shipment: Shipment | None
    parcels: tuple[Shipment, ...]
    called_off: tuple[CalledOff, ...]
    open_units: tuple[Units, ...]
    arrival: Delivered | None
    timeline: tuple[Step, ...]

    @property
    def price(self) -> Money:
        """What the buyer pays for it."""
        return price_of(self)

    @property
    def discount(self) -> Money:
        """What the seller took off its goods."""
        return Money(self.pricing.discount_minor, self.items.currency)


@frozen(kw_only=True)
class OrderView:
    """An order as its buyer sees it. ``payment`` is what is left to do to pay it; ``timeline`` is oldest first."""

    order_id: OrderId
    buyer_id: UserId
    state: OrderState
    total: Money
    address: Address
    policy_version: str
    policy_number: int
    placed_at: datetime
    pay_by: datetime
    payment_id: PaymentId
    payment: PaymentStep | None
    seller_orders: tuple[SellerOrderView, ...]
    timeline: tuple[Step, ...]

    @property
    def totals(self) -> Totals:
        """What the buyer pays, line by line."""
        return totals_of(self.seller_orders, self.total.currency)

    @property
    def voucher(self) -> str | None:
        """The code that took something off."""
        return next((part.pricing.voucher for part in self.seller_orders if part.pricing.voucher), None)


@frozen(kw_only=True)
class SellerOrderSummary:
    """A seller order in a list; ``quantity`` counts units."""

    seller_order_id: SellerOrderId
    order_id: OrderId
    seller_id: SellerId
    seller_name: str
    state: SellerOrderState
    quantity: int
    total: Money
    placed_at: datetime


@frozen(kw_only=True)
class OrderSummary:
    """An order in a list."""

    order_id: OrderId
    buyer_id: UserId
    state: OrderState
    total: Money
    placed_at: datetime
    seller_orders: tuple[SellerOrderSummary, ...]


class OrdersReader(Protocol):
    """Reads orders for answers and for other contexts. Every method is one query; newest first, groups by id."""

    async def order_facts(self, order_id: OrderId) -> OrderFacts:
        """Tell an order's facts. Raises ``OrderNotFound``."""
        ...

    async def seller_order_facts(self, seller_order_id: SellerOrderId) -> OrderFacts:
        """Tell the facts of one seller's part, as an order of that part alone. Raises ``SellerOrderNotFound``."""
        ...

    async def order_view(self, order_id: OrderId) -> OrderView:
        """Show an order, without its payment. Raises ``OrderNotFound``."""
        ...

    async def seller_order_view(self, seller_order_id: SellerOrderId) -> SellerOrderView:
        """Show one seller's part of an order. Raises ``SellerOrderNotFound``."""
        ...

    async def orders_of(self, buyer_id: UserId, limit: int, before: OrderId | None) -> Sequence[OrderSummary]:
        """List at most ``limit`` orders of a buyer that are older than ``before``."""
        ...

    async def buyers_among(self, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """Return those of the users who have ever placed an order."""
        ...

    async def all_orders(self, state: OrderState | None, limit: int, before: OrderId | None) -> Sequence[OrderSummary]:
        """List at most ``limit`` orders of everybody, in that state if one is named, older than ``before``."""
        ...

    async def voucher(self, voucher_id: VoucherId) -> Voucher:
        """Return a voucher. Raises ``VoucherNotFound``."""
        ...

    async def voucher_for(self, code: str, buyer_id: UserId) -> tuple[Voucher, int]:
        """Return the voucher with this code, and how often a buyer has used it. Raises ``VoucherNotApplicable``."""
        ...

    async def vouchers_of(self, seller_id: SellerId | None, limit: int, before: VoucherId | None) -> Sequence[Voucher]:
        """List at most ``limit`` vouchers of a shop, or of the platform, that are older than ``before``."""
        ...

    async def seller_orders_of(
        self, seller_id: SellerId, state: SellerOrderState | None, limit: int, before: SellerOrderId | None
    ) -> Sequence[SellerOrderSummary]:
        """List at most ``limit`` seller orders of a shop, in that state if one is named, older than ``before``."""
        ...

    async def delivery_terms(self, seller_ids: Collection[SellerId]) -> Mapping[SellerId, DeliveryTerms]:
        """Return the terms of delivery of those among the shops that have their own."""
        ...


@frozen(kw_only=True)
class ViewOrder(Query[OrderView]):
    """Look at an order."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN
    order_id: OrderId


@frozen(kw_only=True)
class ViewOrderHandler:
    """Show an order with its seller orders, its timeline and its payment.

    - Buyers see their own orders, operators see all; for everybody else there is no such order.
    - Only the buyer sees what it takes to pay.
    """

    reader: OrdersReader
    checkout: Checkout

    async def __call__(self, query: ViewOrder, by: Actor) -> OrderView:
        """Show it."""
        view = await self.reader.order_view(query.order_id)
        if not (is_buyer(view.buyer_id, by) or sees_all(by)):
            raise OrderNotFound
        step = await self.checkout.step(view.payment_id)
        return attrs.evolve(
            view, payment=step if is_buyer(view.buyer_id, by) else attrs.evolve(step, client_secret=None)
        )


@frozen(kw_only=True)
class ViewOrderByLink(Query[OrderView]):
    """Look at an order by the link in its confirmation; ``key`` is what the link carries."""

    permission: ClassVar[Permission] = Permission.ANYONE
    order_id: OrderId
    key: str = field(repr=False)


@frozen(kw_only=True)
class ViewOrderByLinkHandler:
    """Show an order to whoever holds its link, as its buyer sees it.

    - The link is in the confirmation of an order that was placed without an account.
    - It opens that order for 90 days from placing it; a wrong or expired one looks like an order that does not exist.
    - It shows and changes nothing: paying and confirming the receipt need the buyer's session.
    """

    reader: OrdersReader
    checkout: Checkout
    links: OrderLinks
    clock: Clock

    async def __call__(self, query: ViewOrderByLink, by: Actor) -> OrderView:
        """Show it."""
        if not self.links.opens(query.order_id, query.key, self.clock.now()):
            raise OrderNotFound
        view = await self.reader.order_view(query.order_id)
        return attrs.evolve(view, payment=attrs.evolve(await self.checkout.step(view.payment_id), client_secret=None))


@frozen(kw_only=True)
class ListOrders(Query[Page[OrderSummary]]):
    """List the orders the actor placed."""

    permission: ClassVar[Permission] = Permission.BUYER
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ListOrdersHandler:
    """List the buyer's own orders, newest first."""

    reader: OrdersReader

    async def __call__(self, query: ListOrders, by: Actor) -> Page[OrderSummary]:
        """List them."""
        buyer_id, page = by.own_user, query.page
        before = None if page.cursor is None else OrderId(_position(page.cursor, buyer_id))
        rows = tuple(await self.reader.orders_of(buyer_id, page.limit + 1, before))
        items = rows[: page.limit]
        return Page(items=items, next_cursor=_cursor(buyer_id, items[-1].order_id) if len(rows) > page.limit else None)


@frozen(kw_only=True)
class ListAllOrders(Query[Page[OrderSummary]]):
    """List everybody's orders, in one state or in all."""

    permission: ClassVar[Permission] = Permission.OPERATOR
    state: OrderState | None = None
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ListAllOrdersHandler:
    """List everybody's orders for operators, newest first."""

    reader: OrdersReader

    async def __call__(self, query: ListAllOrders, by: Actor) -> Page[OrderSummary]:
        """List them."""
        page = query.page
        before = None if page.cursor is None else OrderId(_position(page.cursor, _EVERYBODY))
        rows = tuple(await self.reader.all_orders(query.state, page.limit + 1, before))
        items = rows[: page.limit]
        return Page(
            items=items, next_cursor=_cursor(_EVERYBODY, items[-1].order_id) if len(rows) > page.limit else None
        )


@frozen(kw_only=True)
class ListSellerOrders(Query[Page[SellerOrderSummary]]):
    """List the seller orders of a shop, in one state or in all."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_id: SellerId
    state: SellerOrderState | None = None
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ListSellerOrdersHandler:
    """List a shop's seller orders, newest first, for the shop itself or an operator."""

    reader: OrdersReader

    async def __call__(self, query: ListSellerOrders, by: Actor) -> Page[SellerOrderSummary]:
        """List them."""
        by.require_seller(query.seller_id)
        page = query.page
        before = None if page.cursor is None else SellerOrderId(_position(page.cursor, query.seller_id))
        rows = tuple(await self.reader.seller_orders_of(query.seller_id, query.state, page.limit + 1, before))
        items = rows[: page.limit]
        more = len(rows) > page.limit
        return Page(items=items, next_cursor=_cursor(query.seller_id, items[-1].seller_order_id) if more else None)


@frozen(kw_only=True)
class ViewSellerOrder(Query[SellerOrderView]):
    """Look at one seller's part of an order."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_order_id: SellerOrderId


@frozen(kw_only=True)
class ViewSellerOrderHandler:
    """Show a seller what they have to send.

    - The seller sees their own part only, never another seller's lines; operators see all.
    - Where to send it is told once the money is held, and as long as there is something to send or was sent.
    """

    reader: OrdersReader

    async def __call__(self, query: ViewSellerOrder, by: Actor) -> SellerOrderView:
        """Show it."""
        view = await self.reader.seller_order_view(query.seller_order_id)
        if not (is_seller(view.seller_id, by) or sees_all(by)):
            raise SellerOrderNotFound
        return attrs.evolve(view, address=None) if view.state in _NOTHING_TO_SEND else view


def _cursor(owner: str, last: str) -> str:
    return urlsafe_b64encode(f"{owner} {last}".encode()).decode().rstrip("=")


def _position(cursor: str, owner: str) -> str:
    try:
        named, _, last = urlsafe_b64decode(cursor.encode("ascii") + b"==").decode("ascii").partition(" ")
    except (NotBase64, UnicodeError):
        named = last = ""
    if named != owner or not last:
        raise InvalidCursor("This cursor does not belong to this list.")
    return last
