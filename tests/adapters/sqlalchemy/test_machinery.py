"""Both databases keep the promises of the machinery."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Column, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

from marketplace_adapters.sqlalchemy.deadlines import SqlDueDeadlines
from marketplace_adapters.sqlalchemy.engine import Database, counted
from marketplace_adapters.sqlalchemy.idempotency import SqlIdempotencyKeys
from marketplace_adapters.sqlalchemy.inbox import SqlInbox
from marketplace_adapters.sqlalchemy.outbox import SqlConsumedMessages, SqlOutbox
from marketplace_adapters.sqlalchemy.tables.machinery import outbox
from marketplace_adapters.sqlalchemy.types import Number, Words, metadata, table
from marketplace_adapters.sqlalchemy.work import SqlWork, begin
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.lanterns import Lantern, Machinery
from marketplace_core.testing.conformance.machinery import MachineryConformance
from marketplace_core.testing.conformance.outbox import OutboxConformance
from marketplace_core.traffic import BACKOFF_SECONDS
from tests.adapters.sqlalchemy.conftest import Elsewhere, Outsider
from tests.databases import APP

lanterns = table(
    "trial_lanterns",
    Column("name", Words, primary_key=True),
    Column("lit", Number, nullable=False),
    Column("version", Number, nullable=False),
)
metadata.remove(lanterns)  # for trials only: the product's schema does not know it
lanterns = lanterns.to_metadata(metadata.__class__(naming_convention=metadata.naming_convention))


class SqlLanternWork(SqlWork):
    """Lanterns in a table."""

    async def get(self, name: str) -> Lantern | None:
        await self.alone(f"lantern {name}")
        row = await self.connection.row(select(lanterns).where(lanterns.c.name == name))
        return Lantern(name=row.name, lit=row.lit, version=row.version) if row else None

    async def put(self, lantern: Lantern) -> None:
        await self.save(lanterns, {"name": lantern.name}, lantern, {"lit": lantern.lit})


def machinery_of(database: Database, clock: FrozenClock) -> Machinery:
    return Machinery(
        clock=clock,
        begin=begin(database, SqlLanternWork),
        outbox=SqlOutbox(database),
        consumed=SqlConsumedMessages(database),
        deadlines=SqlDueDeadlines(database),
        inbox=SqlInbox(database),
        keys=SqlIdempotencyKeys(database),
    )


@pytest.fixture(autouse=True)
async def with_lanterns(database: Database, outsider: Outsider) -> None:
    dialect = (postgresql if database.dialect == "postgresql" else sqlite).dialect()
    await outsider.write(str(CreateTable(lanterns).compile(dialect=dialect)))
    if outsider.place is not None:
        await outsider.write(f"GRANT ALL ON {lanterns.name} TO {APP}")


class MachineryInSql:
    """The machinery under test."""

    @pytest.fixture
    def machinery(self, database: Database) -> Machinery:
        assert isinstance(database.clock, FrozenClock)
        return machinery_of(database, database.clock)


class TestSqlMachinery(MachineryInSql, MachineryConformance):
    pass


class TestSqlOutbox(MachineryInSql, OutboxConformance):
    pass


async def test_moments_of_events_are_written_as_moments_whatever_they_are_chosen_from(database: Database) -> None:
    machinery, now = machinery_of(database, FrozenClock()), FrozenClock().now()
    for name in ("red", "blue"):
        async with machinery.begin() as work:
            lantern = Lantern(name=name)
            lantern.light()
            await work.put(lantern)
    (red, _), (blue, _) = await machinery.outbox.waiting(now, 10)
    await machinery.outbox.published((red.event_id,), now)
    await machinery.outbox.published((blue.event_id,), now, react_by=now)

    rows = await database.reader.rows(select(outbox.c.published_at, outbox.c.reacted_at, outbox.c.available_at))

    assert {moment for row in rows for moment in row if moment is not None} == {now}


@pytest.mark.parametrize("spoilt", ["topic = 'LanternSold'", "payload = '{}'"])
async def test_an_event_nobody_can_read_holds_back_its_own_aggregate_and_is_given_up_some_time(
    database: Database, outsider: Outsider, spoilt: str
) -> None:
    clock = database.clock
    assert isinstance(clock, FrozenClock)
    machinery = machinery_of(database, clock)
    for name in ("red", "red", "blue"):
        async with machinery.begin() as work:
            lantern = await work.get(name) or Lantern(name=name)
            lantern.light()
            await work.put(lantern)
    await outsider.write(f"UPDATE outbox SET {spoilt} WHERE aggregate_id = 'red' AND aggregate_seq = 1")

    for seconds in (0, *BACKOFF_SECONDS):
        clock.advance(timedelta(seconds=seconds))
        waiting = await machinery.outbox.waiting(clock.now(), 10)
        assert [envelope.aggregate_id for envelope, _ in waiting] == ["blue"]
        if seconds < BACKOFF_SECONDS[-1]:
            assert await machinery.outbox.unreacted("Lantern", "red") == []

    assert (await machinery.outbox.state()).quarantined == 1
    waiting = await machinery.outbox.waiting(clock.now(), 10)
    assert [(envelope.aggregate_id, envelope.sequence) for envelope, _ in waiting] == [("red", 2), ("blue", 1)]


async def test_two_processes_write_the_same_rows_in_turns(another_process: Elsewhere, database: Database) -> None:
    other_ids = CountingIds()
    other_ids.new = lambda prefix: f"{prefix}_other_{CountingIds.new(other_ids, prefix)}"  # type: ignore[method-assign]
    async with another_process() as other:
        other.ids = other_ids

        async def light(where: Database) -> None:
            async with begin(where, SqlLanternWork)() as work:
                lantern = await work.get("red") or Lantern(name="red")
                await asyncio.sleep(0.001)  # give the other one every chance
                lantern.light()
                await work.put(lantern)

        await asyncio.gather(*(light(where) for where in (database, other) * 20))

        async with begin(database, SqlLanternWork)() as work:
            lantern = await work.get("red")
    assert lantern is not None
    assert lantern.lit == 40


async def test_a_reader_inside_a_transaction_sees_its_changes_and_others_do_not(database: Database) -> None:
    statement = select(lanterns.c.name)

    async with begin(database, SqlLanternWork)() as work:
        await work.put(Lantern(name="red"))
        inside = await database.reader.rows(statement)
        outside = await asyncio.create_task(_elsewhere(database))

    assert [row.name for row in inside] == ["red"]
    assert outside == []


async def _elsewhere(database: Database) -> list[str]:
    database._current.set(None)
    return [row.name for row in await database.reader.rows(select(lanterns.c.name))]


async def test_statements_are_counted(database: Database) -> None:
    with counted() as count:
        await database.reader.rows(select(lanterns.c.name))
        await database.reader.row(select(lanterns.c.name))

    assert count.statements == 2
