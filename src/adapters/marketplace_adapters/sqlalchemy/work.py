"""The unit of work on SQL, and how an aggregate is saved: state and events in one transaction."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, TypeVar

from attrs import frozen
from sqlalchemy import Table, and_, delete, insert, update
from sqlalchemy.dialects.sqlite import insert as upsert

from marketplace_adapters.sqlalchemy.engine import Connection, Database, Transaction
from marketplace_adapters.sqlalchemy.outbox import consume_cause, store_events
from marketplace_adapters.sqlalchemy.tables.machinery import deadlines
from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.deadlines import Deadlines
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.work import Begin, UnitOfWork

WorkT = TypeVar("WorkT")


@frozen
class SqlDeadlines(Deadlines):
    """Timers as rows of the open transaction."""

    connection: Connection

    async def set(self, kind: str, subject: str, due_at: datetime) -> None:
        """Set or move the timer; moving forgets its failed attempts."""
        statement = upsert(deadlines).values(kind=kind, subject=subject, due_at=due_at, attempts=0)
        await self.connection.run(
            statement.on_conflict_do_update(
                index_elements=["kind", "subject"], set_={"due_at": due_at, "attempts": 0, "last_error": None}
            )
        )

    async def cancel(self, kind: str, subject: str) -> None:
        """Remove the timer if there is one."""
        await self.connection.run(delete(deadlines).where(deadlines.c.kind == kind, deadlines.c.subject == subject))


class SqlWork(UnitOfWork):
    """A unit of work on an open transaction; contexts add their collections."""

    def __init__(self, database: Database, transaction: Transaction) -> None:
        self.database = database
        self.connection = transaction.connection

    @property
    def deadlines(self) -> SqlDeadlines:
        """The timers."""
        return SqlDeadlines(self.connection)

    async def save(self, table: Table, key: Mapping[str, Any], aggregate: Aggregate, values: Mapping[str, Any]) -> None:
        """Store an aggregate's row, compare its version, and put its events into the outbox.

        ``key`` is the primary key (its first value names the aggregate in the outbox), ``values`` the other columns
        without ``version``. Raises ``ConcurrentUpdate`` if somebody saved it since it was read, and SQLAlchemy's
        ``IntegrityError`` when a new row breaks a constraint.
        """
        if aggregate.version == 0:
            await self.connection.run(insert(table).values(**key, **values, version=1))
        else:
            here = and_(*(table.c[name] == value for name, value in key.items()), table.c.version == aggregate.version)
            matched = await self.connection.run(
                update(table).where(here).values(**values, version=aggregate.version + 1)
            )
            if not matched:
                raise ConcurrentUpdate(
                    f"{type(aggregate).__name__} {next(iter(key.values()))} was changed by somebody else."
                )
        aggregate.version += 1
        await store_events(
            self.database,
            self.connection,
            type(aggregate).__name__,
            str(next(iter(key.values()))),
            aggregate.drain_events(),
        )


def begin(database: Database, make: Callable[[Database, Transaction], WorkT]) -> Begin[WorkT]:
    """Return the ``begin`` of a context; ``make``, such as ``SqlOrdersWork``, builds its unit of work."""

    @asynccontextmanager
    async def opened() -> AsyncGenerator[WorkT]:
        async with database.transaction(
            before_commit=lambda transaction: consume_cause(database, transaction)
        ) as transaction:
            yield make(database, transaction)

    return opened
