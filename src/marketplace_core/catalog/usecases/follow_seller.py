"""Let the catalogue follow a shop: its name, its address, its right to sell."""

from datetime import timedelta
from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.catalog.ports import CatalogWork, Sellers
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin

BATCH: Final = 200


@frozen(kw_only=True)
class FollowSeller(Command[None]):
    """Bring a shop's products up to date with the shop."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    seller_id: SellerId


@frozen(kw_only=True)
class FollowSellerHandler:
    """Let the catalogue follow a shop.

    - While a shop may not sell, none of its products is shown or can be bought; their statuses stay as they are.
    - When it may sell again, what was published is shown again; what a closed shop had is put away for good.
    - It looks at the shop as it is now, so late or repeated news do no harm.
    - Two hundred products are brought up to date at a time; the rest follow a second later.
    """

    begin: Begin[CatalogWork]
    sellers: Sellers
    clock: Clock

    async def __call__(self, command: FollowSeller, by: Actor) -> None:
        """Follow. Raises ``ShopNotFound``."""
        now = self.clock.now()
        async with self.begin() as work:
            shop = await self.sellers.shop(command.seller_id)
            behind = await work.products.not_following(shop, BATCH)
            for product in behind:
                product.follow(shop, now=now)
                await work.products.save(product)
            if len(behind) == BATCH:
                await work.deadlines.set("catalog.follow_seller", command.seller_id, now + timedelta(seconds=1))
