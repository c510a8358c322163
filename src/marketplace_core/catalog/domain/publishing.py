"""What buyers must find before a product is shown to them, and why an offer cannot be bought."""

from collections.abc import Sequence
from typing import Final

from marketplace_core.catalog.domain.errors import MediaNotReady, NotPublishable
from marketplace_core.catalog.domain.lifecycle import ProductStatus
from marketplace_core.catalog.domain.media import Image, ProductVideo
from marketplace_core.catalog.domain.shop import Shop
from marketplace_core.catalog.domain.variant import Variant
from marketplace_core.kernel.errors import Json
from marketplace_core.kernel.ids import CategoryId

NO_PRICE: Final = "no_priced_variant"
NO_CATEGORY: Final = "no_category"
NO_MEDIA: Final = "no_media"
MEDIA_NOT_READY: Final = "media_not_ready"
SELLER_NOT_ACTIVE: Final = "seller_not_active"
SELLER_MAY_NOT_LIST: Final = "seller_may_not_list"

_SAID: Final = {
    NO_PRICE: "at least one variant needs a price",
    NO_CATEGORY: "it needs a category",
    NO_MEDIA: "it needs a picture or a video",
    MEDIA_NOT_READY: "its picture or video is not ready",
    SELLER_NOT_ACTIVE: "the shop may not sell at present",
    SELLER_MAY_NOT_LIST: "the payment provider has to know the shop first",
}


def problems(
    variants: Sequence[Variant],
    category_id: CategoryId | None,
    images: Sequence[Image],
    video: ProductVideo | None,
    shop: Shop | None = None,
) -> tuple[str, ...]:
    """Return the codes of everything that is missing; ``shop`` None leaves the shop out of it."""
    found = []
    if not any(variant.offer.price for variant in variants):
        found.append(NO_PRICE)
    if category_id is None:
        found.append(NO_CATEGORY)
    if not any(image.is_ready for image in images) and not (video and video.is_ready):
        found.append(MEDIA_NOT_READY if images or video else NO_MEDIA)
    if shop is not None and not shop.active:
        found.append(SELLER_NOT_ACTIVE)
    elif shop is not None and not shop.may_list:
        found.append(SELLER_MAY_NOT_LIST)
    return tuple(found)


def require_publishable(
    variants: Sequence[Variant],
    category_id: CategoryId | None,
    images: Sequence[Image],
    video: ProductVideo | None,
    shop: Shop | None = None,
) -> None:
    """Pass, or raise ``NotPublishable`` naming every problem; ``MediaNotReady`` if waiting is all there is to do."""
    found = problems(variants, category_id, images, video, shop)
    if not found:
        return
    codes: list[Json] = [*found]
    said = f"The product cannot be shown: {', '.join(_SAID[code] for code in found)}."
    raise MediaNotReady(said, problems=codes) if found == (MEDIA_NOT_READY,) else NotPublishable(said, problems=codes)


UNPUBLISHED: Final = "unpublished"
SELLER_SUSPENDED: Final = "seller_suspended"
NOT_PRICED: Final = "not_priced"
SOLD_OUT: Final = "sold_out"


def why_not_purchasable(*, status: ProductStatus, on_hold: bool, price_minor: int, available: int) -> str | None:
    """Return the code of the first reason why an offer cannot be bought now, or None if it can."""
    if status is not ProductStatus.PUBLISHED:
        return UNPUBLISHED
    if on_hold:
        return SELLER_SUSPENDED
    if price_minor <= 0:
        return NOT_PRICED
    return SOLD_OUT if available <= 0 else None
