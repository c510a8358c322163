"""What a buyer's browser does at the provider: the element ``<payment-step>``, and the two deeds of whoever pays."""

from collections.abc import Awaitable, Callable
from json import JSONDecodeError
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from marketplace_core.payments import ProviderPayment, ProviderRefused
from marketplace_payment_roll.roll import Roll

MOUNT: Final = "/roll"
SCRIPT: Final = "/payment-step.js"
FILE: Final = Path(__file__).with_name("payment-step.js")

Endpoint = Callable[[Request], Awaitable[Response]]


def pages(roll: Roll) -> Starlette:
    """Serve them."""

    async def script(_: Request) -> Response:
        return FileResponse(FILE, media_type="text/javascript", headers={"Cache-Control": "no-cache"})

    async def pay(request: Request) -> Response:
        said = await _said(request, "client_secret", "card")
        return JSONResponse({"code": "invalid_request"}, 400) if said is None else await _told(roll, "pay", *said)

    async def authenticate(request: Request) -> Response:
        said = await _said(request, "client_secret", "outcome")
        if said is None or said[1] not in {"approve", "refuse"}:
            return JSONResponse({"code": "invalid_request"}, 400)
        return await _told(roll, "authenticate", said[0], approve=said[1] == "approve")

    return Starlette(
        routes=[
            Route(SCRIPT, script),
            Route("/pay", pay, methods=["POST"]),
            Route("/authenticate", authenticate, methods=["POST"]),
        ]
    )


async def _said(request: Request, *names: str) -> list[str] | None:
    """Return what stands under some names in a request; None if it is not so."""
    try:
        body = await request.json()
    except (JSONDecodeError, UnicodeDecodeError):
        return None
    found = [body.get(name) for name in names] if isinstance(body, dict) else []
    said = [one for one in found if isinstance(one, str)]
    return said if len(said) == len(names) else None


async def _told(roll: Roll, deed: str, *arguments: str, **named: bool) -> Response:
    try:
        payment: ProviderPayment = await roll.do("provider", deed, *arguments, **named)
    except ProviderRefused as refusal:
        return JSONResponse({"code": refusal.reason}, 402)
    return JSONResponse({"state": payment.state.value, "code": payment.failure_code})
