"""Pictures and the video of a product, from announced to ready."""

from datetime import datetime
from enum import Enum
from typing import Final

from attrs import evolve, frozen

from marketplace_core.catalog.domain.errors import MalformedProduct
from marketplace_core.kernel.ids import ImageId, ProductId, VideoId

IMAGES_MAX: Final = 20
IMAGE_BYTES_MAX: Final = 10 * 1024 * 1024
IMAGE_TYPES: Final = ("image/jpeg", "image/png", "image/webp")
UPLOAD_MINUTES: Final = 10
DISCARD_AFTER_MINUTES: Final = 15
ADDRESS_LENGTH_MAX: Final = 2_000


class ImageState(Enum):
    """Whether the picture's bytes have arrived and been looked at."""

    AWAITING_UPLOAD = "awaiting_upload"
    READY = "ready"


@frozen(kw_only=True)
class Image:
    """A picture of a product. ``url``, ``sha256``, ``width`` and ``height`` (pixels) are known once it is ready."""

    image_id: ImageId
    key: str
    content_type: str
    upload_bytes: int
    requested_at: datetime
    state: ImageState = ImageState.AWAITING_UPLOAD
    url: str | None = None
    sha256: str = ""
    width: int = 0
    height: int = 0

    @property
    def is_ready(self) -> bool:
        """Tell whether it can be shown."""
        return self.state is ImageState.READY

    def ready(self, *, url: str, sha256: str, width: int, height: int) -> "Image":
        """Return it as arrived and examined."""
        return evolve(self, state=ImageState.READY, url=url, sha256=sha256, width=width, height=height)


def announced(
    *, product_id: ProductId, image_id: ImageId, content_type: str, upload_bytes: int, now: datetime
) -> Image:
    """Return an image whose bytes are still to come. Raises ``MalformedProduct`` for a type or size we do not take."""
    if content_type not in IMAGE_TYPES:
        raise MalformedProduct("content_type", f"is one of {', '.join(IMAGE_TYPES)}")
    if not 1 <= upload_bytes <= IMAGE_BYTES_MAX:
        raise MalformedProduct("upload_bytes", f"is 1 to {IMAGE_BYTES_MAX}")
    return Image(
        image_id=image_id,
        key=image_key(product_id, image_id),
        content_type=content_type,
        upload_bytes=upload_bytes,
        requested_at=now,
    )


def image_key(product_id: ProductId, image_id: ImageId) -> str:
    """Return the key of an image in the file store: derived, so that it can be deleted after its row is gone."""
    return f"images/{product_id}/{image_id}".lower().replace("_", "-")


class VideoState(Enum):
    """How far the product's video is."""

    PROCESSING = "processing"
    READY = "ready"
    FAILED = "failed"


@frozen(kw_only=True)
class ProductVideo:
    """The video of a product, as its host described it. Addresses and measures are known once it is ready."""

    video_id: VideoId
    state: VideoState
    poster_url: str | None = None
    hls_url: str | None = None
    duration_ms: int = 0
    width: int = 0
    height: int = 0

    def __attrs_post_init__(self) -> None:
        for field, address in (("poster_url", self.poster_url), ("hls_url", self.hls_url)):
            if address is not None and not _is_address(address):
                raise MalformedProduct(field, "is a web address or an absolute path")
        if self.state is VideoState.READY and not (self.poster_url and self.hls_url):
            raise MalformedProduct("state", "ready needs poster_url and hls_url")

    @property
    def is_ready(self) -> bool:
        """Tell whether it can be played."""
        return self.state is VideoState.READY

    def replaces(self, present: "ProductVideo | None") -> bool:
        """Tell whether it takes the place of the present video when its host reports it.

        News of the present one always counts. Another one never pushes aside a newer one (identifiers sort by time),
        and one that cannot be played never pushes aside one that can.
        """
        if present is None:
            return True
        if present.video_id == self.video_id:
            return not (present.is_ready and self.state is VideoState.PROCESSING)
        if not self.is_ready and present.is_ready:
            return False
        return self.video_id > present.video_id or (not present.is_ready and self.is_ready)


def _is_address(address: str) -> bool:
    local = address.startswith("/") and not address.startswith("//")
    return (
        len(address) <= ADDRESS_LENGTH_MAX
        and address.isprintable()
        and (local or address.startswith(("https://", "http://")))
    )
