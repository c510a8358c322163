"""An event bus in memory: for tests, and to see how the marketplace behaves when its events take a way round."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, final

from attrs import define, field

from marketplace_core.kernel.bus import BusUnavailable, Delivery, EventBus
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import EventId
from marketplace_core.kernel.messages import Envelope

OFFERS_MAX: Final = 5
OFFERED_AGAIN_SECONDS: Final = 60.0


@define
class _Message:
    name: str
    event_id: EventId | None
    envelope: Envelope | None
    complaint: str = ""
    offers: int = 0
    free_at: datetime | None = None


@final
@define
class InMemoryEventBus(EventBus):
    """A queue. ``away`` makes it unreachable; ``messages`` is what nobody is done with."""

    clock: Clock
    away: bool = False
    messages: list[_Message] = field(factory=list)
    _names: set[str] = field(factory=set)
    _given_up: list[EventId] = field(factory=list)

    async def publish(self, envelope: Envelope, *, anew: str = "") -> None:
        """Put it at the end, unless it was published before."""
        self._reached()
        name = f"{envelope.event_id}{anew}"
        if name not in self._names:
            self._names.add(name)
            self.messages.append(_Message(name, envelope.event_id, envelope))

    def publish_rubbish(self, event_id: EventId | None) -> None:
        """Put a message there that cannot be read."""
        self.messages.append(_Message("", event_id, None, complaint="rubbish"))

    async def take(self, limit: int) -> Sequence[Delivery]:
        """Take what nobody has in hand."""
        self._reached()
        now = self.clock.now()
        free = [one for one in self.messages if one.free_at is None or one.free_at <= now]
        for message in free:
            if message.offers >= OFFERS_MAX:
                self.messages.remove(message)
                if message.event_id is not None:
                    self._given_up.append(message.event_id)
        taken = [one for one in free if one.offers < OFFERS_MAX][:limit]
        for message in taken:
            message.offers += 1
            message.free_at = now + timedelta(seconds=OFFERED_AGAIN_SECONDS)
        return [
            Delivery(receipt=one, event_id=one.event_id, envelope=one.envelope, complaint=one.complaint)
            for one in taken
        ]

    async def done(self, delivery: Delivery) -> None:
        """Remove it."""
        self.messages = [message for message in self.messages if message is not delivery.receipt]

    async def given_up(self) -> Sequence[EventId]:
        """Tell, and forget."""
        self._reached()
        told, self._given_up = self._given_up, []
        return told

    async def ready(self) -> None:
        """Trust it."""
        self._reached()

    async def state(self) -> str:
        """Tell."""
        return "down" if self.away else "up"

    def wipe(self) -> None:
        """Lose everything."""
        self.messages.clear()
        self._names.clear()

    def _reached(self) -> None:
        if self.away:
            raise BusUnavailable("The event bus is away.")
