"""The onboarding page in a seller's browser: shown, and answered with its one button."""

from typing import Final

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from marketplace_adapters.fakepay.provider import accounts, onboarding, settlement
from marketplace_adapters.fakepay.provider.answering import Endpoint
from marketplace_adapters.fakepay.provider.institution import Provider
from marketplace_adapters.fakepay.provider.refusals import Refusal

ROUTE: Final = onboarding.PATH + "{token}"
# The address is a secret: it must not travel on to the page that the seller goes to next, nor be kept.
_HEADERS: Final = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
}


def onboarding_endpoint(provider: Provider) -> Endpoint:
    """Show the page on GET; hand everything in and go back on POST."""

    def look(token: str) -> str:
        settlement.settle_due(provider)
        with provider.reading() as session:
            link = onboarding.find_link(session, token)
            return onboarding.page(accounts.find(session, link.account), link)

    def hand_in(token: str) -> str:
        settlement.settle_due(provider)
        with provider.writing() as session:
            return onboarding.complete(session, token).return_url

    async def endpoint(request: Request) -> Response:
        token = request.path_params["token"]
        try:
            if request.method == "POST":
                return_url = await to_thread.run_sync(hand_in, token)
                return RedirectResponse(return_url, status_code=303, headers=_HEADERS)
            return HTMLResponse(await to_thread.run_sync(look, token), headers=_HEADERS)
        except Refusal as refusal:
            return HTMLResponse(onboarding.apology(refusal.message), status_code=refusal.status, headers=_HEADERS)

    return endpoint
