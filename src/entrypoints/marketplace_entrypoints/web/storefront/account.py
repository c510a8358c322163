"""Coming in and going out: joining, signing in and out, and how pages are shown."""

from urllib.parse import urlencode

from starlette.responses import Response

from marketplace_core.identity import RegisterUser, Session, SignIn, SignOut
from marketplace_core.kernel.access import ANONYMOUS
from marketplace_core.kernel.errors import InvalidInput, MarketplaceError, NotSignedIn
from marketplace_core.kernel.rates import TooOften
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web import cookies
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.guard import local
from marketplace_entrypoints.web.language import CODES
from marketplace_entrypoints.web.storefront.entering import device, enter
from marketplace_entrypoints.web.visit import Visit


async def sign_in_form(visit: Visit) -> Response:
    """Ask for address and password."""
    return _sign_in(visit, Form(language=visit.language))


async def sign_in(visit: Visit) -> Response:
    """Begin a session and go on where they were."""
    form = await visit.form()
    email, password = form.text("email", required=True), form.values.get("password", "")
    if not form.fits:
        return _sign_in(visit, form, status=422)
    command = SignIn(email=email, password=password, device=device(visit))
    try:
        async with visit.tries.signing_in(email, visit.host):
            session = await visit.market.execute(command, by=ANONYMOUS)
    except (NotSignedIn, TooOften) as refusal:
        visit.blame(form, refusal)
        return _told_off(_sign_in(visit, form, status=status_of(refusal)), refusal)
    return await _entered(visit, session, local(form.text("next"), "/"))


async def join_form(visit: Visit) -> Response:
    """Ask for what an account needs."""
    return _join(visit, Form(language=visit.language))


async def join(visit: Visit) -> Response:
    """Open an account and sign in; whoever had one already learns that by mail, and signs in with their password."""
    form = await visit.form()
    name, email = form.text("name", required=True), form.text("email", required=True)
    password = form.values.get("password", "")
    if not form.fits:
        return _join(visit, form, status=422)
    await visit.tries.join(visit.host)
    try:
        register = RegisterUser(email=email, password=password, name=name, locale=visit.language.code)
        await visit.market.execute(register, by=ANONYMOUS)
    except InvalidInput as refusal:
        visit.blame(form, refusal, "name", "email", "password")
        return _join(visit, form, status=422)
    try:
        entered = SignIn(email=email, password=password, device=device(visit))
        async with visit.tries.signing_in(email, visit.host):
            session = await visit.market.execute(entered, by=ANONYMOUS)
    except MarketplaceError:
        return visit.go(f"/sign-in?{urlencode({'next': local(form.text('next'), '/')})}", "try-signing-in")
    return await _entered(visit, session, local(form.text("next"), "/"), "welcome")


async def sign_out(visit: Visit) -> Response:
    """End the session."""
    refresh = visit.cookies.get(cookies.REFRESH)
    if refresh:
        await visit.market.execute(SignOut(refresh_token=refresh), by=ANONYMOUS)
    visit.cookies.forget(cookies.ACCESS, cookies.REFRESH, cookies.BASKET)
    return visit.go("/", "signed-out")


async def preferences(visit: Visit) -> Response:
    """Remember in which language and which light pages are shown."""
    form = await visit.form()
    chosen, theme = form.text("language"), form.text("theme")
    if chosen in CODES:
        visit.cookies.put(cookies.LANGUAGE, chosen)
    if theme in cookies.THEMES:
        visit.cookies.put(cookies.THEME, theme)
    return visit.go(local(form.text("back"), "/"))


async def _entered(visit: Visit, session: Session, wanted: str, notice: str = "") -> Response:
    left_out = await enter(visit, session)
    if left_out:
        return visit.page("storefront/left_out.html", left_out=left_out, wanted=wanted)
    return visit.go(wanted, notice)


def _told_off(response: Response, refusal: MarketplaceError) -> Response:
    if isinstance(refusal, TooOften):
        response.headers["Retry-After"] = str(refusal.retry_after_seconds)
    return response


def _sign_in(visit: Visit, form: Form, *, status: int = 200) -> Response:
    ended = bool(visit.asked("ended"))
    wanted = local(form.text("next") or visit.asked("next"), "/")
    return visit.page("storefront/sign_in.html", status=status, form=form, wanted=wanted, ended=ended)


def _join(visit: Visit, form: Form, *, status: int = 200) -> Response:
    wanted = local(form.text("next") or visit.asked("next"), "/")
    return visit.page("storefront/join.html", status=status, form=form, wanted=wanted)
