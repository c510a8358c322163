"""What everything that the console shows is called, with the kind of badge it is shown with."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final

from attrs import frozen

from marketplace_core.catalog import ProductStatus
from marketplace_core.identity import SellerStatus
from marketplace_core.kernel.access import Role
from marketplace_core.notifications import MailState, Template
from marketplace_core.orders import OrderState, SellerOrderState, Who
from marketplace_core.payments import AccountKind, HoldState, JournalKind, PaymentState, PayoutState, Proof
from marketplace_entrypoints.web.language import msg


@frozen
class Word:
    """What something is called, and the kind of badge it is shown with."""

    text: str
    badge: str = ""


_STATES: Final[Sequence[tuple[Enum, Word]]] = (
    (SellerStatus.APPLIED, Word(msg("Waiting for approval"), "held")),
    (SellerStatus.ACTIVE, Word(msg("Sells"), "good")),
    (SellerStatus.SUSPENDED, Word(msg("Suspended"), "bad")),
    (Role.BUYER, Word(msg("Buyer"))),
    (Role.SELLER, Word(msg("Seller"), "calm")),
    (Role.OPERATOR, Word(msg("Operator"), "held")),
    (Role.SYSTEM, Word(msg("System"))),
    (OrderState.PENDING_PAYMENT, Word(msg("Not paid yet"), "held")),
    (OrderState.PAYMENT_REVIEW, Word(msg("Payment in review"), "bad")),
    (OrderState.CONFIRMED, Word(msg("Paid"), "good")),
    (OrderState.EXPIRED, Word(msg("Expired unpaid"))),
    (OrderState.CANCELLED, Word(msg("Cancelled"))),
    (SellerOrderState.PENDING, Word(msg("Not paid yet"), "held")),
    (SellerOrderState.CONFIRMED, Word(msg("To be sent"), "held")),
    (SellerOrderState.ACCEPTED, Word(msg("Accepted"), "held")),
    (SellerOrderState.SHIPPED, Word(msg("On its way"), "calm")),
    (SellerOrderState.DELIVERED, Word(msg("Delivered"), "good")),
    (SellerOrderState.CANCELLED, Word(msg("Cancelled"))),
    (HoldState.PENDING, Word(msg("Not paid yet"))),
    (HoldState.HELD, Word(msg("Held"), "held")),
    (HoldState.FROZEN, Word(msg("Frozen"), "bad")),
    (HoldState.RELEASED, Word(msg("Released"), "good")),
    (HoldState.VOID, Word(msg("Never paid"))),
    (PayoutState.ASSEMBLED, Word(msg("Put together"), "calm")),
    (PayoutState.HELD, Word(msg("Held back"), "held")),
    (PayoutState.READY, Word(msg("Ready to go"), "calm")),
    (PayoutState.TRANSFERRING, Word(msg("Being transferred"), "calm")),
    (PayoutState.TRANSFER_FAILED, Word(msg("Transfer failed"), "bad")),
    (PayoutState.IN_TRANSIT, Word(msg("On its way to the bank"), "calm")),
    (PayoutState.PAID, Word(msg("Paid out"), "good")),
    (PayoutState.FAILED, Word(msg("Returned by the bank"), "bad")),
    (PayoutState.CANCELLED, Word(msg("Called back"))),
    (MailState.QUEUED, Word(msg("Waiting to be sent"), "held")),
    (MailState.SENT, Word(msg("Sent"), "good")),
    (MailState.FAILED, Word(msg("Failed"), "bad")),
    (PaymentState.CREATED, Word(msg("Waits for the buyer"), "held")),
    (PaymentState.REQUIRES_ACTION, Word(msg("Waits for a word of the buyer's bank"), "held")),
    (PaymentState.PROCESSING, Word(msg("The provider works on it"), "calm")),
    (PaymentState.AUTHORIZED, Word(msg("Allowed, not taken yet"), "calm")),
    (PaymentState.CAPTURED, Word(msg("Paid"), "good")),
    (PaymentState.CANCELLED, Word(msg("Cancelled"))),
    (PaymentState.REVIEW, Word(msg("Under review"), "bad")),
    (ProductStatus.DRAFT, Word(msg("Draft"), "calm")),
    (ProductStatus.PUBLISHED, Word(msg("Published"), "good")),
    (ProductStatus.ARCHIVED, Word(msg("Archived"))),
)
_KINDS: Final[Sequence[tuple[Enum, str]]] = (
    (Who.BUYER, msg("the buyer")),
    (Who.SELLER, msg("the shop")),
    (Who.OPERATOR, msg("an operator")),
    (Who.SYSTEM, msg("by itself")),
    (Who.TIMER, msg("by itself, in time")),
    (Proof.BUYER, msg("says the buyer")),
    (Proof.OPERATOR, msg("says an operator")),
    (Proof.CARRIER, msg("says the carrier")),
    (Proof.SELLER, msg("says the shop")),
    (Template.WELCOME, msg("An account was opened")),
    (Template.REGISTRATION_REPEATED, msg("Somebody registered with an address that has an account")),
    (Template.SESSION_ENDED, msg("A session was ended to be safe")),
    (Template.ORDER_CONFIRMATION, msg("An order was paid")),
    (Template.NEW_ORDER, msg("The shop has a new order")),
    (Template.SHIPPED, msg("A parcel was sent")),
    (Template.PAID_OUT, msg("The shop was paid out")),
    (JournalKind.PAYMENT_CAPTURED, msg("A buyer paid")),
    (JournalKind.PROVIDER_FEE, msg("The provider's fee")),
    (JournalKind.ESCROW_RELEASED, msg("A held payment was released")),
    (JournalKind.PAYOUT_ASSEMBLED, msg("Put into a payout")),
    (JournalKind.PAYOUT_CANCELLED, msg("Taken back from a payout")),
    (JournalKind.TRANSFER_SUCCEEDED, msg("Transferred to the shop's account")),
    (JournalKind.PAYOUT_PAID, msg("Arrived at the shop's bank")),
    (JournalKind.CAPTURE_SUSPENDED, msg("A payment that does not fit was set aside")),
    (AccountKind.PSP, msg("Our balance at the payment provider")),
    (AccountKind.WALLET, msg("In the shops' accounts at the provider, still ours")),
    (AccountKind.DISPUTE_RECEIVABLE, msg("Withdrawn in card disputes")),
    (AccountKind.SELLER_RECEIVABLE, msg("What shops owe us")),
    (AccountKind.ESCROW, msg("Held payments")),
    (AccountKind.ESCROW_DISPUTED, msg("Held payments in a card dispute")),
    (AccountKind.SELLER_PAYABLE, msg("To be paid out to shops")),
    (AccountKind.SELLER_RESERVE, msg("Reserves of shops")),
    (AccountKind.SELLER_DISPUTE_HOLD, msg("Kept from shops during a dispute")),
    (AccountKind.PAYOUT_CLEARING, msg("In payouts on their way")),
    (AccountKind.REFUND_PAYABLE, msg("To be paid back to buyers")),
    (AccountKind.BUYER_UNCLAIMED, msg("Refunds that came back")),
    (AccountKind.TAX_PAYABLE, msg("Tax to be passed on")),
    (AccountKind.FEE_DEFERRED, msg("Buyers' fees of open orders")),
    (AccountKind.SUSPENSE, msg("Payments set aside")),
    (AccountKind.COMMISSION_REVENUE, msg("Commission earned")),
    (AccountKind.FEE_REVENUE, msg("Buyers' fees earned")),
    (AccountKind.PSP_FEES, msg("Fees of the payment provider")),
    (AccountKind.DISPUTE_FEES, msg("Fees of disputes")),
    (AccountKind.DISPUTE_LOSSES, msg("Losses from disputes")),
    (AccountKind.PROMO_SUBSIDY, msg("Discounts at our expense")),
    (AccountKind.GOODWILL, msg("Refunds at our expense")),
    (AccountKind.BAD_DEBT, msg("What shops never paid back")),
)
WORDS: Final[Mapping[tuple[type[Enum], str], Word]] = {
    **{(type(state), state.value): word for state, word in _STATES},
    **{(type(kind), kind.value): Word(text) for kind, text in _KINDS},
}
"""By kind too: states of different things share their names."""
