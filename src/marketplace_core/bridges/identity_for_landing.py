"""Identity as seller pages need it."""

from attrs import frozen

from marketplace_core.identity import IdentityReader, SellerCard, SellerView
from marketplace_core.kernel.ids import SellerId
from marketplace_core.landing import PageSeller
from marketplace_core.landing.ports import PageSellers


@frozen(kw_only=True)
class IdentityPageSellers(PageSellers):
    """Shops as identity has them."""

    reader: IdentityReader

    async def by_id(self, seller_id: SellerId) -> PageSeller | None:
        """Read one."""
        return _seller((await self.reader.seller_cards((seller_id,))).get(seller_id))

    async def by_slug(self, slug: str) -> PageSeller | None:
        """Read one; identity takes identifiers for slugs too, pages do not."""
        shop = await self.reader.seller(slug)
        return _seller(shop) if shop is not None and shop.slug == slug else None


def _seller(shop: SellerCard | SellerView | None) -> PageSeller | None:
    if shop is None:
        return None
    return PageSeller(seller_id=shop.seller_id, name=shop.name, slug=shop.slug, active=shop.status.can_list)
