"""Show a product to buyers."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.ports import CatalogWork, Sellers
from marketplace_core.catalog.usecases.product_saved import ProductSaved
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class PublishProduct(Command[ProductSaved]):
    """Show a draft to buyers."""

    permission: ClassVar[Permission] = Permission.SELLER
    product_id: ProductId


@frozen(kw_only=True)
class PublishProductHandler:
    """Show a product to buyers.

    - It needs a category, at least one variant with a price, and a picture or a video that is ready.
    - The shop must be allowed to sell, and to show goods at all.
    - Everything that is missing is named at once.
    """

    begin: Begin[CatalogWork]
    sellers: Sellers
    clock: Clock

    async def __call__(self, command: PublishProduct, by: Actor) -> ProductSaved:
        """Publish. Raises ``ProductNotFound``, ``NotPublishable``, ``MediaNotReady``, ``IllegalTransition``."""
        async with self.begin() as work:
            product = await work.products.get(command.product_id, by)
            product.publish(await self.sellers.shop(product.seller_id), now=self.clock.now())
            await work.products.save(product)
        return ProductSaved.of(product)
