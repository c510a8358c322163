"""Take the video of a product away."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.catalog.usecases.product_saved import ProductSaved
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class DetachVideo(Command[ProductSaved]):
    """Show the product without its video."""

    permission: ClassVar[Permission] = Permission.SELLER
    product_id: ProductId


@frozen(kw_only=True)
class DetachVideoHandler:
    """Take the video of a product away.

    - A product that buyers see keeps at least one picture or a video.
    - The video itself is not deleted.
    """

    begin: Begin[CatalogWork]
    clock: Clock

    async def __call__(self, command: DetachVideo, by: Actor) -> ProductSaved:
        """Detach. Raises ``ProductNotFound``, ``NotPublishable``, ``IllegalTransition``."""
        async with self.begin() as work:
            product = await work.products.get(command.product_id, by)
            product.detach_video(now=self.clock.now())
            await work.products.save(product)
        return ProductSaved.of(product)
