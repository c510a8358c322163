"""The page of one product, on which everything about it is done."""

from typing import Any, Final

from starlette.responses import Response

from marketplace_core.catalog import IMAGE_BYTES_MAX, IMAGE_TYPES, ProductView
from marketplace_core.identity import SellerView
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.video import ListVideos
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.studio.rooms import own_product
from marketplace_entrypoints.web.studio.showing import VIDEO_TYPES, shown_videos
from marketplace_entrypoints.web.studio.texts import OPTIONS, Texts, category_choices, plain
from marketplace_entrypoints.web.studio.words import PRODUCT_STATES
from marketplace_entrypoints.web.visit import Visit

VIDEOS: Final = 20


async def refused_at(visit: Visit, shop: SellerView, refusal: MarketplaceError, part: str) -> Response:
    """Show the product with what was refused at one of its parts: ``pictures``, ``videos`` or ``variants``."""
    said = {part: visit.sentence(refusal)}
    return await desk(visit, shop, await own_product(visit, shop), status=status_of(refusal), said=said)


async def desk(visit: Visit, shop: SellerView, view: ProductView, *, status: int = 200, **shown: Any) -> Response:
    """Show the page of a product; ``shown`` is what differs from how it is when nothing was sent."""
    blank = Form(language=visit.language)
    videos = ListVideos(seller_id=shop.seller_id, subject=f"product:{view.product_id}", page=PageRequest(limit=VIDEOS))
    plainly: dict[str, Any] = {
        "form": blank,
        "added": blank,
        "prices": blank,
        "stale": False,
        "missing": (),
        "said": {},
    }
    return visit.page(
        "studio/product.html",
        status=status,
        shop=shop,
        product=view,
        texts=Texts.of(view),
        categories=await category_choices(visit),
        states=PRODUCT_STATES,
        options=OPTIONS[: len(view.option_names)],
        typed_prices={variant.offer_id: plain(variant.price) for variant in view.variants},
        image_types=IMAGE_TYPES,
        image_bytes_max=IMAGE_BYTES_MAX,
        videos=shown_videos((await visit.ask(videos)).items),
        video_types=VIDEO_TYPES,
        **{**plainly, **shown},
    )
