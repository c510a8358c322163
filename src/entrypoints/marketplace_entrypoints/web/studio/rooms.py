"""The rooms of the studio: whoever is let in has a shop, and every room knows which."""

from collections.abc import Awaitable
from typing import Any, Protocol

from attrs import asdict
from starlette.responses import JSONResponse, Response

from marketplace_core.catalog import ProductNotFound, ProductView, ViewProduct
from marketplace_core.identity import SellerView, ViewSeller
from marketplace_core.kernel.access import Permission
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.files import UploadSlot
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.paging import PageRequest
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.pages import Page, do, show
from marketplace_entrypoints.web.visit import Handler, Visit


class Room(Protocol):
    """Answers a seller."""

    def __call__(self, visit: Visit, shop: SellerView) -> Awaitable[Response]:
        """Return the answer."""
        ...


def room(path: str, handler: Room) -> Page:
    """Show something to a seller; whoever has no shop yet is led to opening one."""
    return show(path, _with_shop(handler), Permission.SIGNED_IN)


def work(path: str, handler: Room) -> Page:
    """Do something for a seller when a form is sent."""
    return do(path, _with_shop(handler), Permission.SIGNED_IN)


def call(path: str, handler: Room) -> Page:
    """Do something for a script of the studio; a refusal is one sentence for it to show."""
    return do(path, _with_shop(_for_script(handler)), Permission.SIGNED_IN)


def _with_shop(handler: Room) -> Handler:
    async def inside(visit: Visit) -> Response:
        if visit.by.seller_id is None:
            return visit.go("/studio/open")
        return await handler(visit, await visit.ask(ViewSeller(seller=visit.by.seller_id)))

    return inside


def _for_script(handler: Room) -> Room:
    async def answered(visit: Visit, shop: SellerView) -> Response:
        try:
            return await handler(visit, shop)
        except MarketplaceError as refusal:
            return JSONResponse({"sentence": visit.sentence(refusal)}, status_of(refusal))

    return answered


async def own_product(visit: Visit, shop: SellerView) -> ProductView:
    """Return the product that the path names. Raises ``ProductNotFound`` for another shop's too."""
    view = await visit.ask(ViewProduct(product_id=ProductId(visit.named("product_id"))))
    if view.seller_id != shop.seller_id:
        raise ProductNotFound
    return view


def turned(visit: Visit, limit: int) -> PageRequest:
    """Return which page of a list is asked for."""
    return PageRequest(limit=limit, cursor=visit.asked("cursor") or None)


def told(visit: Visit, slot: UploadSlot) -> dict[str, Any]:
    """Return a slot as a script needs it: an address of ours under whatever name the browser knows us by."""
    return {
        "url": slot.url.removeprefix(visit.house.address),
        "method": slot.method,
        "headers": slot.headers,
        "fields": slot.fields,
        "parts": [asdict(part) for part in slot.parts],
    }
