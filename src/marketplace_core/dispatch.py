"""What happens by itself: events are relayed, provider messages looked into, deadlines fired.

A worker calls these in loops; a test or an embedder calls ``settle`` and the marketplace comes to rest.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, aclosing
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeVar

from attrs import field, frozen

from marketplace_core.app import Marketplace
from marketplace_core.delivering import Couriers
from marketplace_core.kernel.bus import BusUnavailable, EventBus
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.deadlines import DueDeadlines
from marketplace_core.kernel.errors import NotFound
from marketplace_core.kernel.inbox import Inbox
from marketplace_core.kernel.messages import Envelope
from marketplace_core.kernel.outbox import EventPublisher, Outbox
from marketplace_core.kernel.queues import Begun, Floor
from marketplace_core.traffic import BACKOFF_SECONDS, NEVER_ENDED, Traffic, catch_up, retry_at, said

BATCH: Final = 100
ItemT = TypeVar("ItemT")
UNMATCHED_SECONDS: Final = (*BACKOFF_SECONDS, *[3_600] * 72)
"""The same for a message about something we do not know: 72 hours for what may still become known."""
LAST_WAIT: Final = len(BACKOFF_SECONDS) - 1
ROUNDS_MAX: Final = 1_000


class _Queue(Protocol[ItemT]):
    """What the three queues have in common."""

    async def begin(self, now: datetime, *, left: bool = False) -> Begun[ItemT] | None:
        """Count an attempt."""
        ...

    async def any_left(self, now: datetime) -> bool:
        """Tell whether anything was left."""
        ...


@frozen
class ReactingPublisher(EventPublisher):
    """The event feed inside one process: publishing is reacting."""

    market: Marketplace

    async def publish(self, envelope: Envelope) -> None:
        """Execute the reactions to the event now."""
        await self.market.react(envelope)


@frozen(kw_only=True)
class Dispatcher:
    """Moves whatever is due, in bounded batches. Any number may run at once; effects happen once.

    One thing of each kind is begun at a time and counted before: what ends the process holds up nothing but itself, and
    is laid aside like what fails.
    """

    market: Marketplace
    clock: Clock
    outbox: Outbox
    inbox: Inbox
    deadlines: DueDeadlines
    publisher: EventPublisher
    couriers: Couriers | None = None
    """Tell programs outside what happens, where there is anybody to tell."""
    bus: EventBus | None = None
    """Carries events to whoever reacts, in this process or another; without one, publishing is reacting."""
    report: Callable[[str, str, BaseException], None] = lambda kind, name, failure: None
    """Hears of every failed attempt: what kind, which one, why."""
    floor: Floor = field(factory=Floor)
    """What ended a process is done alone here, so that nothing is blamed for it."""

    async def relay_events(self) -> int:
        """Publish the events that wait, the oldest first; return how many were published. Raises ``BusUnavailable``."""
        if self.bus is not None:
            return await self._traffic(self.bus).give_out()
        published = 0
        async with self._one_by_one(self.outbox) as due:
            async for begun, was_left in due:
                envelope = begun.item
                try:
                    _unless_never_ended(begun.attempts, was_left=was_left)
                    await self.publisher.publish(envelope)
                except Exception as failure:  # noqa: BLE001 - any handler may fail; the event is kept and tried again
                    self.report("event", f"{type(envelope.event).__name__} {envelope.event_id}", failure)
                    next_try = retry_at(self.clock.now(), begun.attempts)
                    await self.outbox.failed(envelope.event_id, said(failure), next_try, counted=True)
                    continue
                await self.outbox.published((envelope.event_id,), self.clock.now())
                published += 1
        return published

    async def take_events(self) -> int:
        """React to what the bus brings, if there is one; return how much it brought. Raises ``BusUnavailable``."""
        return await self._traffic(self.bus).take() if self.bus is not None else 0

    async def catch_up(self) -> int:
        """React to published events that the bus did not bring in time; return how many there were."""
        return await catch_up(self.market, self.clock, self.outbox, self.report)

    async def read_inbox(self) -> int:
        """Reconcile what the waiting provider messages are about; return how many were processed.

        What fails is tried again a few times, what is about nothing we know for three days; then it is laid aside.
        """
        processed = 0
        async with self._one_by_one(self.inbox) as due:
            async for begun, was_left in due:
                message = begun.item
                try:
                    _unless_never_ended(begun.attempts, was_left=was_left)
                    await self.market.reconcile(message)
                except Exception as failure:  # noqa: BLE001 - the message is kept and tried again
                    self.report("provider message", f"{message.provider} {message.message_id}", failure)
                    waits = UNMATCHED_SECONDS if isinstance(failure, NotFound) else BACKOFF_SECONDS
                    next_try = retry_at(self.clock.now(), begun.attempts, waits)
                    await self.inbox.failed(message, said(failure), next_try)
                    continue
                await self.inbox.processed(message, self.clock.now())
                processed += 1
        return processed

    async def fire_deadlines(self) -> int:
        """Execute the commands of the deadlines that are due; return how many succeeded."""
        fired = 0
        async with self._one_by_one(self.deadlines) as due:
            async for begun, _ in due:
                deadline = begun.item
                try:
                    await self.market.fire(deadline)
                except Exception as failure:  # noqa: BLE001 - a deadline is never dropped, only slowed down
                    self.report("deadline", f"{deadline.kind} {deadline.subject}", failure)
                    next_try = self.clock.now() + timedelta(seconds=BACKOFF_SECONDS[min(begun.attempts, LAST_WAIT)])
                    await self.deadlines.retry(deadline, next_try, said(failure))
                    continue
                await self.deadlines.done(deadline)
                fired += 1
        return fired

    async def announce(self) -> int:
        """Queue new events for the programs that are to be told; return how many events were new."""
        return await self.couriers.announce() if self.couriers is not None else 0

    async def deliver(self) -> int:
        """Tell programs what is due, and wait for their answers; return how many attempts there were."""
        return await self.couriers.deliver() if self.couriers is not None else 0

    async def turn(self) -> int:
        """Do everything that is due once; return how many things were done."""
        steps: tuple[Callable[[], Awaitable[int]], ...] = (
            self.read_inbox,
            self.fire_deadlines,
            self.announce,
            self.deliver,
        )
        if self.bus is None:
            return await self.relay_events() + sum([await step() for step in steps])
        moved = await self.catch_up() + sum([await step() for step in steps])
        try:
            return moved + await self.relay_events() + await self.take_events()
        except BusUnavailable as away:
            self.report("event bus", "", away)
            return moved

    async def settle(self) -> int:
        """Take turns until nothing is due any more; return how many things were done in all."""
        done = 0
        for _ in range(ROUNDS_MAX):
            moved = await self.turn()
            if not moved:
                return done
            done += moved
        raise RuntimeError(f"The marketplace did not come to rest within {ROUNDS_MAX} rounds.")

    def _one_by_one(
        self, queue: _Queue[ItemT]
    ) -> AbstractAsyncContextManager[AsyncGenerator[tuple[Begun[ItemT], bool]]]:
        """Yield what is due, and then what was left; tell which."""
        return aclosing(self._due(queue))

    async def _due(self, queue: _Queue[ItemT]) -> AsyncGenerator[tuple[Begun[ItemT], bool]]:
        for _ in range(BATCH):
            async with self.floor.beside_others():
                begun = await queue.begin(self.clock.now())
                if begun is None:
                    break
                yield begun, False
        for _ in range(BATCH):
            if not await queue.any_left(self.clock.now()):
                return
            async with self.floor.alone():
                begun = await queue.begin(self.clock.now(), left=True)
                if begun is None:
                    return
                yield begun, True

    def _traffic(self, bus: EventBus) -> Traffic:
        return Traffic(market=self.market, clock=self.clock, outbox=self.outbox, bus=bus, report=self.report)


def _unless_never_ended(attempts: int, *, was_left: bool) -> None:
    """Raise ``RuntimeError`` for what was begun as often as anything is tried again, and was left the last time."""
    if was_left and attempts >= len(BACKOFF_SECONDS):
        raise RuntimeError(NEVER_ENDED)
