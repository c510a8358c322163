"""The shop's own programs that are told what happens."""

from collections.abc import Awaitable, Callable

from starlette.responses import Response

from marketplace_core.identity import SellerView
from marketplace_entrypoints.web import webhooks
from marketplace_entrypoints.web.studio.rooms import Room
from marketplace_entrypoints.web.visit import Visit


def _shops(handler: Callable[[Visit, webhooks.Desk], Awaitable[Response]]) -> Room:
    async def answered(visit: Visit, shop: SellerView) -> Response:
        desk = webhooks.Desk(
            seller_id=shop.seller_id, base="/studio/webhooks", frame="studio/frame.html", around={"shop": shop}
        )
        return await handler(visit, desk)

    return answered


endpoints = _shops(webhooks.endpoints)
make = _shops(webhooks.make)
endpoint = _shops(webhooks.endpoint)
change = _shops(webhooks.change)
act = _shops(webhooks.act)
replay = _shops(webhooks.replay)
