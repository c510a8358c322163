"""One product: its video first, then what it is, what it costs and who sells it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final
from urllib.parse import urljoin

from attrs import frozen
from starlette.responses import Response

from marketplace_core.catalog import ListProducts, ProductCard, ProductView, VariantView, ViewProduct
from marketplace_core.kernel.errors import NotFound
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.video import VideoView, ViewVideo
from marketplace_entrypoints.web.language import msg
from marketplace_entrypoints.web.visit import Visit

MORE_PRODUCTS: Final = 4
UNAVAILABLE: Final[Mapping[str, str]] = {
    "sold_out": msg("Sold out"),
    "unpublished": msg("Not for sale at the moment"),
    "seller_suspended": msg("The shop is closed at the moment"),
    "not_priced": msg("Not for sale yet"),
}


@frozen(kw_only=True)
class Choice:
    """A form of the product as it can be chosen; ``note`` says why it cannot be bought, or that few are left."""

    variant: VariantView
    note: str


async def product(visit: Visit) -> Response:
    """Show it."""
    view = await visit.ask(ViewProduct(product_id=ProductId(visit.named("product_id"))))
    video: VideoView | None = None
    if view.video is not None and view.video.is_ready:
        with suppress(NotFound):  # deleted a moment ago; the product learns of it next
            video = await visit.ask(ViewVideo(video_id=view.video.video_id))
    more = await visit.ask(ListProducts(seller=view.seller_id, page=PageRequest(limit=MORE_PRODUCTS + 1)))
    shown = [card for card in more.items if card.product_id != view.product_id][:MORE_PRODUCTS]
    alike: Sequence[ProductCard] = ()
    if view.category_slug is not None:
        near = await visit.ask(ListProducts(category=view.category_slug, page=PageRequest(limit=2 * MORE_PRODUCTS + 1)))
        known = {view.product_id, *(card.product_id for card in shown)}
        alike = [card for card in near.items if card.product_id not in known][:MORE_PRODUCTS]
    chosen = _chosen(view, visit.asked("offer"))
    return visit.page(
        "storefront/product.html",
        player=True,
        product=view,
        video=video,
        choices=_choices(view, visit),
        chosen=chosen,
        more=shown,
        alike=alike,
        structured=structured(view, visit.house.address),
    )


def _chosen(view: ProductView, offer_id: str) -> VariantView | None:
    """Return the form that was asked for, else the first that can be bought, else the first."""
    asked = next((variant for variant in view.variants if variant.offer_id == offer_id), None)
    first = next((variant for variant in view.variants if variant.purchasable), None)
    return asked or first or next(iter(view.variants), None)


def _choices(view: ProductView, visit: Visit) -> Sequence[Choice]:
    language = visit.language

    def note(variant: VariantView) -> str:
        if not variant.purchasable:
            return language.say(UNAVAILABLE.get(variant.reason or "", msg("Not for sale at the moment")))
        if variant.available <= 3:
            return language.count("Only %(num)s is left.", "Only %(num)s are left.", variant.available)
        return ""

    return [Choice(variant=variant, note=note(variant)) for variant in view.variants]


def structured(view: ProductView, address: str) -> Mapping[str, object]:
    """Describe the product to search engines (schema.org Product, Offer and VideoObject)."""
    page = f"{address}/products/{view.product_id}"
    document: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": view.title,
        "description": view.description,
        "url": page,
        "image": [urljoin(address, image.url) for image in view.images if image.url],
        "brand": {"@type": "Organization", "name": view.seller_name},
        "offers": [_offer(variant, page) for variant in view.variants],
    }
    if view.video is not None and view.video.is_ready:
        document["subjectOf"] = {
            "@type": "VideoObject",
            "name": view.title,
            "thumbnailUrl": f"{address}{view.video.poster_url}",
            "contentUrl": f"{address}{view.video.hls_url}",
            "uploadDate": (view.published_at or view.created_at).isoformat(),
            "duration": f"PT{max(1, view.video.duration_ms // 1000)}S",
        }
    return document


def _offer(variant: VariantView, page: str) -> Mapping[str, object]:
    amount, _, currency = str(variant.price).partition(" ")
    available = "InStock" if variant.purchasable else "OutOfStock"
    return {
        "@type": "Offer",
        "url": f"{page}?offer={variant.offer_id}",
        "price": amount,
        "priceCurrency": currency,
        "availability": f"https://schema.org/{available}",
    }
