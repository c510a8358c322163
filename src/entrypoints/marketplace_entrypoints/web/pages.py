"""A page is a path, a handler and who may come. Everything that is the same for every page happens here, once."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from attrs import evolve, field, frozen
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from marketplace_core import MarketplaceError
from marketplace_core.identity import IdentifyActor, RefreshRaced, RefreshSession
from marketplace_core.kernel.access import ANONYMOUS, Actor, Permission
from marketplace_core.kernel.errors import NotSignedIn
from marketplace_entrypoints.web import cookies
from marketplace_entrypoints.web.guard import is_own
from marketplace_entrypoints.web.language import CODES, Language, language, preferred, zone_of
from marketplace_entrypoints.web.visit import Handler, House, Visit

RACED_SECONDS: Final = 0.5
"""How long a browser is kept waiting whose other tab is renewing the session at this moment."""


class SessionBeingRenewed(Exception):
    """Another request of the same browser has just exchanged the refresh token; its answer carries the new one."""


@frozen(kw_only=True)
class Page:
    """A path and what answers there. Somebody who may not come is asked to sign in, or told."""

    path: str
    handler: Handler
    methods: Sequence[str] = ("GET",)
    needs: Permission = Permission.ANYONE
    sentences: Mapping[str, str] = field(factory=dict)

    def route(self, house: House) -> Route:
        """Return the route."""

        async def endpoint(request: Request) -> Response:
            return await self._answer(request, house)

        return Route(self.path, endpoint, methods=list(self.methods), name=self.path)

    async def _answer(self, request: Request, house: House) -> Response:
        kept = cookies.Cookies(request=request, secure=house.address.startswith("https:"))
        visit = Visit(
            request=request,
            house=house,
            language=_language(request, kept),
            cookies=kept,
            by=ANONYMOUS,
            sentences=self.sentences,
        )
        try:
            response = await self._received(visit)
        except SessionBeingRenewed:
            await asyncio.sleep(RACED_SECONDS)
            return RedirectResponse(visit.path, 307)
        except MarketplaceError as refusal:
            response = visit.refused(refusal)
        finally:
            await request.close()  # the files of a form
        kept.write(response)
        return response

    async def _received(self, visit: Visit) -> Response:
        if not is_own(visit.request, visit.house.address):
            return visit.page("foreign.html", status=403)
        visit.by = await _whom(visit)
        visit.request.state.principal = visit.by.principal
        try:
            visit.by.require(self.needs)
        except NotSignedIn:
            return visit.to_sign_in()
        return await self.handler(visit)


def show(path: str, handler: Handler, needs: Permission = Permission.ANYONE) -> Page:
    """Show something at a path."""
    return Page(path=path, handler=handler, needs=needs)


def do(path: str, handler: Handler, needs: Permission = Permission.ANYONE) -> Page:
    """Do something when a form is sent to a path."""
    return Page(path=path, handler=handler, methods=("POST",), needs=needs)


def told_in(sentences: Mapping[str, str], *pages: Page) -> tuple[Page, ...]:
    """Return the pages of one part of the site, which calls refusals by sentences of its own."""
    return tuple(evolve(page, sentences=sentences) for page in pages)


async def _whom(visit: Visit) -> Actor:
    """Say who the browser belongs to, renewing the session when its access token is over."""
    access, refresh = visit.cookies.get(cookies.ACCESS), visit.cookies.get(cookies.REFRESH)
    if access:
        try:
            return await visit.ask(IdentifyActor(access_token=access))
        except NotSignedIn:
            pass  # over or revoked: the refresh token tells which
    if not refresh:
        return ANONYMOUS
    try:
        session = await visit.execute(RefreshSession(refresh_token=refresh))
    except RefreshRaced:
        raise SessionBeingRenewed from None
    except NotSignedIn:
        visit.ended = True
        visit.cookies.forget(cookies.ACCESS, cookies.REFRESH, cookies.BASKET)
        return ANONYMOUS
    visit.begin(session)
    return await visit.ask(IdentifyActor(access_token=session.access_token))


def _language(request: Request, kept: cookies.Cookies) -> Language:
    chosen = kept.get(cookies.LANGUAGE)
    code = chosen if chosen in CODES else preferred(request.headers.get("accept-language", ""))
    return evolve(language(code), zone=zone_of(kept.get(cookies.ZONE)))
