"""Bring the index up to date with everything."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.search.domain.drift import BATCH
from marketplace_core.search.ports import DocumentSource, ProductsSince, SearchIndex
from marketplace_core.search.usecases.index_product import bring_up_to_date

COMMITTED_WITHIN: Final = timedelta(minutes=1)
"""An event is stored with a time that is at most so much older than the moment from which others see it."""


@frozen(kw_only=True)
class Reindexed:
    """The index agrees with the catalogue: so many products are findable, so many were taken out.

    ``caught_up`` is how many changed while it was written and were brought up to date after.
    """

    findable: int
    removed: int
    caught_up: int = 0


@frozen(kw_only=True)
class Reindex(Command[Reindexed]):
    """Make the index agree with every product."""

    permission: ClassVar[Permission] = Permission.OPERATOR
    calls_outside: ClassVar[bool] = True


@frozen(kw_only=True)
class ReindexHandler:
    """Write the whole index anew.

    - Searches go on meanwhile, and nothing that is findable disappears on the way.
    - What buyers may no longer see is taken out.
    - An index that is built beside the old one takes its place at the end, and learns what changed meanwhile.
    """

    source: DocumentSource
    indexes: Sequence[SearchIndex]
    products_since: ProductsSince
    clock: Clock

    async def __call__(self, command: Reindex, by: Actor) -> Reindexed:
        """Write every index; what is told of is the last of them, the one that answers. Raises ``RebuildUnderWay``."""
        outside_transaction("writing the search index anew")
        done = Reindexed(findable=0, removed=0)
        for index in self.indexes:
            done = await self._written(index)
        return done

    async def _written(self, index: SearchIndex) -> Reindexed:
        began = self.clock.now()
        before = {entry.product_id async for entry in index.entries()}
        async with index.rebuilding() as new:
            beside = new is not index
            await new.set_up()
            findable = await self._all_into(new)
            gone = sorted(before - findable)
            if not beside:
                findable |= await bring_up_to_date(self.source, index, gone)
        changed: frozenset[ProductId] = frozenset()
        if beside:
            changed = frozenset(await self.products_since(began - COMMITTED_WITHIN))
            for some in _batches(sorted(changed)):
                shown = await bring_up_to_date(self.source, index, some)
                findable = (findable - frozenset(some)) | shown
        return Reindexed(findable=len(findable), removed=len(before - findable), caught_up=len(changed))

    async def _all_into(self, index: SearchIndex) -> frozenset[ProductId]:
        findable: frozenset[ProductId] = frozenset()
        after: ProductId | None = None
        while visible := await self.source.visible_ids(after, BATCH):
            findable |= await bring_up_to_date(self.source, index, visible)
            after = visible[-1]
        return findable


def _batches(product_ids: Sequence[ProductId]) -> Sequence[Sequence[ProductId]]:
    return [product_ids[start : start + BATCH] for start in range(0, len(product_ids), BATCH)]
