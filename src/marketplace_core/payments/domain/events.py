"""What has become true about money."""

from attrs import frozen

from marketplace_core.kernel.ids import OrderId, PaymentId, PayoutId, SellerId, SellerOrderId
from marketplace_core.kernel.messages import Event
from marketplace_core.kernel.money import Money


@frozen(kw_only=True)
class PaymentCaptured(Event):
    """The buyer's money is with us, every share of it in escrow."""

    payment_id: PaymentId
    order_id: OrderId
    amount: Money


@frozen(kw_only=True)
class PaymentDeclined(Event):
    """An attempt to pay was declined; the buyer may try again. ``reason_code`` is the provider's."""

    payment_id: PaymentId
    order_id: OrderId
    reason_code: str


@frozen(kw_only=True)
class PaymentCancelled(Event):
    """The payment can no longer be made, and the provider has said so."""

    payment_id: PaymentId
    order_id: OrderId


@frozen(kw_only=True)
class PaymentNeedsReview(Event):
    """The provider has money, or a payment, that does not fit the order; somebody must look. It counts as unpaid."""

    payment_id: PaymentId
    order_id: OrderId
    reason: str


@frozen(kw_only=True)
class EscrowReleased(Event):
    """A seller's part of an order left escrow: amount = commission + commission_vat + reserve + payable."""

    seller_order_id: SellerOrderId
    order_id: OrderId
    seller_id: SellerId
    amount: Money
    commission: Money
    commission_vat: Money
    payable: Money


@frozen(kw_only=True)
class EscrowOverdue(Event):
    """Money is held for nearly as long as the provider allows and no rule releases it; an operator must decide."""

    seller_order_id: SellerOrderId
    order_id: OrderId
    seller_id: SellerId


@frozen(kw_only=True)
class PayoutPaid(Event):
    """The seller's bank has the money."""

    payout_id: PayoutId
    seller_id: SellerId
    amount: Money


@frozen(kw_only=True)
class PayoutFailed(Event):
    """A payout did not go through; ``reason_code`` is the provider's. The money is still there for the seller."""

    payout_id: PayoutId
    seller_id: SellerId
    amount: Money
    reason_code: str
