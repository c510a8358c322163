"""Queues that several workers share.

A worker takes some of what is due and is done with it before the others may have it: on PostgreSQL it marks the rows in
the statement that finds them, and passes by what somebody else is about to mark. What a worker took that then ended
waits ``TAKEN_SECONDS``. It is a courtesy, which saves work; that effects happen once does not rest on it.

A file of SQLite has one writer at a time and, as a rule, one worker: there nothing is marked, and what a worker left
behind is due at once.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, Table, or_, update

from marketplace_adapters.sqlalchemy.engine import Database

TAKEN_SECONDS: Final = 30.0
"""Longer than a worker needs for what it takes at once."""


async def taken(database: Database, queue: Table, due: Select[Any], now: datetime) -> Sequence[Row[Any]]:
    """Return the rows of a selection of a whole queue, in no order, and keep them from everybody else for a while."""
    if database.dialect != "postgresql":
        return await database.reader.rows(due)
    key = tuple(queue.primary_key.columns)
    free = (
        due.with_only_columns(*key)
        .where(or_(queue.c.taken_until.is_(None), queue.c.taken_until <= now))
        .with_for_update(skip_locked=True, of=queue)
        .cte("free")
    )
    here: list[ColumnElement[bool]] = [column == free.c[column.name] for column in key]
    return await database.reader.rows(
        update(queue).where(*here).values(taken_until=now + timedelta(seconds=TAKEN_SECONDS)).returning(queue)
    )
