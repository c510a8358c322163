"""What a visitor sees: the document, with its video and products as they stand now."""

from collections.abc import Mapping

from attrs import evolve, frozen

from marketplace_core.kernel.ids import ProductId, SellerId, VideoId
from marketplace_core.landing.domain.document import CallToAction, PageDocument
from marketplace_core.landing.domain.link import link_problem
from marketplace_core.landing.domain.parts import PageProduct, PageSeller, PageVideo


@frozen(kw_only=True)
class PageView:
    """A page ready to be shown. All texts are plain; ``version`` is None for a draft.

    ``hero_video`` is None once the video cannot be shown at all; products that are no longer listed are left out. A
    call to action that leads where no page may lead is left out too, even of a draft.
    """

    seller_id: SellerId
    seller_name: str
    slug: str
    version: int | None
    headline: str
    text: str
    hero_video: PageVideo | None
    products: tuple[PageProduct, ...]
    call_to_action: CallToAction | None


def page_view(
    document: PageDocument,
    *,
    version: int | None,
    seller: PageSeller,
    videos: Mapping[VideoId, PageVideo],
    products: Mapping[ProductId, PageProduct],
) -> PageView:
    """Fill a document with what it refers to, as far as that is the seller's own."""
    known = (products.get(product_id) for product_id in document.products)
    action = document.call_to_action
    return PageView(
        seller_id=seller.seller_id,
        seller_name=seller.name,
        slug=seller.slug,
        version=version,
        headline=document.headline,
        text=document.text,
        hero_video=_shown_video(document, seller, videos),
        products=tuple(
            product for product in known if product and product.listed and product.seller_id == seller.seller_id
        ),
        call_to_action=action if action and not link_problem(action.target) else None,
    )


def _shown_video(document: PageDocument, seller: PageSeller, videos: Mapping[VideoId, PageVideo]) -> PageVideo | None:
    video = videos.get(document.hero_video) if document.hero_video else None
    if video is None or video.seller_id != seller.seller_id:
        return None
    # A video that cannot be played keeps its poster on the page.
    return video if video.ready else evolve(video, hls_url=None)
