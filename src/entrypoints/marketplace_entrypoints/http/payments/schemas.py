"""The bodies of payment, escrow, payout and ledger requests and answers."""

from datetime import datetime

from pydantic import ConfigDict, Field

from marketplace_core.payments import (
    AccountKind,
    AccountState,
    Awaits,
    HoldState,
    JournalKind,
    PaymentState,
    PayoutState,
    Proof,
)
from marketplace_entrypoints.http.dependencies import Incoming, MoneyOut, Outgoing


class PaymentStepOut(Outgoing):
    """What the buyer does next: pay with ``client_secret`` at the provider, try again, wait, or nothing any more."""

    model_config = ConfigDict(
        from_attributes=True,
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "payment_id": "pay_01JDCNZ0V4M6Z7C0QK3T6V9A2B",
                    "order_id": "ord_01JDCNZ0V4M6Z7C0QK3T6V9A2B",
                    "provider": "fakepay",
                    "state": "created",
                    "amount": {"amount_minor": 10000, "currency": "EUR"},
                    "provider_reference": "fp_pay_1",
                    "client_secret": "fp_pay_1_secret_2",
                    "failure_code": None,
                }
            ]
        },
    )

    payment_id: str
    order_id: str
    provider: str
    state: PaymentState
    amount: MoneyOut
    provider_reference: str | None
    client_secret: str | None
    failure_code: str | None


class PaymentOut(Outgoing):
    """A payment."""

    payment_id: str
    order_id: str
    provider: str
    state: PaymentState
    amount: MoneyOut
    opened_at: datetime
    captured_at: datetime | None
    failure_code: str | None
    step: PaymentStepOut


class DivisionOut(Outgoing):
    """Who got what of a released amount."""

    released: MoneyOut
    commission: MoneyOut
    vat: MoneyOut
    reserve: MoneyOut
    payable: MoneyOut


class ReleaseOut(Outgoing):
    """Money that left escrow."""

    number: int
    division: DivisionOut
    released_at: datetime


class ParcelArrivedOut(Outgoing):
    """A parcel that arrived, where each is released by itself: what its goods are worth, and when that is released."""

    number: int
    items: int
    proof: Proof
    delivered_at: datetime
    release_at: datetime


class ParcelsOut(Outgoing):
    """The parcels that arrived; ``expected`` is what is still to arrive, in minor units."""

    arrived: list[ParcelArrivedOut]
    expected: int


class EscrowOut(Outgoing):
    """The held payment of a seller order."""

    seller_order_id: str
    order_id: str
    payment_id: str
    seller_id: str
    state: HoldState
    share: MoneyOut
    held: MoneyOut
    refunded: MoneyOut
    proof: Proof | None
    delivered_at: datetime | None
    release_at: datetime | None
    hold_deadline: datetime | None
    freezes: list[str]
    releases: list[ReleaseOut]
    parcels: ParcelsOut


class OrderHoldOut(Outgoing):
    """What is held of one part of an order.

    ``awaits`` says what comes before it goes to the seller: ``payment`` (nothing is paid yet), ``receipt`` (you confirm
    that the parcel arrived), ``date`` (``release_at`` passes, or you confirm before), ``operator`` (it is frozen), or
    ``nothing``. ``refunded`` has gone back to you or is on its way; of goods and delivery, so much still could.
    ``per_parcel`` says that it was agreed to go to the seller parcel by parcel.
    """

    seller_order_id: str
    seller_id: str
    state: HoldState
    awaits: Awaits
    share: MoneyOut
    held: MoneyOut
    released: MoneyOut
    refunded: MoneyOut
    refundable_items: MoneyOut
    refundable_delivery: MoneyOut
    delivered_at: datetime | None
    release_at: datetime | None
    hold_deadline: datetime | None
    released_at: datetime | None
    freezes: list[str]
    per_parcel: bool


class OrderHoldsOut(Outgoing):
    """What is held of an order, one hold per part."""

    order_id: str
    payment_id: str
    holds: list[OrderHoldOut]


class EscrowPageOut(Outgoing):
    """A page of held payments."""

    items: list[EscrowOut]
    next_cursor: str | None


class ReleaseOutcomeOut(Outgoing):
    """What became of a release."""

    seller_order_id: str
    state: HoldState
    division: DivisionOut | None


class FreezeIn(Incoming):
    """Why held money shall not be released."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [{"reason": "risk"}]}
    )

    reason: str = Field(min_length=1, max_length=60, description="A short word: a-z, 0-9, _, - and :")


class SellerBalanceOut(Outgoing):
    """A seller's money in one currency: in escrow, free to be paid, on its way, at the bank.

    ``reserve`` is kept back for a while after each release; ``debt`` is what the seller owes the marketplace.
    """

    currency: str
    held: MoneyOut
    payable: MoneyOut
    in_payout: MoneyOut
    paid: MoneyOut
    reserve: MoneyOut
    debt: MoneyOut


class BalanceOut(Outgoing):
    """Where a seller's money is; ``account`` says whether it can be paid out (null: no account yet)."""

    seller_id: str
    account: AccountState | None
    balances: list[SellerBalanceOut]


class BalanceEntryOut(Outgoing):
    """One transfer in the books behind a figure of a seller's balance.

    ``amount`` is what it added, negative when it took away; ``balance`` is the figure after it; ``counterpart`` is the
    kind of account on the other side. It is about a part of an order or about a payout; the other is null.
    """

    entry_id: str
    posted_at: datetime
    kind: JournalKind
    counterpart: AccountKind
    amount: MoneyOut
    balance: MoneyOut
    seller_order_id: str | None
    payout_id: str | None


class BalanceEntryPageOut(Outgoing):
    """A page of entries behind a figure of a seller's balance."""

    items: list[BalanceEntryOut]
    next_cursor: str | None


class PayoutAccountOut(Outgoing):
    """How a seller's account at the provider stands."""

    seller_id: str
    state: AccountState


class OnboardingOut(Outgoing):
    """Where a seller goes to tell the payment provider what it wants to know; the address works once."""

    seller_id: str
    url: str


class PayoutItemOut(Outgoing):
    """Something payable that a payout claims: a release, or (below zero) what was taken off again.

    ``seller_order_id`` is the part of an order it comes from; null for an adjustment that comes from none.
    """

    entry_id: str
    seller_order_id: str | None
    amount: MoneyOut


class PayoutOut(Outgoing):
    """A payout."""

    payout_id: str
    seller_id: str
    state: PayoutState
    amount: MoneyOut
    items: list[PayoutItemOut]
    assembled_at: datetime
    attempt: int
    failure_code: str | None
    paid_at: datetime | None


class PayoutPageOut(Outgoing):
    """A page of payouts."""

    items: list[PayoutOut]
    next_cursor: str | None


class PayoutRunOut(Outgoing):
    """The payouts that a run has assembled."""

    payouts: list[str]


class TrialBalanceRowOut(Outgoing):
    """All accounts of one kind in one currency; ``balance`` is debits − credits."""

    kind: AccountKind
    currency: str
    debits: MoneyOut
    credits: MoneyOut
    balance: MoneyOut


class TrialBalanceOut(Outgoing):
    """The books in a few lines; every one of ``sums`` is zero."""

    rows: list[TrialBalanceRowOut]
    sums: list[MoneyOut]


class PostedTransferOut(Outgoing):
    """One transfer, from the debit of one account to the credit of another."""

    debit: str
    credit: str
    amount: MoneyOut


class JournalOut(Outgoing):
    """One fact in the books."""

    journal_id: str
    kind: JournalKind
    source_type: str
    source_id: str
    leg: str
    posted_at: datetime
    actor: str
    transfers: list[PostedTransferOut]


class JournalPageOut(Outgoing):
    """A page of journals."""

    items: list[JournalOut]
    next_cursor: str | None


class ViolationOut(Outgoing):
    """Something in the books that must not be."""

    check: str
    subject: str
    detail: str


class AuditOut(Outgoing):
    """What the audit found; nothing is what it should find."""

    violations: list[ViolationOut]
