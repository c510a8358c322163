"""Until when payment providers were looked at, in memory."""

from datetime import datetime
from typing import final

from attrs import frozen

from marketplace_core.inmemory.store import Store, Table
from marketplace_core.payments.ports import Lookouts


@final
@frozen
class InMemoryLookouts(Lookouts):
    """A time for each provider."""

    store: Store

    async def until(self, provider: str) -> datetime | None:
        """Look it up."""
        return self._times.get(provider)

    async def looked(self, provider: str, until: datetime) -> None:
        """Note the later one."""
        before = self._times.get(provider)
        if before is None or before < until:
            self._times.put(provider, until)

    @property
    def _times(self) -> Table[datetime]:
        return self.store.table("payments_lookouts")
