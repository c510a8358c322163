"""What happened to orders."""

from datetime import datetime

from attrs import frozen

from marketplace_core.kernel.ids import CartId, OrderId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.messages import Event
from marketplace_core.kernel.money import Money
from marketplace_core.orders.domain.delivery import DeliveryProof


@frozen(kw_only=True)
class OrderPlaced(Event):
    """A cart became an order: goods are held, money is not here yet."""

    order_id: OrderId
    buyer_id: UserId
    cart_id: CartId
    total: Money
    seller_ids: tuple[SellerId, ...]


@frozen(kw_only=True)
class ConfirmedShare:
    """One seller's part of a confirmed order; ``total`` is items and delivery."""

    seller_order_id: SellerOrderId
    seller_id: SellerId
    total: Money


@frozen(kw_only=True)
class OrderConfirmed(Event):
    """The money is held; every seller may start to fulfil."""

    order_id: OrderId
    buyer_id: UserId
    total: Money
    seller_orders: tuple[ConfirmedShare, ...]


@frozen(kw_only=True)
class OrderExpired(Event):
    """Nobody paid in time; the goods are back in stock."""

    order_id: OrderId
    buyer_id: UserId


@frozen(kw_only=True)
class OrderCancelled(Event):
    """The order was called off before it was paid; the goods are back in stock."""

    order_id: OrderId
    buyer_id: UserId


@frozen(kw_only=True)
class OrderNeedsReview(Event):
    """Money arrived that does not fit the order; an operator decides.

    ``reason`` is ``late_capture``, ``amount_mismatch`` or ``currency_mismatch``.
    """

    order_id: OrderId
    buyer_id: UserId
    reason: str


@frozen(kw_only=True)
class SellerOrderShipped(Event):
    """A seller handed the parcel to a carrier."""

    seller_order_id: SellerOrderId
    order_id: OrderId
    seller_id: SellerId
    buyer_id: UserId
    carrier: str
    tracking: str


@frozen(kw_only=True)
class SellerOrderDelivered(Event):
    """The goods arrived, as far as ``proof`` goes; told again when a better proof comes."""

    seller_order_id: SellerOrderId
    order_id: OrderId
    seller_id: SellerId
    buyer_id: UserId
    proof: DeliveryProof
    delivered_at: datetime
