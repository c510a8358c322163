"""What a page needs to know of the seller, of videos and of products, as they stand at this moment."""

from attrs import frozen

from marketplace_core.kernel.ids import ProductId, SellerId, VideoId
from marketplace_core.kernel.money import Money


@frozen(kw_only=True)
class PageSeller:
    """Whose page it is; ``active`` is false while the shop may not sell."""

    seller_id: SellerId
    name: str
    slug: str
    active: bool


@frozen(kw_only=True)
class PageVideo:
    """A video; ``ready`` means it can be played now. Lengths are in milliseconds, sizes in pixels."""

    video_id: VideoId
    seller_id: SellerId
    ready: bool
    poster_url: str | None = None
    hls_url: str | None = None
    duration_ms: int | None = None
    width: int | None = None
    height: int | None = None


@frozen(kw_only=True)
class PageProduct:
    """A product at its lowest price; ``reason`` says why it cannot be bought if it cannot.

    Visitors see only what is ``listed``.
    """

    product_id: ProductId
    seller_id: SellerId
    title: str
    price: Money | None
    listed: bool = True
    purchasable: bool
    reason: str | None = None
    image_url: str | None = None
