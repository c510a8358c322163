"""The dispatcher's view of the deadlines table."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select, update

from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.tables.machinery import deadlines
from marketplace_core.kernel.deadlines import Deadline, DueDeadlines


class SqlDueDeadlines(DueDeadlines):
    """Durable timers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, now: datetime, limit: int) -> Sequence[Deadline]:
        """Return the due timers, the oldest first."""
        return await self._listed(limit, deadlines.c.due_at <= now)

    async def done(self, deadline: Deadline) -> None:
        """Remove an unmoved timer."""
        async with self._database.transaction() as opened:
            await opened.connection.run(delete(deadlines).where(_unmoved(deadline)))

    async def retry(self, deadline: Deadline, at: datetime, error: str) -> None:
        """Move an unmoved timer and count the attempt."""
        changes = {"due_at": at, "attempts": deadlines.c.attempts + 1, "last_error": error}
        async with self._database.transaction() as opened:
            await opened.connection.run(update(deadlines).where(_unmoved(deadline)).values(**changes))

    async def upcoming(self, limit: int) -> Sequence[Deadline]:
        """Return the timers in order."""
        return await self._listed(limit)

    async def _listed(self, limit: int, *wanted: ColumnElement[bool]) -> Sequence[Deadline]:
        rows = await self._database.reader.rows(
            select(deadlines).where(*wanted).order_by(deadlines.c.due_at).limit(limit)
        )
        return [Deadline(kind=row.kind, subject=row.subject, due_at=row.due_at, attempts=row.attempts) for row in rows]


def _unmoved(deadline: Deadline) -> ColumnElement[bool]:
    return and_(
        deadlines.c.kind == deadline.kind,
        deadlines.c.subject == deadline.subject,
        deadlines.c.due_at == deadline.due_at,
    )
