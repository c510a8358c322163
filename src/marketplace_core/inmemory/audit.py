"""The audit of the books in memory."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, final

from attrs import frozen

from marketplace_core.inmemory.ledger import CURSOR_PREFIX, PostedJournal, account_table, entries, journal_table
from marketplace_core.inmemory.payments import (
    dispute_table,
    hold_table,
    payment_table,
    payout_table,
    refund_table,
    unclaimed_entries,
)
from marketplace_core.inmemory.store import Store
from marketplace_core.inmemory.vouchers import redemption_table, voucher_table
from marketplace_core.kernel.money import Money
from marketplace_core.payments import REFUNDS_UNDER_WAY as UNDER_WAY
from marketplace_core.payments import (
    REVERSED,
    Account,
    AccountKind,
    DisputeState,
    HoldState,
    Journal,
    JournalKind,
    PaymentState,
    PayoutState,
    RefundState,
    Violation,
    release_id,
)
from marketplace_core.payments.books import COVERED, EARNING, UNSENT_PAYOUTS
from marketplace_core.payments.ports import UNANSWERED_HOURS_MAX, Audit

_BOUNCED: Final = frozenset({RefundState.BOUNCED})
_OWED_OR_GONE: Final = UNDER_WAY | {RefundState.SUCCEEDED, RefundState.BOUNCED, RefundState.SETTLED}
_CAPTURES: Final = frozenset({JournalKind.PAYMENT_CAPTURED, JournalKind.CAPTURE_SUSPENDED})
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

    async def owed(self) -> Sequence[Money]:
        """Add up account by account, and the payouts."""
        sums: defaultdict[str, int] = defaultdict(int)
        for row in account_table(self.store):
            if row.account.kind in COVERED:
                sums[row.account.currency] -= row.balance_minor
        for payout in payout_table(self.store):
            if payout.state in UNSENT_PAYOUTS and payout.transfer_reference is None:
                sums[payout.amount.currency] += payout.amount.amount_minor
        for payment_id in {hold.payment_id for hold in hold_table(self.store) if hold.state in EARNING}:
            payment = payment_table(self.store).get(payment_id)
            if payment is not None and payment.fee is not None:
                sums[payment.fee.currency] -= payment.fee.amount_minor
        return [Money(max(minor, 0), currency) for currency, minor in sorted(sums.items())]


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


def _fee_matches_holds(store: Store) -> Iterator[Violation]:
    expected: defaultdict[str, int] = defaultdict(int)
    for hold in hold_table(store):
        code = _code(AccountKind.FEE_DEFERRED, hold.order_id, hold.share.currency)
        expected[code] += hold.standing.kept.fee
    yield from _compare(store, "fee_matches_holds", AccountKind.FEE_DEFERRED, expected)


def _refunds_within_payment(store: Store) -> Iterator[Violation]:
    returned: defaultdict[str, int] = defaultdict(int)
    for refund in refund_table(store):
        returned[refund.payment_id] += refund.amount.amount_minor if refund.takes_money else 0
    for payment in payment_table(store):
        if payment.captured is not None and returned[payment.payment_id] > payment.captured.amount_minor:
            detail = f"captured {payment.captured.amount_minor}, refunded {returned[payment.payment_id]}"
            yield Violation(check="refunds_within_payment", subject=payment.payment_id, detail=detail)


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
        if posted.journal.source_type == "payment" and posted.journal.kind in _CAPTURES:
            booked[posted.journal.source_id] += _moved(posted, of=AccountKind.PSP)
    for payment in payment_table(store):
        captured = payment.captured.amount_minor if payment.captured else 0
        if booked[payment.payment_id] != captured:
            detail = f"captured {captured}, booked {booked[payment.payment_id]}"
            yield Violation(check="capture_is_booked", subject=payment.payment_id, detail=detail)
        is_in_full = payment.captured == payment.amount or (payment.covers_order and payment.review_reason is not None)
        if payment.state is PaymentState.CAPTURED and not is_in_full:
            yield Violation(check="capture_is_booked", subject=payment.payment_id, detail="not captured in full")


def _fee_is_booked(store: Store) -> Iterator[Violation]:
    booked: defaultdict[str, int] = defaultdict(int)
    for posted in journal_table(store):
        if posted.journal.source_type == "payment" and posted.journal.kind is JournalKind.PROVIDER_FEE:
            booked[posted.journal.source_id] += _moved(posted)
    for payment in payment_table(store):
        kept = payment.fee.amount_minor if payment.fee else 0
        if booked[payment.payment_id] != kept:
            detail = f"the provider kept {kept}, booked {booked[payment.payment_id]}"
            yield Violation(check="fee_is_booked", subject=payment.payment_id, detail=detail)


def _release_is_booked(store: Store) -> Iterator[Violation]:
    booked = {
        posted.journal.source_id: _moved(posted)
        for posted in journal_table(store)
        if posted.journal.kind is JournalKind.ESCROW_RELEASED
    }
    for hold in hold_table(store):
        for release in hold.releases:
            name, released = release_id(hold.seller_order_id, release.number), release.division.released.amount_minor
            if booked.get(name, 0) != released:
                detail = f"released {released}, booked {booked.get(name, 0)}"
                yield Violation(check="release_is_booked", subject=name, detail=detail)


def _release_matches_share(store: Store) -> Iterator[Violation]:
    for hold in hold_table(store):
        at = hold.standing
        says = at.released.amount + sum(split.released.amount for split in (at.refunded, at.disputed, at.lost))
        if hold.released.amount_minor != says:
            detail = f"its releases sum to {hold.released.amount_minor}, its share says {says}"
            yield Violation(check="release_matches_share", subject=hold.seller_order_id, detail=detail)


def _refund_matches_share(store: Store) -> Iterator[Violation]:
    given: defaultdict[str, int] = defaultdict(int)
    for refund in refund_table(store):
        if refund.state in _OWED_OR_GONE:
            for part in refund.parts:
                given[part.seller_order_id] += part.wanted.amount
    for hold in hold_table(store):
        says = hold.standing.refunded.amount
        if given[hold.seller_order_id] != says:
            detail = f"its refunds sum to {given[hold.seller_order_id]}, its share says {says}"
            yield Violation(check="refund_matches_share", subject=hold.seller_order_id, detail=detail)


def _dispute_matches_share(store: Store) -> Iterator[Violation]:
    have: defaultdict[str, int] = defaultdict(int)
    took: defaultdict[str, int] = defaultdict(int)
    for dispute in dispute_table(store):
        for part in dispute.parts:
            have[part.seller_order_id] += part.split.amount if dispute.is_open else 0
            took[part.seller_order_id] += part.split.amount if dispute.state is DisputeState.LOST else 0
    for hold in hold_table(store):
        name, at = hold.seller_order_id, hold.standing
        if (have[name], took[name]) != (at.disputed.amount, at.lost.amount):
            detail = (
                f"disputes have {have[name]} and took {took[name]}, its share says {at.disputed.amount}"
                f" and {at.lost.amount}"
            )
            yield Violation(check="dispute_matches_share", subject=name, detail=detail)


def _ended_hold_is_empty(store: Store) -> Iterator[Violation]:
    for hold in hold_table(store):
        if hold.state not in {HoldState.HELD, HoldState.FROZEN} and hold.held:
            detail = f"is {hold.state.value} and holds {hold.held.amount_minor}"
            yield Violation(check="ended_hold_is_empty", subject=hold.seller_order_id, detail=detail)


def _suspense_matches_payment(store: Store) -> Iterator[Violation]:
    expected: defaultdict[str, int] = defaultdict(int)
    for payment in payment_table(store):
        if payment.captured is not None:
            code = _code(AccountKind.SUSPENSE, payment.payment_id, payment.captured.currency)
            accepted = payment.amount.amount_minor if payment.state is PaymentState.CAPTURED else 0
            expected[code] += payment.captured.amount_minor - accepted
    for refund in refund_table(store):
        if refund.is_of_misfit and refund.state in _OWED_OR_GONE:
            expected[_code(AccountKind.SUSPENSE, refund.payment_id, refund.amount.currency)] -= (
                refund.amount.amount_minor
            )
    for dispute in dispute_table(store):
        if dispute.is_gone:
            expected[_code(AccountKind.SUSPENSE, dispute.payment_id, dispute.amount.currency)] -= (
                dispute.suspended_minor
            )
    yield from _compare(store, "suspense_matches_payment", AccountKind.SUSPENSE, expected)


def _entry_is_claimed_once(store: Store) -> Iterator[Violation]:
    claims: defaultdict[str, list[str]] = defaultdict(list)
    for payout in payout_table(store):
        for item in payout.items if payout.is_live else ():
            claims[item.entry_id].append(payout.payout_id)
    for name, payouts in claims.items():
        if len(payouts) > 1:
            detail = f"claimed by {' and '.join(payouts)}"
            yield Violation(check="entry_is_claimed_once", subject=name, detail=detail)


def _journal_has_source(store: Store) -> Iterator[Violation]:
    holds = hold_table(store)
    known: Mapping[str, Container[str]] = {
        "payment": payment_table(store),
        "release": {release_id(hold.seller_order_id, one.number) for hold in holds for one in hold.releases},
        "refund": refund_table(store),
        "dispute": dispute_table(store),
        "payout": payout_table(store),
    }
    names = {_named(posted.journal) for posted in journal_table(store)}
    for posted in journal_table(store):
        journal = posted.journal
        kind, source_type, source_id, leg = _named(journal)
        is_orphan = source_type in known and source_id not in known[source_type]
        is_settled = leg.endswith(REVERSED) or (kind, source_type, source_id, leg + REVERSED) in names
        if is_orphan and not is_settled:
            detail = f"{kind} ({CURSOR_PREFIX}{posted.number}) of no {source_type}"
            yield Violation(check="journal_has_source", subject=source_id, detail=detail)


def _voucher_is_counted(store: Store) -> Iterator[Violation]:
    noted: defaultdict[str, int] = defaultdict(int)
    for redemption in redemption_table(store):
        noted[redemption.voucher_id] += redemption.returned_at is None
    for voucher in voucher_table(store):
        if voucher.used != noted[voucher.voucher_id]:
            detail = f"used {voucher.used} times, noted {noted[voucher.voucher_id]}"
            yield Violation(check="voucher_is_counted", subject=voucher.code, detail=detail)


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


def _moved(posted: PostedJournal, *, of: AccountKind | None = None) -> int:
    return sum(one.amount.amount_minor for one in posted.journal.transfers if of in {None, one.debit.kind})


def _named(journal: Journal) -> tuple[str, str, str, str]:
    return journal.kind.value, journal.source_type, journal.source_id, journal.leg


def _code(kind: AccountKind, subject: str, currency: str) -> str:
    return Account(kind=kind, subject=subject, currency=currency).code


_CHECKS: Final[tuple[Callable[[Store], Iterator[Violation]], ...]] = (
    _sum_zero,
    _balance_drift,
    _overdrawn,
    _empty_journal,
    _escrow_matches_hold,
    _fee_matches_holds,
    _refunds_within_payment,
    _payable_is_unclaimed,
    _clearing_matches_payout,
    _wallet_matches_payouts,
    _payout_matches_items,
    _refund_matches_books,
    _dispute_matches_books,
    _share_is_whole,
    _capture_is_booked,
    _fee_is_booked,
    _release_is_booked,
    _release_matches_share,
    _refund_matches_share,
    _dispute_matches_share,
    _ended_hold_is_empty,
    _suspense_matches_payment,
    _entry_is_claimed_once,
    _journal_has_source,
    _voucher_is_counted,
)
