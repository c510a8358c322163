"""What every database gives to the stores above it: statements, and one transaction for each task at a time.

A reader called while its own task has a transaction open reads inside it.
"""

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import Any, Final, Protocol, TypeAlias

from attrs import define
from sqlalchemy import Executable, Row

from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import Unavailable
from marketplace_core.kernel.ids import IdFactory
from marketplace_core.kernel.work import transaction_open

Parameters: TypeAlias = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None


class StorageUnavailable(Unavailable):
    """The database cannot be used right now. Nothing was changed, unless the error is ``ambiguous``."""

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

    def attempt(self) -> AbstractAsyncContextManager[None]:
        """Take back what the block did if it ends with an error, and go on in the same transaction.

        Whoever catches an ``IntegrityError`` and asks the database something after it needs this: PostgreSQL answers
        nothing more in a transaction in which a statement failed.
        """
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


def count_statement() -> None:
    """Count one more. For adapters of ``Connection``."""
    count = _counting.get()
    if count is not None:
        count.statements += 1


@define
class Transaction:
    """An open transaction. ``doomed`` once a joined unit of work failed."""

    connection: Connection
    doomed: bool = False


class Database(ABC):
    """An open database. ``clock`` and ``ids`` stamp what is stored (events, journals); ``dialect`` is its language."""

    def __init__(self, *, dialect: str, clock: Clock, ids: IdFactory) -> None:
        self.dialect = dialect
        self.clock = clock
        self.ids = ids
        self._current: ContextVar[Transaction | None] = ContextVar("transaction", default=None)

    @property
    def reader(self) -> Connection:
        """The connection to read from: the open transaction's in this task, otherwise an autocommitting one."""
        current = self._current.get()
        return current.connection if current else self._outside()

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
        async with self._begun() as connection:
            opened = Transaction(connection)
            token = self._current.set(opened)
            try:
                with transaction_open():
                    yield opened
                    if opened.doomed:
                        raise RuntimeError("A joined unit of work failed and its error was swallowed.")
                    if before_commit is not None:
                        await before_commit(opened)
            finally:
                self._current.reset(token)

    @abstractmethod
    def _outside(self) -> Connection:
        """Return what reads outside of transactions."""

    @abstractmethod
    def _begun(self) -> AbstractAsyncContextManager[Connection]:
        """Begin a transaction; commit it when the block ends well, otherwise take it back."""
