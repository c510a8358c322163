"""The checkout: where to, what it costs until when, and one button that means it."""

import asyncio
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import evolve, field, frozen
from starlette.responses import Response

from marketplace_core.catalog import OutOfStock
from marketplace_core.identity import LeaveContact, UserView, ViewMe
from marketplace_core.kernel.errors import (
    IdempotencyInProgress,
    IdempotencyKeyReused,
    InvalidInput,
    MarketplaceError,
)
from marketplace_core.kernel.idempotency import MalformedKey
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.orders import (
    Address,
    AlreadyPlaced,
    CartEmpty,
    ContactNeeded,
    ListOrders,
    MalformedQuoteHash,
    NotAvailable,
    PaymentProviderUnavailable,
    PlacedOrder,
    PlaceOrder,
    QuoteChanged,
    QuoteCheckout,
    QuoteExpired,
    ViewOrder,
    VoucherExhausted,
    VoucherNotApplicable,
)
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web import cookies
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.language import Language
from marketplace_entrypoints.web.storefront.cart import show_cart
from marketplace_entrypoints.web.visit import Visit

ADDRESS_FIELDS: Final = ("name", "line1", "line2", "city", "postal_code", "country")
FIELDS: Final = ("email", *ADDRESS_FIELDS)
NO_COUNTRIES: Final = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
"""Codes that name a union, an island of another country, or nothing at all."""
PATIENCE_SECONDS: Final = 5.0
PAUSE_SECONDS: Final = 0.25
_LOOK_AGAIN: Final = (QuoteChanged, QuoteExpired, MalformedQuoteHash, MalformedKey, IdempotencyKeyReused)
"""What another look at the present prices puts right."""


@frozen(kw_only=True)
class Repriced:
    """A line whose unit price is another one than the buyer was shown."""

    title: str
    before: Money
    now: Money


@frozen(kw_only=True)
class Desk:
    """What the checkout knows before it asks: who buys, and where their last order went."""

    me: UserView
    known: Mapping[str, str] = field(factory=dict)


async def checkout(visit: Visit) -> Response:
    """Show what would be ordered, and ask where to."""
    return await _shown(visit, Form(language=visit.language), await _desk(visit))


async def place(visit: Visit) -> Response:
    """Place the order, and go on to paying it."""
    form = await visit.form()
    desk = Desk(me=await visit.ask(ViewMe()))
    address = await _addressed(visit, form, desk.me)
    if address is None:
        return await _shown(visit, form, desk, status=422)
    key = form.text("key")
    await visit.tries.checkout(visit.by.principal)
    try:
        command = PlaceOrder(quote_hash=form.text("quote_hash"), address=address, request_key=key)
        placed = await _once(visit, command, key)
    except AlreadyPlaced as refusal:
        return _to_payment(visit, refusal.facts["order_id"])
    except PaymentProviderUnavailable as refusal:
        return _to_payment(visit, refusal.facts["order_id"])
    except ContactNeeded as refusal:
        form.errors["email"] = visit.sentence(refusal)
        return await _shown(visit, form, evolve(desk, me=evolve(desk.me, guest=True)), status=422)
    except (NotAvailable, CartEmpty, OutOfStock, VoucherNotApplicable, VoucherExhausted) as refusal:
        return await show_cart(visit, refusal)
    except _LOOK_AGAIN as refusal:
        form.refusal = visit.sentence(refusal)
        return await _shown(visit, form, desk, status=status_of(refusal), repriced=_repriced(refusal))
    return _to_payment(visit, placed.order_id)


async def _once(visit: Visit, command: PlaceOrder, key: str) -> PlacedOrder:
    """Send the command; whoever pressed the button twice waits for the first to be done, and gets the same order."""
    for _ in range(int(PATIENCE_SECONDS / PAUSE_SECONDS)):
        try:
            return (await visit.market.execute_once(command, by=visit.by, key=key)).result
        except IdempotencyInProgress:
            await asyncio.sleep(PAUSE_SECONDS)
    return (await visit.market.execute_once(command, by=visit.by, key=key)).result


async def _addressed(visit: Visit, form: Form, me: UserView) -> Address | None:
    """Read where to; a guest's name and e-mail address are kept at once. None if a field is wrong."""
    address: Address | None = None
    try:
        address = Address(**{name: form.text(name) for name in ADDRESS_FIELDS})
    except InvalidInput as refusal:
        visit.blame(form, refusal, *ADDRESS_FIELDS)
    if not me.guest:
        return address
    email, name = form.text("email", required=True), form.text("name")
    if "email" in form.errors or "name" in form.errors:
        return None
    try:
        await visit.execute(LeaveContact(email=email, name=name))
    except InvalidInput as refusal:
        visit.blame(form, refusal, "email", "name")
        return None
    return address


async def _shown(
    visit: Visit, form: Form, desk: Desk, *, status: int = 200, repriced: Sequence[Repriced] = ()
) -> Response:
    try:
        country = form.text("country") or desk.known.get("country", "")
        quote = await visit.ask(QuoteCheckout(country=country))
    except CartEmpty as refusal:
        return await show_cart(visit, refusal) if refusal.facts.get("lines") else visit.go("/cart")
    except (NotAvailable, VoucherNotApplicable, VoucherExhausted) as refusal:
        return await show_cart(visit, refusal)
    return visit.page(
        "storefront/checkout.html",
        status=status,
        form=form,
        me=desk.me,
        known=desk.known,
        quote=quote,
        repriced=repriced,
        countries=countries(visit.language),
        key=secrets.token_urlsafe(24),
    )


async def _desk(visit: Visit) -> Desk:
    me = await visit.ask(ViewMe())
    known: dict[str, str] = {"name": me.name, "email": me.email}
    latest = await visit.ask(ListOrders(page=PageRequest(limit=1)))
    if latest.items:
        address = (await visit.ask(ViewOrder(order_id=latest.items[0].order_id))).address
        known |= {name: getattr(address, name) or "" for name in ADDRESS_FIELDS}
    return Desk(me=me, known=known)


def countries(language: Language) -> Sequence[tuple[str, str]]:
    """Return every country, its code first, in the order of the names in this language."""
    named = [
        (code, str(name))
        for code, name in language.locale.territories.items()
        if len(code) == 2 and code.isalpha() and code.isupper() and code not in NO_COUNTRIES
    ]
    return [("", language.say("Please choose")), *sorted(named, key=lambda pair: _plain(pair[1]))]


def _plain(name: str) -> str:
    """Return a name without its accents, so that it stands where people look for it."""
    return "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))


def _repriced(refusal: MarketplaceError) -> Sequence[Repriced]:
    lines: Any = refusal.facts.get("lines", ()) if isinstance(refusal, QuoteChanged) else ()
    return [
        Repriced(
            title=str(line["title"]),
            before=Money(line["old_minor"], line["currency"]),
            now=Money(line["new_minor"], line["currency"]),
        )
        for line in lines
        if line["old_minor"] != line["new_minor"]
    ]


def _to_payment(visit: Visit, order_id: object) -> Response:
    visit.cookies.forget(cookies.BASKET)
    return visit.go(f"/orders/{order_id}/payment")
