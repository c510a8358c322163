"""The catalog as seller pages need it."""

from collections.abc import Collection, Mapping

from attrs import frozen

from marketplace_core.catalog import CatalogReader, ProductCard
from marketplace_core.kernel.ids import ProductId
from marketplace_core.landing import PageProduct
from marketplace_core.landing.ports import PageProducts


@frozen(kw_only=True)
class CatalogPageProducts(PageProducts):
    """Products as the catalog has them."""

    reader: CatalogReader

    async def look(self, product_ids: Collection[ProductId]) -> Mapping[ProductId, PageProduct]:
        """Read them."""
        if not product_ids:
            return {}
        cards = await self.reader.product_cards(sorted(product_ids))
        return {product_id: _shown(card) for product_id, card in cards.items()}


def _shown(card: ProductCard) -> PageProduct:
    return PageProduct(
        product_id=card.product_id,
        seller_id=card.seller_id,
        title=card.title,
        price=card.price_from,
        listed=card.listed,
        purchasable=card.purchasable,
        reason=None if card.purchasable else _why_not(card),
        image_url=card.image_url,
    )


def _why_not(card: ProductCard) -> str:
    if not card.listed:
        return "unpublished"
    return "sold_out" if card.price_from else "not_priced"
