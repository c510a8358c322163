"""The schema over time: up, down, up; no drift; two processes at once; never half done."""

import re
import sqlite3
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from alembic.config import Config
from sqlalchemy.dialects import sqlite

from marketplace_adapters.sqlalchemy import schema
from marketplace_adapters.sqlalchemy.engine import SqliteDatabase, open_database
from marketplace_adapters.sqlalchemy.tables import definitions
from marketplace_core.testing.clock import CountingIds, FrozenClock


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    async with open_database(tmp_path / "m.sqlite", clock=FrozenClock(), ids=CountingIds()) as opened:
        yield opened


def shape(path: Path) -> dict[str, str]:
    """Return every named object of the file with its definition, white space aside."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
        ).fetchall()
    connection.close()
    return {name: re.sub(r"\s+", " ", sql) for name, sql in rows}


async def test_the_migrations_lead_to_exactly_the_declared_tables(database: SqliteDatabase, tmp_path: Path) -> None:
    declared = tmp_path / "declared.sqlite"
    connection = sqlite3.connect(declared)
    for statement in definitions(sqlite.dialect()):
        connection.execute(statement)
    connection.commit()
    connection.close()

    schema.upgrade(database)

    assert shape(database.path) == shape(declared)


async def test_up_down_up_ends_where_it_began(database: SqliteDatabase) -> None:
    schema.upgrade(database)
    first = shape(database.path)

    schema.downgrade(database, "base")
    assert (shape(database.path), schema.current(database)) == ({}, None)

    schema.upgrade(database)
    assert (shape(database.path), schema.current(database)) == (first, schema.newest())


OLD_USER = (
    "INSERT INTO identity_users (user_id, email, email_key, name, locale, password_hash, long_password, is_buyer,"
    " is_operator, session_version, registered_at, version)"
    " VALUES ('usr_1', 'Ann@x.org', 'ann@x.org', 'Ann', 'en', 'hash', 1, 1, 1, 2, '2026-01-01', 3)"
)
OLD_SHOP = (
    "INSERT INTO identity_sellers (user_id, seller_id, name, slug, country, currency, status, status_reason,"
    " applied_at, version) VALUES ('usr_1', 'sel_1', 'Teas', 'teas', 'DE', 'EUR', 'active', '', '2026-01-01', 1)"
)
A_GUEST = (
    "INSERT INTO identity_users (user_id, email, email_key, name, locale, password_hash, long_password, is_guest,"
    " is_buyer, is_operator, session_version, registered_at, version)"
    " VALUES ('usr_G', 'bo@x.org', NULL, 'Bo', 'en', NULL, 0, 1, 1, 0, 1, '2026-01-02', 1)"
)


def asked(path: Path, *statements: str) -> list[tuple[object, ...]]:
    """Run statements with foreign keys checked and return what the last one finds."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = ON")
    found: list[tuple[object, ...]] = []
    for statement in statements:
        found = connection.execute(statement).fetchall()
    connection.commit()
    connection.close()
    return found


async def test_accounts_outlive_the_coming_of_guests_and_guests_outlive_their_going(database: SqliteDatabase) -> None:
    whole = "SELECT user_id, email, email_key, password_hash, is_guest, is_operator, version FROM identity_users"
    ann = ("usr_1", "Ann@x.org", "ann@x.org", "hash", 0, 1, 3)
    bo = ("usr_G", "bo@x.org", None, None, 1, 0, 1)
    schema.upgrade(database, "r0001")
    asked(database.path, OLD_USER, OLD_SHOP)

    schema.upgrade(database, "r0002")
    assert asked(database.path, whole) == [ann]
    asked(database.path, A_GUEST)

    schema.downgrade(database, "r0001")
    logins = "SELECT email_key, password_hash FROM identity_users ORDER BY user_id"
    assert asked(database.path, logins) == [("ann@x.org", "hash"), ("guest:usr_g", "")]

    schema.upgrade(database, "r0002")
    assert asked(database.path, f"{whole} ORDER BY user_id") == [ann, bo]
    assert asked(database.path, "PRAGMA foreign_key_check") == []
    with pytest.raises(sqlite3.IntegrityError):
        asked(database.path, "DELETE FROM identity_users WHERE user_id = 'usr_1'")


async def test_every_table_is_strict(database: SqliteDatabase) -> None:
    schema.upgrade(database)

    with sqlite3.connect(database.path) as connection:
        loose = connection.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND schema = 'main'"
        ).fetchall()
    connection.close()

    allowed = {"alembic_version", "sqlite_schema", "sqlite_sequence"}
    assert {name for (name,) in loose if not name.startswith("search_fts")} - allowed == set()


async def _upgraded(path: Path) -> str | None:
    async with open_database(path, clock=FrozenClock(), ids=CountingIds()) as opened:
        if schema.current(opened) != schema.newest():
            schema.upgrade(opened)
        return schema.current(opened)


def _in_a_process(path: Path) -> str | None:
    import asyncio

    return asyncio.run(_upgraded(path))


def test_two_processes_may_start_on_an_empty_folder_at_once(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"

    with ProcessPoolExecutor(4) as pool:
        reached = list(pool.map(_in_a_process, [path] * 4))

    assert reached == [schema.newest()] * 4


async def test_a_revision_that_fails_leaves_the_schema_as_it_was(
    database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make_and_fail(config: Config, _: str) -> None:
        config.attributes["connection"].exec_driver_sql("CREATE TABLE x (y)")
        raise RuntimeError("no")

    monkeypatch.setattr("alembic.command.upgrade", make_and_fail)
    with pytest.raises(RuntimeError):
        schema.upgrade(database)

    assert shape(database.path) == {}
