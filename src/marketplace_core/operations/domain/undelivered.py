"""What is stored to be delivered and was not: events of ours and messages of providers, and what moves each of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from attrs import define, frozen

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.operations.domain.events import EventsStuck

STUCK_AFTER: Final = timedelta(hours=1)
"""What was not delivered for so long is stuck. Tries end sooner, but for messages about what we do not know (yet)."""
KNOWN_MAX: Final = 200
TOLD_MAX: Final = 20
ERROR_CHARACTERS_TOLD: Final = 200
RELAY: Final = "relay"
"""The consumer of an event that nobody has taken: whoever publishes events, or reacts to them where there is no bus."""
REACTIONS: Final = "reactions"
"""The consumer of an event that the bus has taken, and that we have not reacted to."""


def inbox_of(provider: str) -> str:
    """Return the consumer of a provider's messages."""
    return f"inbox:{provider}"


class Mover(Enum):
    """What moves it next.

    ``WORKER``: a worker, at once. ``RETRY``: a worker, at the time of the next try. ``EARLIER``: an earlier event of
    the same aggregate has to be delivered first. ``PERSON``: nobody tries any more; somebody replays or discards it.
    """

    WORKER = "worker"
    RETRY = "retry"
    EARLIER = "earlier"
    PERSON = "person"


@frozen(kw_only=True)
class Undelivered:
    """One letter that did not get to its consumer; ``error`` is how the last try ended, if there was one."""

    letter_id: str
    consumer: str
    type: str
    about: str
    since: datetime
    attempts: int
    error: str
    moved_by: Mover
    next_try_at: datetime | None = None


@frozen(kw_only=True)
class Backlog:
    """How much of one type a consumer has not got: never tried, ``retried``, ``given_up``; since when the oldest.

    ``error`` is how the last try of the oldest that was tried ended.
    """

    consumer: str
    type: str
    waiting: int
    retried: int
    given_up: int
    oldest_at: datetime
    error: str

    @property
    def troubles(self) -> Sequence[str]:
        """Name what is wrong, so that the same thing has the same name the next time."""
        counts = (("given up", self.given_up), ("retried", self.retried), ("waiting", self.waiting))
        return [f"{self.type} {how} ({self.consumer})" for how, count in counts if count]


def mover(*, given_up: bool, held_back: bool, available_at: datetime, now: datetime) -> Mover:
    """Say what moves a letter next."""
    if given_up:
        return Mover.PERSON
    if held_back:
        return Mover.EARLIER
    return Mover.RETRY if available_at > now else Mover.WORKER


@define(kw_only=True, eq=False)
class Watch(Aggregate):
    """What is known to be stuck, so that everybody hears of a trouble once; what is gone is forgotten."""

    name: str
    known: tuple[str, ...] = ()
    changed_at: datetime | None = None

    def look(self, backlogs: Sequence[Backlog], now: datetime) -> Sequence[str]:
        """Take note of what is stuck now, and tell what is new of it; return the names of that."""
        found = {trouble: one for one in backlogs for trouble in one.troubles}
        new = [trouble for trouble in found if trouble not in self.known]
        known = tuple(sorted(found))[:KNOWN_MAX]
        if known != self.known:
            self.known, self.changed_at = known, now
        if new:
            told = tuple(_told(trouble, found[trouble].error) for trouble in new[:TOLD_MAX])
            self.record(EventsStuck(found_at=now, troubles=told))
        return new


def _told(trouble: str, error: str) -> str:
    return f"{trouble}: {error[:ERROR_CHARACTERS_TOLD]}" if error else trouble
