"""Videos present products."""

from typing import Final, final

from attrs import frozen

from marketplace_core.catalog import CatalogReader
from marketplace_core.kernel.ids import ProductId, SellerId
from marketplace_core.video.ports import Subjects

PREFIX: Final = "product:"


def product_of(subject: str) -> ProductId | None:
    """Return the product that a video's subject names, or None if it names something else."""
    return ProductId(subject.removeprefix(PREFIX)) if subject.startswith(PREFIX) and subject != PREFIX else None


@final
@frozen(kw_only=True)
class ProductSubjects(Subjects):
    """The products of the catalogue as subjects of videos: ``product:prd_…``."""

    reader: CatalogReader

    async def owner(self, subject: str) -> SellerId | None:
        """Return the product's seller, or None if there is no such product."""
        product_id = product_of(subject)
        if product_id is None:
            return None
        found = (await self.reader.product_cards((product_id,))).get(product_id)
        return found.seller_id if found else None
