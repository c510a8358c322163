"""Take a picture away."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.catalog.usecases.discard_image import discard_subject
from marketplace_core.catalog.usecases.product_saved import ProductSaved
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import ImageId, ProductId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class RemoveImage(Command[ProductSaved]):
    """Take a picture of a product away."""

    permission: ClassVar[Permission] = Permission.SELLER
    product_id: ProductId
    image_id: ImageId


@frozen(kw_only=True)
class RemoveImageHandler:
    """Take a picture away.

    - A product that buyers see keeps at least one picture or a video.
    - The file is deleted soon afterwards.
    """

    begin: Begin[CatalogWork]
    clock: Clock

    async def __call__(self, command: RemoveImage, by: Actor) -> ProductSaved:
        """Remove. Raises ``ProductNotFound``, ``ImageNotFound``, ``NotPublishable``, ``IllegalTransition``."""
        async with self.begin() as work:
            product = await work.products.get(command.product_id, by)
            product.drop_image(command.image_id, now=self.clock.now())
            await work.products.save(product)
            subject = discard_subject(command.product_id, command.image_id)
            await work.deadlines.set("catalog.discard_image", subject, self.clock.now())
        return ProductSaved.of(product)
