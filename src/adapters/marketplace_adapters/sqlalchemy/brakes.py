"""Brakes in SQL."""

from collections.abc import Sequence
from typing import Any, final

from sqlalchemy import Row, select
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.duplicates import is_duplicate
from marketplace_adapters.sqlalchemy.tables.brakes import brakes
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.payments.books import Brake, BrakeCause
from marketplace_core.payments.ports import Brakes


@final
class SqlBrakes(Brakes):
    """Brakes, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def on(self) -> Sequence[Brake]:
        """Read the rows."""
        statement = select(brakes).where(brakes.c.released_at.is_(None)).order_by(brakes.c.cause)
        return [brake_of(row) for row in await self._work.connection.rows(statement)]

    async def last(self, cause: BrakeCause) -> Brake | None:
        """Read the row."""
        newest = select(brakes).where(brakes.c.cause == cause.value).order_by(brakes.c.brake_id.desc()).limit(1)
        row = await self._work.connection.row(newest)
        return None if row is None else brake_of(row)

    async def save(self, brake: Brake) -> None:
        """Write the row."""
        values = {
            "cause": brake.cause.value,
            "findings": list(brake.findings),
            "set_at": brake.set_at,
            "released_at": brake.released_at,
            "released_by": brake.released_by,
            "note": brake.note,
            "settled_at": brake.settled_at,
        }
        try:
            await self._work.save(brakes, {"brake_id": brake.brake_id}, brake, values)
        except IntegrityError as failure:
            if not is_duplicate(failure):
                raise
            raise ConcurrentUpdate(f"Another brake is on for {brake.cause.value}.") from failure


def brake_of(row: Row[Any]) -> Brake:
    """Return the brake of a row."""
    return Brake(
        brake_id=row.brake_id,
        cause=BrakeCause(row.cause),
        findings=tuple(row.findings),
        set_at=row.set_at,
        released_at=row.released_at,
        released_by=row.released_by,
        note=row.note,
        settled_at=row.settled_at,
        version=row.version,
    )
