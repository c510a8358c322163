"""The application of the pages."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace_core.kernel.access import ANONYMOUS
from marketplace_core.kernel.errors import NotFound
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace
from marketplace_entrypoints.web import cookies
from marketplace_entrypoints.web.assets import read_assets
from marketplace_entrypoints.web.guard import REPORTS
from marketplace_entrypoints.web.language import language, preferred
from marketplace_entrypoints.web.pages import Page
from marketplace_entrypoints.web.templating import environments
from marketplace_entrypoints.web.visit import House, Visit

log = structlog.get_logger("web")
REPORT_BYTES_MAX: Final = 16_384


def create_pages(opened: OpenMarketplace, pages: Sequence[Page]) -> Starlette:
    """Return the application over an open marketplace."""
    assets = read_assets()
    settings = opened.settings
    names = {"site_name": settings.name, "address": settings.address}
    house = House(opened=opened, assets=assets, environments=environments(assets, names), address=settings.address)
    routes = [
        Route("/static/{digest}/{name:path}", assets.serve, methods=["GET"]),
        Route(REPORTS, _report, methods=["POST"]),
        *(page.route(house) for page in pages),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(GZipMiddleware, minimum_size=1_000)],
        exception_handlers={HTTPException: _framework, Exception: _bug},
    )
    app.router.redirect_slashes = False
    app.state.house = house
    return app


async def _report(request: Request) -> Response:
    """Write down what a browser refused to load or run on one of our pages."""
    body = await request.body()
    try:
        found: Mapping[str, object] = json.loads(body[:REPORT_BYTES_MAX])["csp-report"]
        names = ("document-uri", "effective-directive", "violated-directive", "blocked-uri")
        log.warning("policy violated", **{name: str(found.get(name, ""))[:300] for name in names})
    except (ValueError, KeyError, TypeError, AttributeError):
        return Response(status_code=400)
    return Response(status_code=204)


def _stranger(request: Request) -> Visit:
    """Return a visit of which nothing but the language is known: enough to say that something went wrong."""
    house: House = request.app.state.house
    kept = cookies.Cookies(request=request, secure=house.address.startswith("https:"))
    code = kept.get(cookies.LANGUAGE) or preferred(request.headers.get("accept-language", ""))
    return Visit(request=request, house=house, language=language(code), cookies=kept, by=ANONYMOUS)


async def _framework(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, HTTPException)
    visit = _stranger(request)
    if failure.status_code == 404:
        return visit.refused(NotFound("There is no such page."))
    if failure.status_code == 413:
        return visit.too_large(headers=failure.headers or {})
    return visit.page("broken.html", status=failure.status_code, request_id="")


async def _bug(request: Request, failure: Exception) -> Response:
    request_id = str(request.scope.get("state", {}).get("request_id", ""))
    log.error("bug", request_id=request_id, path=request.url.path, exc_info=failure)
    return _stranger(request).page("broken.html", status=500, request_id=request_id)
