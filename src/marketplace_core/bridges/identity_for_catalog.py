"""The catalogue learns from identity who sells."""

from typing import final

from attrs import frozen

from marketplace_core.catalog import Shop, ShopNotFound
from marketplace_core.catalog.ports import Sellers
from marketplace_core.identity import IdentityReader
from marketplace_core.kernel.ids import SellerId


@final
@frozen
class IdentitySellers(Sellers):
    """Shops as identity's reader knows them."""

    reader: IdentityReader

    async def shop(self, seller_id: SellerId) -> Shop:
        """Ask for the seller's card; a shop is active while its goods may be shown and ordered."""
        card = (await self.reader.seller_cards((seller_id,))).get(seller_id)
        if card is None:
            raise ShopNotFound
        return Shop(
            seller_id=card.seller_id,
            name=card.name,
            slug=card.slug,
            currency=card.currency,
            active=card.can_list and card.can_sell,
        )
