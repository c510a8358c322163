"""What happens, as it happens, for those who look on: pages that are open, and programs that listen.

One look at the outbox a second serves everybody in a process who listens, and nobody looks while nobody does. Nothing
here is remembered for anybody: whoever was away says which event they had last.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Final

from attrs import define, field, frozen

from marketplace_core.bridges.audiences import for_actor
from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.contracts import contract_of, in_json
from marketplace_core.kernel.errors import Json
from marketplace_core.kernel.ids import EventId
from marketplace_core.kernel.messages import Envelope
from marketplace_core.kernel.outbox import LATE_MAX, Outbox

AT_ONCE: Final = 200
KEPT: Final = 1_000
"""How many of the newest events are kept for those who look away for a moment."""


@frozen(kw_only=True)
class News:
    """An event as somebody may know it."""

    event_id: EventId
    event_type: str
    data: Json


@define(kw_only=True, eq=False)
class Feed:
    """Follows the tail of the outbox. A listener has a position and asks for what came after it."""

    outbox: Outbox
    look_seconds: float = 1.0
    closed: bool = False
    _events: deque[Envelope] = field(factory=lambda: deque(maxlen=KEPT), init=False)
    _told: int = field(default=0, init=False)
    _known: dict[EventId, None] = field(factory=dict, init=False)
    _last: EventId | None = field(default=None, init=False)
    _next_look: float = field(default=-1.0, init=False)
    _lock: asyncio.Lock = field(factory=asyncio.Lock, init=False)

    def close(self) -> None:
        """End: whoever listens is to go, and come again somewhere else."""
        self.closed = True

    async def begin(self, after: EventId | None, by: Actor) -> tuple[int, Sequence[News]] | None:
        """Return a position, and what somebody missed since the event they had last.

        None: nobody knows what they missed, because it is too long ago.
        """
        await self._look()
        if after is None:
            return self._told, ()
        missed = await self.outbox.tail(after, AT_ONCE)
        names = [envelope.event_id for envelope in missed]
        if after not in names or len(names) - names.index(after) > AT_ONCE:
            return None
        return self._told, told(missed[names.index(after) + 1 :], by)

    async def news(self, position: int, by: Actor) -> tuple[int, Sequence[News]]:
        """Return what came after a position, as far as somebody may know it, and the position after that."""
        await self._look()
        missed = min(self._told - position, len(self._events))
        fresh = list(self._events)[len(self._events) - missed :] if missed else []
        return self._told, told(fresh, by)

    async def _look(self) -> None:
        async with self._lock:
            now = asyncio.get_running_loop().time()
            if now < self._next_look:
                return
            starting = self._next_look < 0
            self._next_look = now + self.look_seconds
            found = await self.outbox.tail(self._last, LATE_MAX if starting else AT_ONCE)
            for envelope in found:
                if envelope.event_id not in self._known:
                    self._known[envelope.event_id] = None
                    if not starting:
                        self._events.append(envelope)
                        self._told += 1
            if found:
                self._last = found[-1].event_id
            while len(self._known) > KEPT:
                del self._known[next(iter(self._known))]


def told(envelopes: Sequence[Envelope], by: Actor) -> Sequence[News]:
    """Return events as far as somebody may know them."""
    found = []
    for envelope in envelopes:
        event = for_actor(envelope.event, by)
        if event is not None:
            kind = contract_of(type(event))
            found.append(News(event_id=envelope.event_id, event_type=kind, data=in_json(event)))
    return found
