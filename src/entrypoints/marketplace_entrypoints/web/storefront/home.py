"""The first page, and a category."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import frozen
from starlette.responses import Response

from marketplace_core.catalog import CategoryView, ListCategories, ListProducts, ProductCard
from marketplace_core.identity import ListSellers, SellerView
from marketplace_core.kernel.errors import NotFound
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.paging import PageRequest
from marketplace_entrypoints.web.storefront.watch import films
from marketplace_entrypoints.web.visit import Visit

HOME_FILMS: Final = 10
HOME_PRODUCTS: Final = 12
HOME_SHOPS: Final = 12
LOOKED_THROUGH: Final = 60
"""How many of the newest products are looked through for a picture of every shop."""
CATEGORY_PRODUCTS: Final = 24


@frozen(kw_only=True)
class ShopTile:
    """A shop with a picture of one of its goods, if a new one has any."""

    shop: SellerView
    image_url: str | None


@frozen(kw_only=True)
class Trail:
    """A category with those above it, from the root down."""

    category: CategoryView
    above: Sequence[CategoryView]


async def home(visit: Visit) -> Response:
    """Show what moves, what is new, the shops, and where to look."""
    shown = await films(visit, limit=HOME_FILMS)
    products = await visit.ask(ListProducts(page=PageRequest(limit=LOOKED_THROUGH)))
    shops = await visit.ask(ListSellers(page=PageRequest(limit=HOME_SHOPS)))
    pictures = _pictures((*products.items, *shown.items))
    tiles = [ShopTile(shop=shop, image_url=pictures.get(shop.seller_id)) for shop in shops.items if _is_open(shop)]
    return visit.page(
        "storefront/home.html",
        films=shown.items,
        products=products.items[:HOME_PRODUCTS],
        more=len(products.items) > HOME_PRODUCTS,
        tiles=tiles,
        categories=await visit.ask(ListCategories()),
    )


async def category(visit: Visit) -> Response:
    """Show what a category holds, everything below it included."""
    slug = visit.named("slug")
    trail = _trail(await visit.ask(ListCategories()), slug)
    if trail is None:
        raise NotFound("There is no such category.")
    asked = PageRequest(limit=CATEGORY_PRODUCTS, cursor=visit.asked("cursor") or None)
    products = await visit.ask(ListProducts(category=slug, page=asked))
    return visit.page("storefront/category.html", trail=trail, products=products)


def _is_open(shop: SellerView) -> bool:
    """Tell whether buyers see it; operators are told of the others too."""
    return shop.status.can_list


def _pictures(cards: Iterable[ProductCard]) -> Mapping[SellerId, str]:
    found: dict[SellerId, str] = {}
    for card in cards:
        if card.image_url and card.seller_id not in found:
            found[card.seller_id] = card.image_url
    return found


def _trail(categories: Sequence[CategoryView], slug: str, above: Sequence[CategoryView] = ()) -> Trail | None:
    for found in categories:
        if found.slug == slug:
            return Trail(category=found, above=above)
        below = _trail(found.children, slug, (*above, found))
        if below is not None:
            return below
    return None
