"""Until when payment providers were looked at, and how the books were compared with theirs, in memory."""

from datetime import datetime
from typing import final

from attrs import frozen

from marketplace_core.inmemory.store import Store, Table
from marketplace_core.payments.comparing import LastComparison
from marketplace_core.payments.ports import Comparisons, Lookouts


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


@final
@frozen
class InMemoryComparisons(Comparisons):
    """The last one for each provider."""

    store: Store

    async def last(self, provider: str) -> LastComparison | None:
        """Look it up."""
        return comparison_table(self.store).get(provider)

    async def save(self, last: LastComparison) -> None:
        """Store it."""
        self.store.save(comparison_table(self.store), last.kept.provider, last)


def comparison_table(store: Store) -> Table[LastComparison]:
    """Return the last comparisons by provider."""
    return store.table("payments_comparisons")
