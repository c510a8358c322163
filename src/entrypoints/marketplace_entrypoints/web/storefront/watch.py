"""Product videos, one per screen."""

from typing import Final

from starlette.responses import Response

from marketplace_core.catalog import ListProducts, ProductCard
from marketplace_core.kernel.paging import Page, PageRequest
from marketplace_entrypoints.web.visit import Visit

FILMS: Final = 10


async def films(visit: Visit, *, limit: int, cursor: str = "") -> Page[ProductCard]:
    """Return products that are shown in a video which plays, the newest first."""
    return await visit.ask(ListProducts(with_video=True, page=PageRequest(limit=limit, cursor=cursor or None)))


async def watch(visit: Visit) -> Response:
    """Show one video after another; a script that asks for what follows gets only that."""
    cursor = visit.asked("cursor")
    page = await films(visit, limit=FILMS, cursor=cursor)
    template = "storefront/parts/reels.html" if visit.piecewise else "storefront/watch.html"
    return visit.page(template, player=True, films=page.items, next_cursor=page.next_cursor, continued=bool(cursor))
