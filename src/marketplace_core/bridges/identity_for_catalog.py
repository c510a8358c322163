"""The catalogue learns from identity who sells, and from payments who may show goods."""

from typing import final

from attrs import frozen

from marketplace_core.catalog import Shop, ShopNotFound
from marketplace_core.catalog.ports import Sellers
from marketplace_core.identity import IdentityReader, SellerStatus
from marketplace_core.kernel.ids import SellerId
from marketplace_core.payments import PaymentPolicy
from marketplace_core.payments.debts import DebtsReader


@final
@frozen(kw_only=True)
class IdentitySellers(Sellers):
    """Shops as identity's reader knows them, who may list under the policy as what payments know of them says."""

    reader: IdentityReader
    debts: DebtsReader
    policy: PaymentPolicy

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
            may_list=await self._may_list(seller_id),
            closed=card.status is SellerStatus.CLOSED,
        )

    async def _may_list(self, seller_id: SellerId) -> bool:
        facts = await self.debts.seller_facts(seller_id)
        if facts is None:
            return self.policy.unverified_may_list
        return not facts.keeps_from_listing(self.policy)
