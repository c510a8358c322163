"""Take note of how the video of a product is."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.catalog.domain.media import ProductVideo, VideoState
from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import ProductId, SellerId, VideoId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class AttachVideo(Command[None]):
    """Say how a seller's video of a product is; a ready one has a poster and a playlist address.

    Only the system says so, because it knows what the video host said.
    """

    permission: ClassVar[Permission] = Permission.SYSTEM
    product_id: ProductId
    seller_id: SellerId
    video_id: VideoId
    state: VideoState = VideoState.READY
    poster_url: str | None = None
    hls_url: str | None = None
    duration_ms: int = 0
    width: int = 0
    height: int = 0


@frozen(kw_only=True)
class AttachVideoHandler:
    """Take note of how the video of a product is.

    - Only a video of the product's own seller is attached.
    - A newer video takes the place of an older one once it can be played; until then the present one is shown.
    - An archived product takes no video, and late news about a replaced video changes nothing.
    """

    begin: Begin[CatalogWork]
    clock: Clock

    async def __call__(self, command: AttachVideo, by: Actor) -> None:
        """Attach. Raises ``ProductNotFound``, ``MalformedProduct``."""
        video = ProductVideo(
            video_id=command.video_id,
            state=command.state,
            poster_url=command.poster_url,
            hls_url=command.hls_url,
            duration_ms=command.duration_ms,
            width=command.width,
            height=command.height,
        )
        async with self.begin() as work:
            product = await work.products.get(command.product_id, by)
            if product.seller_id == command.seller_id and product.attach_video(video, now=self.clock.now()):
                await work.products.save(product)
