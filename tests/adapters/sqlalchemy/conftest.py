"""Every store keeps its promises on both databases."""

import sqlite3
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TypeAlias

import pytest
from attrs import frozen
from sqlalchemy import text

from marketplace_adapters.sqlalchemy.engine import Database, SqliteDatabase, open_database
from marketplace_adapters.sqlalchemy.postgresql import open_postgresql
from marketplace_core.testing.clock import CountingIds, FrozenClock
from tests.conformance import Met
from tests.databases import PostgresPlace, on_postgres, on_sqlite

Elsewhere: TypeAlias = Callable[[], AbstractAsyncContextManager[Database]]
"""Opens the same database once more."""


@pytest.fixture
async def file(tmp_path: Path) -> AsyncGenerator[SqliteDatabase]:
    """A SQLite file with the schema, for what only a file has."""
    async with on_sqlite(tmp_path / "m.sqlite") as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, met: Met) -> AsyncGenerator[Database]:
    """A database with the schema, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        met("SQLite", sqlite3.sqlite_version)
        path: Path = request.getfixturevalue("tmp_path")
        async with on_sqlite(path / "m.sqlite") as opened:
            yield opened
    else:
        place: PostgresPlace = request.getfixturevalue("postgres_place")
        met("PostgreSQL", place.server.version)
        async with on_postgres(place) as there:
            yield there


@frozen
class Outsider:
    """Somebody who has the database itself, and no manners: on PostgreSQL, the owner of the schema."""

    database: Database
    place: PostgresPlace | None

    async def write(self, statement: str) -> None:
        """Execute a statement. Raises SQLAlchemy's errors."""
        if self.place is None:
            await self._write(self.database, statement)
        else:
            opened = open_postgresql(self.place.owner, clock=self.database.clock, ids=self.database.ids)
            async with opened as owned:
                await self._write(owned, statement)

    async def _write(self, database: Database, statement: str) -> None:
        async with database.transaction() as opened:
            await opened.connection.run(text(statement))


@pytest.fixture
def outsider(request: pytest.FixtureRequest, database: Database) -> Outsider:
    """Somebody without manners."""
    on_file = isinstance(database, SqliteDatabase)
    return Outsider(database, None if on_file else request.getfixturevalue("postgres_place"))


@pytest.fixture
def another_process(request: pytest.FixtureRequest, database: Database) -> Elsewhere:
    """Open the same database once more, as another process would."""

    def opened() -> AbstractAsyncContextManager[Database]:
        if isinstance(database, SqliteDatabase):
            return open_database(database.path, clock=FrozenClock(), ids=CountingIds())
        return on_postgres(request.getfixturevalue("postgres_place"))

    return opened
