"""Lookouts in SQL."""

from datetime import datetime
from typing import Final, final

from attrs import frozen
from sqlalchemy import select

from marketplace_adapters.sqlalchemy.engine import Connection
from marketplace_adapters.sqlalchemy.statements import upsert
from marketplace_adapters.sqlalchemy.tables.lookouts import lookouts
from marketplace_core.payments.ports import Lookouts

_FRESH: Final = upsert(lookouts)
_LOOKED: Final = _FRESH.on_conflict_do_update(
    index_elements=["provider"],
    set_={"looked_until": _FRESH.excluded.looked_until},
    where=_FRESH.excluded.looked_until > lookouts.c.looked_until,
)


@final
@frozen
class SqlLookouts(Lookouts):
    """One row for each provider, on an open transaction."""

    connection: Connection

    async def until(self, provider: str) -> datetime | None:
        """Read the row."""
        row = await self.connection.row(select(lookouts.c.looked_until).where(lookouts.c.provider == provider))
        until: datetime | None = None if row is None else row.looked_until
        return until

    async def looked(self, provider: str, until: datetime) -> None:
        """Write the row, unless it says a later time."""
        await self.connection.run(_LOOKED, {"provider": provider, "looked_until": until})
