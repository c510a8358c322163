"""Connections and transactions.

SQLite runs short statements right in the event loop: a thread hop costs ten times the query (ADR 0009). One connection
writes, behind a queue of this process's tasks and ``BEGIN IMMEDIATE`` against other processes; another one reads, in
autocommit. A reader called while its own task has a transaction open reads inside it.
"""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final, Protocol

import sqlalchemy
from attrs import define
from sqlalchemy import Executable, Row
from sqlalchemy.exc import OperationalError

from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import Unavailable
from marketplace_core.kernel.ids import IdFactory
from marketplace_core.kernel.work import transaction_open

WRITE_WAIT_SECONDS: Final = 10.0
"""How long a writer waits for another process's transaction before it gives up."""
Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None


class StorageUnavailable(Unavailable):
    """The database cannot be written right now; nothing was changed."""

    code = "storage.unavailable"


class Connection(Protocol):
    """Runs statements. Everything is fetched before it returns, so no cursor outlives a call."""

    async def rows(self, statement: Executable, parameters: Parameters = None) -> Sequence[Row[Any]]:
        """Return all rows of the answer."""
        ...

    async def row(self, statement: Executable, parameters: Parameters = None) -> Row[Any] | None:
        """Return the first row of the answer, or None."""
        ...

    async def run(self, statement: Executable, parameters: Parameters = None) -> int:
        """Execute and return the number of rows that matched. Raises SQLAlchemy's ``IntegrityError``."""
        ...


@define
class StatementCount:
    """How many statements ran inside a ``counted`` block."""

    statements: int = 0


_counting: Final[ContextVar[StatementCount | None]] = ContextVar("counting", default=None)


@contextmanager
def counted() -> Iterator[StatementCount]:
    """Count the statements this task runs, for tests and benchmarks that bound them."""
    count = StatementCount()
    token = _counting.set(count)
    try:
        yield count
    finally:
        _counting.reset(token)


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

    def _execute(self, statement: Executable, parameters: Parameters) -> sqlalchemy.CursorResult[Any]:
        count = _counting.get()
        if count is not None:
            count.statements += 1
        try:
            return self._connection.execute(statement, parameters)
        except OperationalError as failure:
            raise StorageUnavailable("The storage cannot be used right now; nothing was changed.") from failure


@define
class Transaction:
    """An open transaction. ``doomed`` once a joined unit of work failed."""

    connection: Connection
    doomed: bool = False


class Database:
    """One SQLite file: its writer, its reader, and the transactions of this process.

    Open it with ``open_database``. ``clock`` and ``ids`` stamp what is stored (events, journals).
    """

    def __init__(self, path: Path, *, clock: Clock, ids: IdFactory) -> None:
        self.path = path
        self.clock = clock
        self.ids = ids
        self.engine = sqlalchemy.create_engine(f"sqlite:///{path}", poolclass=sqlalchemy.pool.NullPool)
        sqlalchemy.event.listen(self.engine, "connect", _prepare)
        self._writing = self.engine.connect()
        self._handle = _handle_of(self._writing)
        self._handle.execute("PRAGMA busy_timeout = 0")  # we wait for other writers without blocking the event loop
        self._reading = self.engine.connect()
        self._reader = InLoopConnection(self._reading)
        self._queue = asyncio.Lock()
        self._current: ContextVar[Transaction | None] = ContextVar("transaction", default=None)

    @property
    def reader(self) -> Connection:
        """The connection to read from: the open transaction's in this task, otherwise the autocommitting one."""
        current = self._current.get()
        return current.connection if current else self._reader

    @asynccontextmanager
    async def transaction(
        self, before_commit: Callable[[Transaction], Awaitable[None]] | None = None
    ) -> AsyncGenerator[Transaction]:
        """Open a transaction, or join the one this task has open; commit when the outermost block ends well."""
        outer = self._current.get()
        if outer is not None:
            try:
                yield outer
            except BaseException:
                outer.doomed = True
                raise
            return
        async with self._queue:
            await self._begin_immediate()
            opened = Transaction(InLoopConnection(self._writing))
            token = self._current.set(opened)
            nested = self._writing.begin()
            try:
                with transaction_open():
                    yield opened
                    if opened.doomed:
                        raise RuntimeError("A joined unit of work failed and its error was swallowed.")
                    if before_commit is not None:
                        await before_commit(opened)
                nested.commit()
            except BaseException:
                nested.rollback()
                raise
            finally:
                self._current.reset(token)

    def close(self) -> None:
        """Close both connections."""
        self._reading.close()
        self._writing.close()
        self.engine.dispose()

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
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "temp_store = MEMORY",
        "cache_size = -16000",
        "trusted_schema = OFF",
    ):
        handle.execute(f"PRAGMA {pragma}")


@asynccontextmanager
async def open_database(path: Path, *, clock: Clock, ids: IdFactory) -> AsyncGenerator[Database]:
    """Open the file, making its folder if need be; close it at the end. The schema is ``migrations``' business."""
    path.parent.mkdir(parents=True, exist_ok=True)
    database = Database(path, clock=clock, ids=ids)
    try:
        yield database
    finally:
        database.close()
