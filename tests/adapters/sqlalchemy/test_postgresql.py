"""What goes wrong between us and a PostgreSQL server is said in our words, and nobody waits for ever."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from marketplace_adapters.sqlalchemy import schema
from marketplace_adapters.sqlalchemy.postgresql import Limits, NotStorable, open_postgresql
from marketplace_adapters.sqlalchemy.postgresql_plugin import DatabaseNotReady, PostgresqlSettings, plugin
from marketplace_adapters.sqlalchemy.transactions import StorageUnavailable
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.plugins import Surroundings
from marketplace_core.testing.clock import CountingIds, FrozenClock
from tests.databases import APP, Postgres, PostgresPlace, a_place, on_postgres

SHORT = Limits(connections_max=2, pool_wait_seconds=0.3, statement_seconds=0.3, lock_seconds=0.2)
ROW = "INSERT INTO deadlines (kind, subject, due_at) VALUES ('k', '{subject}', now())"


def around(data: Path) -> Surroundings:
    """Return what the plugin is given."""
    clock = FrozenClock(datetime(2026, 1, 1, tzinfo=UTC))
    return Surroundings(
        data=data, clock=clock, ids=CountingIds(), base_url="http://x.test", secret=lambda _: b"", opened={}
    )


async def test_who_waits_too_long_for_a_row_is_told_so(postgres_place: PostgresPlace) -> None:
    first, second = on_postgres(postgres_place, limits=SHORT), on_postgres(postgres_place, limits=SHORT)
    async with first as one, second as other, one.transaction() as mine:
        await mine.connection.run(text(ROW.format(subject="a")))
        began = time.monotonic()
        with pytest.raises(StorageUnavailable) as refusal:
            async with asyncio.timeout(2):
                await _elsewhere(other, ROW.format(subject="a"))

    assert time.monotonic() - began < 2
    assert not refusal.value.ambiguous


async def _elsewhere(database: Any, statement: str) -> None:
    async with database.transaction() as opened:
        await opened.connection.run(text(statement))


async def test_a_statement_that_takes_too_long_is_ended(postgres_place: PostgresPlace) -> None:
    async with on_postgres(postgres_place, limits=SHORT) as database:
        with pytest.raises(StorageUnavailable):
            await database.reader.rows(text("SELECT pg_sleep(5)"))

        assert await database.reader.row(text("SELECT 1")) is not None


async def test_who_finds_no_free_connection_is_told_so(postgres_place: PostgresPlace) -> None:
    async with on_postgres(postgres_place, limits=SHORT) as database:
        held = [asyncio.create_task(_hold(database)) for _ in range(2)]
        await asyncio.sleep(0.1)

        with pytest.raises(StorageUnavailable):
            await database.reader.row(text("SELECT 1"))
        for task in held:
            task.cancel()
        await asyncio.gather(*held, return_exceptions=True)

        assert await database.reader.row(text("SELECT 1")) is not None


async def _hold(database: Any) -> None:
    async with database.transaction() as opened:
        await opened.connection.row(text("SELECT 1"))
        await asyncio.sleep(10)


async def test_of_two_who_wait_for_each_other_one_begins_again(postgres_place: PostgresPlace) -> None:
    async with on_postgres(postgres_place) as database:
        for subject in "ab":
            await _elsewhere(database, ROW.format(subject=subject))

        async def both(first: str, second: str) -> None:
            change = "UPDATE deadlines SET attempts = attempts + 1 WHERE subject = '{}'"
            async with database.transaction() as opened:
                await opened.connection.run(text(change.format(first)))
                await asyncio.sleep(0.2)
                await opened.connection.run(text(change.format(second)))

        ended = await asyncio.gather(both("a", "b"), both("b", "a"), return_exceptions=True)

    assert [type(one) for one in ended if one is not None] == [ConcurrentUpdate]


async def test_a_connection_that_is_cut_is_the_storage_going_away(postgres_place: PostgresPlace) -> None:
    async with on_postgres(postgres_place) as database:
        with pytest.raises(StorageUnavailable):
            async with database.transaction() as opened:
                await opened.connection.row(text("SELECT 1"))
                postgres_place.do(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{APP}'")
                await opened.connection.row(text("SELECT 1"))

        assert await database.reader.row(text("SELECT 1")) is not None


async def test_a_change_that_may_have_been_kept_says_so(postgres_place: PostgresPlace) -> None:
    async with on_postgres(postgres_place) as database:
        with pytest.raises(StorageUnavailable) as refusal:
            async with database.transaction() as opened:
                await opened.connection.run(text(ROW.format(subject="a")))
                postgres_place.do(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{APP}'")

    assert refusal.value.ambiguous


async def test_a_text_that_cannot_be_stored_is_the_askers_mistake(postgres_place: PostgresPlace) -> None:
    async with on_postgres(postgres_place) as database:
        with pytest.raises(NotStorable):
            await database.reader.row(text("SELECT CAST(:said AS text)"), {"said": "a\0b"})


async def test_cancelled_tasks_leave_no_transaction_open(postgres_place: PostgresPlace) -> None:
    async with on_postgres(postgres_place) as database:
        tasks = [asyncio.create_task(_hold(database)) for _ in range(50)]
        await asyncio.sleep(0.3)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

        idle = text("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction' AND usename = :who")
        row = await database.reader.row(idle, {"who": APP})
        assert row is not None
        assert row[0] == 0


@pytest.mark.parametrize(
    "wrong",
    [
        lambda place: place.app.replace(place.name, "nowhere"),
        lambda place: place.app.replace(APP, "nobody"),
        lambda _: "postgresql+asyncpg://me@127.0.0.1:1/x",
    ],
)
async def test_an_address_that_leads_nowhere_is_told(
    postgres_place: PostgresPlace, wrong: Callable[[PostgresPlace], str]
) -> None:
    async with open_postgresql(wrong(postgres_place), clock=FrozenClock(), ids=CountingIds()) as database:
        with pytest.raises(StorageUnavailable):
            await database.reader.row(text("SELECT 1"))


async def test_a_schema_that_nobody_made_is_not_opened(postgres: Postgres, tmp_path: Path) -> None:
    with a_place(postgres, None) as empty:
        settings = PostgresqlSettings(url=empty.app, owner_url=empty.owner)  # type: ignore[arg-type]
        with pytest.raises(DatabaseNotReady, match="db migrate"):
            async with plugin.open(settings, around(tmp_path)):
                pass

        assert plugin.migrate is not None
        assert await plugin.migrate(settings, around(tmp_path)) == schema.newest()
        async with plugin.open(settings, around(tmp_path)) as persistence:
            assert persistence.revision == schema.newest()


async def test_the_application_cannot_migrate(postgres: Postgres, tmp_path: Path) -> None:
    with a_place(postgres, None) as empty:
        assert plugin.migrate is not None
        with pytest.raises(DatabaseNotReady, match="owner"):
            await plugin.migrate(PostgresqlSettings(url=empty.app), around(tmp_path))  # type: ignore[arg-type]


async def test_a_schema_of_a_later_version_is_opened(postgres_place: PostgresPlace, tmp_path: Path) -> None:
    postgres_place.do("UPDATE alembic_version SET version_num = 'r9999'")

    async with plugin.open(PostgresqlSettings(url=postgres_place.app), around(tmp_path)) as persistence:  # type: ignore[arg-type]
        assert (await persistence.outbox.state()).waiting == 0


def test_passwords_are_in_no_message() -> None:
    settings = PostgresqlSettings(url="postgres://me:hush@h/x")  # type: ignore[arg-type]

    assert "hush" not in repr(settings)
    assert settings.url.get_secret_value() == "postgresql+asyncpg://me:hush@h/x"
    with pytest.raises(ValueError, match="postgresql://") as refusal:
        PostgresqlSettings(url="mysql://me:hush@h/x")  # type: ignore[arg-type]
    assert "hush" not in str(refusal.value)
