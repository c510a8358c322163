"""Opening a shop: what it is and costs, and the form."""

from collections.abc import Sequence
from typing import Final

from starlette.responses import Response

from marketplace_core.identity import LongerPasswordNeeded, OpenShop, SlugTaken
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.payments import ViewTerms
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.language import Language
from marketplace_entrypoints.web.visit import Visit

CURRENCIES: Final = ("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "RUB", "JPY")


async def sell(visit: Visit) -> Response:
    """Say what selling here is, what it costs and when money comes."""
    terms = await visit.ask(ViewTerms())
    return visit.page(
        "studio/sell.html",
        terms=terms,
        commission=visit.language.percent(terms.commission_bps),
        tax=visit.language.percent(terms.commission_vat_bps),
        days=terms.release_after_seller.days,
        hours=round(terms.payout_every.total_seconds() / 3600),
    )


async def open_form(visit: Visit) -> Response:
    """Ask for what a shop needs; who has one is in the studio."""
    if visit.by.seller_id is not None:
        return visit.go("/studio")
    return _form(visit, Form(language=visit.language))


async def open_shop(visit: Visit) -> Response:
    """Open it."""
    form = await visit.form()
    name, slug = form.text("name", required=True), form.text("slug", required=True).casefold()
    country, currency = form.text("country", required=True), form.text("currency", required=True)
    if not form.fits:
        return _form(visit, form, status=422)
    try:
        await visit.execute(OpenShop(name=name, slug=slug, country=country, currency=currency))
    except LongerPasswordNeeded as refusal:
        visit.blame(form, refusal)
        return _form(visit, form, status=409, short_password=True)
    except SlugTaken as refusal:
        form.errors["slug"] = visit.sentence(refusal)
        return _form(visit, form, status=409)
    except MarketplaceError as refusal:
        visit.blame(form, refusal, "name", "slug", "country", "currency")
        return _form(visit, form, status=422)
    return visit.go("/studio", "shop-opened")


def _form(visit: Visit, form: Form, *, status: int = 200, short_password: bool = False) -> Response:
    return visit.page(
        "studio/open.html",
        status=status,
        form=form,
        short_password=short_password,
        countries=_countries(visit.language),
        currencies=[(code, _currency(visit.language, code)) for code in CURRENCIES],
    )


def _countries(language: Language) -> Sequence[tuple[str, str]]:
    territories = language.locale.territories
    named = [(code, str(name)) for code, name in territories.items() if len(code) == 2 and code.isalpha()]
    real = [(code, name) for code, name in named if code not in {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}]
    return [("", language.say("Choose one")), *sorted(real, key=lambda pair: pair[1].casefold())]


def _currency(language: Language, code: str) -> str:
    return f"{code} · {language.locale.currencies.get(code, code)}"
