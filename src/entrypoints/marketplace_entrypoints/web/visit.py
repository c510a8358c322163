"""One request of one person: who they are, which language they read, what they ask, what they get."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol, TypeVar
from urllib.parse import quote, urlencode, urlsplit

from attrs import define, field, frozen
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from marketplace_core import Marketplace
from marketplace_core.identity import Session
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import MarketplaceError, Unavailable
from marketplace_core.kernel.messages import Command, Query
from marketplace_core.kernel.paging import InvalidCursor
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace
from marketplace_entrypoints.limits import BODY_BYTES_MAX, body_bytes_max
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.rates import Tries, host_of
from marketplace_entrypoints.web import cookies
from marketplace_entrypoints.web.assets import Assets
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.guard import local, policy
from marketplace_entrypoints.web.language import Language, msg
from marketplace_entrypoints.web.refusals import advice, overweight, sentence

ResultT = TypeVar("ResultT")
NOTICE_SECONDS: Final = 60
NOTICES: Final[dict[str, str]] = {
    "signed-out": msg("You are signed out."),
    "saved": msg("Saved."),
    "order-cancelled": msg("The order is called off."),
    "part-cancelled": msg("It is called off, and what was paid for it goes back."),
    "order-accepted": msg("Accepted. Send it within 14 days."),
    "order-declined": msg("Declined; the payment goes back to the buyer."),
    "parcel-returned": msg("Noted. The payment stays held until this is settled."),
    "payment-accepted": msg("The payment is kept, and the order goes on."),
    "received": msg("Thank you. The held payment goes to the shop now."),
    "parcel-received": msg("Thank you, noted. What is still on its way stays held."),
    "refund-asked": msg("The shop is told, and decides. You hear of it by mail."),
    "refund-approved": msg("Agreed. The money goes back to the buyer."),
    "refund-cancelled": msg("Called back before it was sent."),
    "refund-given": msg("The money goes back to the buyer."),
    "refund-rejected": msg("Refused. The buyer is told why."),
    "refund-settled": msg("Settled."),
    "refund-waits": msg("So large a refund waits for another operator."),
    "payment-rejected": msg("The order is called off, and its payment goes back."),
    "password-changed": msg("Your password is changed, and every other browser is signed out."),
    "in-the-cart": msg("It is in your cart."),
    "hold-frozen": msg("Frozen: nothing is released until the reason is gone."),
    "hold-released": msg("Released. The shop is paid with the next payout."),
    "hold-unfrozen": msg("That reason is gone."),
    "mail-retried": msg("The mail is being sent again."),
    "payout-cancelled": msg("Called back. Its money goes into the next payout."),
    "payout-retried": msg("The payout is on its way again."),
    "payout-held": msg("The payout waits until somebody lets it go."),
    "money-resumed": msg("Money goes on."),
    "address-lifted": msg("Mails go there again. Those that failed meanwhile can be sent again."),
    "address-suppressed": msg("Nothing is sent there any more."),
    "books-corrected": msg("Booked. Brakes stay on until somebody lets them go."),
    "letter-replayed": msg("The letter is tried again."),
    "bus-filled": msg("The event bus has been given everything again."),
    "letter-discarded": msg("The letter counts as done."),
    "role-granted": msg("An operator now, from their next click on."),
    "role-revoked": msg("No operator any more, from their next click on."),
    "shop-closing": msg("Your shop is being closed. Until everything is settled you may keep it after all."),
    "shop-kept": msg("Your shop stays, and sells on."),
    "shop-approved": msg("Approved: the shop may sell."),
    "shop-reinstated": msg("The shop sells again."),
    "shop-suspended": msg("Suspended: nothing of it is shown or sold. Open orders are still to be sent."),
    "voucher-made": msg("The voucher is there. Whoever knows the code can use it."),
    "voucher-stopped": msg("Stopped. Orders keep what it took off."),
    "webhook-made": msg("The endpoint is there. Keep its secret now."),
    "webhook-removed": msg("The endpoint is removed."),
    "webhook-enable": msg("It is enabled again."),
    "webhook-disable": msg("Nothing is sent to it any more."),
    "webhook-rotate": msg("There is a new secret. Keep it now."),
    "webhook-test": msg("The test event is on its way."),
    "webhook-replayed": msg("It is being sent again."),
    "welcome": msg("Welcome! Your account is open."),
    "archived": msg("Archived. It is kept for your records and sold no more."),
    "claim-accepted": msg("Taken. The money goes back to you."),
    "claim-agreed": msg("Agreed. The money goes back to the buyer."),
    "claim-contested": msg("Your answer is with the buyer. The marketplace decides."),
    "claim-decided": msg("Decided. The buyer and the shop are told."),
    "claim-offered": msg("Your offer is with the buyer."),
    "claim-opened": msg("Your claim is open, and the shop is told. Photos help: add them below."),
    "claim-said": msg("Said: everybody concerned reads it."),
    "claim-shown": msg("Added, without the place and time the camera wrote into it."),
    "claim-withdrawn": msg("Your claim is withdrawn."),
    "captions-removed": msg("The captions are gone."),
    "captions-saved": msg("The captions are there."),
    "debt-asked": msg("The payment provider is asked to take it back."),
    "debt-settled": msg("Booked."),
    "debt-waits": msg("So large a write-off waits for another operator."),
    "write-off-approved": msg("Written off."),
    "write-off-rejected": msg("Rejected: the debt stays."),
    "dispute-accepted": msg("Given up: the buyer keeps the money."),
    "dispute-answered": msg("Handed in. Now the card network decides."),
    "delivery-set": msg("Kept. It counts for carts from now on; orders keep their delivery."),
    "page-published": msg("Your page is public."),
    "page-unpublished": msg("Your page is not shown any more. Draft and versions are kept."),
    "parcel-delivered": msg("Marked as delivered."),
    "parcel-shipped": msg("Marked as shipped; the buyer is told."),
    "picture-added": msg("The picture is there."),
    "picture-removed": msg("The picture is gone."),
    "product-created": msg("The draft is there. Add a picture or a video, then publish it."),
    "product-published": msg("Published: buyers see it now."),
    "product-unpublished": msg("Back to a draft: buyers do not see it any more."),
    "shop-opened": msg("Welcome! Your shop is open for preparing; it sells once it is approved."),
    "stock-counted": msg("Counted."),
    "variant-removed": msg("The variant is gone."),
    "variant-added": msg("The variant is there."),
    "video-deleted": msg("The video is deleted."),
    "video-received": msg("The file has arrived and is being made playable."),
    "try-signing-in": msg("If this address has an account already, sign in with its password."),
}
"""What a page may say once at its top after something was done, by the key that travels in a cookie."""


@frozen(kw_only=True)
class House:
    """What all visits share."""

    opened: OpenMarketplace
    assets: Assets
    environments: Mapping[str, Environment]
    address: str

    @property
    def clock(self) -> Clock:
        """The clock of the marketplace."""
        return self.opened.adapters.around.clock


class Handler(Protocol):
    """Answers one visit."""

    def __call__(self, visit: "Visit") -> Awaitable[Response]:
        """Return the answer; a ``MarketplaceError`` becomes a page that says what is wrong and where to go on."""
        ...


@define(kw_only=True)
class Visit:
    """One request of one person."""

    request: Request
    house: House
    language: Language
    cookies: cookies.Cookies
    by: Actor
    sentences: Mapping[str, str] = field(factory=dict)
    """What refusals are called in this part of the site, by their codes."""
    ended: bool = False
    """Whether the session that the browser had is over."""
    _form: Form | None = field(default=None, init=False)

    @property
    def market(self) -> Marketplace:
        """The one door."""
        return self.house.opened.market

    @property
    def tries(self) -> Tries:
        """Who may try what how often."""
        return self.house.opened.tries

    @property
    def host(self) -> str:
        """Who the request is counted as coming from."""
        return host_of(self.request.client)

    @property
    def path(self) -> str:
        """The path that was asked for, its question included."""
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    @property
    def piecewise(self) -> bool:
        """Tell whether a script asks for a part of a page."""
        headers = self.request.headers
        return headers.get("hx-request") == "true" and headers.get("hx-history-restore-request") != "true"

    def may(self, permission: str) -> bool:
        """Tell whether a permission, named by its value, is theirs."""
        return self.by.may(Permission(permission))

    def named(self, name: str) -> str:
        """Return a part of the path."""
        return str(self.request.path_params[name])

    def asked(self, name: str, length_max: int = 300) -> str:
        """Return a value of the question in the address, or an empty text."""
        value = self.request.query_params.get(name, "")
        return value.encode("utf-8", "ignore").decode().replace("\0", "")[:length_max]

    async def ask(self, query: Query[ResultT]) -> ResultT:
        """Ask the marketplace."""
        return await self.market.ask(query, by=self.by)

    async def execute(self, command: Command[ResultT], *, reason: str | None = None) -> ResultT:
        """Have the marketplace carry out a command; a reason is kept with it."""
        return await self.market.execute(command, by=self.by, reason=reason)

    async def execute_once(self, command: Command[ResultT], form: Form, *, reason: str | None = None) -> ResultT:
        """Have a command carried out once for a form that was shown with ``form_key``, however often it is sent."""
        outcome: Any = await self.market.execute_once(command, by=self.by, key=form.text("key"), reason=reason)
        result: ResultT = outcome.result
        return result

    @staticmethod
    def form_key() -> str:
        """Return what tells a form that is shown now from every other."""
        return secrets.token_urlsafe(24)

    async def form(self) -> Form:
        """Return what was sent."""
        if self._form is None:
            self._form = Form.of(await self.request.form(max_files=10, max_fields=500), self.language)
        return self._form

    def page(
        self,
        template: str,
        *,
        status: int = 200,
        player: bool = False,
        partners: tuple[str, ...] = (),
        framing: bool = False,
        **values: Any,
    ) -> Response:
        """Return a page, or a part of one. ``player`` lets the player bring its styles, ``partners`` the provider.

        ``framing`` lets it show another page of ours in a frame.
        """
        environment = self.house.environments[self.language.code]
        notice = self.cookies.get(cookies.NOTICE)
        if notice and not self.piecewise:
            self.cookies.forget(cookies.NOTICE)
        said = self.language.say(NOTICES[notice]) if notice in NOTICES else ""
        text = environment.get_template(template).render(visit=self, notice=said, **values)
        styles = self.house.assets.style_sources if player else ()
        headers = {
            "Content-Security-Policy": policy(
                styles=styles, partners=partners, framing=framing, files=self.house.opened.file_origins
            ),
            "Cache-Control": "private, no-store",
            "Vary": "Cookie, Accept-Language, HX-Request",
        }
        return HTMLResponse(text, status_code=status, headers=headers)

    def go(self, target: str, notice: str = "") -> Response:
        """Send them on after something was done; the next page says the notice of that key."""
        assert not notice or notice in NOTICES
        if notice:
            self.cookies.put(cookies.NOTICE, notice, seconds=NOTICE_SECONDS)
        if self.piecewise:
            return Response(status_code=204, headers={"HX-Redirect": local(target)})
        return RedirectResponse(local(target), 303)

    def to_sign_in(self) -> Response:
        """Send them to sign in, and back here afterwards; after a form was sent, back to the page it stood on."""
        here = self.path if self.request.method == "GET" else self._page_before()
        return self.go(f"/sign-in?next={quote(here, safe='/')}{'&ended=1' if self.ended else ''}")

    def refused(self, refusal: MarketplaceError) -> Response:
        """Say in place of a page what was refused, and where to go on."""
        here = self._beginning(refusal) if self.request.method == "GET" else self._page_before()
        template = "parts/refusal.html" if self.piecewise else "refused.html"
        response = self.page(
            template, status=status_of(refusal), advice=advice(self.language, refusal, self.sentences, here)
        )
        if isinstance(refusal, Unavailable):
            response.headers["Retry-After"] = str(refusal.retry_after_seconds)
        if self.piecewise:
            response.headers["HX-Retarget"] = "#notices"
            response.headers["HX-Reswap"] = "innerHTML"
        return response

    def too_large(self, headers: Mapping[str, str]) -> Response:
        """Say that more was sent than a form may hold; the answer carries these headers besides."""
        megabytes = (body_bytes_max(self.request.url.path) or BODY_BYTES_MAX) // BODY_BYTES_MAX
        said = overweight(self.language, self._page_before(), megabytes=megabytes)
        response = self.page("refused.html", status=413, advice=said)
        response.headers.update(headers)
        return response

    def sentence(self, refusal: MarketplaceError) -> str:
        """Say in one sentence what is wrong, as this part of the site says it."""
        return sentence(self.language, refusal, self.sentences)

    def blame(self, form: Form, refusal: MarketplaceError, *fields: str) -> None:
        """Write a refusal into a form, which is then shown again."""
        form.blame(refusal, self.sentence(refusal), fields)

    def begin(self, session: Session) -> None:
        """Have the browser keep a session that has just begun."""
        now = self.house.clock.now()
        self.cookies.keep_session(session.access_token, session.refresh_token, access_until=session.expires_at, now=now)

    @property
    def theme(self) -> str:
        """The theme they chose; empty for that of their device."""
        chosen = self.cookies.get(cookies.THEME)
        return chosen if chosen in cookies.THEMES else ""

    def basket(self) -> int:
        """Return how many units the browser remembers to be in the cart."""
        remembered = self.cookies.get(cookies.BASKET)
        return int(remembered) if remembered.isascii() and remembered.isdigit() and len(remembered) < 6 else 0

    def _beginning(self, refusal: MarketplaceError) -> str:
        """Return the path that was asked for; a list that cannot go on where it was to go on begins anew."""
        if refusal.code != InvalidCursor.code:
            return self.path
        kept = [(name, value) for name, value in self.request.query_params.multi_items() if name != "cursor"]
        return f"{self.request.url.path}?{urlencode(kept)}" if kept else self.request.url.path

    def _page_before(self) -> str:
        referer = urlsplit(self.request.headers.get("referer", ""))
        return local(f"{referer.path}?{referer.query}" if referer.query else referer.path)


Opener = Callable[[Request], Awaitable[Visit]]
