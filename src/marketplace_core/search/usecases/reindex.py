"""Bring the index up to date with everything."""

from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.messages import Command
from marketplace_core.search.ports import DocumentSource, SearchIndex
from marketplace_core.search.usecases.index_product import bring_up_to_date

BATCH: Final = 100


@frozen(kw_only=True)
class Reindexed:
    """The index agrees with the catalogue: so many products are findable, so many were taken out."""

    findable: int
    removed: int


@frozen(kw_only=True)
class Reindex(Command[Reindexed]):
    """Make the index agree with every product."""

    permission: ClassVar[Permission] = Permission.OPERATOR


@frozen(kw_only=True)
class ReindexHandler:
    """Write the whole index anew.

    - Searches go on meanwhile, and nothing that is findable disappears on the way.
    - What buyers may no longer see is taken out.
    """

    source: DocumentSource
    index: SearchIndex

    async def __call__(self, command: Reindex, by: Actor) -> Reindexed:
        findable = 0
        after: ProductId | None = None
        while visible := await self.source.visible_ids(after, BATCH):
            findable += len(await bring_up_to_date(self.source, self.index, visible))
            after = visible[-1]
        removed = 0
        after = None
        while indexed := await self.index.indexed_ids(after, BATCH):
            stays = await self.source.documents(indexed)
            gone = [product_id for product_id in indexed if product_id not in stays]
            removed += len(gone) - len(await bring_up_to_date(self.source, self.index, gone))
            after = indexed[-1]
        return Reindexed(findable=findable, removed=removed)
