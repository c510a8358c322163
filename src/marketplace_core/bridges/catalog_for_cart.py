"""The catalog as the cart needs it."""

from collections.abc import Collection, Mapping

from attrs import frozen

from marketplace_core.cart import OfferNow
from marketplace_core.cart.ports import Offers
from marketplace_core.catalog import CatalogReader, OfferCard
from marketplace_core.kernel.ids import OfferId


@frozen(kw_only=True)
class CatalogOffers(Offers):
    """Offers as the catalog has them."""

    reader: CatalogReader

    async def now(self, offer_ids: Collection[OfferId]) -> Mapping[OfferId, OfferNow]:
        """Read them."""
        if not offer_ids:
            return {}
        cards = await self.reader.offer_cards(sorted(offer_ids))
        return {offer_id: _offer(card) for offer_id, card in cards.items()}


def _offer(card: OfferCard) -> OfferNow:
    return OfferNow(
        offer_id=card.offer_id,
        product_id=card.product_id,
        seller_id=card.seller_id,
        seller_name=card.seller_name,
        title=card.title,
        variant_title=card.variant_title,
        price=card.price,
        available=card.available,
        purchasable=card.purchasable,
        reason=card.reason,
        image_url=card.image_url,
    )
