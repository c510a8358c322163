"""A shop: the page its seller made, and everything it sells."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from starlette.responses import Response

from marketplace_core.catalog import ListProducts
from marketplace_core.identity import SellerView, ViewSeller
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.landing import PageNotFound, PageView, ViewPage
from marketplace_entrypoints.web.visit import Visit

SHOP_PRODUCTS: Final = 24


async def shop(visit: Visit) -> Response:
    """Show it; the owner and operators see a shop that may not sell too, and are told so."""
    named = visit.named("slug")
    seller = await visit.ask(ViewSeller(seller=named))
    if seller.slug != named:  # by its identifier: one address per shop
        return visit.go(f"/shops/{seller.slug}")
    page: PageView | None = None
    with suppress(PageNotFound):  # not made yet, or taken down: the goods speak for themselves
        page = await visit.ask(ViewPage(slug=seller.slug))
    asked = PageRequest(limit=SHOP_PRODUCTS, cursor=visit.asked("cursor") or None)
    products = await visit.ask(ListProducts(seller=seller.seller_id, page=asked))
    return visit.page(
        "storefront/shop_page.html",
        player=True,
        shop=seller,
        page=page,
        preview=False,
        products=products,
        structured=structured(seller, page, visit.house.address),
    )


def structured(shop: SellerView, page: PageView | None, address: str) -> Mapping[str, object]:
    """Describe the shop to search engines (schema.org OnlineStore, and its VideoObject)."""
    document: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "OnlineStore",
        "name": shop.name,
        "url": f"{address}/shops/{shop.slug}",
        "address": {"@type": "PostalAddress", "addressCountry": shop.country},
    }
    if page is None:
        return document
    document["slogan"] = page.headline
    if page.text:
        document["description"] = page.text
    video = page.hero_video
    if video is not None and video.hls_url is not None:
        document["subjectOf"] = {
            "@type": "VideoObject",
            "name": page.headline or shop.name,
            "description": page.text or page.headline or shop.name,
            "thumbnailUrl": f"{address}{video.poster_url}",
            "contentUrl": f"{address}{video.hls_url}",
            "duration": f"PT{max(1, (video.duration_ms or 0) // 1000)}S",
        }
    return document
