"""What letters tell about orders and people, in this context's own words."""

from datetime import datetime

from attrs import field, frozen

from marketplace_core.kernel.ids import OrderId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.money import Money


@frozen(kw_only=True)
class Contact:
    """Whom a letter is for. ``shop_name`` is set when they are written to as a seller; a guest has no account."""

    user_id: UserId
    email: str
    name: str
    locale: str
    shop_name: str | None = None
    guest: bool = False


@frozen(kw_only=True)
class LineFacts:
    """Something that was bought; ``total`` is for the whole quantity."""

    title: str
    variant_title: str
    quantity: int
    total: Money


@frozen(kw_only=True)
class GroupFacts:
    """One seller's part of an order."""

    seller_order_id: SellerOrderId
    seller_id: SellerId
    seller_name: str
    lines: tuple[LineFacts, ...]
    delivery: Money
    total: Money


@frozen(kw_only=True)
class OrderFacts:
    """An order, or the part of it that the reader of the letter may know: only these ``groups``, and their total."""

    order_id: OrderId
    buyer_id: UserId
    placed_at: datetime
    groups: tuple[GroupFacts, ...]
    total: Money


@frozen(kw_only=True)
class OrderPage:
    """Where an order is read. An address that opens it without signing in works for ``days``; others have none."""

    url: str = field(repr=False)
    days: int | None = None
