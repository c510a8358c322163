"""Show the pictures of a product in another order."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.catalog.usecases.product_saved import ProductSaved
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import ImageId, ProductId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class ArrangeImages(Command[ProductSaved]):
    """Show the pictures of a product in this order."""

    permission: ClassVar[Permission] = Permission.SELLER
    product_id: ProductId
    image_ids: tuple[ImageId, ...]


@frozen(kw_only=True)
class ArrangeImagesHandler:
    """Show the pictures of a product in another order.

    - The first one is shown in lists.
    - Every picture that is shown is named, once: an order made while another picture arrived is refused.
    """

    begin: Begin[CatalogWork]
    clock: Clock

    async def __call__(self, command: ArrangeImages, by: Actor) -> ProductSaved:
        """Arrange. Raises ``ProductNotFound``, ``ImageNotFound``, ``MalformedProduct``, ``IllegalTransition``."""
        async with self.begin() as work:
            product = await work.products.get(command.product_id, by)
            product.arrange_images(command.image_ids, now=self.clock.now())
            await work.products.save(product)
        return ProductSaved.of(product)
