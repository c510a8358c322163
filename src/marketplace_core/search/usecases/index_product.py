"""Bring the index up to date with one product."""

from collections.abc import Collection, Sequence
from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.messages import Command
from marketplace_core.search.domain.document import SearchDocument
from marketplace_core.search.ports import DocumentSource, SearchIndex

ROUNDS_MAX: Final = 5


@frozen(kw_only=True)
class ProductIndexed:
    """The index agrees with the product; ``findable`` tells whether it is in it."""

    product_id: ProductId
    findable: bool


@frozen(kw_only=True)
class IndexProduct(Command[ProductIndexed]):
    """Make the index agree with a product as it is now."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    product_id: ProductId


@frozen(kw_only=True)
class IndexProductHandler:
    """Make a product findable as it is now.

    - What buyers may not see is taken out of the index.
    - Whatever made it change, and however often this is asked, the index ends up as the product is.
    - Where a simpler engine stands in for the usual one, its index comes first: it is up to date when it is needed.
    """

    source: DocumentSource
    indexes: Sequence[SearchIndex]

    async def __call__(self, command: IndexProduct, by: Actor) -> ProductIndexed:
        findable: frozenset[ProductId] = frozenset()
        for index in self.indexes:
            findable = await bring_up_to_date(self.source, index, (command.product_id,))
        return ProductIndexed(product_id=command.product_id, findable=command.product_id in findable)


async def bring_up_to_date(
    source: DocumentSource, index: SearchIndex, product_ids: Collection[ProductId]
) -> frozenset[ProductId]:
    """Write products to the index as they are, and return those that are findable.

    Two of these may run at once and write in the wrong order. So each looks again after writing, and writes again
    what is no longer as it wrote it: whoever writes last has seen the latest.
    """
    written: dict[ProductId, SearchDocument | None] = {}
    pending = list(product_ids)
    for _ in range(ROUNDS_MAX):
        documents = await source.documents(pending)
        changed = [
            product_id
            for product_id in pending
            if product_id not in written or written[product_id] != documents.get(product_id)
        ]
        if not changed:
            break
        gone = [product_id for product_id in changed if product_id not in documents]
        shown = [documents[product_id] for product_id in changed if product_id in documents]
        if shown:
            await index.put(shown)
        if gone:
            await index.remove(gone)
        written |= {product_id: documents.get(product_id) for product_id in changed}
        pending = changed
    return frozenset(product_id for product_id, document in written.items() if document is not None)
