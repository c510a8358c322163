"""What the tables in memory say about things at a payment provider."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from marketplace_core.inmemory.store import Store, Table
from marketplace_core.payments import (
    Dispute,
    Payment,
    Payout,
    PayoutState,
    Refund,
    SellerAccount,
)
from marketplace_core.payments.comparing import (
    UNDER_WAY_OR_PAID,
    BookRow,
    Entry,
    payment_state,
    payout_state,
    refund_state,
)
from marketplace_core.payments.debts import DebtSettlement


def booked_rows(store: Store, entry: Entry, provider: str) -> Iterator[tuple[str, BookRow]]:
    """Yield the rows of one kind, each with the key of its table."""
    read = _READERS.get(entry)
    yield from read(store, provider) if read else ()


def _payments(store: Store, provider: str) -> Iterator[tuple[str, BookRow]]:
    payments: Table[Payment] = store.table("payments_payments")
    for one in payments:
        if one.provider == provider and one.requested_at is not None:
            yield (
                one.payment_id,
                BookRow(
                    entry=Entry.PAYMENT,
                    reference=one.reference,
                    name=one.payment_id,
                    state=payment_state(one.state, captured=one.captured is not None),
                    amount=one.captured or one.amount,
                    fee=one.fee,
                ),
            )


def _refunds(store: Store, provider: str) -> Iterator[tuple[str, BookRow]]:
    refunds: Table[Refund] = store.table("payments_refunds")
    for one in refunds:
        if one.provider == provider and one.tried_at is not None:
            yield (
                one.refund_id,
                BookRow(
                    entry=Entry.REFUND,
                    reference=one.reference,
                    name=one.refund_id,
                    state=refund_state(one.state),
                    amount=one.amount,
                ),
            )


def _disputes(store: Store, provider: str) -> Iterator[tuple[str, BookRow]]:
    disputes: Table[Dispute] = store.table("payments_disputes")
    for one in disputes:
        if one.provider == provider:
            yield (
                one.dispute_id,
                BookRow(
                    entry=Entry.DISPUTE,
                    reference=one.reference,
                    name=one.dispute_id,
                    state=one.state.value,
                    amount=one.amount,
                    fee=one.fee,
                ),
            )


def _accounts(store: Store, provider: str) -> Iterator[tuple[str, BookRow]]:
    accounts: Table[SellerAccount] = store.table("payments_seller_accounts")
    for one in accounts:
        if one.provider == provider:
            yield one.seller_id, BookRow(entry=Entry.ACCOUNT, reference=one.reference, name=one.seller_id, state="open")


def _transfers(store: Store, provider: str) -> Iterator[tuple[str, BookRow]]:
    payouts: Table[Payout] = store.table("payments_payouts")
    for one in payouts:
        sending = one.state is PayoutState.TRANSFERRING
        if one.provider == provider and (sending or one.transfer_reference is not None):
            yield (
                one.payout_id,
                BookRow(
                    entry=Entry.TRANSFER,
                    reference=one.transfer_reference,
                    name=one.payout_id,
                    state="made" if one.transfer_reference is not None else "submitted",
                    amount=one.transfer_amount,
                ),
            )


def _payouts(store: Store, provider: str) -> Iterator[tuple[str, BookRow]]:
    payouts: Table[Payout] = store.table("payments_payouts")
    for one in payouts:
        sending = one.state is PayoutState.TRANSFERRING
        if one.provider == provider and (sending or one.bank_reference is not None):
            yield (
                one.payout_id,
                BookRow(
                    entry=Entry.PAYOUT,
                    reference=one.bank_reference,
                    name=one.payout_id,
                    state=payout_state(one.state),
                    amount=None if one.taken_minor and one.state not in UNDER_WAY_OR_PAID else one.amount,
                ),
            )


def _reversals(store: Store, provider: str) -> Iterator[tuple[str, BookRow]]:
    payouts: Table[Payout] = store.table("payments_payouts")
    for payout in payouts:
        if payout.provider == provider and payout.reversal_reference is not None:
            yield (
                payout.payout_id,
                BookRow(
                    entry=Entry.REVERSAL,
                    reference=payout.reversal_reference,
                    name=payout.payout_id,
                    state="made",
                    amount=payout.amount,
                ),
            )
    settlements: Table[DebtSettlement] = store.table("payments_debt_settlements")
    for one in settlements:
        if one.provider == provider and one.reference is not None and one.transfer_reference is not None:
            yield (
                one.settlement_id,
                BookRow(
                    entry=Entry.REVERSAL,
                    reference=one.reference,
                    name=one.payout_id,
                    state="made",
                    amount=one.amount,
                ),
            )


_READERS: Final[Mapping[Entry, Callable[[Store, str], Iterator[tuple[str, BookRow]]]]] = MappingProxyType({
    Entry.PAYMENT: _payments,
    Entry.REFUND: _refunds,
    Entry.DISPUTE: _disputes,
    Entry.ACCOUNT: _accounts,
    Entry.TRANSFER: _transfers,
    Entry.REVERSAL: _reversals,
    Entry.PAYOUT: _payouts,
})  # fmt: skip
