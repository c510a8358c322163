"""Stripe's objects as far as they concern us, and the same in our words.

The models name Stripe's fields; what they do not name is none of our business. ``metadata`` carries our identifiers:
an object without ours was made by somebody else, and whoever compares will say so.
"""

from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from marketplace_adapters.stripe.amounts import from_stripe
from marketplace_core.kernel.money import AMOUNT_MINOR_MAX, Money
from marketplace_core.payments import (
    BankState,
    DisputeState,
    PaymentState,
    ProviderAccount,
    ProviderDispute,
    ProviderPayment,
    ProviderPayout,
    ProviderRefund,
    ProviderReversal,
    ProviderTransfer,
    RefundProgress,
)

PAYMENT_ID: Final = "payment_id"
REFUND_ID: Final = "refund_id"
PAYOUT_ID: Final = "payout_id"
REVERSAL_ID: Final = "reversal_id"
SELLER_ID: Final = "seller_id"
EVIDENCE_DIGEST: Final = "evidence_sha256"
END_OF_TIME: Final = 253_402_300_799
"""The last second of the year 9999; no later moment can be told."""

STRIPE_AMOUNT_MAX: Final = 100 * AMOUNT_MINOR_MAX

Text = Annotated[str, Field(min_length=1, max_length=500)]
Word = Annotated[str, Field(max_length=100)]
Amount = Annotated[int, Field(ge=0, le=STRIPE_AMOUNT_MAX)]
Signed = Annotated[int, Field(ge=-STRIPE_AMOUNT_MAX, le=STRIPE_AMOUNT_MAX)]
Currency = Annotated[str, Field(pattern=r"^[a-z]{3}$")]
Metadata = Annotated[dict[str, str], Field(max_length=50)]

_PAYMENT_STATES: Final = {
    "requires_payment_method": PaymentState.CREATED,
    "requires_confirmation": PaymentState.CREATED,
    "requires_action": PaymentState.REQUIRES_ACTION,
    "processing": PaymentState.PROCESSING,
    "requires_capture": PaymentState.AUTHORIZED,
    "succeeded": PaymentState.CAPTURED,
    "canceled": PaymentState.CANCELLED,
}
_DECLINES: Final = frozenset({"insufficient_funds", "expired_card", "processing_error"})
"""What a decline may be called before the buyer; that a card is reported stolen, say, is for nobody to read."""
_FAILURES: Final = {"payment_intent_authentication_failure": "authentication_failed"}
_REFUND_STATES: Final = {
    "pending": RefundProgress.PENDING,
    "requires_action": RefundProgress.PENDING,
    "succeeded": RefundProgress.SUCCEEDED,
    "failed": RefundProgress.FAILED,
    "canceled": RefundProgress.FAILED,
}
_BANK_STATES: Final = {
    "pending": BankState.IN_TRANSIT,
    "in_transit": BankState.IN_TRANSIT,
    "paid": BankState.PAID,
    "failed": BankState.FAILED,
    "canceled": BankState.FAILED,
}
_DISPUTE_STATES: Final = {
    "warning_needs_response": DisputeState.WARNING,
    "warning_under_review": DisputeState.WARNING,
    "warning_closed": DisputeState.WARNING_CLOSED,
    "needs_response": DisputeState.NEEDS_RESPONSE,
    "under_review": DisputeState.UNDER_REVIEW,
    "won": DisputeState.WON,
    "lost": DisputeState.LOST,
    "prevented": DisputeState.PREVENTED,
}


class StripeObject(BaseModel):
    """Fields that we do not know are none of our business; those that we know have their types."""

    model_config = ConfigDict(strict=True, frozen=True)


class BalanceTransactionObject(StripeObject):
    """One movement of a balance: ``net`` is ``amount`` less ``fee``, which is below zero when a fee came back."""

    id: Text
    amount: Signed
    fee: Signed
    net: Signed
    currency: Currency


class ChargeObject(StripeObject):
    """One attempt to take money; ``balance_transaction`` is there once Stripe has booked it."""

    id: Text
    balance_transaction: BalanceTransactionObject | Text | None = None


class PaymentErrorObject(StripeObject):
    """Why the last attempt came to nothing; without a ``charge`` it never reached the bank."""

    code: Word | None = None
    decline_code: Word | None = None
    charge: Text | None = None

    @property
    def reason(self) -> str:
        """Say it in a word of ours, or in Stripe's."""
        if self.decline_code in _DECLINES:
            return self.decline_code
        return _FAILURES.get(self.code or "", self.code or "declined")


class PaymentObject(StripeObject):
    """A PaymentIntent, its latest charge expanded."""

    id: Text
    object: Literal["payment_intent"]
    status: Literal[
        "requires_payment_method",
        "requires_confirmation",
        "requires_action",
        "processing",
        "requires_capture",
        "succeeded",
        "canceled",
    ]
    amount: Amount
    amount_received: Amount
    currency: Currency
    client_secret: Text | None = None
    last_payment_error: PaymentErrorObject | None = None
    latest_charge: ChargeObject | Text | None = None
    metadata: Metadata

    @property
    def state(self) -> PaymentState:
        """Say where it stands in our words."""
        return _PAYMENT_STATES[self.status]

    @property
    def was_tried(self) -> bool:
        """Tell whether any attempt was made that a charge may speak of."""
        return self.latest_charge is not None or self.last_payment_error is not None

    @property
    def has_uncharged_attempt(self) -> bool:
        """Tell whether there is an attempt of which no charge speaks: the bank still asks, or never was asked."""
        failed = self.state is PaymentState.CREATED and self.last_payment_error is not None
        return self.state is PaymentState.REQUIRES_ACTION or (
            failed and self.last_payment_error is not None and self.last_payment_error.charge is None
        )

    @property
    def charge_id(self) -> str | None:
        """Return the name of the latest charge."""
        return self.latest_charge.id if isinstance(self.latest_charge, ChargeObject) else self.latest_charge

    def ours(self, *, charges: int) -> ProviderPayment:
        """Say it in our words, given how many charges there were."""
        state, error = self.state, self.last_payment_error
        return ProviderPayment(
            reference=self.id,
            payment_id=self.metadata.get(PAYMENT_ID, ""),
            state=state,
            amount=from_stripe(self.amount, self.currency),
            captured=from_stripe(self.amount_received, self.currency),
            fee=self._fee() if state is PaymentState.CAPTURED else None,
            attempts=charges + self.has_uncharged_attempt,
            failure_code=error.reason if error is not None and state is PaymentState.CREATED else None,
            client_secret=self.client_secret,
        )

    def _fee(self) -> Money | None:
        charge = self.latest_charge
        booked = charge.balance_transaction if isinstance(charge, ChargeObject) else None
        if not isinstance(booked, BalanceTransactionObject) or booked.currency != self.currency:
            return None
        return from_stripe(booked.fee, booked.currency)


class RefundObject(StripeObject):
    """A refund."""

    id: Text
    object: Literal["refund"]
    status: Literal["pending", "requires_action", "succeeded", "failed", "canceled"]
    amount: Amount
    currency: Currency
    pending_reason: Word | None = None
    failure_reason: Word | None = None
    metadata: Metadata | None = None

    @property
    def refund_id(self) -> str:
        """Return our identifier of it; empty for one that we did not ask for."""
        return (self.metadata or {}).get(REFUND_ID, "")

    def ours(self) -> ProviderRefund:
        """Say it in our words."""
        state = _REFUND_STATES[self.status]
        waits = self.pending_reason or self.status
        return ProviderRefund(
            reference=self.id,
            refund_id=self.refund_id,
            state=state,
            amount=from_stripe(self.amount, self.currency),
            pending_reason=waits if state is RefundProgress.PENDING else None,
            failure_code=(self.failure_reason or self.status) if state is RefundProgress.FAILED else None,
        )


class AccountObject(StripeObject):
    """A connected account."""

    id: Text
    object: Literal["account"]
    payouts_enabled: bool = False
    capabilities: dict[str, str] = Field(default_factory=dict, max_length=500)
    metadata: Metadata = Field(default_factory=dict)

    @property
    def seller_id(self) -> str:
        """Return our identifier of the seller; empty for an account that we did not open."""
        return self.metadata.get(SELLER_ID, "")

    def ours(self) -> ProviderAccount:
        """Say it in our words: paid can be who may be sent money by us and may send it on to a bank."""
        enabled = self.payouts_enabled and self.capabilities.get("transfers") == "active"
        return ProviderAccount(reference=self.id, seller_id=self.seller_id, payouts_enabled=enabled)


class AccountLinkObject(StripeObject):
    """Where a seller hands in what Stripe wants to know: works once, for some minutes."""

    object: Literal["account_link"]
    url: Annotated[str, Field(pattern=r"^https?://", max_length=2_000)]


class TransferObject(StripeObject):
    """A transfer to a connected account."""

    id: Text
    object: Literal["transfer"]
    amount: Amount
    currency: Currency
    destination: Text
    amount_reversed: Amount = 0
    metadata: Metadata

    @property
    def payout_id(self) -> str:
        """Return our identifier of the payout."""
        return self.metadata.get(PAYOUT_ID, "")

    def ours(self) -> ProviderTransfer:
        """Say it in our words."""
        return ProviderTransfer(
            reference=self.id,
            payout_id=self.payout_id,
            account=self.destination,
            amount=from_stripe(self.amount, self.currency),
        )


class ReversalObject(StripeObject):
    """A transfer, or a part of one, that came back. What was made before they had names of ours is the payout's."""

    id: Text
    object: Literal["transfer_reversal"]
    amount: Amount
    currency: Currency
    metadata: Metadata | None = None

    @property
    def payout_id(self) -> str:
        """Return our identifier of the payout."""
        return (self.metadata or {}).get(PAYOUT_ID, "")

    def ours(self) -> ProviderReversal:
        """Say it in our words."""
        name = (self.metadata or {}).get(REVERSAL_ID, self.payout_id)
        amount = from_stripe(self.amount, self.currency)
        return ProviderReversal(reference=self.id, reversal_id=name, payout_id=self.payout_id, amount=amount)


class PayoutObject(StripeObject):
    """A bank payout of a connected account."""

    id: Text
    object: Literal["payout"]
    status: Literal["pending", "in_transit", "paid", "failed", "canceled"]
    amount: Amount
    currency: Currency
    failure_code: Word | None = None
    metadata: Metadata | None = None

    @property
    def payout_id(self) -> str:
        """Return our identifier of the payout."""
        return (self.metadata or {}).get(PAYOUT_ID, "")

    @property
    def state(self) -> BankState:
        """Say where it stands in our words."""
        return _BANK_STATES[self.status]

    def ours(self, account: str) -> ProviderPayout:
        """Say it in our words; a bank payout can be looked up only together with its account."""
        failed = self.state is BankState.FAILED
        return ProviderPayout(
            reference=f"{account}/{self.id}",
            payout_id=self.payout_id,
            state=self.state,
            amount=from_stripe(self.amount, self.currency),
            failure_code=(self.failure_code or self.status) if failed else None,
        )


class EvidenceDetailsObject(StripeObject):
    """When the network wants to hear from us."""

    due_by: Annotated[int, Field(ge=0, le=END_OF_TIME)] | None = None


class DisputeObject(StripeObject):
    """A dispute, or an inquiry that may become one.

    ``balance_transactions`` are what it did to our balance: a withdrawal with a fee, and perhaps a return of both.
    """

    id: Text
    object: Literal["dispute"]
    status: Literal[
        "warning_needs_response",
        "warning_under_review",
        "warning_closed",
        "needs_response",
        "under_review",
        "won",
        "lost",
        "prevented",
    ]
    amount: Amount
    currency: Currency
    reason: Word
    payment_intent: Text | None = None
    balance_transactions: list[BalanceTransactionObject] = Field(max_length=100)
    evidence_details: EvidenceDetailsObject
    metadata: Metadata

    def ours(self) -> ProviderDispute:
        """Say it in our words."""
        fees = [one.fee for one in self.balance_transactions if one.currency == self.currency]
        due = self.evidence_details.due_by
        return ProviderDispute(
            reference=self.id,
            payment_reference=self.payment_intent or "",
            state=_DISPUTE_STATES[self.status],
            amount=from_stripe(self.amount, self.currency),
            fee=from_stripe(sum(fee for fee in fees if fee > 0), self.currency),
            fee_returned=from_stripe(-sum(fee for fee in fees if fee < 0), self.currency),
            reason=self.reason,
            evidence_due=None if due is None else datetime.fromtimestamp(due, UTC),
            evidence_digest=self.metadata.get(EVIDENCE_DIGEST),
        )


class FundsObject(StripeObject):
    """What is there in one currency; below zero when Stripe is owed."""

    amount: Signed
    currency: Currency


class BalanceObject(StripeObject):
    """What the platform has, in all currencies: at once, and later."""

    object: Literal["balance"]
    available: list[FundsObject] = Field(max_length=300)
    pending: list[FundsObject] = Field(max_length=300)


class FoundObject(StripeObject):
    """A page of a search; of each object there is nothing but what a list would give."""

    data: list[dict[str, Any]] = Field(max_length=100)
