"""Put a product away for good."""

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
class ArchiveProduct(Command[ProductSaved]):
    """Put a product away for good."""

    permission: ClassVar[Permission] = Permission.SELLER
    product_id: ProductId


@frozen(kw_only=True)
class ArchiveProductHandler:
    """Put a product away for good.

    - It is no longer seen, sold or changed; it is kept for the orders that refer to it.
    - Its handle and SKUs stay taken.
    - An archived product does not come back.
    """

    begin: Begin[CatalogWork]
    clock: Clock

    async def __call__(self, command: ArchiveProduct, by: Actor) -> ProductSaved:
        """Withdraw. Raises ``ProductNotFound``, ``IllegalTransition``."""
        async with self.begin() as work:
            product = await work.products.get(command.product_id, by)
            product.withdraw(Step.ARCHIVE, now=self.clock.now())
            await work.products.save(product)
        return ProductSaved.of(product)
