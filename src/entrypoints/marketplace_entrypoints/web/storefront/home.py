"""The first page, a category, and the feed of product videos."""

from collections.abc import Sequence

from attrs import frozen
from starlette.responses import Response

from marketplace_core.catalog import CategoryView, ListCategories, ListProducts
from marketplace_core.identity import ListSellers
from marketplace_core.kernel.errors import NotFound
from marketplace_core.kernel.paging import PageRequest
from marketplace_entrypoints.web.visit import Visit

HOME_PRODUCTS = 12
CATEGORY_PRODUCTS = 24


@frozen(kw_only=True)
class Trail:
    """A category with those above it, from the root down."""

    category: CategoryView
    above: Sequence[CategoryView]


async def home(visit: Visit) -> Response:
    """Show what is new, the shops, and where to look."""
    products = await visit.ask(ListProducts(page=PageRequest(limit=HOME_PRODUCTS)))
    sellers = await visit.ask(ListSellers(page=PageRequest(limit=12)))
    return visit.page(
        "storefront/home.html",
        products=products.items,
        sellers=sellers.items,
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


def _trail(categories: Sequence[CategoryView], slug: str, above: Sequence[CategoryView] = ()) -> Trail | None:
    for found in categories:
        if found.slug == slug:
            return Trail(category=found, above=above)
        below = _trail(found.children, slug, (*above, found))
        if below is not None:
            return below
    return None
