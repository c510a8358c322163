"""Show an uploaded picture."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.domain.errors import ImageNotUploaded, ImageRejected
from marketplace_core.catalog.domain.media import Image
from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.catalog.usecases.discard_image import discard_subject
from marketplace_core.catalog.usecases.product_saved import ProductSaved
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.files import FileMissing, FileStore, StoredFile
from marketplace_core.kernel.ids import ImageId, ProductId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.pictures import HEADER_BYTES_MAX, measures, too_large, type_of
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class ConfirmImage(Command[ProductSaved]):
    """Say that the picture's bytes are uploaded."""

    permission: ClassVar[Permission] = Permission.SELLER
    product_id: ProductId
    image_id: ImageId


@frozen(kw_only=True)
class ConfirmImageHandler:
    """Show an uploaded picture.

    - The bytes themselves must be a picture of the announced type, not larger than announced; a name or a header
      proves nothing.
    - A picture with more than 40 million pixels is refused: it would stop a browser.
    - What is not such a picture is thrown away; the seller may announce it again.
    """

    begin: Begin[CatalogWork]
    files: FileStore
    clock: Clock

    async def __call__(self, command: ConfirmImage, by: Actor) -> ProductSaved:
        """Confirm.

        Raises ``ProductNotFound``, ``ImageNotFound``, ``ImageNotUploaded``, ``ImageRejected``,
        ``UploadRefused``, ``UploadTaken``, ``FileStoreUnavailable``.
        """
        async with self.begin() as work:
            product = await work.products.get(command.product_id, by)
            image = product.image(command.image_id)
        if image.is_ready:
            return ProductSaved.of(product)
        try:
            stored = await self.files.arrived(
                image.key, content_type=image.content_type, upload_bytes_max=image.upload_bytes
            )
            refusal = _objection(image, stored)
            if refusal is None:
                stored = await self.files.take_in(stored)
            beginning = b"" if refusal else await self._beginning(image.key)
        except FileMissing:
            raise ImageNotUploaded("The picture has not arrived; upload it first.", image_id=image.image_id) from None
        size = None if refusal else measures(image.content_type, beginning)
        if refusal is None and size is None:
            refusal = "its width and height cannot be read"
        elif size is not None and too_large(*size):
            refusal = f"{size[0]} × {size[1]} pixels are too many"
        if refusal is not None or size is None:
            await self._throw_away(command, by)
            raise ImageRejected(f"The picture was not accepted: {refusal}.", image_id=image.image_id)
        width, height = size
        url = self.files.public_url(image.key)
        return await self._show(command, by, image.ready(url=url, sha256=stored.sha256, width=width, height=height))

    async def _beginning(self, key: str) -> bytes:
        collected = b""
        async for piece in self.files.read(key):
            collected += piece
            if len(collected) >= HEADER_BYTES_MAX:
                break
        return collected

    async def _show(self, command: ConfirmImage, by: Actor, ready: Image) -> ProductSaved:
        async with self.begin() as work:
            product = await work.products.get(command.product_id, by)
            product.show_image(ready, now=self.clock.now())
            await work.products.save(product)
            await work.deadlines.cancel("catalog.discard_image", discard_subject(command.product_id, command.image_id))
        return ProductSaved.of(product)

    async def _throw_away(self, command: ConfirmImage, by: Actor) -> None:
        async with self.begin() as work:
            product = await work.products.get(command.product_id, by)
            product.drop_image(command.image_id, now=self.clock.now())
            await work.products.save(product)
            subject = discard_subject(command.product_id, command.image_id)
            await work.deadlines.set("catalog.discard_image", subject, self.clock.now())


def _objection(image: Image, stored: StoredFile) -> str | None:
    if stored.size_bytes > image.upload_bytes:
        return f"it has {stored.size_bytes} bytes, {image.upload_bytes} were announced"
    proven = type_of(stored.head)
    if proven != image.content_type:
        return f"it was announced as {image.content_type} and is {proven or 'no picture'}"
    return None
