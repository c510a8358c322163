"""Queues that several workers share.

A worker begins one thing that is due, or takes some of them, and is done before the others may have them: on
PostgreSQL it marks the rows in the statement that finds them, and passes by what somebody else is about to mark. What a
worker had that then ended waits ``KEPT_SECONDS``. It is a courtesy, which saves work; that effects happen once does not
rest on it. What does rest on it is that an attempt is counted which ends its process.

A file of SQLite has one writer at a time and, as a rule, one worker: what is merely taken is not marked there.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

from attrs import frozen
from sqlalchemy import Integer, Row, Select, Table, Update, bindparam, or_, update

from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.types import Instant
from marketplace_core.kernel.queues import KEPT_SECONDS, Begun

NOW: Final = bindparam("now", type_=Instant)
_UNTIL: Final = bindparam("until", type_=Instant)
_ROWS_MAX: Final = bindparam("rows_max", type_=Integer)


@frozen(eq=False)
class Queue:
    """A table, and how to select what is due in it at ``NOW``, in order. Its statements are built once."""

    table: Table
    due: Select[Any]

    @cached_property
    def fresh(self) -> Select[Any]:
        """The first row that nobody has begun."""
        return self.due.where(self.table.c.taken_until.is_(None)).limit(1)

    @cached_property
    def left(self) -> Select[Any]:
        """The first row that was begun and that nobody came to the end of."""
        return self.due.where(self.table.c.taken_until <= NOW).limit(1)

    @cached_property
    def begin_fresh(self) -> Update:
        """Find the first of those on a server and begin it."""
        return self._begin_on_a_server(self.fresh)

    @cached_property
    def begin_left(self) -> Update:
        """Find the first of these on a server and begin it."""
        return self._begin_on_a_server(self.left)

    @cached_property
    def begin_here(self) -> Update:
        """Begin the row with the key ``of_…``."""
        here = [column == bindparam(_of(column.name)) for column in self.table.primary_key.columns]
        return self._begin.where(*here)

    def key_of(self, row: Row[Any]) -> dict[str, Any]:
        """Return how ``begin_here`` knows a row."""
        return {_of(column.name): row._mapping[column.name] for column in self.table.primary_key.columns}

    @cached_property
    def some(self) -> Select[Any]:
        """At most ``rows_max`` rows, whoever has them."""
        return self.due.limit(_ROWS_MAX)

    @cached_property
    def take_some(self) -> Update:
        """Find so many on a server that nobody has, and keep them until later."""
        free = or_(self.table.c.taken_until.is_(None), self.table.c.taken_until <= NOW)
        return self._on_a_server(update(self.table).values(taken_until=_UNTIL), self.some.where(free))

    @property
    def _begin(self) -> Update:
        return update(self.table).values(attempts=self.table.c.attempts + 1, taken_until=_UNTIL)

    def _begin_on_a_server(self, first: Select[Any]) -> Update:
        return self._on_a_server(self._begin, first)

    def _on_a_server(self, change: Update, chosen: Select[Any]) -> Update:
        key = tuple(self.table.primary_key.columns)
        found = chosen.with_only_columns(*key).with_for_update(skip_locked=True, of=self.table).cte("found")
        return change.where(*(column == found.c[column.name] for column in key)).returning(self.table)


async def begun(database: Database, queue: Queue, now: datetime, *, left: bool) -> Begun[Row[Any]] | None:
    """Count an attempt at the first row that is due, and keep it from everybody for a while."""
    if database.dialect == "postgresql":
        moments = {"now": now, "until": _later(now)}
        there = await database.reader.row(queue.begin_left if left else queue.begin_fresh, moments)
        return there and Begun(item=there, attempts=there.attempts - 1)
    first = queue.left if left else queue.fresh
    if await database.reader.row(first, {"now": now}) is None:  # most often, and then nobody has to write
        return None
    async with database.transaction() as opened:
        row = await opened.connection.row(first, {"now": now})
        if row is None:
            return None
        await opened.connection.run(queue.begin_here, {"until": _later(now), **queue.key_of(row)})
    return Begun(item=row, attempts=row.attempts)


async def any_left(database: Database, queue: Queue, now: datetime) -> bool:
    """Tell whether a row is due that was begun and that nobody came to the end of."""
    return await database.reader.row(queue.left, {"now": now}) is not None


async def taken(database: Database, queue: Queue, now: datetime, limit: int) -> Sequence[Row[Any]]:
    """Return rows that are due, in no order, and keep them from everybody else for a while."""
    if database.dialect != "postgresql":
        return await database.reader.rows(queue.some, {"now": now, "rows_max": limit})
    return await database.reader.rows(queue.take_some, {"now": now, "until": _later(now), "rows_max": limit})


def _later(now: datetime) -> datetime:
    return now + timedelta(seconds=KEPT_SECONDS)


def _of(name: str) -> str:
    return f"of_{name}"
