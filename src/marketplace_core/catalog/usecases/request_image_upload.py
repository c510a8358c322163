"""Get an address to upload a picture to."""

from datetime import timedelta
from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.domain.media import DISCARD_AFTER_MINUTES, UPLOAD_MINUTES, announced
from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.catalog.usecases.discard_image import discard_subject
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.files import FileStore, UploadSlot, announced_checksum
from marketplace_core.kernel.ids import IdFactory, ImageId, ProductId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class ImageUpload:
    """The picture that is awaited, and where its bytes go."""

    image_id: ImageId
    slot: UploadSlot


@frozen(kw_only=True)
class RequestImageUpload(Command[ImageUpload]):
    """Announce a picture of exactly this type and at most this many bytes; with its ``sha256``, of exactly these."""

    permission: ClassVar[Permission] = Permission.SELLER
    product_id: ProductId
    content_type: str
    upload_bytes: int
    sha256: str = ""


@frozen(kw_only=True)
class RequestImageUploadHandler:
    """Get an address to upload a picture to.

    - JPEG, PNG and WebP pictures of at most 10 MiB are taken, at most twenty per product.
    - The address takes one upload of the announced type and size, for ten minutes.
    - With a checksum announced, other bytes are not taken, should any be lost on the way.
    - Pictures that were announced and never confirmed are cleaned away.
    """

    begin: Begin[CatalogWork]
    files: FileStore
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: RequestImageUpload, by: Actor) -> ImageUpload:
        """Announce.

        Raises ``ProductNotFound``, ``MalformedProduct``, ``LimitReached``, ``IllegalTransition``,
        ``MalformedChecksum``.
        """
        sha256, now = announced_checksum(command.sha256), self.clock.now()
        image = announced(
            product_id=command.product_id,
            image_id=ImageId(self.ids.new("img")),
            content_type=command.content_type,
            upload_bytes=command.upload_bytes,
            now=now,
        )
        async with self.begin() as work:
            product = await work.products.get(command.product_id, by)
            product.announce_image(image, now=now)
            await work.products.save(product)
            subject = discard_subject(command.product_id, image.image_id)
            await work.deadlines.set("catalog.discard_image", subject, now + timedelta(minutes=DISCARD_AFTER_MINUTES))
        slot = self.files.open_upload(
            image.key,
            content_type=image.content_type,
            upload_bytes_max=image.upload_bytes,
            expires_at=now + timedelta(minutes=UPLOAD_MINUTES),
            sha256=sha256,
        )
        return ImageUpload(image_id=image.image_id, slot=slot)
