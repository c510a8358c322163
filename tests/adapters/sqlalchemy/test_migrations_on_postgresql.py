"""PostgreSQL's schema over time: exactly the declared tables, up and down, several at once, and no long wait."""

import asyncio
from collections.abc import Iterator

import asyncpg
import pytest
import sqlalchemy
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg

from marketplace_adapters.sqlalchemy import schema
from marketplace_adapters.sqlalchemy.postgresql import open_postgresql
from marketplace_adapters.sqlalchemy.tables import definitions
from marketplace_adapters.sqlalchemy.transactions import StorageUnavailable
from marketplace_core.testing.clock import CountingIds, FrozenClock
from tests.databases import NO_LIMITS, Postgres, PostgresPlace, a_place, migrate

SHAPE = """
SELECT 'column ' || c.relname || '.' || a.attname AS name,
  concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'NOT NULL' END, l.collname,
    pg_get_expr(d.adbin, d.adrelid)) AS said
FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
LEFT JOIN pg_collation AS l ON l.oid = a.attcollation
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT 'constraint ' || conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
UNION ALL SELECT 'index ' || indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'view ' || viewname, definition FROM pg_views WHERE schemaname = 'public'
UNION ALL SELECT 'trigger ' || tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid)
FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function ' || proname, pg_get_functiondef(oid) FROM pg_proc
WHERE pronamespace = 'public'::regnamespace
"""


@pytest.fixture
def empty(postgres: Postgres) -> Iterator[PostgresPlace]:
    with a_place(postgres, None) as place:
        yield place


async def shape(place: PostgresPlace) -> dict[str, str]:
    """Return everything in the database with its definition, but for Alembic's own table."""
    connection = await asyncpg.connect(place.owner.replace("+asyncpg", ""))
    try:
        rows = await connection.fetch(SHAPE)
    finally:
        await connection.close()
    return {row["name"]: row["said"] for row in rows if "alembic_version" not in row["name"]}


async def moved(place: PostgresPlace, *revisions: str) -> str | None:
    """Take the database to one revision after the other: ``-`` before it is down."""

    def move(connection: sqlalchemy.Connection) -> str | None:
        for revision in revisions:
            if revision.startswith("-"):
                schema.downgrade_postgresql(connection, revision[1:])
            else:
                schema.upgrade_postgresql(connection, revision)
        return schema.reached(connection)

    opened = open_postgresql(place.owner, clock=FrozenClock(), ids=CountingIds(), limits=NO_LIMITS)
    async with opened as database:
        return await database.apart(move)


async def test_the_migrations_lead_to_exactly_the_declared_tables(postgres: Postgres, empty: PostgresPlace) -> None:
    with a_place(postgres, None) as declared:
        connection = await asyncpg.connect(declared.owner.replace("+asyncpg", ""))
        for statement in definitions(PGDialect_asyncpg()):  # type: ignore[no-untyped-call]
            await connection.execute(statement)
        await connection.close()

        await moved(empty, "head")

        assert await shape(empty) == await shape(declared)
        assert len(await shape(empty)) > 500


async def test_up_down_up_ends_where_it_began(empty: PostgresPlace) -> None:
    assert await moved(empty, "head") == schema.newest()
    first = await shape(empty)

    assert await moved(empty, "-base") is None
    assert await shape(empty) == {}

    assert await moved(empty, "head") == schema.newest()
    assert await shape(empty) == first


async def test_several_may_migrate_an_empty_database_at_once(empty: PostgresPlace) -> None:
    reached = await asyncio.gather(*(moved(empty, "head") for _ in range(4)))

    assert reached == [schema.newest()] * 4


async def test_rights_can_be_given_again_and_again(empty: PostgresPlace) -> None:
    for _ in range(2):
        await migrate(empty.owner)


async def test_a_revision_does_not_wait_long_for_a_table_that_somebody_uses(
    empty: PostgresPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    await moved(empty, "head")
    before = await shape(empty)
    using = await asyncpg.connect(empty.owner.replace("+asyncpg", ""))
    await using.execute("BEGIN")
    await using.execute("SELECT * FROM acts")

    def change(connection: sqlalchemy.Connection) -> None:
        monkeypatch.setattr(
            "alembic.command.upgrade", lambda *_: connection.exec_driver_sql("ALTER TABLE acts ADD COLUMN more TEXT")
        )
        schema.upgrade_postgresql(connection, lock_seconds=0.2)

    opened = open_postgresql(empty.owner, clock=FrozenClock(), ids=CountingIds(), limits=NO_LIMITS)
    async with opened as database:
        with pytest.raises(StorageUnavailable):
            await asyncio.wait_for(database.apart(change), 5)
        assert await database.apart(lambda one: one.exec_driver_sql("SHOW lock_timeout").scalar_one()) == "0"
    await using.close()

    assert await shape(empty) == before
