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
    """The order was called off, unpaid or with all its parts; the goods are back in stock."""

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
class OrderClosed(Event):
    """All parts of the order are over, and so is all that was open about its money."""

    order_id: OrderId
    buyer_id: UserId


@frozen(kw_only=True)
class OrderReopened(Event):
    """Something came up about the money of a closed order; ``reason`` is a short code."""

    order_id: OrderId
    buyer_id: UserId
    reason: str


@frozen(kw_only=True)
class SellerOrderCalledOff(Event):
    """Goods will not be sent: those of a whole seller order, or what was left to send (``whole`` is False).

    ``cause`` is a ``Cause``, ``who`` a ``Who``, ``note`` in the words of whoever called it off, ``amount`` what the
    buyer had paid for the goods.
    """

    seller_order_id: SellerOrderId
    order_id: OrderId
    seller_id: SellerId
    buyer_id: UserId
    cause: str
    note: str
    who: str
    whole: bool
    amount: Money


@frozen(kw_only=True)
class SellerOrderReturned(Event):
    """A parcel could not be delivered and comes back to its seller."""

    seller_order_id: SellerOrderId
    order_id: OrderId
    seller_id: SellerId
    buyer_id: UserId


@frozen(kw_only=True)
class SellerOrderCompleted(Event):
    """The money of a seller order is where it belongs, and it is too late to send anything back."""

    seller_order_id: SellerOrderId
    order_id: OrderId
    seller_id: SellerId


@frozen(kw_only=True)
class SellerOrderReopened(Event):
    """Money of a completed seller order is held again."""

    seller_order_id: SellerOrderId
    order_id: OrderId
    seller_id: SellerId


@frozen(kw_only=True)
class SellerOrderShipped(Event):
    """A seller handed a parcel to a carrier.

    ``complete`` says that nothing is left to send, ``whole`` that all of the seller order is in this parcel.
    """

    seller_order_id: SellerOrderId
    order_id: OrderId
    seller_id: SellerId
    buyer_id: UserId
    carrier: str
    tracking: str
    complete: bool = True
    whole: bool = True


@frozen(kw_only=True)
class SellerOrderDelivered(Event):
    """The goods arrived, as far as ``proof`` goes; told again when a better proof comes."""

    seller_order_id: SellerOrderId
    order_id: OrderId
    seller_id: SellerId
    buyer_id: UserId
    proof: DeliveryProof
    delivered_at: datetime
