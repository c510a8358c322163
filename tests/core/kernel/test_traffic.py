"""Events over a bus: late, twice, in any order, lost, unreadable or deadly; every effect happens once and in order."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from attrs import define, field

from marketplace_core.app import Marketplace
from marketplace_core.dispatch import Dispatcher, ReactingPublisher
from marketplace_core.inmemory.bus import InMemoryEventBus
from marketplace_core.inmemory.machinery import (
    InMemoryConsumedMessages,
    InMemoryDueDeadlines,
    InMemoryIdempotencyKeys,
    InMemoryInbox,
    InMemoryOutbox,
)
from marketplace_core.inmemory.store import InMemoryWork, Store, Table
from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.bus import BusUnavailable
from marketplace_core.kernel.ids import EventId
from marketplace_core.kernel.messages import when
from marketplace_core.kernel.work import Begin
from marketplace_core.pipeline import Pipeline
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.lanterns import Lantern, LanternLit, LightLantern
from marketplace_core.traffic import BACKOFF_SECONDS, GRACE_SECONDS


class LanternsInMemory(InMemoryWork):
    """Lanterns in a table."""

    @property
    def lanterns(self) -> Table[Lantern]:
        return self.store.table("lanterns")


@define
class Killed(BaseException):
    """The process ends here."""


@define
class Watch:
    """Writes down which flame of which lantern was seen, unless it is told to fail at it, or to die."""

    begin: Begin[LanternsInMemory]
    store: Store
    broken: set[tuple[str, int]] = field(factory=set)
    deadly: set[tuple[str, int]] = field(factory=set)
    tries: int = 0

    async def __call__(self, command: LightLantern, by: Actor) -> None:
        flame = (command.name, command.flames)
        self.tries += 1
        if flame in self.deadly:
            raise Killed
        async with self.begin() as work:
            if flame in self.broken:
                raise RuntimeError("it went out")
            seen = work.store.table("seen")
            seen.put(len(seen), flame)

    @property
    def seen(self) -> list[tuple[str, int]]:
        """What was seen, in order."""
        return list(self.store.table("seen"))


@define
class Street:
    """Lanterns, somebody who watches them, and a bus between the two."""

    clock: FrozenClock
    store: Store
    bus: InMemoryEventBus
    watch: Watch
    dispatcher: Dispatcher
    reports: list[str]

    async def light(self, *names: str) -> None:
        for name in names:
            async with self.watch.begin() as work:
                lantern = work.lanterns.get(name) or Lantern(name=name)
                lantern.light()
                work.store.save(work.lanterns, name, lantern)

    def wait(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    @property
    def seen(self) -> list[tuple[str, int]]:
        return self.watch.seen

    async def quarantined(self) -> int:
        return (await self.dispatcher.outbox.state()).quarantined


@pytest.fixture
def street() -> Street:
    clock = FrozenClock()
    store = Store(clock, CountingIds())
    begin: Any = store.begin(LanternsInMemory)
    watch, bus, reports = Watch(begin, store), InMemoryEventBus(clock), list[str]()
    consumed = InMemoryConsumedMessages(store)
    market = Marketplace(
        handlers=({LightLantern: watch},),
        answers=(),
        reactions=(when(LanternLit, lambda e: (LightLantern(name=e.lantern, flames=e.flames[1]),)),),
        timers=({"light": lambda name: LightLantern(name=name)},),
        reconciliations=({"lantern": lambda name: LightLantern(name=name)},),
        pipeline=Pipeline(clock=clock, keys=InMemoryIdempotencyKeys(store), consumed=consumed),
    )
    dispatcher = Dispatcher(
        market=market,
        clock=clock,
        outbox=InMemoryOutbox(store),
        inbox=InMemoryInbox(store),
        deadlines=InMemoryDueDeadlines(store),
        publisher=ReactingPublisher(market),
        bus=bus,
        report=lambda kind, name, failure: reports.append(f"{kind}: {failure}"),
    )
    return Street(clock, store, bus, watch, dispatcher, reports)


async def test_what_happens_is_published_and_reacted_to_once(street: Street) -> None:
    await street.light("red", "red", "blue")

    await street.dispatcher.settle()

    assert sorted(street.seen) == [("blue", 1), ("red", 1), ("red", 2)]
    assert street.bus.messages == []
    assert (await street.dispatcher.outbox.state()).waiting == 0


async def test_publishing_reacts_to_nothing_by_itself(street: Street) -> None:
    await street.light("red")

    await street.dispatcher.relay_events()

    assert street.seen == []
    state = await street.dispatcher.outbox.state()
    assert (state.waiting, state.unpublished) == (1, 0)


async def test_a_bus_that_is_away_costs_no_attempt_however_long_it_is(street: Street) -> None:
    await street.light("red", "red")
    street.bus.away = True

    for _ in range(50):
        with pytest.raises(BusUnavailable):
            await street.dispatcher.relay_events()
        await street.dispatcher.turn()
        street.wait(600)
    street.bus.away = False
    await street.dispatcher.settle()

    assert street.seen == [("red", 1), ("red", 2)]
    assert await street.quarantined() == 0


async def test_what_comes_in_the_wrong_order_is_seen_in_the_right_one(street: Street) -> None:
    await street.light("red", "red", "red")
    for _ in range(3):
        await street.dispatcher.relay_events()
    street.bus.messages.reverse()

    await street.dispatcher.take_events()

    assert street.seen == [("red", 1), ("red", 2), ("red", 3)]


async def test_what_comes_twice_is_seen_once(street: Street) -> None:
    await street.light("red")
    await street.dispatcher.relay_events()
    street.bus.messages.append(street.bus.messages[0])

    await street.dispatcher.take_events()

    assert (street.seen, street.watch.tries) == ([("red", 1)], 1)


async def test_a_lost_message_is_made_up_for_when_the_next_one_comes(street: Street) -> None:
    await street.light("red", "red")
    await street.dispatcher.relay_events()
    street.bus.wipe()
    await street.dispatcher.relay_events()

    await street.dispatcher.take_events()

    assert street.seen == [("red", 1), ("red", 2)]


async def test_a_bus_that_lost_everything_is_made_up_for_after_a_while(street: Street) -> None:
    await street.light("red", "red", "blue")
    for _ in range(3):
        await street.dispatcher.relay_events()
    street.bus.wipe()

    await street.dispatcher.settle()
    assert street.seen == []
    street.wait(GRACE_SECONDS)
    await street.dispatcher.settle()

    assert sorted(street.seen) == [("blue", 1), ("red", 1), ("red", 2)]
    assert street.seen.index(("red", 1)) < street.seen.index(("red", 2))


async def test_a_failing_event_holds_back_its_own_aggregate_and_nobody_elses(street: Street) -> None:
    street.watch.broken = {("red", 1)}
    await street.light("red", "red", "blue")

    await street.dispatcher.settle()

    assert street.seen == [("blue", 1)]
    street.watch.broken.clear()
    street.wait(GRACE_SECONDS)
    await street.dispatcher.settle()
    assert street.seen == [("blue", 1), ("red", 1), ("red", 2)]


async def test_after_every_wait_has_passed_it_lies_among_the_dead_letters_and_the_others_go_on(street: Street) -> None:
    street.watch.broken = {("red", 1)}
    await street.light("red", "red")

    for seconds in (0, *BACKOFF_SECONDS):
        street.wait(seconds)
        await street.dispatcher.settle()

    assert street.watch.tries == len(BACKOFF_SECONDS) + 1 + len(street.seen)
    assert await street.quarantined() == 1
    street.wait(GRACE_SECONDS)
    await street.dispatcher.settle()
    assert street.seen == [("red", 2)]
    assert len(street.reports) == len(BACKOFF_SECONDS) + 1


async def test_it_is_not_tried_more_often_because_others_wait_behind_it(street: Street) -> None:
    street.watch.broken = {("red", 1)}
    await street.light("red")
    await street.dispatcher.settle()

    await street.light(*["red"] * 10)
    await street.dispatcher.settle()

    assert street.watch.tries == 1


async def test_an_event_that_ends_every_process_is_given_up(street: Street) -> None:
    street.watch.deadly = {("red", 1)}
    await street.light("red", "blue")
    deaths = 0

    for _ in range(40):
        try:
            await street.dispatcher.turn()
        except Killed:
            deaths += 1
        street.wait(60)

    assert street.seen == [("blue", 1)]
    assert await street.quarantined() == 1
    assert 0 < deaths <= 2 * len(BACKOFF_SECONDS)


async def test_a_message_nobody_can_read_is_read_from_the_outbox(street: Street) -> None:
    await street.light("red")
    await street.dispatcher.relay_events()
    (message,) = street.bus.messages
    street.bus.wipe()
    street.bus.publish_rubbish(message.event_id)
    street.bus.publish_rubbish(EventId("evt_of_strangers"))
    street.bus.publish_rubbish(None)

    await street.dispatcher.settle()

    assert street.seen == [("red", 1)]
    assert [one for one in street.reports if one.startswith("message")] == ["message: rubbish"] * 3


async def test_without_a_bus_what_was_still_on_it_is_reacted_to(street: Street) -> None:
    await street.light("red")
    await street.dispatcher.relay_events()
    street.wait(GRACE_SECONDS)

    assert await street.dispatcher.catch_up() == 1

    assert street.seen == [("red", 1)]


@pytest.mark.parametrize("workers", [2, 3])
async def test_many_workers_do_everything_once(street: Street, workers: int) -> None:
    names: Sequence[str] = ["red", "blue", "green"] * 5
    await street.light(*names)
    for _ in range(5):
        await street.dispatcher.relay_events()
    street.bus.messages *= workers

    for _ in range(workers):
        await street.dispatcher.take_events()
        street.wait(GRACE_SECONDS)
        await street.dispatcher.catch_up()

    for name in ("red", "blue", "green"):
        assert [flame for lantern, flame in street.seen if lantern == name] == [1, 2, 3, 4, 5]
