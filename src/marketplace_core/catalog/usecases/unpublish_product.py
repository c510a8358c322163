"""Take a product out of sale."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.domain.lifecycle import Step
from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.catalog.usecases.product_saved import ProductSaved
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class UnpublishProduct(Command[ProductSaved]):
    """Turn a published product back into a draft."""

    permission: ClassVar[Permission] = Permission.SELLER
    product_id: ProductId


@frozen(kw_only=True)
class UnpublishProductHandler:
    """Take a product out of sale.

    - Buyers no longer see or buy it; carts that hold it say so.
    - Orders that are placed are not touched.
    - It can be published again.
    """

    begin: Begin[CatalogWork]
    clock: Clock

    async def __call__(self, command: UnpublishProduct, by: Actor) -> ProductSaved:
        """Withdraw. Raises ``ProductNotFound``, ``IllegalTransition``."""
        async with self.begin() as work:
            product = await work.products.get(command.product_id, by)
            product.withdraw(Step.UNPUBLISH, now=self.clock.now())
            await work.products.save(product)
        return ProductSaved.of(product)
