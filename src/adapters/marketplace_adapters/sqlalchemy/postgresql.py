"""PostgreSQL: a pool of connections, READ COMMITTED, and a limit on every wait (reliability design 2.3).

A command that changes an aggregate compares its version, and the first one to write a row makes the others wait for
its commit; what is only so much of is taken by conditional statements. Whatever the database ends because of somebody
else (a deadlock, a serialization failure) is a ``ConcurrentUpdate``, which the pipeline runs again; whatever it ends
because of time or a lost connection is ``StorageUnavailable``.
"""

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from decimal import Decimal
from typing import Any, Final, TypeVar

import sqlalchemy
from asyncpg import Connection as Driver
from attrs import frozen
from sqlalchemy import Executable, Row, event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.util import greenlet_spawn

from marketplace_adapters.sqlalchemy.transactions import (
    Connection,
    Database,
    Parameters,
    StorageUnavailable,
    count_statement,
)
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import ConcurrentUpdate, InvalidInput
from marketplace_core.kernel.ids import IdFactory

AnswerT = TypeVar("AnswerT")
PREPARED_MAX: Final = 500
"""How many statements a connection keeps prepared, unless its address says otherwise."""
_PREPARED: Final = "prepared_statement_cache_size"
_BECAUSE_OF_OTHERS: Final = frozenset(
    {
        "40001",  # serialization_failure
        "40P01",  # deadlock_detected
        "0A000",  # a prepared statement's plan is of the schema before a migration
    }
)
_ENDED: Final = "25P02"
"""The transaction has failed already; a command inside another one may try again all the same."""
_NOT_STORABLE: Final = frozenset({"22021", "22P05"})
"""A character that no text of the database can have, such as U+0000."""
_FOR_NOW: Final = frozenset(
    {
        "55P03",  # lock_not_available
        "57014",  # query_canceled: the statement took too long
        "25P03",  # idle_in_transaction_session_timeout
        "25P04",  # transaction_timeout
        "25006",  # read_only_sql_transaction: a standby
    }
)
_CLASSES_NOT_LET_IN: Final = ("28", "3D")
"""Who we are, and which database."""
_CLASSES_FOR_NOW: Final = ("08", "53", "57", "58")
"""Connections, resources, an operator's intervention, the machine."""


class NotStorable(InvalidInput):
    """A text has a character that the database cannot keep."""

    code = "storage.not_storable"


@frozen(kw_only=True)
class Limits:
    """How many connections a process may have, and how long it waits for what, in seconds."""

    connections_max: int = 10
    pool_wait_seconds: float = 2.0
    connect_seconds: float = 5.0
    statement_seconds: float = 3.0
    lock_seconds: float = 1.0
    idle_in_transaction_seconds: float = 10.0

    def as_settings(self) -> dict[str, str]:
        """Return what is set for every session."""
        milliseconds = {
            "statement_timeout": self.statement_seconds,
            "lock_timeout": self.lock_seconds,
            "idle_in_transaction_session_timeout": self.idle_in_transaction_seconds,
        }
        return {
            **{name: str(round(seconds * 1000)) for name, seconds in milliseconds.items()},
            "application_name": "marketplace",
            "timezone": "UTC",
            "jit": "off",
        }


class OpenConnection(Connection):
    """A connection with a transaction open."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._given_up = False

    async def rows(self, statement: Executable, parameters: Parameters = None) -> Sequence[Row[Any]]:
        """Return all rows of the answer."""
        return (await self._execute(statement, parameters)).all()

    async def row(self, statement: Executable, parameters: Parameters = None) -> Row[Any] | None:
        """Return the first row of the answer, or None."""
        return (await self._execute(statement, parameters)).first()

    async def run(self, statement: Executable, parameters: Parameters = None) -> int:
        """Execute and return the number of rows that matched."""
        return (await self._execute(statement, parameters)).rowcount

    @asynccontextmanager
    async def attempt(self) -> AsyncGenerator[None]:
        """Hold a savepoint."""
        with _translated():
            nested = await self._connection.begin_nested()
        try:
            yield
        except BaseException:
            with _translated():
                await nested.rollback()
            raise
        with _translated():
            await nested.commit()

    async def _execute(self, statement: Executable, parameters: Parameters) -> sqlalchemy.CursorResult[Any]:
        count_statement()
        try:
            with _translated():
                return await self._connection.execute(statement, parameters)
        except ConcurrentUpdate:
            self._given_up = True
            raise
        except DBAPIError as failure:
            if self._given_up and _state_of(failure) == _ENDED:
                raise ConcurrentUpdate("Somebody else changed the same things at the same time.") from failure
            raise


class PooledReader(Connection):
    """Reads with whichever connection is free, each statement by itself.

    The engine's synchronous side takes a connection, asks and gives it back in one greenlet; its asynchronous side
    would need one for each.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine.sync_engine

    async def rows(self, statement: Executable, parameters: Parameters = None) -> Sequence[Row[Any]]:
        """Return all rows of the answer."""
        return await self._ask(statement, parameters, sqlalchemy.CursorResult.all)

    async def row(self, statement: Executable, parameters: Parameters = None) -> Row[Any] | None:
        """Return the first row of the answer, or None."""
        return await self._ask(statement, parameters, sqlalchemy.CursorResult.first)

    async def run(self, statement: Executable, parameters: Parameters = None) -> int:
        """Execute and return the number of rows that matched."""
        return await self._ask(statement, parameters, lambda result: result.rowcount)

    @asynccontextmanager
    async def attempt(self) -> AsyncGenerator[None]:
        """Do nothing: here, every statement stands alone."""
        yield

    async def _ask(
        self, statement: Executable, parameters: Parameters, read: Callable[[sqlalchemy.CursorResult[Any]], AnswerT]
    ) -> AnswerT:
        count_statement()

        def asked() -> AnswerT:
            with self._engine.connect() as connection:
                return read(connection.execute(statement, parameters))

        with _translated():
            return await greenlet_spawn(asked)


class PostgresDatabase(Database):
    """A database of a PostgreSQL server, and this process's pool of connections to it."""

    def __init__(self, engine: AsyncEngine, *, clock: Clock, ids: IdFactory) -> None:
        super().__init__(dialect="postgresql", clock=clock, ids=ids)
        self.engine = engine
        self._reader = PooledReader(engine.execution_options(isolation_level="AUTOCOMMIT"))

    async def apart(self, work: Callable[[sqlalchemy.Connection], AnswerT]) -> AnswerT:
        """Do something that needs SQLAlchemy's own synchronous connection, such as a change of the schema.

        Nothing is committed for it.
        """
        with _translated():
            async with self.engine.connect() as connection:
                return await connection.run_sync(work)

    def _outside(self) -> Connection:
        return self._reader

    @asynccontextmanager
    async def _begun(self) -> AsyncGenerator[Connection]:
        with _translated():
            connection = await self.engine.connect()
        try:
            begun = await connection.begin()
            try:
                yield OpenConnection(connection)
            except BaseException:
                with _translated():
                    await begun.rollback()
                raise
            with _translated(committing=True):
                await begun.commit()
        finally:
            await connection.close()


@contextmanager
def _translated(*, committing: bool = False) -> Iterator[None]:
    """Say the driver's and the server's errors in our words; broken constraints stay SQLAlchemy's."""
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as failure:
        raise _meaning(failure, committing=committing) from failure
    except PoolTimeout as failure:
        raise StorageUnavailable("The storage is busy; nothing was changed.") from failure
    except (TimeoutError, OSError) as failure:
        raise StorageUnavailable("The storage cannot be reached; nothing was changed.") from failure


def _meaning(failure: DBAPIError, *, committing: bool) -> Exception:
    state = _state_of(failure)
    if state in _BECAUSE_OF_OTHERS:
        return ConcurrentUpdate("Somebody else changed the same things at the same time.")
    if state in _NOT_STORABLE:
        return NotStorable("The text has a character that cannot be stored.")
    if state in _FOR_NOW or state[:2] in _CLASSES_FOR_NOW:
        lost = committing and state[:2] in {"08", "57"}
        return _lost() if lost else StorageUnavailable("The storage cannot be used right now; nothing was changed.")
    if state[:2] in _CLASSES_NOT_LET_IN:
        return StorageUnavailable("The storage does not let us in: look at its address, role and password.")
    if failure.connection_invalidated or "connection" in str(failure.orig).lower():
        return _lost() if committing else StorageUnavailable("The storage went away; nothing was changed.")
    return failure


def _state_of(failure: DBAPIError) -> str:
    return str(getattr(failure.orig, "sqlstate", None) or "")


def _lost() -> StorageUnavailable:
    return StorageUnavailable("The storage went away while it was to keep the change; it may have.", ambiguous=True)


def _whole(text: str) -> int | Decimal:
    """Read a sum: the server adds 64-bit integers up to a number of any size, and ours are whole."""
    return Decimal(text) if "." in text else int(text)


async def _prepare(driver: Driver) -> None:
    await driver.set_type_codec("numeric", schema="pg_catalog", encoder=str, decoder=_whole, format="text")


@asynccontextmanager
async def open_postgresql(
    url: str, *, clock: Clock, ids: IdFactory, limits: Limits | None = None
) -> AsyncGenerator[PostgresDatabase]:
    """Open the database at ``postgresql+asyncpg://…`` and close every connection at the end.

    No connection is made before it is needed. The schema is ``migrations``' business.
    """
    kept = limits or Limits()
    address = sqlalchemy.make_url(url)
    if _PREPARED not in address.query:
        address = address.update_query_dict({_PREPARED: str(PREPARED_MAX)})
    engine = create_async_engine(
        address,
        pool_size=kept.connections_max,
        max_overflow=0,
        pool_timeout=kept.pool_wait_seconds,
        pool_recycle=1800,
        connect_args={"timeout": kept.connect_seconds, "server_settings": kept.as_settings()},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.run_async(_prepare)

    try:
        yield PostgresDatabase(engine, clock=clock, ids=ids)
    finally:
        await engine.dispose()
