"""SQLite: one file, its writer and its reader.

Short statements run right in the event loop: a thread hop costs ten times the query (ADR 0009). One connection writes,
behind a queue of this process's tasks and ``BEGIN IMMEDIATE`` against other processes; another one reads, in
autocommit.
"""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy
from sqlalchemy import Executable, Row
from sqlalchemy.exc import OperationalError

from marketplace_adapters.sqlalchemy.transactions import (
    Connection,
    Database,
    Parameters,
    StorageUnavailable,
    count_statement,
)
from marketplace_adapters.sqlalchemy.wal import switch_to_wal
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory

WRITE_WAIT_SECONDS: Final = 10.0
"""How long a writer waits for another process's transaction before it gives up."""


class InLoopConnection(Connection):
    """A synchronous SQLite connection used from the event loop."""

    def __init__(self, connection: sqlalchemy.Connection) -> None:
        self._connection = connection

    async def rows(self, statement: Executable, parameters: Parameters = None) -> Sequence[Row[Any]]:
        """Return all rows of the answer."""
        return self._execute(statement, parameters).all()

    async def row(self, statement: Executable, parameters: Parameters = None) -> Row[Any] | None:
        """Return the first row of the answer, or None."""
        return self._execute(statement, parameters).first()

    async def run(self, statement: Executable, parameters: Parameters = None) -> int:
        """Execute and return the number of rows that matched."""
        result = self._execute(statement, parameters)
        matched = result.rowcount
        result.close()
        return matched

    @asynccontextmanager
    async def attempt(self) -> AsyncGenerator[None]:
        """Hold a savepoint."""
        with self._connection.begin_nested():
            yield

    def _execute(self, statement: Executable, parameters: Parameters) -> sqlalchemy.CursorResult[Any]:
        count_statement()
        try:
            return self._connection.execute(statement, parameters)
        except OperationalError as failure:
            raise StorageUnavailable("The storage cannot be used right now; nothing was changed.") from failure


class SqliteDatabase(Database):
    """One SQLite file: its writer, its reader, and the transactions of this process."""

    def __init__(self, path: Path, *, clock: Clock, ids: IdFactory) -> None:
        super().__init__(dialect="sqlite", clock=clock, ids=ids)
        self.path = path
        self.engine = sqlalchemy.create_engine(f"sqlite:///{path}", poolclass=sqlalchemy.pool.NullPool)
        sqlalchemy.event.listen(self.engine, "connect", _prepare)
        self._writing = self.engine.connect()
        self._handle = _handle_of(self._writing)
        self._handle.execute("PRAGMA busy_timeout = 0")  # we wait for other writers without blocking the event loop
        self._reading = self.engine.connect()
        self._reader = InLoopConnection(self._reading)
        self._queue = asyncio.Lock()

    def close(self) -> None:
        """Close both connections."""
        self._reading.close()
        self._writing.close()
        self.engine.dispose()

    def _outside(self) -> Connection:
        return self._reader

    @asynccontextmanager
    async def _begun(self) -> AsyncGenerator[Connection]:
        async with self._queue:
            await self._begin_immediate()
            nested = self._writing.begin()
            try:
                yield InLoopConnection(self._writing)
                nested.commit()
            except BaseException:
                nested.rollback()
                raise

    async def _begin_immediate(self) -> None:
        waited = 0.0
        while True:
            try:
                self._handle.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as failure:
                if waited >= WRITE_WAIT_SECONDS or "locked" not in str(failure):
                    raise StorageUnavailable("The storage is busy; nothing was changed.") from failure
            pause = 0.001 if waited < 0.05 else 0.01
            await asyncio.sleep(pause)
            waited += pause


def _handle_of(connection: sqlalchemy.Connection) -> sqlite3.Connection:
    handle = connection.connection.driver_connection
    assert isinstance(handle, sqlite3.Connection)
    return handle


def _prepare(handle: sqlite3.Connection, _: object) -> None:
    handle.isolation_level = None  # we say BEGIN ourselves; a read needs none
    for pragma in (
        "busy_timeout = 10000",
        "synchronous = FULL",
        "foreign_keys = ON",
        "temp_store = MEMORY",
        "cache_size = -16000",
        "trusted_schema = OFF",
    ):
        handle.execute(f"PRAGMA {pragma}")
    switch_to_wal(handle)


@asynccontextmanager
async def open_sqlite(path: Path, *, clock: Clock, ids: IdFactory) -> AsyncGenerator[SqliteDatabase]:
    """Open the file, making its folder if need be; close it at the end. The schema is ``migrations``' business."""
    path.parent.mkdir(parents=True, exist_ok=True)
    database = SqliteDatabase(path, clock=clock, ids=ids)
    try:
        yield database
    finally:
        database.close()
