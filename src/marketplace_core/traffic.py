"""What goes over an event bus: events out of the outbox, reactions to what comes in, and what the bus did not bring.

- An event is published when the bus has stored it, and only then marked so; a bus that is away costs no attempt.
- What comes in is reacted to in the order of its aggregate, whatever the order of delivery: missing earlier events are
  taken from the outbox, and an event whose predecessor still fails waits in the outbox.
- What fails is tried again from the outbox, not from the bus, and is quarantined there after so many attempts.
- What was published and not reacted to in time is reacted to all the same. A bus may lose everything.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

from attrs import frozen

from marketplace_core.app import Marketplace
from marketplace_core.kernel.bus import BusUnavailable, Delivery, EventBus
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.messages import Envelope
from marketplace_core.kernel.outbox import Outbox, Unreacted

PUBLISHED_AT_ONCE: Final = 100
TAKEN_AT_ONCE: Final = 20
"""Few, so that the last of them is reacted to before the bus offers it to somebody else."""
GRACE_SECONDS: Final = 10.0
"""How long the bus has to bring an event before it is reacted to without it: a broken line takes what was on it."""
BACKOFF_SECONDS: Final = (1, 5, 30, 120, 600)
"""Waits after the first, second … failed attempt; after the last the event is quarantined."""
NEVER_ENDED: Final = "It was begun so often, and nobody came to its end."

Report = Callable[[str, str, BaseException], None]


@frozen(kw_only=True)
class Traffic:
    """Moves events over a bus, in bounded batches. Any number may do so at once; effects happen once."""

    market: Marketplace
    clock: Clock
    outbox: Outbox
    bus: EventBus
    report: Report

    async def give_out(self) -> int:
        """Publish the events that wait, at most one of each aggregate; return how many. Raises ``BusUnavailable``."""
        waiting = await self.outbox.take(self.clock.now(), PUBLISHED_AT_ONCE)
        outcomes = await asyncio.gather(*(self._published(envelope) for envelope, _ in waiting))
        now = self.clock.now()
        gone = [envelope for (envelope, _), failure in zip(waiting, outcomes, strict=True) if failure is None]
        causing = [one.event_id for one in gone if self.market.reacts_to(type(one.event))]
        quiet = [one.event_id for one in gone if not self.market.reacts_to(type(one.event))]
        if causing:
            await self.outbox.published(causing, now, react_by=now + timedelta(seconds=GRACE_SECONDS))
        if quiet:
            await self.outbox.published(quiet, now)
        away, untried = None, []
        for (envelope, attempts), failure in zip(waiting, outcomes, strict=True):
            if isinstance(failure, BusUnavailable):
                away = failure
                untried.append(envelope.event_id)
            elif failure is not None:
                await self._failed(envelope, failure, attempts)
        if away is not None:
            await self.outbox.put_back(untried)
            raise away
        return len(gone)

    async def take(self) -> int:
        """React to what the bus brings; return how many messages it brought. Raises ``BusUnavailable``."""
        for event_id in await self.bus.given_up():
            self.report("event", event_id, RuntimeError(NEVER_ENDED))
            await self.outbox.failed(event_id, NEVER_ENDED, None)
        taken = await self.bus.take(TAKEN_AT_ONCE)
        for delivery in taken:
            await self._receive(delivery)
            await self.bus.done(delivery)
        return len(taken)

    async def catch_up(self) -> int:
        """React to what should have been reacted to by now; return how many events were."""
        return await catch_up(self.market, self.clock, self.outbox, self.report)

    async def _published(self, envelope: Envelope) -> BaseException | None:
        try:
            await self.bus.publish(envelope)
        except Exception as failure:  # noqa: BLE001 - any event may be unspeakable; it is kept and tried again
            return failure
        return None

    async def _receive(self, delivery: Delivery) -> None:
        envelope = delivery.envelope
        if envelope is None:
            self.report("message", str(delivery.event_id), ValueError(delivery.complaint))
            if delivery.event_id is not None:  # the outbox has it in its own writing
                await self.outbox.failed(delivery.event_id, delivery.complaint, self.clock.now())
            return
        if self.market.reacts_to(type(envelope.event)):
            missing = await self.outbox.unreacted(envelope.aggregate_type, envelope.aggregate_id, envelope.sequence)
            await _react_in_order(self.market, self.clock, self.outbox, self.report, missing)

    async def _failed(self, envelope: Envelope, failure: BaseException, attempts: int) -> None:
        self.report("event", f"{type(envelope.event).__name__} {envelope.event_id}", failure)
        await self.outbox.failed(envelope.event_id, said(failure), retry_at(self.clock.now(), attempts))


async def catch_up(market: Marketplace, clock: Clock, outbox: Outbox, report: Report) -> int:
    """React to the published events that are overdue, and to what waited behind them; return how many there were."""
    done = 0
    for event in await outbox.overdue(clock.now(), PUBLISHED_AT_ONCE):
        if event.attempts > len(BACKOFF_SECONDS):  # the last attempt was begun and ended its process
            report("event", event.envelope.event_id, RuntimeError(NEVER_ENDED))
            await outbox.failed(event.envelope.event_id, NEVER_ENDED, None, counted=True)
            continue
        wait = BACKOFF_SECONDS[min(event.attempts, len(BACKOFF_SECONDS) - 1)]
        if not await outbox.claim(event, clock.now() + timedelta(seconds=wait)):
            continue
        if await _react(market, clock, outbox, report, event, counted=True):
            behind = await outbox.unreacted(event.envelope.aggregate_type, event.envelope.aggregate_id)
            taken = takewhile(lambda one: one.is_published, behind)  # others have to hear of the rest first
            done += 1 + await _react_in_order(market, clock, outbox, report, tuple(taken))
    return done


async def _react_in_order(
    market: Marketplace, clock: Clock, outbox: Outbox, report: Report, events: Sequence[Unreacted]
) -> int:
    """React until one fails, or still has to wait after it failed; return how many were reacted to."""
    for number, event in enumerate(events):
        waits = event.attempts > 0 and event.available_at > clock.now()
        if waits or not await _react(market, clock, outbox, report, event):
            return number
    return len(events)


async def _react(
    market: Marketplace, clock: Clock, outbox: Outbox, report: Report, event: Unreacted, *, counted: bool = False
) -> bool:
    envelope = event.envelope
    try:
        await market.react(envelope)
    except Exception as failure:  # noqa: BLE001 - any handler may fail; the event is kept and tried again
        report("event", f"{type(envelope.event).__name__} {envelope.event_id}", failure)
        next_try = retry_at(clock.now(), event.attempts)
        await outbox.failed(envelope.event_id, said(failure), next_try, counted=counted)
        return False
    await outbox.reacted(envelope.event_id, clock.now())
    return True


def retry_at(now: datetime, attempts: int, waits: Sequence[int] = BACKOFF_SECONDS) -> datetime | None:
    """Return when to try again after one more failed attempt; None: never again."""
    return None if attempts >= len(waits) else now + timedelta(seconds=waits[attempts])


def said(failure: BaseException) -> str:
    """Return what a failure says, in few words."""
    return f"{type(failure).__name__}: {failure}"[:500]
