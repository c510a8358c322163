"""How a buyer pays at Stripe on a page of ours: our element brings Stripe's Payment Element in (ADR 0019).

Stripe's own script must come from Stripe (its documentation, "Including Stripe.js"); only our element is served here.
"""

from importlib.resources import files
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace_core.payments.ports import PaymentPage

MOUNT: Final = "/stripe"
"""Where our element is served."""
SCRIPT: Final = "/payment-step.js"
ORIGINS: Final = (
    "https://js.stripe.com",
    "https://*.js.stripe.com",
    "https://hooks.stripe.com",
    "https://api.stripe.com",
)
"""Scripts, frames (the element, a bank's question) and addresses ("Content Security Policy" of Stripe's guide)."""
_SCRIPT_SECONDS: Final = 300


def payment_page(publishable_key: str) -> PaymentPage:
    """Return what the checkout needs to know."""
    return PaymentPage(script_url=MOUNT + SCRIPT, public_key=publishable_key, origins=ORIGINS)


def page_app() -> Starlette:
    """Serve the element."""
    script = files("marketplace_adapters.stripe").joinpath("static/payment-step.js").read_bytes()

    async def serve(_request: Request) -> Response:
        headers = {"Cache-Control": f"public, max-age={_SCRIPT_SECONDS}"}
        return Response(script, headers=headers, media_type="text/javascript")

    return Starlette(routes=[Route(SCRIPT, serve, methods=["GET"])])
