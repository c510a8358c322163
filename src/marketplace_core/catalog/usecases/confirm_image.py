"""Show an uploaded picture."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.domain.errors import ImageNotUploaded, ImageRejected
from marketplace_core.catalog.domain.media import Image
from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.catalog.usecases.discard_image import discard_subject
from marketplace_core.catalog.usecases.product_saved import ProductSaved
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.bare_pictures import bare_picture
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
    - Where and when it was taken, and with what, is taken out before it is shown; which way up it is stays.
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
            content = b"" if refusal else b"".join([piece async for piece in self.files.read(image.key)])
        except FileMissing:
            raise ImageNotUploaded("The picture has not arrived; upload it first.", image_id=image.image_id) from None
        refusal = refusal or _flaw(image, content)
        picture = None if refusal else bare_picture(content)
        if picture is None:
            await self._throw_away(command, by)
            raise ImageRejected(
                f"The picture was not accepted: {refusal or 'it is not whole'}.", image_id=image.image_id
            )
        if picture.content != content:
            stored = await self.files.write(image.key, picture.content, content_type=picture.content_type)
        url = self.files.public_url(image.key)
        ready = image.ready(url=url, sha256=stored.sha256, width=picture.width, height=picture.height)
        return await self._show(command, by, ready)

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


def _flaw(image: Image, content: bytes) -> str | None:
    size = measures(image.content_type, content[:HEADER_BYTES_MAX])
    if size is None:
        return "its width and height cannot be read"
    return f"{size[0]} × {size[1]} pixels are too many" if too_large(*size) else None
