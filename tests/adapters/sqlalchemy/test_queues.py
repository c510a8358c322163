"""Several workers share the queues on PostgreSQL: each takes what nobody else has, and waits for nobody."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, Final, TypeVar

import pytest
from attrs import frozen
from sqlalchemy import text

from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.kernel.queues import KEPT_SECONDS, Begun
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.conformance.lanterns import Lantern, Machinery
from tests.adapters.sqlalchemy.conftest import Elsewhere
from tests.adapters.sqlalchemy.test_machinery import MachineryInSql, lanterns, machinery_of, with_lanterns
from tests.databases import PostgresPlace, on_postgres

__all__ = ["lanterns", "with_lanterns"]
NAMES: Final = tuple(f"lantern-{number:02}" for number in range(30))


@frozen
class Queue:
    """How to look at one queue of a machinery, as names."""

    name: str
    table: str
    take: Callable[[Machinery, int], Awaitable[Sequence[str]]]
    fail: Callable[[Machinery], Awaitable[None]]


ItemT = TypeVar("ItemT")


def _message(name: str) -> ProviderMessage:
    return ProviderMessage(
        provider="fake", message_id=name, type="paid", subject="payment", reference="pay_1", raw=b"{}"
    )


async def _taken(begin: Callable[[bool], Awaitable[Begun[ItemT] | None]], limit: int) -> Sequence[ItemT]:
    begun: list[ItemT] = []
    for left in (False, True):
        while len(begun) < limit and (one := await begin(left)) is not None:
            begun.append(one.item)
    return begun


async def _take_events(machinery: Machinery, limit: int) -> Sequence[str]:
    taken = await _taken(lambda left: machinery.outbox.begin(machinery.clock.now(), left=left), limit)
    return [envelope.aggregate_id for envelope in taken]


async def _take_events_at_once(machinery: Machinery, limit: int) -> Sequence[str]:
    taken = await machinery.outbox.take(machinery.clock.now(), limit)
    return [envelope.aggregate_id for envelope, _ in taken]


async def _fail_event(machinery: Machinery) -> None:
    ((envelope, _), *_) = await machinery.outbox.waiting(machinery.clock.now(), 1)
    await machinery.outbox.failed(envelope.event_id, "no", machinery.clock.now())


async def _take_messages(machinery: Machinery, limit: int) -> Sequence[str]:
    taken = await _taken(lambda left: machinery.inbox.begin(machinery.clock.now(), left=left), limit)
    return [message.message_id for message in taken]


async def _fail_message(machinery: Machinery) -> None:
    await machinery.inbox.failed(_message(NAMES[0]), "no", machinery.clock.now())


async def _take_deadlines(machinery: Machinery, limit: int) -> Sequence[str]:
    taken = await _taken(lambda left: machinery.deadlines.begin(machinery.clock.now(), left=left), limit)
    return [deadline.subject for deadline in taken]


async def _fail_deadline(machinery: Machinery) -> None:
    (deadline,) = await machinery.deadlines.upcoming(1)
    await machinery.deadlines.retry(deadline, machinery.clock.now(), "no")


QUEUES: Final = (
    Queue("outbox", "outbox", _take_events, _fail_event),
    Queue("outbox at once", "outbox", _take_events_at_once, _fail_event),
    Queue("inbox", "provider_messages", _take_messages, _fail_message),
    Queue("deadlines", "deadlines", _take_deadlines, _fail_deadline),
)


async def fill(machinery: Machinery) -> None:
    """Put thirty things into every queue, in the order of their names."""
    for number, name in enumerate(NAMES):
        async with machinery.begin() as work:
            lantern = Lantern(name=name)
            lantern.light()
            await work.put(lantern)
            await work.deadlines.set("snuff", name, machinery.clock.now() - timedelta(seconds=60 - number))
        await machinery.inbox.remember(_message(name), machinery.clock.now() - timedelta(seconds=60 - number))


@pytest.fixture
async def database(request: pytest.FixtureRequest) -> Any:
    """A database on PostgreSQL, where there may be several workers."""
    place: PostgresPlace = request.getfixturevalue("postgres_place")
    async with on_postgres(place) as there:
        yield there


@pytest.mark.parametrize("queue", QUEUES, ids=lambda queue: queue.name)
class TestOneQueue(MachineryInSql):
    async def test_three_workers_take_everything_once(
        self, queue: Queue, machinery: Machinery, another_process: Elsewhere
    ) -> None:
        await fill(machinery)
        async with another_process() as second, another_process() as third:
            others = [machinery_of(one, FrozenClock()) for one in (second, third)]

            async def work(own: Machinery) -> list[str]:
                done: list[str] = []
                while taken := await queue.take(own, 4):
                    done += taken
                return done

            done = await asyncio.gather(*(work(own) for own in (machinery, *others)))

        assert sorted(name for each in done for name in each) == list(NAMES)

    async def test_what_comes_first_is_taken_first(self, queue: Queue, machinery: Machinery) -> None:
        await fill(machinery)

        assert await queue.take(machinery, 3) == list(NAMES[:3])
        assert await queue.take(machinery, 3) == list(NAMES[3:6])

    async def test_what_somebody_is_about_to_take_is_passed_by_without_waiting(
        self, queue: Queue, machinery: Machinery, another_process: Elsewhere
    ) -> None:
        await fill(machinery)
        async with another_process() as other, other.transaction() as busy:
            await busy.connection.run(text(f"UPDATE {queue.table} SET attempts = 0 WHERE {_key(queue)} < :name"), NAME)
            async with asyncio.timeout(5):
                taken = await asyncio.create_task(_outside(machinery, queue))

        assert taken == list(NAMES[10:13])

    async def test_what_a_worker_left_behind_is_taken_after_a_while(self, queue: Queue, machinery: Machinery) -> None:
        await fill(machinery)
        await queue.take(machinery, len(NAMES))
        clock = machinery.clock
        assert isinstance(clock, FrozenClock)

        clock.advance(timedelta(seconds=KEPT_SECONDS - 1))
        assert not await queue.take(machinery, 3)
        clock.advance(timedelta(seconds=1))

        assert await queue.take(machinery, 3) == list(NAMES[:3])

    async def test_what_failed_may_be_taken_again_when_it_is_due(self, queue: Queue, machinery: Machinery) -> None:
        await fill(machinery)
        await queue.take(machinery, len(NAMES))

        await queue.fail(machinery)

        assert await queue.take(machinery, len(NAMES)) == list(NAMES[:1])


NAME: Final = {"name": NAMES[10]}


def _key(queue: Queue) -> str:
    return {"outbox": "aggregate_id", "provider_messages": "message_id", "deadlines": "subject"}[queue.table]


async def _outside(machinery: Machinery, queue: Queue) -> Sequence[str]:
    return await queue.take(machinery, 3)


class TestTheRest(MachineryInSql):
    async def test_a_deadline_that_is_moved_belongs_to_nobody(self, machinery: Machinery) -> None:
        await fill(machinery)
        await machinery.deadlines.begin(machinery.clock.now())
        async with machinery.begin() as work:
            await work.deadlines.set("snuff", NAMES[0], machinery.clock.now())

        assert await _take_deadlines(machinery, len(NAMES)) == [*NAMES[1:], NAMES[0]]

    async def test_events_that_could_not_be_tried_are_put_back(self, machinery: Machinery) -> None:
        await fill(machinery)
        now = machinery.clock.now()
        taken = await machinery.outbox.take(now, len(NAMES))

        await machinery.outbox.put_back([envelope.event_id for envelope, _ in taken[5:]])

        assert await _take_events_at_once(machinery, len(NAMES)) == list(NAMES[5:])

    async def test_the_next_event_of_an_aggregate_waits_for_the_one_that_was_taken(
        self, machinery: Machinery, database: Database
    ) -> None:
        for _ in range(2):
            async with machinery.begin() as work:
                lantern = await work.get("red") or Lantern(name="red")
                lantern.light()
                await work.put(lantern)

        ((first, _),) = await machinery.outbox.take(machinery.clock.now(), 10)
        assert not await machinery.outbox.take(machinery.clock.now(), 10)
        await machinery.outbox.published((first.event_id,), machinery.clock.now())

        ((second, _),) = await machinery.outbox.take(machinery.clock.now(), 10)
        assert (first.sequence, second.sequence) == (1, 2)
