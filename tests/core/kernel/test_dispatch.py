"""What happens by itself without a bus: what ends its process is counted, laid aside, and in nobody's way."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Final

import pytest
from attrs import evolve

from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.kernel.queues import KEPT_SECONDS, Floor
from marketplace_core.traffic import BACKOFF_SECONDS, NEVER_ENDED
from tests.core.kernel.test_traffic import Killed, Street
from tests.core.kernel.test_traffic import street as with_bus

__all__ = ["with_bus"]
TRIES: Final = 3 * len(BACKOFF_SECONDS)


@pytest.fixture
def street(with_bus: Street) -> Street:
    """A street without a bus."""
    with_bus.dispatcher = evolve(with_bus.dispatcher, bus=None)
    return with_bus


async def lit(street: Street, name: str) -> None:
    await street.light(name)


async def told(street: Street, name: str) -> None:
    message = ProviderMessage(
        provider="fake", message_id=name, type="lit", subject="lantern", reference=name, raw=b"{}"
    )
    await street.dispatcher.inbox.remember(message, street.clock.now())


async def due(street: Street, name: str) -> None:
    async with street.watch.begin() as work:
        await work.deadlines.set("light", name, street.clock.now())


KINDS: Final = {"event": lit, "provider message": told, "deadline": due}
Happens = Callable[[Street, str], Awaitable[None]]


async def deaths(street: Street) -> int:
    """Have one process after another take turns; return how many died."""
    died = 0
    for _ in range(TRIES):
        try:
            await street.dispatcher.settle()
        except Killed:
            died += 1
        street.wait(KEPT_SECONDS)
    return died


@pytest.mark.parametrize("happens", KINDS.values(), ids=KINDS)
async def test_the_process_after_the_one_that_ended_does_what_is_left_without_waiting(
    street: Street, happens: Happens
) -> None:
    street.watch.deadly = {("red", 1)}
    for name in ("red", "blue", "green"):
        await happens(street, name)

    with pytest.raises(Killed):
        await street.dispatcher.settle()
    await street.dispatcher.settle()

    assert sorted(street.seen) == [("blue", 1), ("green", 1)]
    assert street.watch.tries == 3


@pytest.mark.parametrize("happens", [lit, told], ids=["event", "provider message"])
async def test_what_ends_every_process_is_laid_aside_after_as_many_as_there_are_waits(
    street: Street, happens: Happens
) -> None:
    street.watch.deadly = {("red", 1)}
    await happens(street, "red")

    died = await deaths(street)

    assert died == len(BACKOFF_SECONDS)
    assert [report.partition(": ")[2] for report in street.reports] == [NEVER_ENDED]
    assert not await street.dispatcher.inbox.begin(street.clock.now())
    assert not await street.dispatcher.inbox.any_left(street.clock.now())
    assert not await street.dispatcher.outbox.waiting(street.clock.now(), 10)


async def test_the_next_event_of_its_aggregate_comes_when_it_was_laid_aside(street: Street) -> None:
    street.watch.deadly = {("red", 1)}
    await street.light("red", "red")

    await deaths(street)

    assert street.seen == [("red", 2)]
    assert await street.quarantined() == 1


async def test_a_deadline_is_never_dropped_however_many_processes_it_ends(street: Street) -> None:
    street.watch.deadly = {("red", 1)}
    await due(street, "red")
    await deaths(street)

    street.watch.deadly.clear()
    street.wait(KEPT_SECONDS)
    await street.dispatcher.settle()

    assert street.seen == [("red", 1)]


@pytest.mark.parametrize("happens", KINDS.values(), ids=KINDS)
async def test_what_a_process_had_begun_that_was_killed_is_done_by_another_after_a_while(
    street: Street, happens: Happens
) -> None:
    street.watch.deadly = {("red", 1)}
    await happens(street, "red")
    with pytest.raises(Killed):
        await street.dispatcher.settle()
    street.watch.deadly.clear()

    await street.dispatcher.settle()
    assert street.seen == []
    street.wait(KEPT_SECONDS)
    await street.dispatcher.settle()

    assert street.seen == [("red", 1)]
    assert street.reports == []


async def test_what_was_under_way_beside_what_ended_the_process_is_not_blamed_for_it(street: Street) -> None:
    street.watch.deadly = {("red", 1)}
    await told(street, "red")
    await street.light("blue")
    assert await street.dispatcher.outbox.begin(street.clock.now()) is not None
    with pytest.raises(Killed):
        await street.dispatcher.read_inbox()

    for _ in range(TRIES):
        street.wait(KEPT_SECONDS)
        _, read = await asyncio.gather(
            street.dispatcher.relay_events(), street.dispatcher.read_inbox(), return_exceptions=True
        )
        if not isinstance(read, Killed):
            break

    assert street.seen == [("blue", 1)]
    assert (await street.dispatcher.outbox.state()).quarantined == 0
    assert [report.partition(": ")[2] for report in street.reports] == [NEVER_ENDED]


async def test_who_works_alone_waits_for_others_and_others_wait_for_them() -> None:
    floor, said = Floor(), list[str]()

    async def work(name: str, place: Callable[[], AbstractAsyncContextManager[None]]) -> None:
        async with place():
            said.append(f"{name} begins")
            for _ in range(5):
                await asyncio.sleep(0)
            said.append(f"{name} ends")

    await asyncio.gather(
        work("one", floor.beside_others),
        work("two", floor.beside_others),
        work("alone", floor.alone),
        work("also alone", floor.alone),
        work("three", floor.beside_others),
    )

    assert said[:2] == ["one begins", "two begins"]
    for name in ("alone", "also alone"):
        began = said.index(f"{name} begins")
        assert said[began + 1] == f"{name} ends"
        assert sum(one.endswith("begins") for one in said[:began]) == sum(one.endswith("ends") for one in said[:began])
