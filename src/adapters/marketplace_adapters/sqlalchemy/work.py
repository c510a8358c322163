"""The unit of work on SQL, and how an aggregate is saved: state and events in one transaction."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache
from typing import Any, Final, TypeVar

from attrs import frozen
from sqlalchemy import Insert, Select, Table, Update, bindparam, delete, func, insert, literal, select, update

from marketplace_adapters.sqlalchemy.engine import Connection, Database, Transaction
from marketplace_adapters.sqlalchemy.outbox import consume_cause, store_events
from marketplace_adapters.sqlalchemy.statements import to_change, upsert
from marketplace_adapters.sqlalchemy.tables.machinery import acts, deadlines
from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.deadlines import Deadlines
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.work import Begin, UnitOfWork, note_step, present_circumstances

WorkT = TypeVar("WorkT")
_FRESH: Final = upsert(deadlines)
_SET_DEADLINE: Final = _FRESH.on_conflict_do_update(
    index_elements=["kind", "subject"],
    set_={name: _FRESH.excluded[name] for name in ("due_at", "attempts", "last_error", "taken_until")},
)
_CANCEL_DEADLINE: Final = delete(deadlines).where(
    deadlines.c.kind == bindparam("kind"), deadlines.c.subject == bindparam("subject")
)
_TAKE_DEADLINE: Final = _CANCEL_DEADLINE.where(deadlines.c.due_at <= bindparam("now", type_=deadlines.c.due_at.type))


@frozen
class SqlDeadlines(Deadlines):
    """Timers as rows of the open transaction."""

    connection: Connection

    async def set(self, kind: str, subject: str, due_at: datetime) -> None:
        """Set or move the timer; moving forgets its failed attempts."""
        await self.connection.run(
            _SET_DEADLINE,
            {
                "kind": kind,
                "subject": subject,
                "due_at": due_at,
                "attempts": 0,
                "last_error": None,
                "taken_until": None,
            },
        )

    async def take(self, kind: str, subject: str, now: datetime) -> bool:
        """Remove the timer if it is due."""
        return await self.connection.run(_TAKE_DEADLINE, {"kind": kind, "subject": subject, "now": now}) == 1

    async def cancel(self, kind: str, subject: str) -> None:
        """Remove the timer if there is one."""
        await self.connection.run(_CANCEL_DEADLINE, {"kind": kind, "subject": subject})


class SqlWork(UnitOfWork):
    """A unit of work on an open transaction; contexts add their collections."""

    def __init__(self, database: Database, transaction: Transaction) -> None:
        self.database = database
        self.connection = transaction.connection

    @property
    def deadlines(self) -> SqlDeadlines:
        """The timers."""
        return SqlDeadlines(self.connection)

    async def lock(self, chosen: Select[Any], parameters: Mapping[str, Any] | None = None) -> None:
        """Let everybody else who wants to change these rows of one table wait, before they are read with others.

        SQLite has one writer at a time: no statement is needed.
        """
        if self.database.dialect == "postgresql":
            await self.connection.rows(to_change(chosen.with_only_columns(literal(1))), parameters)

    async def alone(self, what: str) -> None:
        """Let everybody else who wants to be alone with this wait until the transaction ends.

        For a decision that rests on rows that are not there yet, such as a limit on how many there may be.
        """
        if self.database.dialect == "postgresql":
            await self.connection.rows(select(func.pg_advisory_xact_lock(func.hashtextextended(what, 0))))

    async def save(self, table: Table, key: Mapping[str, Any], aggregate: Aggregate, values: Mapping[str, Any]) -> None:
        """Store an aggregate's row, compare its version, and put its events into the outbox.

        ``key`` is the primary key (its first value names the aggregate in the outbox), ``values`` the other columns
        without ``version``. Raises ``ConcurrentUpdate`` if somebody saved it since it was read, and SQLAlchemy's
        ``IntegrityError`` when a new row breaks a constraint.
        """
        row = {**values, "version": aggregate.version + 1}
        if aggregate.version == 0:
            await self.connection.run(_insert(table), {**key, **row})
        else:
            known = {f"known_{name}": value for name, value in {**key, "version": aggregate.version}.items()}
            matched = await self.connection.run(_update(table, tuple(key), tuple(row)), {**row, **known})
            if not matched:
                raise ConcurrentUpdate(
                    f"{type(aggregate).__name__} {next(iter(key.values()))} was changed by somebody else."
                )
        aggregate.version += 1
        note_step(aggregate.saved_as(str(next(iter(key.values())))))
        await store_events(
            self.database,
            self.connection,
            type(aggregate).__name__,
            str(next(iter(key.values()))),
            aggregate.drain_events(),
        )


# Built once per table: building a statement takes longer than SQLite needs to carry it out.
@cache
def _insert(table: Table) -> Insert:
    return insert(table)


@cache
def _update(table: Table, key: tuple[str, ...], names: tuple[str, ...]) -> Update:
    """Return the statement that stores the named columns of the row that is still as it was read."""
    here = (table.c[name] == bindparam(f"known_{name}") for name in (*key, "version"))
    return update(table).where(*here).values({name: bindparam(name) for name in names})


async def close_off(database: Database, transaction: Transaction) -> None:
    """Write what belongs to every transaction before it commits: what caused it, and why somebody wanted it."""
    await consume_cause(database, transaction)
    present = present_circumstances()
    if present.act is not None:
        row = {
            "act_id": database.ids.new("act"),
            "at": database.clock.now(),
            "actor": present.actor,
            "command": present.act.command,
            "about": present.act.about,
            "reason": present.act.reason,
        }
        await transaction.connection.run(insert(acts), row)
        present.act = None


def begin(database: Database, make: Callable[[Database, Transaction], WorkT]) -> Begin[WorkT]:
    """Return the ``begin`` of a context; ``make``, such as ``SqlOrdersWork``, builds its unit of work."""

    @asynccontextmanager
    async def opened() -> AsyncGenerator[WorkT]:
        async with database.transaction(before_commit=lambda one: close_off(database, one)) as transaction:
            yield make(database, transaction)

    return opened
