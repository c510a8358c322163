"""The dispatcher's view of the deadlines table."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from attrs import evolve
from sqlalchemy import Row, and_, bindparam, delete, select, update

from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.queues import NOW, Queue, any_left, begun
from marketplace_adapters.sqlalchemy.tables.machinery import deadlines
from marketplace_core.kernel.deadlines import Deadline, DueDeadlines
from marketplace_core.kernel.queues import Begun

_IN_ORDER: Final = select(deadlines).order_by(deadlines.c.due_at, deadlines.c.kind, deadlines.c.subject)
_QUEUE: Final = Queue(deadlines, _IN_ORDER.where(deadlines.c.due_at <= NOW))
_UNMOVED: Final = and_(
    deadlines.c.kind == bindparam("of_kind"),
    deadlines.c.subject == bindparam("of_subject"),
    deadlines.c.due_at == bindparam("of_due_at"),
)
_DONE: Final = delete(deadlines).where(_UNMOVED)


class SqlDueDeadlines(DueDeadlines):
    """Durable timers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, now: datetime, *, left: bool = False) -> Begun[Deadline] | None:
        """Mark the first that is due."""
        first = await begun(self._database, _QUEUE, now, left=left)
        if first is None:
            return None
        deadline = evolve(_deadline(first.item), attempts=first.attempts)
        return Begun(item=deadline, attempts=first.attempts)

    async def any_left(self, now: datetime) -> bool:
        """Look for one."""
        return await any_left(self._database, _QUEUE, now)

    async def done(self, deadline: Deadline) -> None:
        """Remove an unmoved timer."""
        async with self._database.transaction() as opened:
            await opened.connection.run(_DONE, _key(deadline))

    async def retry(self, deadline: Deadline, at: datetime, error: str) -> None:
        """Move an unmoved timer."""
        changes = {"due_at": at, "last_error": error, "taken_until": None}
        async with self._database.transaction() as opened:
            await opened.connection.run(update(deadlines).where(_UNMOVED).values(**changes), _key(deadline))

    async def upcoming(self, limit: int) -> Sequence[Deadline]:
        """Return the timers in order."""
        return [_deadline(row) for row in await self._database.reader.rows(_IN_ORDER.limit(limit))]


def _deadline(row: Row[Any]) -> Deadline:
    return Deadline(kind=row.kind, subject=row.subject, due_at=row.due_at, attempts=row.attempts)


def _key(deadline: Deadline) -> dict[str, Any]:
    return {"of_kind": deadline.kind, "of_subject": deadline.subject, "of_due_at": deadline.due_at}
