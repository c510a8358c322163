"""The operators' own programs that are told what happens."""

from collections.abc import Awaitable, Callable

from starlette.responses import Response

from marketplace_entrypoints.web import webhooks
from marketplace_entrypoints.web.visit import Handler, Visit

DESK = webhooks.Desk(seller_id=None, base="/console/webhooks", frame="console/frame.html", around={})


def _ours(handler: Callable[[Visit, webhooks.Desk], Awaitable[Response]]) -> Handler:
    async def answered(visit: Visit) -> Response:
        return await handler(visit, DESK)

    return answered


endpoints = _ours(webhooks.endpoints)
make = _ours(webhooks.make)
endpoint = _ours(webhooks.endpoint)
change = _ours(webhooks.change)
act = _ours(webhooks.act)
replay = _ours(webhooks.replay)
