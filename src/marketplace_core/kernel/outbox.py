"""Events leave through the outbox: stored with the change that caused them, published afterwards, at least once.

An event is *published* when whoever carries events has it, and *reacted to* when every command that it causes has been
carried out. Where nothing is between the two, both become true together; with an event bus between them, the outbox
still knows what was not reacted to, so that a bus may lose everything and nothing is lost.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

from attrs import frozen

from marketplace_core.kernel.ids import EventId
from marketplace_core.kernel.messages import Envelope
from marketplace_core.kernel.queues import Begun

LATE_MAX: Final = 50
"""How many events before the one that was read last are looked at again, for those that were committed late."""


@frozen(kw_only=True)
class OutboxState:
    """How the outbox stands: events not yet reacted to, events quarantined, and since when the oldest one waits."""

    waiting: int
    quarantined: int
    oldest_waiting_at: datetime | None
    unpublished: int = 0
    """How many of the waiting ones nobody has taken yet."""


@frozen(kw_only=True)
class Unreacted:
    """An event that nobody has reacted to. After failed ``attempts`` nobody tries before ``available_at``."""

    envelope: Envelope
    attempts: int
    available_at: datetime
    is_published: bool


class Outbox(Protocol):
    """The relay's view of the stored events. Each method is a transaction of its own.

    An event is offered only when no earlier event of the same aggregate is still unpublished, so that order per
    aggregate holds; a quarantined event no longer holds back its successors.
    """

    async def waiting(self, now: datetime, limit: int) -> Sequence[tuple[Envelope, int]]:
        """Return at most ``limit`` publishable events in order, each with its number of failed attempts."""
        ...

    async def begin(self, now: datetime, *, left: bool = False) -> Begun[Envelope] | None:
        """Count an attempt at the first of what ``waiting`` offers, for whoever makes it now; None: nothing waits.

        It is kept from everybody for ``KEPT_SECONDS``, or until it has failed. After that it was ``left``, and is for
        whoever asks for that; others do not get it. An attempt that ends the process is counted, too.
        """
        ...

    async def any_left(self, now: datetime) -> bool:
        """Tell whether there is anything that was left."""
        ...

    async def take(self, now: datetime, limit: int) -> Sequence[tuple[Envelope, int]]:
        """Return what ``waiting`` does, for whoever publishes it now.

        Where several processes do so at once, it is kept from the others for a while, or until it has failed.
        """
        return await self.waiting(now, limit)

    async def put_back(self, event_ids: Sequence[EventId]) -> None:
        """Let anybody have what was taken and could not even be tried."""
        return

    async def published(self, event_ids: Sequence[EventId], now: datetime, react_by: datetime | None = None) -> None:
        """Mark events as published. Marking twice is harmless.

        Without ``react_by`` they have been reacted to as well. With it, ``overdue`` offers those that were not by then;
        what somebody has tried in vain meanwhile keeps the time of its next try.
        """
        ...

    async def failed(self, event_id: EventId, error: str, retry_at: datetime | None, *, counted: bool = False) -> None:
        """Count a failed attempt, unless ``begin`` or ``claim`` has; ``retry_at`` None puts the event into quarantine.

        Nothing happens to an event that was reacted to.
        """
        ...

    async def reacted(self, event_id: EventId, now: datetime) -> None:
        """Mark an event as reacted to. Marking twice is harmless."""
        ...

    async def unreacted(self, aggregate_type: str, aggregate_id: str, up_to: int | None = None) -> Sequence[Unreacted]:
        """Return an aggregate's events, up to a sequence, that are not reacted to, in order; none quarantined."""
        ...

    async def overdue(self, now: datetime, limit: int) -> Sequence[Unreacted]:
        """Return at most ``limit`` published events that should have been reacted to by now, in order.

        An event is offered only when no earlier event of the same aggregate waits, published or not.
        """
        ...

    async def claim(self, event: Unreacted, until: datetime) -> bool:
        """Count an attempt at an overdue event before it is made, and keep others from it until then.

        Tell whether it was still there for us. An attempt that ends the process is counted, too.
        """
        ...

    async def given_out(self, since: datetime, after: EventId | None, limit: int) -> Sequence[Envelope]:
        """Return at most ``limit`` published events that occurred since then, in order, beginning after one of them."""
        ...

    async def unannounced(self, limit: int) -> Sequence[Envelope]:
        """Return at most ``limit`` events, in order, that others have not been told of yet, published or not.

        Events of a kind that this process does not know wait for one that does.
        """
        ...

    async def announced(self, event_ids: Sequence[EventId]) -> None:
        """Mark events as announced. Marking twice is harmless."""
        ...

    async def tail(self, after: EventId | None, limit: int) -> Sequence[Envelope]:
        """Return ``limit`` events that follow one of them and a few before it, in order; without one, the last ones.

        What is committed late may have its place before what was read already: whoever follows the tail knows by
        identifier what is new. After an event that is not there nothing follows.
        """
        ...

    async def state(self) -> OutboxState:
        """Tell how many events wait or are quarantined."""
        ...


class EventPublisher(Protocol):
    """Carries events to whoever reacts. May deliver an event more than once, never fewer."""

    async def publish(self, envelope: Envelope) -> None:
        """Hand one event over. Raises ``Unavailable`` when nobody took it; the relay tries again."""
        ...


class ConsumedMessages(Protocol):
    """What consumers have already handled; written by the unit of work, read by the pipeline."""

    async def seen(self, consumer: str, message_id: str) -> bool:
        """Tell whether the consumer has handled the message in a committed transaction."""
        ...

    async def remember(self, consumer: str, message_id: str) -> None:
        """Record a message whose command found nothing to store. Recording twice is harmless."""
        ...
