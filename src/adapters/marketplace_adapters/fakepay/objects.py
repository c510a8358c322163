"""The provider's objects as they come over the wire, and the same in our words."""

from typing import Annotated, Final, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from marketplace_core.kernel.money import AMOUNT_MINOR_MAX, Money
from marketplace_core.payments import (
    BankState,
    PaymentState,
    ProviderAccount,
    ProviderPayment,
    ProviderPayout,
    ProviderTransfer,
)

Minor = Annotated[int, Field(ge=0, le=AMOUNT_MINOR_MAX)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Text = Annotated[str, Field(min_length=1, max_length=500)]

_STATES: Final = {
    "requires_method": PaymentState.CREATED,
    "requires_action": PaymentState.REQUIRES_ACTION,
    "processing": PaymentState.PROCESSING,
    "succeeded": PaymentState.CAPTURED,
    "cancelled": PaymentState.CANCELLED,
}


class _Object(BaseModel):
    """Fields that we do not know are none of our business; those that we know have their types."""

    model_config = ConfigDict(strict=True, frozen=True)

    id: Text
    reference: Text


class PaymentObject(_Object):
    """A payment."""

    object: Literal["payment"]
    status: Literal["requires_method", "requires_action", "processing", "succeeded", "cancelled"]
    amount_minor: Minor
    captured_minor: Minor
    fee_minor: Minor
    currency: Currency
    attempts: int = Field(ge=0)
    failure_code: str | None = Field(max_length=60)
    client_secret: Text

    def ours(self) -> ProviderPayment:
        """Say it in our words."""
        state = _STATES[self.status]
        return ProviderPayment(
            reference=self.id,
            payment_id=self.reference,
            state=state,
            amount=Money(self.amount_minor, self.currency),
            captured=Money(self.captured_minor, self.currency),
            fee=Money(self.fee_minor, self.currency) if state is PaymentState.CAPTURED else None,
            attempts=self.attempts,
            failure_code=self.failure_code if state is PaymentState.CREATED else None,
            client_secret=self.client_secret,
        )


class AccountObject(_Object):
    """A seller's account."""

    object: Literal["account"]
    payouts_enabled: bool

    def ours(self) -> ProviderAccount:
        """Say it in our words."""
        return ProviderAccount(reference=self.id, seller_id=self.reference, payouts_enabled=self.payouts_enabled)


class TransferObject(_Object):
    """A transfer to a seller's account."""

    object: Literal["transfer"]
    status: Literal["succeeded"]
    account: Text
    amount_minor: Minor
    currency: Currency

    def ours(self) -> ProviderTransfer:
        """Say it in our words."""
        return ProviderTransfer(
            reference=self.id,
            payout_id=self.reference,
            account=self.account,
            amount=Money(self.amount_minor, self.currency),
        )


class PayoutObject(_Object):
    """A bank payout."""

    object: Literal["payout"]
    status: Literal["in_transit", "paid", "failed"]
    amount_minor: Minor
    currency: Currency
    failure_code: str | None = Field(max_length=60)

    def ours(self) -> ProviderPayout:
        """Say it in our words."""
        return ProviderPayout(
            reference=self.id,
            payout_id=self.reference,
            state=BankState(self.status),
            amount=Money(self.amount_minor, self.currency),
            failure_code=self.failure_code,
        )


class CurrencyBalance(BaseModel):
    """What is available in one currency; below zero when the provider is owed."""

    model_config = ConfigDict(strict=True, frozen=True)

    currency: Currency
    available_minor: int = Field(ge=-AMOUNT_MINOR_MAX, le=AMOUNT_MINOR_MAX)


class BalanceObject(BaseModel):
    """What is available in all currencies."""

    model_config = ConfigDict(strict=True, frozen=True)

    balances: list[CurrencyBalance] = Field(max_length=300)


ObjectT = TypeVar("ObjectT", bound=BaseModel)


class ListObject(BaseModel, Generic[ObjectT]):
    """A page of objects, the oldest first."""

    model_config = ConfigDict(strict=True, frozen=True)

    data: list[ObjectT] = Field(max_length=100)
    has_more: bool
