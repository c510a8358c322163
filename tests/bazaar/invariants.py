"""What holds at every moment, whatever has happened: each is read off the rows, independently of who wrote them.

``always`` names what must be true between any two steps, ``at_rest`` what must be true once everything is said and done
on both sides (money design 4.12, reliability design 6.10).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from marketplace_core.catalog.domain.stock import ReservationState
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.machines import StateMachine
from marketplace_core.orders import ORDER_MACHINE, SELLER_ORDER_MACHINE
from marketplace_core.payments import (
    MACHINES,
    AccountKind,
    AuditBooks,
    DisputeState,
    HoldState,
    JournalKind,
    PaymentState,
    PayoutState,
    RefundState,
)
from marketplace_core.payments.debts import Means, SettlementState
from tests.bazaar.bazaar import EUR, Bazaar

K, H, R, P, D = JournalKind, HoldState, RefundState, PayoutState, DisputeState

AUDITED = True
"""Whether the product's own audit is asked first; not when a test looks what is found without it."""
ROWS: Final[tuple[tuple[str, StateMachine[Any, Any], tuple[str, ...]], ...]] = (
    ("orders_orders", ORDER_MACHINE, ("order_id",)),
    ("orders_seller_orders", SELLER_ORDER_MACHINE, ("seller_order_id", "order_id")),
    *(
        (f"payments_{table}", next(one for one in MACHINES if one.name == name), subjects)
        for table, name, subjects in (
            ("payments", "a payment", ("payment_id",)),
            ("holds", "a held payment", ("seller_order_id", "payment_id")),
            ("refunds", "a refund", ("refund_id",)),
            ("disputes", "a card dispute", ("dispute_id", "payment_id")),
            ("claims", "a claim", ("claim_id",)),
            ("debt_settlements", "a debt settlement", ("settlement_id",)),
            ("payouts", "a payout", ("payout_id",)),
            ("seller_accounts", "a payout account", ("seller_id",)),
        )
    ),
)
"""Where the rows of each machine are, and by which of their names a timer may be set for them."""


async def always(bazaar: Bazaar) -> None:
    """Fail unless all is as it must be between any two steps."""
    if AUDITED:
        violations = await bazaar.market.ask(AuditBooks(), by=SYSTEM)
        assert not violations, violations
    found = [f"{check.__name__.strip('_')}: {said}" for check in _ALWAYS for said in check(bazaar)]
    assert not found, "\n".join(found)


async def at_rest(bazaar: Bazaar) -> None:
    """Fail unless all is as it must be when nothing is left to happen by itself and operators have done what waits."""
    await always(bazaar)
    assert await bazaar.provider_is_sound()
    found = [f"{check.__name__.strip('_')}: {said}" for check in _AT_REST for said in check(bazaar)]
    assert not found, "\n".join(found)
    ours, theirs = balance(bazaar, AccountKind.PSP), await bazaar.balance_there() - bazaar.gifts_minor
    assert ours == theirs, f"our books say {ours} is at the provider, the provider says {theirs}"
    for account in bazaar.rows("payments_seller_accounts"):
        ours, theirs = balance(bazaar, AccountKind.WALLET, account.seller_id), 0
        if account.reference is not None:
            theirs = await bazaar.balance_there(account.reference) - own_money(bazaar, account)
        assert ours == theirs, f"our books say {ours} is in the wallet of {account.seller_id}, the provider {theirs}"


def own_money(bazaar: Bazaar, account: Any) -> int:
    """Return what a seller has there besides what is transferred: what was earned elsewhere and paid no debt.

    What came back of a payout after it had paid a debt is the seller's own again.
    """
    paid = bazaar.rows(
        "payments_debt_settlements", lambda row: row.seller_id == account.seller_id and row.means is Means.REVERSAL
    )
    spent: int = sum(one.amount.amount_minor for one in paid if one.state is SettlementState.BOOKED)
    payouts = bazaar.rows("payments_payouts", lambda row: row.seller_id == account.seller_id)
    had: int = sum(one.taken_minor for one in payouts)
    return bazaar.earned[account.reference] - spent + had


def balance(bazaar: Bazaar, kind: AccountKind, subject: str | None = None) -> int:
    """Sum up accounts of a kind, debits positive."""
    return sum(
        row.balance_minor
        for row in bazaar.rows("ledger_accounts", lambda row: row.account.kind is kind)
        if subject in (None, row.account.subject)
    )


def journals_by_source(bazaar: Bazaar) -> Mapping[str, Counter[JournalKind]]:
    """Count the journals of everything that journals are about, but for what of payouts has paid debts."""
    found: defaultdict[str, Counter[JournalKind]] = defaultdict(Counter)
    for posted in bazaar.rows("ledger_journals"):
        if not posted.journal.leg.startswith("had:"):
            found[posted.journal.source_id][posted.journal.kind] += 1
    return found


def _of(bazaar: Bazaar, table: str, **named: str) -> list[Any]:
    return bazaar.rows(table, lambda row: all(getattr(row, name) == value for name, value in named.items()))


def _unfinished(bazaar: Bazaar, table: str, machine: StateMachine[Any, Any]) -> list[Any]:
    return bazaar.rows(table, lambda row: row.state not in machine.ends)


def _each_fact_is_booked_once(bazaar: Bazaar) -> Iterator[str]:
    facts = Counter(
        (one.journal.kind, one.journal.source_type, one.journal.source_id, one.journal.leg)
        for one in bazaar.rows("ledger_journals")
    )
    yield from (f"{fact} {times} times" for fact, times in facts.items() if times > 1)


def _what_was_captured_is_somewhere(bazaar: Bazaar) -> Iterator[str]:
    """I6: shares and what the platform adds or keeps = captured."""
    for payment in bazaar.rows("payments_payments", lambda row: row.state is PaymentState.CAPTURED):
        holds = _of(bazaar, "payments_holds", payment_id=payment.payment_id)
        booked: Counter[AccountKind] = Counter()
        for posted in bazaar.rows("ledger_journals"):
            if posted.journal.kind is K.PAYMENT_CAPTURED and posted.journal.source_id == payment.payment_id:
                for one in posted.journal.transfers:
                    booked[one.debit.kind] += one.amount.amount_minor
                    booked[one.credit.kind] -= one.amount.amount_minor
        shares = sum(hold.share.amount_minor for hold in holds)
        if booked[AccountKind.PSP] != payment.captured.amount_minor or -booked[AccountKind.ESCROW] != shares:
            yield f"{payment.payment_id}: captured {payment.captured}, shares {shares}, booked {dict(booked)}"


def _no_share_gives_more_than_was_paid(bazaar: Bazaar) -> Iterator[str]:
    """I7, per share: refunded + in flight + disputed + lost ≤ captured; nothing below zero is even expressible."""
    for hold in bazaar.rows("payments_holds"):
        standing = hold.standing
        gone = standing.refunded.amount + standing.disputed.amount + standing.lost.amount
        if gone > hold.share.amount_minor:
            yield f"{hold.seller_order_id}: {gone} of {hold.share.amount_minor} is gone"
        refunds = sum(
            part.wanted.amount
            for refund in bazaar.rows("payments_refunds", lambda row: row.approved_at is not None)
            if refund.state not in {R.FAILED, R.CANCELLED}
            for part in refund.parts
            if part.seller_order_id == hold.seller_order_id
        )
        if refunds != standing.refunded.amount and not _the_network_refunded(bazaar, hold):
            yield f"{hold.seller_order_id}: refunds of {refunds}, standing {standing.refunded.amount}"


def _the_network_refunded(bazaar: Bazaar, hold: Any) -> bool:
    disputes = bazaar.rows("payments_disputes", lambda row: row.payment_id == hold.payment_id)
    return any(dispute.state is D.PREVENTED for dispute in disputes)


def _stock_adds_up(bazaar: Bazaar) -> Iterator[str]:
    """I9: held + sold ≤ on hand, and each is what the reservations say."""
    by_offer: defaultdict[str, Counter[ReservationState]] = defaultdict(Counter)
    for row in bazaar.rows("catalog_reservations"):
        by_offer[row.offer_id][row.state] += row.quantity
    for row in bazaar.rows("catalog_stock"):
        level, reserved = row.level, by_offer[row.level.offer_id]
        if min(level.held, level.sold, level.available) < 0:
            yield f"{level}"
        if level.held != reserved[ReservationState.HELD] or level.sold != reserved[ReservationState.COMMITTED]:
            yield f"{level}, but {dict(reserved)}"


def _vouchers_add_up(bazaar: Bazaar) -> Iterator[str]:
    """I10: a voucher was used as often as orders keep it, and no oftener than it may be."""
    for voucher in bazaar.rows("orders_vouchers"):
        kept = [one for one in _of(bazaar, "orders_voucher_redemptions", voucher_id=voucher.voucher_id) if one.number]
        if voucher.used != len(kept) or len(kept) > (voucher.limits.uses_max or len(kept)):
            yield f"{voucher.code}: used {voucher.used} times, kept by {len(kept)} orders"


def _everything_is_moved_on_by_somebody(bazaar: Bazaar) -> Iterator[str]:
    """Invariant 9: a row that is no end waits for a named party, and where a deadline is declared it is set."""
    timers = {(row.kind, row.subject) for row in bazaar.store.table("deadlines")}
    for table, machine, subjects in ROWS:
        for row in _unfinished(bazaar, table, machine):
            rest = machine.rest(row.state)
            if rest is None:
                yield f"{machine.name} waits for nobody as {row.state.value}"
            elif rest.deadline and not _waits_for_its_parts(bazaar, table, row):
                if (table, row.state.value) in _WAITS_WITH_ITS_ORDER:
                    is_set = any(
                        subject in {getattr(row, name) for name in (*subjects, "order_id")} for _, subject in timers
                    )
                else:
                    is_set = any((rest.deadline, getattr(row, name)) in timers for name in subjects)
                if not is_set:
                    yield f"{machine.name} {getattr(row, subjects[0])} is {row.state.value} without {rest.deadline}"


def _on_their_way(bazaar: Bazaar) -> list[Any]:
    """Return the events that nobody has reacted to yet, and will."""
    waiting = bazaar.rows("outbox", lambda row: row.published_at is None and not row.quarantined)
    return [row.envelope.event for row in waiting]


def _waits_for_its_parts(bazaar: Bazaar, table: str, row: Any) -> bool:
    """Tell whether a row rightly has no timer of its own.

    A paid order has none while one of its parts is not over, which has one, or while an event of it is on its way.
    """
    if (table, row.state.value) != ("orders_orders", "confirmed"):
        return False
    parts = _of(bazaar, "orders_seller_orders", order_id=row.order_id)
    is_told = any(getattr(event, "order_id", None) == row.order_id for event in _on_their_way(bazaar))
    return is_told or any(part.state not in SELLER_ORDER_MACHINE.ends for part in parts)


_WAITS_WITH_ITS_ORDER: Final = frozenset({
    ("orders_seller_orders", "pending"),
    ("payments_payments", "created"),
    ("payments_payments", "review"),
    ("payments_holds", "pending"),
})  # fmt: skip
"""Whatever stands so is moved on by any timer of its order or payment: to ask, to give up, to give back."""


def _states_are_what_the_books_say(bazaar: Bazaar) -> Iterator[str]:
    """Every row that is about money is in the state that its journals have led to."""
    booked = journals_by_source(bazaar)
    for table, name, expected in (
        ("payments_payments", "payment_id", _payment_journals),
        ("payments_refunds", "refund_id", _refund_journals),
        ("payments_payouts", "payout_id", _payout_journals),
        ("payments_disputes", "dispute_id", _dispute_journals),
    ):
        for row in bazaar.rows(table):
            there = booked[getattr(row, name)]
            if not expected(row, there):
                yield f"{getattr(row, name)} is {row.state.value}, its journals: {_written(there)}"
    for hold in bazaar.rows("payments_holds"):
        for release in hold.releases:
            if booked[f"{hold.seller_order_id}:{release.number}"][K.ESCROW_RELEASED] != 1:
                yield f"release {release.number} of {hold.seller_order_id} is not in the books once"


def _payment_journals(payment: Any, there: Counter[JournalKind]) -> bool:
    is_in_full = payment.state is PaymentState.CAPTURED
    return (there[K.PAYMENT_CAPTURED] == 1) is is_in_full and there[K.PAYMENT_CAPTURED] + there[K.CAPTURE_SUSPENDED] < 2


def _refund_journals(refund: Any, there: Counter[JournalKind]) -> bool:
    owed = there[K.REFUND_FROM_ESCROW] + there[K.REFUND_AFTER_RELEASE] + there[K.SUSPENSE_RESOLVED]
    sent, failed = there[K.REFUND_SUCCEEDED], there[K.REFUND_FAILED]
    back, settled = there[K.REFUND_BOUNCED], there[K.REFUND_SETTLED]
    match refund.state:
        case R.REQUESTED | R.DUE | R.REJECTED:
            return not there
        case R.APPROVED | R.SUBMITTED | R.PENDING:
            return owed >= 1 and sent == failed == back == settled == 0
        case R.SUCCEEDED:  # of nothing to the buyer, only the platform has back what it had paid
            return owed >= 1 and (sent, failed, back, settled) == (bool(refund.amount), 0, 0, 0)
        case R.FAILED | R.CANCELLED:
            return owed >= 1 and failed >= 1 and sent == back == settled == 0
        case R.BOUNCED:
            return owed >= 1 and (sent, failed, back, settled) == (1, 0, 1, 0)
        case _:  # settled: after it came back, or in place of sending it
            return owed >= 1 and (sent, failed, back, settled) in {(1, 0, 1, 1), (0, 0, 0, 1)}


def _payout_journals(payout: Any, there: Counter[JournalKind]) -> bool:
    at_the_bank = there[K.PAYOUT_PAID] - there[K.PAYOUT_RETURNED]
    in_wallet = there[K.TRANSFER_SUCCEEDED] - there[K.TRANSFER_REVERSED]
    if there[K.PAYOUT_ASSEMBLED] != 1 or there[K.TRANSFER_SUCCEEDED] > 1 or there[K.TRANSFER_REVERSED] > 1:
        return False
    match payout.state:
        case P.PAID:
            return (at_the_bank, in_wallet, there[K.PAYOUT_CANCELLED]) == (1, 1, 0)
        case P.CANCELLED if not payout.amount:
            return (at_the_bank, in_wallet, there[K.PAYOUT_CANCELLED]) == (0, 1, 0)
        case P.CANCELLED:
            return (at_the_bank, in_wallet, there[K.PAYOUT_CANCELLED]) == (0, 0, 1)
        case P.IN_TRANSIT | P.RETURNED:
            return (at_the_bank, in_wallet, there[K.PAYOUT_CANCELLED]) == (0, 1, 0)
        case _:
            return at_the_bank == there[K.PAYOUT_CANCELLED] == 0


def _dispute_journals(dispute: Any, there: Counter[JournalKind]) -> bool:
    taken, back = there[K.DISPUTE_WITHDRAWN], there[K.DISPUTE_REINSTATED]
    lost = there[K.DISPUTE_LOST_ESCROW] + there[K.DISPUTE_LOST_RELEASED]
    match dispute.state:
        case D.WARNING | D.WARNING_CLOSED:
            return taken == back == lost == 0
        case D.NEEDS_RESPONSE | D.UNDER_REVIEW:
            return taken == 1 and back == lost == 0
        case D.LOST:
            return taken == 1 and lost >= 1
        case D.WON:
            return taken == 1 and back >= 1
        case _:
            return taken == 1 or not there


def _written(there: Counter[JournalKind]) -> str:
    return ", ".join(f"{kind.value} {times}" for kind, times in sorted(there.items(), key=lambda one: one[0].value))


def _nobody_ships_unpaid_goods(bazaar: Bazaar) -> Iterator[str]:
    """I12, I14: what is confirmed was paid in full; what is sold is reserved for it."""
    captured = {
        row.order_id for row in bazaar.rows("payments_payments", lambda row: row.state is PaymentState.CAPTURED)
    }
    for order in bazaar.rows("orders_orders", lambda row: row.state.value in {"confirmed", "closed"}):
        if order.order_id not in captured:
            yield f"{order.order_id} is {order.state.value} and unpaid"
    for part in bazaar.rows("orders_seller_orders"):
        if part.order_id not in captured and part.state.value not in {"pending", "cancelled"}:
            yield f"{part.seller_order_id} is {part.state.value} and unpaid"


def _nothing_is_paid_out_twice(bazaar: Bazaar) -> Iterator[str]:
    """I5 of the payouts: an entry is in one living payout at most."""
    claims: Counter[str] = Counter(
        item.entry_id
        for payout in bazaar.rows("payments_payouts", lambda row: row.state is not P.CANCELLED)
        for item in payout.items
    )
    yield from (f"{entry} is in {times} payouts" for entry, times in claims.items() if times > 1)


def _no_mail_is_written_twice(bazaar: Bazaar) -> Iterator[str]:
    mails = Counter((one.fact, one.template, one.recipient) for one in bazaar.rows("notifications_mails"))
    yield from (f"{mail} {times} times" for mail, times in mails.items() if times > 1)


def _nothing_waits_any_more(bazaar: Bazaar) -> Iterator[str]:
    """Everything that somebody outside, a timer or an operator had to end has ended: no money is without a way on."""
    for table, machine, subjects in ROWS:
        for row in _unfinished(bazaar, table, machine):
            if table != "payments_seller_accounts":
                yield f"{machine.name} {getattr(row, subjects[0])} is still {row.state.value}"


def _every_event_went_out(bazaar: Bazaar) -> Iterator[str]:
    """I13."""
    for row in bazaar.rows("outbox"):
        if row.published_at is None or row.quarantined:
            yield f"{row.envelope.event} after {row.attempts} attempts: {row.last_error}"


def _an_order_that_is_over_has_no_money(bazaar: Bazaar) -> Iterator[str]:
    """Invariant 10: nothing in escrow, suspense or owed for an order that has ended."""
    over = {"expired", "cancelled", "closed"}
    for order in bazaar.rows("orders_orders", lambda row: row.state.value in over):
        for hold in _of(bazaar, "payments_holds", order_id=order.order_id):
            if balance(bazaar, AccountKind.ESCROW, hold.seller_order_id):
                yield f"{order.order_id} is {order.state.value}, {hold.seller_order_id} has money in escrow"
        if balance(bazaar, AccountKind.SUSPENSE, order.payment_id):
            yield f"{order.order_id} is {order.state.value} with money in suspense"
    for kind in (AccountKind.REFUND_PAYABLE, AccountKind.BUYER_UNCLAIMED):
        if owed := balance(bazaar, kind):
            yield f"{owed} {EUR} of refunds is still owed: {kind.value}"


Check = Callable[[Bazaar], Iterator[str]]
_ALWAYS: Final[tuple[Check, ...]] = (
    _each_fact_is_booked_once,
    _what_was_captured_is_somewhere,
    _no_share_gives_more_than_was_paid,
    _stock_adds_up,
    _vouchers_add_up,
    _everything_is_moved_on_by_somebody,
    _states_are_what_the_books_say,
    _nobody_ships_unpaid_goods,
    _nothing_is_paid_out_twice,
    _no_mail_is_written_twice,
)
_AT_REST: Final[tuple[Check, ...]] = (
    _nothing_waits_any_more,
    _every_event_went_out,
    _an_order_that_is_over_has_no_money,
)
