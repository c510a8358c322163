"""What has become true about money."""

from datetime import datetime

from attrs import frozen

from marketplace_core.kernel.ids import (
    ClaimId,
    DisputeId,
    OrderId,
    PaymentId,
    PayoutId,
    RefundId,
    SellerId,
    SellerOrderId,
    UserId,
)
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
class EscrowReopened(Event):
    """Money is in escrow again of a part whose hold had ended: it did not go where it was sent."""

    seller_order_id: SellerOrderId
    order_id: OrderId
    seller_id: SellerId


@frozen(kw_only=True)
class EscrowOverdue(Event):
    """Money is held for nearly as long as the provider allows and no rule releases it; an operator must decide."""

    seller_order_id: SellerOrderId
    order_id: OrderId
    seller_id: SellerId


@frozen(kw_only=True)
class PayoutPaid(Event):
    """The seller's bank has the money, after so many attempts."""

    payout_id: PayoutId
    seller_id: SellerId
    amount: Money
    attempt: int


@frozen(kw_only=True)
class PayoutFailed(Event):
    """A payout did not go through; ``reason_code`` is the provider's. The money is still there for the seller."""

    payout_id: PayoutId
    seller_id: SellerId
    amount: Money
    reason_code: str


@frozen(kw_only=True)
class PayoutReturned(Event):
    """A seller's bank sent back what it had taken; another account has to be named. The money is still the seller's."""

    payout_id: PayoutId
    seller_id: SellerId
    amount: Money
    reason_code: str
    attempt: int


@frozen(kw_only=True)
class RefundShare:
    """What one seller order is asked to give back."""

    seller_order_id: SellerOrderId
    seller_id: SellerId
    amount: Money


@frozen(kw_only=True)
class RefundRequested(Event):
    """Somebody wants a buyer to have money back; the ``shares`` sum to it. ``by_buyer``: the shops are to decide."""

    refund_id: RefundId
    order_id: OrderId
    buyer_id: UserId
    amount: Money
    reason: str
    by_buyer: bool
    shares: tuple[RefundShare, ...]


@frozen(kw_only=True)
class RefundRejected(Event):
    """A refund was refused; ``note`` says why, to the buyer."""

    refund_id: RefundId
    order_id: OrderId
    buyer_id: UserId
    note: str


@frozen(kw_only=True)
class RefundApproved(Event):
    """A refund is owed to the buyer; the provider is asked for it next."""

    refund_id: RefundId
    order_id: OrderId
    buyer_id: UserId
    amount: Money
    seller_order_ids: tuple[SellerOrderId, ...]


@frozen(kw_only=True)
class RefundSucceeded(Event):
    """The provider has sent a refund to the buyer."""

    refund_id: RefundId
    order_id: OrderId
    buyer_id: UserId
    amount: Money


@frozen(kw_only=True)
class RefundFailed(Event):
    """A refund did not go through and no money left; ``reason_code`` is the provider's."""

    refund_id: RefundId
    order_id: OrderId
    buyer_id: UserId
    amount: Money
    reason_code: str


@frozen(kw_only=True)
class RefundBounced(Event):
    """A refund came back from the buyer's card; it is still owed to them, by other means."""

    refund_id: RefundId
    order_id: OrderId
    buyer_id: UserId
    amount: Money


@frozen(kw_only=True)
class RefundStillOwed(Event):
    """A refund that did not reach the buyer's card, or came back from it, has not been settled yet."""

    refund_id: RefundId
    order_id: OrderId
    amount: Money


@frozen(kw_only=True)
class PayoutStuck(Event):
    """A payout still waits for somebody; ``reason_code`` says why it stands."""

    payout_id: PayoutId
    seller_id: SellerId
    amount: Money
    reason_code: str


@frozen(kw_only=True)
class BrakeSet(Event):
    """Money to sellers stands still from now on; ``findings`` are the first of what was found."""

    brake_id: str
    cause: str
    findings: tuple[str, ...]
    set_at: datetime


@frozen(kw_only=True)
class BooksDiffered(Event):
    """Our books and a provider's differ in ``found`` things that did not differ before; ``findings`` are the first."""

    provider: str
    compared_at: datetime
    findings: tuple[str, ...]
    found: int


@frozen(kw_only=True)
class DisputeWarned(Event):
    """A buyer asks their bank about a payment; nothing is taken yet."""

    dispute_id: DisputeId
    order_id: OrderId
    amount: Money
    reason: str


@frozen(kw_only=True)
class DisputedShare:
    """What a dispute takes of one seller order."""

    seller_order_id: SellerOrderId
    seller_id: SellerId
    amount: Money


@frozen(kw_only=True)
class DisputeOpened(Event):
    """A buyer's bank has taken a payment back, or some of it; the network decides about it.

    ``shares`` say of whom; what is missing to the amount falls on no seller.
    """

    dispute_id: DisputeId
    order_id: OrderId
    amount: Money
    reason: str
    shares: tuple[DisputedShare, ...]


@frozen(kw_only=True)
class DisputeWon(Event):
    """A dispute was decided for us; the money is back."""

    dispute_id: DisputeId
    order_id: OrderId
    amount: Money
    shares: tuple[DisputedShare, ...]


@frozen(kw_only=True)
class DisputeLost(Event):
    """A dispute was decided against us; the money is gone."""

    dispute_id: DisputeId
    order_id: OrderId
    amount: Money
    shares: tuple[DisputedShare, ...]


@frozen(kw_only=True)
class DisputePrevented(Event):
    """A dispute was settled by a refund that the network made."""

    dispute_id: DisputeId
    order_id: OrderId
    amount: Money


@frozen(kw_only=True)
class EvidenceDue(Event):
    """The evidence for a dispute is due soon."""

    dispute_id: DisputeId
    order_id: OrderId
    due_at: datetime | None


@frozen(kw_only=True)
class ClaimOpened(Event):
    """A buyer says that something is wrong with a seller's part of an order; the seller has until ``answer_by``."""

    claim_id: ClaimId
    order_id: OrderId
    seller_order_id: SellerOrderId
    seller_id: SellerId
    wanted: Money
    text: str
    answer_by: datetime


@frozen(kw_only=True)
class ClaimAnswered(Event):
    """The seller offers ``offered`` of what is wanted; nothing: contests the claim. An operator decides by then."""

    claim_id: ClaimId
    order_id: OrderId
    seller_order_id: SellerOrderId
    seller_id: SellerId
    offered: Money
    text: str
    decided_by: datetime


@frozen(kw_only=True)
class ClaimClosed(Event):
    """A claim has come to its end: ``outcome`` is its last state, ``refunded`` goes back to the buyer."""

    claim_id: ClaimId
    order_id: OrderId
    seller_order_id: SellerOrderId
    seller_id: SellerId
    outcome: str
    refunded: Money
    text: str


@frozen(kw_only=True)
class DebtArose(Event):
    """A seller owes us something that is not covered by what they have; due then, or selling stops."""

    seller_id: SellerId
    debt: Money
    due_at: datetime


@frozen(kw_only=True)
class DebtSettled(Event):
    """A seller owes nothing any more in a currency."""

    seller_id: SellerId
    currency: str


@frozen(kw_only=True)
class SellingStopped(Event):
    """A seller owes too much, or for too long, to go on selling."""

    seller_id: SellerId
    debt: Money
    noticed_at: datetime
