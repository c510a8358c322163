"""What goes back and what it all comes to, as it comes over the wire: refunds, disputes, reversals, the balance."""

from datetime import UTC, datetime
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from marketplace_adapters.fakepay.objects import Currency, Minor, Text
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.money import AMOUNT_MINOR_MAX, Money
from marketplace_core.payments import (
    DisputeState,
    ProviderDispute,
    ProviderRefund,
    ProviderReversal,
    RefundProgress,
)

REVERSAL_ID: Final = "reversal_id"
END_OF_TIME: Final = 253_402_300_799
"""The last second of the year 9999; no later moment can be told."""

Signed = Annotated[int, Field(ge=-AMOUNT_MINOR_MAX, le=AMOUNT_MINOR_MAX)]
Seconds = Annotated[int, Field(ge=0, le=END_OF_TIME)]
"""A moment in unix seconds."""

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


class _Object(BaseModel):
    """Fields that we do not know are none of our business; those that we know have their types."""

    model_config = ConfigDict(strict=True, frozen=True)

    id: Text
    currency: Currency
    created_at: Seconds


class RefundObject(_Object):
    """A refund. Its ``reference`` is our identifier of it; ``payment`` is the provider's of the payment."""

    object: Literal["refund"]
    status: Literal["pending", "succeeded", "failed"]
    payment: Text
    amount_minor: Minor
    reference: Text
    metadata: dict[str, str]
    pending_reason: Literal["processing", "insufficient_funds", "charge_pending"] | None
    failure_code: str | None = Field(max_length=60)
    updated_at: Seconds
    succeeded_at: Seconds | None
    failed_at: Seconds | None

    @property
    def bounced(self) -> bool:
        """Say that the money had left, and came back."""
        return self.status == "failed" and self.succeeded_at is not None

    def ours(self) -> ProviderRefund:
        """Say it in our words."""
        return ProviderRefund(
            reference=self.id,
            refund_id=self.reference,
            state=RefundProgress(self.status),
            amount=Money(self.amount_minor, self.currency),
            pending_reason=self.pending_reason,
            failure_code=self.failure_code,
        )


class DisputeObject(_Object):
    """A dispute. Its ``reference`` is our identifier of the payment; ``amount_minor`` may exceed what was paid.

    ``fee_minor`` is what it costs by now: nothing before it is a dispute proper, and less once a fee was given back.
    """

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
    payment: Text
    amount_minor: Minor
    fee_minor: Minor
    reference: Text
    reason: Annotated[str, Field(max_length=60)]
    item: Text | None = None
    funds: Literal["untouched", "withdrawn", "reinstated"]
    evidence_hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None
    evidence_submitted_at: Seconds | None
    evidence_due_at: Seconds
    updated_at: Seconds
    closed_at: Seconds | None

    def ours(self, *, fee_returned_minor: int) -> ProviderDispute:
        """Say it in our words, given what of the fee came back: only the balance transactions know that."""
        return ProviderDispute(
            reference=self.id,
            payment_reference=self.payment,
            state=_DISPUTE_STATES[self.status],
            amount=Money(self.amount_minor, self.currency),
            fee=Money(self.fee_minor + fee_returned_minor, self.currency),
            fee_returned=Money(fee_returned_minor, self.currency),
            reason=self.reason,
            evidence_due=datetime.fromtimestamp(self.evidence_due_at, UTC),
            evidence_digest=self.evidence_hash,
            item=None if self.item is None else SellerOrderId(self.item),
        )


class ReversalObject(_Object):
    """Money of a transfer that came back. Its ``reference`` is our identifier of the payout."""

    object: Literal["transfer_reversal"]
    transfer: Text
    account: Text
    amount_minor: Minor
    reference: Text
    metadata: dict[str, str]

    @property
    def reversal_id(self) -> str:
        """Return our identifier of it; what was made before they had one is the payout's."""
        return self.metadata.get(REVERSAL_ID, self.reference)

    def ours(self) -> ProviderReversal:
        """Say it in our words."""
        return ProviderReversal(
            reference=self.id,
            reversal_id=self.reversal_id,
            payout_id=self.reference,
            amount=Money(self.amount_minor, self.currency),
        )


class BalanceTransactionObject(_Object):
    """One movement of one balance: ``net_minor`` is what it changed, ``owner`` is ``platform`` or an account."""

    object: Literal["balance_transaction"]
    type: Annotated[str, Field(max_length=60)]
    owner: Text
    amount_minor: Signed
    fee_minor: Signed
    net_minor: Signed
    source: Text
    reference: str | None = Field(max_length=200)
    available_at: Seconds


class RequirementsObject(BaseModel):
    """What an account owes the provider, and why it may not do everything."""

    model_config = ConfigDict(strict=True, frozen=True)

    currently_due: list[Text] = Field(max_length=100)
    past_due: list[Text] = Field(max_length=100)
    disabled_reason: str | None = Field(max_length=200)


class AccountStandingObject(BaseModel):
    """What a seller's account may do. Its ``reference`` is our identifier of the seller."""

    model_config = ConfigDict(strict=True, frozen=True)

    id: Text
    object: Literal["account"]
    status: Literal["pending", "enabled", "restricted", "rejected"]
    reference: Text
    transfers_enabled: bool
    payouts_enabled: bool
    requirements: RequirementsObject


class OnboardingLinkObject(BaseModel):
    """Where a seller hands in what the account owes: works once, until ``expires_at``."""

    model_config = ConfigDict(strict=True, frozen=True)

    object: Literal["onboarding_link"]
    account: Text
    url: Annotated[str, Field(pattern=r"^https?://", max_length=2000)]
    expires_at: Seconds


class StandingBalance(BaseModel):
    """What is there in one currency; below zero when the provider is owed."""

    model_config = ConfigDict(strict=True, frozen=True)

    currency: Currency
    available_minor: Signed
    pending_minor: Signed


class StandingBalanceObject(BaseModel):
    """What the platform or an account has, in all currencies."""

    model_config = ConfigDict(strict=True, frozen=True)

    object: Literal["balance"]
    owner: Text
    balances: list[StandingBalance] = Field(max_length=300)
