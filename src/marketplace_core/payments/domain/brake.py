"""A brake: money to sellers stands still because something was found; refunds go on (reliability design, kill switch).

What was found is written on the brake. An operator lets it go with a note; what they have seen does not set it again,
unless it was settled meanwhile.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Final

from attrs import define

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.payments.domain.errors import MalformedReason, WrongState
from marketplace_core.payments.domain.events import BrakeSet

FINDINGS_MAX: Final = 200
"""So many findings a brake names; that there are more does not matter."""
FINDINGS_TOLD: Final = 20
NOTE_CHARACTERS_MAX: Final = 500


class BrakeCause(Enum):
    """What a brake is on for.

    ``AUDIT``: the books contradict themselves or the rows; releases and payouts stand still.
    ``LIQUIDITY``: our balance at the provider is less than what is owed to others; payouts stand still.
    """

    AUDIT = "audit"
    LIQUIDITY = "liquidity"


@define(kw_only=True, eq=False)
class Brake(Aggregate):
    """One time that money stood still, from when it was set until somebody let it go.

    From ``settled_at`` on what was found is no more, and counts as seen no longer.
    """

    brake_id: str
    cause: BrakeCause
    findings: tuple[str, ...]
    set_at: datetime
    released_at: datetime | None = None
    released_by: str | None = None
    note: str | None = None
    settled_at: datetime | None = None

    @classmethod
    def pull(cls, brake_id: str, cause: BrakeCause, findings: Sequence[str], now: datetime) -> "Brake":
        """Set it, and tell."""
        brake = cls(brake_id=brake_id, cause=cause, findings=tuple(findings[:FINDINGS_MAX]), set_at=now)
        told = tuple(brake.findings[:FINDINGS_TOLD])
        brake.record(BrakeSet(brake_id=brake_id, cause=cause.value, findings=told, set_at=now))
        return brake

    @property
    def is_on(self) -> bool:
        """Tell whether money stands still."""
        return self.released_at is None

    def find(self, findings: Sequence[str]) -> bool:
        """Add what was found besides; tell whether anything was new."""
        more = tuple(one for one in findings if one not in self.findings)[: FINDINGS_MAX - len(self.findings)]
        self.findings += more
        return bool(more)

    def release(self, note: str, by: str, now: datetime) -> None:
        """Let it go. Raises ``WrongState`` if it is not on, ``MalformedReason``."""
        note = note.strip()
        if not 1 <= len(note) <= NOTE_CHARACTERS_MAX:
            raise MalformedReason(f"Say why, in 1 to {NOTE_CHARACTERS_MAX} characters.")
        if not self.is_on:
            raise WrongState("The brake is not on.")
        self.released_at, self.released_by, self.note = now, by, note


def unseen(findings: Sequence[str], last: Brake | None) -> tuple[str, ...]:
    """Return what nobody has let go yet: all that the last brake did not name."""
    seen = () if last is None or last.settled_at is not None else last.findings
    return tuple(one for one in findings if one not in seen)
