"""Makes the changes whose time has come: late successes, payouts that reach the bank, refunds that had to wait.

Whoever looks at the books finds them as if every change had happened on time; a regular pass makes them too, so that
their webhooks go out although nobody looks.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from marketplace_adapters.fakepay.provider import confirmation, disputing, due, ledger, payouts, refunding
from marketplace_adapters.fakepay.provider.institution import Provider, Session

BATCH_MAX = 200

_CHANGES: Final[Mapping[str, Callable[[Session, str], None]]] = MappingProxyType(
    {
        confirmation.LATE_SUCCESS: confirmation.succeed_late,
        payouts.ARRIVAL: payouts.arrive_in_time,
        ledger.BECOMES_AVAILABLE: ledger.become_available,
        refunding.SETTLES: refunding.settle_in_time,
        refunding.BOUNCES: refunding.bounce_in_time,
        disputing.OPENS: disputing.open_by_card,
        disputing.DEADLINE: disputing.miss_deadline,
        disputing.IS_WON: disputing.win,
        disputing.IS_LOST: disputing.lose,
    }
)


def settle_due(provider: Provider, *, limit: int = BATCH_MAX) -> int:
    """Make the changes that are due, earliest first, at most `limit` of them; return how many were made.

    Then pay the refunds that waited for a balance which suffices by now.
    """
    with provider.reading() as session:
        if not due.is_any_due(session) and not refunding.can_retry(session):
            return 0
    with provider.writing() as session:
        changes = due.take_due(session, limit=limit)
        _make(session, changes)
        return len(changes) + refunding.retry(session)


def settle_one(provider: Provider, subject: str) -> None:
    """Make the due changes of one thing, however many others wait."""
    with provider.reading() as session:
        if not due.is_due(session, subject):
            return
    with provider.writing() as session:
        _make(session, due.take_due_of(session, subject))


def _make(session: Session, changes: list[due.DueChange]) -> None:
    for change in changes:
        _CHANGES[change.kind](session, change.subject)
