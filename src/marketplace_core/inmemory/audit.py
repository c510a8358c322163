"""The audit of the books in memory."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, final

from attrs import frozen

from marketplace_core.inmemory.ledger import account_table, entries, journal_table
from marketplace_core.inmemory.payments import (
    dispute_table,
    hold_table,
    payment_table,
    payout_table,
    refund_table,
    unclaimed_entries,
)
from marketplace_core.inmemory.store import Store
from marketplace_core.payments import REFUNDS_UNDER_WAY as UNDER_WAY
from marketplace_core.payments import (
    Account,
    AccountKind,
    HoldState,
    JournalKind,
    PaymentState,
    PayoutState,
    RefundState,
    Violation,
)
from marketplace_core.payments.ports import UNANSWERED_HOURS_MAX, Audit

_BOUNCED: Final = frozenset({RefundState.BOUNCED})
_UNCLEARED: Final = frozenset(PayoutState) - {PayoutState.PAID, PayoutState.CANCELLED}


@final
@frozen
class InMemoryAudit(Audit):
    """Recomputes everything from the rows."""

    store: Store

    async def violations(self, now: datetime, *, limit: int) -> Sequence[Violation]:
        """Run every check."""
        found: list[Violation] = []
        for check in _CHECKS:
            found.extend(check(self.store))
        found.extend(_unanswered(self.store, now))
        return found[:limit]


def _sum_zero(store: Store) -> Iterator[Violation]:
    sums: defaultdict[str, int] = defaultdict(int)
    for row in account_table(store):
        sums[row.account.currency] += row.balance_minor
    for currency, minor in sums.items():
        if minor:
            yield Violation(check="sum_zero", subject=currency, detail=f"debits exceed credits by {minor}")


def _balance_drift(store: Store) -> Iterator[Violation]:
    posted: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for account, debit, credit in entries(store):
        posted[account.code][0] += debit
        posted[account.code][1] += credit
    for row in account_table(store):
        if [row.debits_minor, row.credits_minor] != posted[row.account.code]:
            yield Violation(check="balance_drift", subject=row.account.code, detail="differs from its transfers")


def _overdrawn(store: Store) -> Iterator[Violation]:
    for row in account_table(store):
        if row.is_overdrawn:
            yield Violation(check="overdrawn", subject=row.account.code, detail=f"stands at {row.balance_minor}")


def _empty_journal(store: Store) -> Iterator[Violation]:
    for posted in journal_table(store):
        if not posted.journal.transfers:
            yield Violation(check="empty_journal", subject=posted.journal.source_id, detail="moves nothing")


def _escrow_matches_hold(store: Store) -> Iterator[Violation]:
    expected = {
        _code(AccountKind.ESCROW, hold.seller_order_id, hold.share.currency): hold.held.amount_minor
        for hold in hold_table(store)
    }
    yield from _compare(store, "escrow_matches_hold", AccountKind.ESCROW, expected)


def _payable_is_unclaimed(store: Store) -> Iterator[Violation]:
    expected: defaultdict[str, int] = defaultdict(int)
    for _, entry in unclaimed_entries(store):
        code = _code(AccountKind.SELLER_PAYABLE, entry.seller_id, entry.amount.currency)
        expected[code] += entry.amount.amount_minor
    yield from _compare(store, "payable_is_unclaimed", AccountKind.SELLER_PAYABLE, expected)


def _clearing_matches_payout(store: Store) -> Iterator[Violation]:
    expected = {
        _code(AccountKind.PAYOUT_CLEARING, payout.payout_id, payout.amount.currency): payout.amount.amount_minor
        for payout in payout_table(store)
        if payout.state in _UNCLEARED
    }
    yield from _compare(store, "clearing_matches_payout", AccountKind.PAYOUT_CLEARING, expected)


def _wallet_matches_payouts(store: Store) -> Iterator[Violation]:
    expected: defaultdict[str, int] = defaultdict(int)
    for payout in payout_table(store):
        if payout.must_be_reversed and payout.state in _UNCLEARED:
            expected[_code(AccountKind.WALLET, payout.seller_id, payout.amount.currency)] += payout.amount.amount_minor
    yield from _compare(store, "wallet_matches_payouts", AccountKind.WALLET, expected)


def _refund_matches_books(store: Store) -> Iterator[Violation]:
    for kind, states in ((AccountKind.REFUND_PAYABLE, UNDER_WAY), (AccountKind.BUYER_UNCLAIMED, _BOUNCED)):
        expected = {
            _code(kind, refund.refund_id, refund.amount.currency): refund.amount.amount_minor
            for refund in refund_table(store)
            if refund.state in states
        }
        yield from _compare(store, "refund_matches_books", kind, expected)


def _dispute_matches_books(store: Store) -> Iterator[Violation]:
    open_ones = [dispute for dispute in dispute_table(store) if dispute.is_open]
    for kind in (AccountKind.DISPUTE_RECEIVABLE, AccountKind.ESCROW_DISPUTED, AccountKind.SELLER_DISPUTE_HOLD):
        expected = {}
        for dispute in open_ones:
            minor = {
                AccountKind.DISPUTE_RECEIVABLE: dispute.amount.amount_minor,
                AccountKind.ESCROW_DISPUTED: sum(part.split.held.amount for part in dispute.parts),
                AccountKind.SELLER_DISPUTE_HOLD: sum(part.parked_minor for part in dispute.parts),
            }[kind]
            expected[_code(kind, dispute.dispute_id, dispute.amount.currency)] = minor
        yield from _compare(store, "dispute_matches_books", kind, expected)


def _share_is_whole(store: Store) -> Iterator[Violation]:
    for hold in hold_table(store):
        paid = 0 if hold.state in {HoldState.PENDING, HoldState.VOID} else hold.share.amount_minor
        if hold.standing.share != paid:
            detail = f"paid {paid}, accounted for {hold.standing.share}"
            yield Violation(check="share_is_whole", subject=hold.seller_order_id, detail=detail)


def _payout_matches_items(store: Store) -> Iterator[Violation]:
    for payout in payout_table(store):
        items = sum(item.amount.amount_minor for item in payout.items)
        if items != payout.amount.amount_minor:
            detail = f"amounts to {payout.amount.amount_minor}, its items to {items}"
            yield Violation(check="payout_matches_items", subject=payout.payout_id, detail=detail)


def _capture_is_booked(store: Store) -> Iterator[Violation]:
    booked: defaultdict[str, int] = defaultdict(int)
    for posted in journal_table(store):
        if posted.journal.kind in {JournalKind.PAYMENT_CAPTURED, JournalKind.CAPTURE_SUSPENDED}:
            booked[posted.journal.source_id] += sum(one.amount.amount_minor for one in posted.journal.transfers)
    for payment in payment_table(store):
        captured = payment.captured.amount_minor if payment.captured else 0
        if booked[payment.payment_id] != captured:
            detail = f"captured {captured}, booked {booked[payment.payment_id]}"
            yield Violation(check="capture_is_booked", subject=payment.payment_id, detail=detail)
        if payment.state is PaymentState.CAPTURED and payment.captured != payment.amount:
            yield Violation(check="capture_is_booked", subject=payment.payment_id, detail="not captured in full")


def _unanswered(store: Store, now: datetime) -> Iterator[Violation]:
    since = now - timedelta(hours=UNANSWERED_HOURS_MAX)
    for payout in payout_table(store):
        if payout.state is PayoutState.TRANSFERRING and payout.tried_at is not None and payout.tried_at < since:
            yield Violation(check="unanswered", subject=payout.payout_id, detail=f"sent at {payout.tried_at}")


def _compare(store: Store, check: str, kind: AccountKind, expected: Mapping[str, int]) -> Iterator[Violation]:
    actual = {row.account.code: abs(row.balance_minor) for row in account_table(store) if row.account.kind is kind}
    for code in sorted(actual.keys() | expected.keys()):
        holds, should = actual.get(code, 0), expected.get(code, 0)
        if holds != should:
            yield Violation(check=check, subject=code, detail=f"holds {holds}, should hold {should}")


def _code(kind: AccountKind, subject: str, currency: str) -> str:
    return Account(kind=kind, subject=subject, currency=currency).code


_CHECKS: Final[tuple[Callable[[Store], Iterator[Violation]], ...]] = (
    _sum_zero,
    _balance_drift,
    _overdrawn,
    _empty_journal,
    _escrow_matches_hold,
    _payable_is_unclaimed,
    _clearing_matches_payout,
    _wallet_matches_payouts,
    _payout_matches_items,
    _refund_matches_books,
    _dispute_matches_books,
    _share_is_whole,
    _capture_is_booked,
)
