"""A delivery: one event on its way to one endpoint."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from attrs import define

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import DeliveryId, EndpointId, EventId
from marketplace_core.webhooks.domain.message import Message

TRIED_FOR: Final = timedelta(hours=72)
"""How long a delivery is tried."""
FIRST_WAIT: Final = timedelta(seconds=5)
LONGEST_WAIT: Final = timedelta(hours=8)
LEASE: Final = timedelta(seconds=60)
"""After so long an attempt that nobody has ended is made again: whoever made it is gone."""
ANSWER_BYTES_MAX: Final = 1024
"""How much of an answer is kept."""
_DOUBLINGS_MAX: Final = 20


class DeliveryState(Enum):
    """How far it is."""

    QUEUED = "queued"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


@define(kw_only=True, eq=False)
class Delivery(Aggregate):
    """A message for an endpoint, and what became of it.

    ``message`` is what is sent, the same in every attempt and every replay. ``tries`` counts since it was last queued,
    ``attempts`` all of them; ``status``, ``error`` and ``answer`` are those of the last one.
    """

    delivery_id: DeliveryId
    endpoint_id: EndpointId
    message: Message
    queued_at: datetime
    next_at: datetime | None
    state: DeliveryState = DeliveryState.QUEUED
    attempts: int = 0
    tries: int = 0
    delivered_at: datetime | None = None
    tried_at: datetime | None = None
    status: int | None = None
    error: str | None = None
    answer: str | None = None

    @classmethod
    def queue(cls, delivery_id: DeliveryId, endpoint_id: EndpointId, message: Message, now: datetime) -> "Delivery":
        """Put a message on its way."""
        return cls(delivery_id=delivery_id, endpoint_id=endpoint_id, message=message, queued_at=now, next_at=now)

    @property
    def event_id(self) -> EventId:
        """The identifier by which a receiver knows the message again."""
        return self.message.event_id

    def is_due(self, now: datetime) -> bool:
        """Tell whether it is to be tried now."""
        return self.state is DeliveryState.QUEUED and self.next_at is not None and self.next_at <= now

    def begin(self, now: datetime) -> None:
        """Count an attempt before it is made: one that ends the process is followed by another after a while."""
        self.attempts += 1
        self.tries += 1
        self.tried_at = now
        self.next_at = now + LEASE

    def took(self, status: int, answer: str, now: datetime) -> None:
        """Note that the receiver has it."""
        self.state, self.next_at, self.delivered_at = DeliveryState.DELIVERED, None, now
        self.status, self.answer, self.error = status, answer, None

    def missed(self, error: str, *, status: int | None, answer: str | None, now: datetime, chance: float) -> None:
        """Note that the receiver does not have it, and when to try again.

        ``chance`` (0 to 1) says when within the wait, which doubles from attempt to attempt: receivers that were away
        are not called by everybody at once.
        """
        self.status, self.answer, self.error = status, answer, error[:300]
        doubled = FIRST_WAIT * 2 ** min(self.tries - 1, _DOUBLINGS_MAX)
        again_at = now + min(doubled, LONGEST_WAIT) * chance
        if again_at > self.queued_at + TRIED_FOR:
            self.state, self.next_at = DeliveryState.GIVEN_UP, None
        else:
            self.next_at = again_at

    def replay(self, now: datetime) -> None:
        """Send it again, under its own identifier, as if it had been queued just now."""
        self.state, self.queued_at, self.next_at, self.tries = DeliveryState.QUEUED, now, now, 0
        self.delivered_at = None
