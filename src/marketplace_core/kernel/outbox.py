"""Events leave through the outbox: stored with the change that caused them, published afterwards, at least once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from attrs import frozen

from marketplace_core.kernel.ids import EventId
from marketplace_core.kernel.messages import Envelope


@frozen(kw_only=True)
class OutboxState:
    """How the outbox stands: rows waiting, rows quarantined, and since when the oldest one waits."""

    waiting: int
    quarantined: int
    oldest_waiting_at: datetime | None


class Outbox(Protocol):
    """The relay's view of the stored events. Each method is a transaction of its own.

    An event is offered only when no earlier event of the same aggregate is still unpublished, so that order per
    aggregate holds; a quarantined event no longer holds back its successors.
    """

    async def waiting(self, now: datetime, limit: int) -> Sequence[tuple[Envelope, int]]:
        """Return at most ``limit`` publishable events in order, each with its number of failed attempts."""
        ...

    async def published(self, event_ids: Sequence[EventId], now: datetime) -> None:
        """Mark events as published. Marking twice is harmless."""
        ...

    async def failed(self, event_id: EventId, error: str, retry_at: datetime | None) -> None:
        """Count a failed attempt; ``retry_at`` None puts the event into quarantine."""
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
