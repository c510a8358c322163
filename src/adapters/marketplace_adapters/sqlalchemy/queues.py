"""Queues that several workers share.

A worker begins one thing that is due, or takes some of them, and is done before the others may have them: on
PostgreSQL it marks the rows in the statement that finds them, and passes by what somebody else is about to mark. What a
worker had that then ended waits ``KEPT_SECONDS``. It is a courtesy, which saves work; that effects happen once does not
rest on it. What does rest on it is that an attempt is counted which ends its process.

A file of SQLite has one writer at a time and, as a rule, one worker: what is merely taken is not marked there.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, or_, update

from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_core.kernel.queues import KEPT_SECONDS, Begun


async def begun(
    database: Database, queue: Table, due: Select[Any], now: datetime, *, left: bool
) -> Begun[Row[Any]] | None:
    """Count an attempt at the first row of a selection of a whole queue, and keep it from everybody for a while."""
    first = due.where(_left(queue, now) if left else queue.c.taken_until.is_(None)).limit(1)
    if database.dialect == "postgresql":
        return await _begun_on_a_server(database, queue, first, now)
    if await database.reader.row(first) is None:  # most often, and then nobody has to write
        return None
    async with database.transaction() as opened:
        row = await opened.connection.row(first)
        if row is None:
            return None
        here = [column == row._mapping[column.name] for column in queue.primary_key.columns]
        await opened.connection.run(update(queue).where(*here).values(**_begin(queue, now)))
    return Begun(item=row, attempts=row.attempts)


async def any_left(database: Database, queue: Table, due: Select[Any], now: datetime) -> bool:
    """Tell whether a selection of a whole queue has a row that was begun and that nobody came to the end of."""
    return await database.reader.row(due.where(_left(queue, now)).limit(1)) is not None


async def _begun_on_a_server(
    database: Database, queue: Table, first: Select[Any], now: datetime
) -> Begun[Row[Any]] | None:
    key = tuple(queue.primary_key.columns)
    found = first.with_only_columns(*key).with_for_update(skip_locked=True, of=queue).cte("found")
    here: list[ColumnElement[bool]] = [column == found.c[column.name] for column in key]
    row = await database.reader.row(update(queue).where(*here).values(**_begin(queue, now)).returning(queue))
    return row and Begun(item=row, attempts=row.attempts - 1)


def _begin(queue: Table, now: datetime) -> dict[str, Any]:
    return {"attempts": queue.c.attempts + 1, "taken_until": now + timedelta(seconds=KEPT_SECONDS)}


def _left(queue: Table, now: datetime) -> ColumnElement[bool]:
    return queue.c.taken_until <= now


def _free(queue: Table, now: datetime) -> ColumnElement[bool]:
    return or_(queue.c.taken_until.is_(None), _left(queue, now))


async def taken(database: Database, queue: Table, due: Select[Any], now: datetime) -> Sequence[Row[Any]]:
    """Return the rows of a selection of a whole queue, in no order, and keep them from everybody else for a while."""
    if database.dialect != "postgresql":
        return await database.reader.rows(due)
    key = tuple(queue.primary_key.columns)
    free = due.with_only_columns(*key).where(_free(queue, now)).with_for_update(skip_locked=True, of=queue).cte("free")
    here: list[ColumnElement[bool]] = [column == free.c[column.name] for column in key]
    return await database.reader.rows(
        update(queue).where(*here).values(taken_until=now + timedelta(seconds=KEPT_SECONDS)).returning(queue)
    )
