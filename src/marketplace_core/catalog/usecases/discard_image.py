"""Clean a picture away that nobody shows."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.domain.errors import ImageNotFound
from marketplace_core.catalog.domain.lifecycle import ProductStatus
from marketplace_core.catalog.domain.media import image_key
from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.kernel.access import SYSTEM, Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.files import FileStore
from marketplace_core.kernel.ids import ImageId, ProductId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class DiscardImage(Command[None]):
    """Delete the file of a picture that was taken away, or was announced and never confirmed."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    product_id: ProductId
    image_id: ImageId

    @classmethod
    def of(cls, subject: str) -> "DiscardImage":
        """Read the command from a deadline's subject."""
        product_id, _, image_id = subject.partition("/")
        return cls(product_id=ProductId(product_id), image_id=ImageId(image_id))


@frozen(kw_only=True)
class DiscardImageHandler:
    """Clean a picture away that nobody shows.

    - A picture that the product shows is left alone.
    - The picture leaves the product first, then its file is deleted; done twice, it does no harm.
    """

    begin: Begin[CatalogWork]
    files: FileStore
    clock: Clock

    async def __call__(self, command: DiscardImage, by: Actor) -> None:
        """Discard. Raises ``FileStoreUnavailable``; the deadline then tries again."""
        async with self.begin() as work:
            product = await work.products.get(command.product_id, SYSTEM)
            try:
                image = product.image(command.image_id)
            except ImageNotFound:
                image = None
            if image is not None and image.is_ready:
                return
            if image is not None and product.status is not ProductStatus.ARCHIVED:
                product.drop_image(command.image_id, now=self.clock.now())
                await work.products.save(product)
        await self.files.delete(image_key(command.product_id, command.image_id))


def discard_subject(product_id: ProductId, image_id: ImageId) -> str:
    """Return the subject of the deadline that discards an image."""
    return f"{product_id}/{image_id}"
