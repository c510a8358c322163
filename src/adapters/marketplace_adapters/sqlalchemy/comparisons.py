"""The last comparisons of the books in SQL."""

from typing import Any, Final, final

from sqlalchemy import Row, bindparam, select
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.codec import decode, encode
from marketplace_adapters.sqlalchemy.duplicates import is_duplicate
from marketplace_adapters.sqlalchemy.tables.comparisons import comparisons
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.payments.comparing import KeptComparison, LastComparison
from marketplace_core.payments.ports import Comparisons

LAST: Final = select(comparisons).where(comparisons.c.provider == bindparam("provider"))


@final
class SqlComparisons(Comparisons):
    """A row for each provider, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def last(self, provider: str) -> LastComparison | None:
        """Read the row."""
        row = await self._work.connection.row(LAST, {"provider": provider})
        return None if row is None else LastComparison(kept=kept_of(row), seen=tuple(row.seen), version=row.version)

    async def save(self, last: LastComparison) -> None:
        """Write the row."""
        values = {"compared_at": last.kept.compared_at, "kept": encode(last.kept), "seen": list(last.seen)}
        try:
            await self._work.save(comparisons, {"provider": last.kept.provider}, last, values)
        except IntegrityError as failure:
            if not is_duplicate(failure):
                raise
            raise ConcurrentUpdate(f"Somebody else compares the books of {last.kept.provider}, too.") from failure


def kept_of(row: Row[Any]) -> KeptComparison:
    """Return the comparison of a row."""
    kept: KeptComparison = decode(row.kept, KeptComparison)
    return kept
