"""Make the index agree with the catalogue where it does not."""

from collections.abc import Awaitable, Callable, Mapping
from typing import ClassVar, TypeAlias

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.search.domain.drift import BATCH, IndexVerified
from marketplace_core.search.ports import DocumentSource, SearchIndex
from marketplace_core.search.usecases.index_product import bring_up_to_date

Verify: TypeAlias = Callable[[], Awaitable[IndexVerified]]
"""Tells where the indexes differ."""


@frozen(kw_only=True)
class IndexRepaired:
    """What differed, and what still does after everything that did was written again."""

    found: IndexVerified
    left: IndexVerified


@frozen(kw_only=True)
class RepairIndex(Command[IndexRepaired]):
    """Make the index agree with the catalogue where it does not."""

    permission: ClassVar[Permission] = Permission.OPERATOR
    calls_outside: ClassVar[bool] = True


@frozen(kw_only=True)
class RepairIndexHandler:
    """Write again what differs, and only that.

    - Settings come first, then products; searches go on meanwhile.
    - Asked again, it finds nothing to do.
    """

    source: DocumentSource
    indexes: Mapping[str, SearchIndex]
    verify: Verify

    async def __call__(self, command: RepairIndex, by: Actor) -> IndexRepaired:
        """Look, write, and look again if there was something to write. Raises ``SearchUnavailable``."""
        outside_transaction("repairing the search index")
        found = await self.verify()
        for drift in found.drifts:
            index = self.indexes[drift.index]
            if drift.settings:
                await index.set_up()
            for start in range(0, len(drift.product_ids), BATCH):
                await bring_up_to_date(self.source, index, drift.product_ids[start : start + BATCH])
        return IndexRepaired(found=found, left=await self.verify() if found.size else found)
