"""The cart: what a buyer is considering, shop by shop, and what has changed since they put it in."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import field, frozen
from starlette.responses import Response

from marketplace_core.cart import (
    AddToCart,
    BecameUnavailable,
    CartLineView,
    CartView,
    ChangeQuantity,
    FromPage,
    FromVideo,
    LineSource,
    NotEnoughStock,
    PriceChanged,
    RemoveLine,
    StockShort,
    ViewCart,
)
from marketplace_core.kernel.access import Permission
from marketplace_core.kernel.errors import ErrorKind, MarketplaceError, RuleBroken
from marketplace_core.kernel.ids import CartLineId, OfferId, PageId, SellerId, VideoId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.rates import TooOften
from marketplace_core.orders import (
    DropVoucher,
    Quote,
    QuoteCheckout,
    Totals,
    UseVoucher,
    VoucherExhausted,
    VoucherNotApplicable,
)
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.language import Language, msg
from marketplace_entrypoints.web.storefront.basket import remember, units
from marketplace_entrypoints.web.storefront.entering import become_guest
from marketplace_entrypoints.web.visit import Visit

REASONS: Final[Mapping[str, str]] = {
    "amount_too_large": msg("This is more than can be paid in one order. Take fewer, or take it out."),
    "not_offered": msg("The shop does not offer this any more. Take it out to go on."),
    "not_priced": msg("The shop has to set a price first. Take it out to go on."),
    "other_currency": msg("This is sold in another currency now. Take it out, and order it by itself."),
    "seller_suspended": msg("The shop is closed at the moment. Take it out to go on."),
    "sold_out": msg("Sold out since you put it in. Take it out to go on."),
    "unpublished": msg("The shop has taken this off sale. Take it out to go on."),
}
"""Why a line cannot be bought, and what to do, by the reason that the cart gives."""


@frozen(kw_only=True)
class Remark:
    """What has changed about a line, with the next step. ``take`` is how many units could be had instead."""

    sentence: str
    hindrance: bool
    take: int = 0


@frozen(kw_only=True)
class Prices:
    """What everything comes to, as far as it is known before everything in the cart can be bought.

    ``voucher`` is the code that takes something off; ``unfit`` says why the one that was entered takes nothing off.
    """

    delivery: Mapping[SellerId, Money] = field(factory=dict)
    totals: Totals | None = None
    voucher: str | None = None
    unfit: str = ""


async def cart(visit: Visit) -> Response:
    """Show the cart."""
    return await show_cart(visit)


async def add(visit: Visit) -> Response:
    """Put something in; whoever is nobody yet becomes a guest."""
    form = await visit.form()
    command = AddToCart(
        offer_id=OfferId(form.text("offer_id")), quantity=_quantity(form, otherwise=1), source=_source(form)
    )
    if visit.ended:
        return visit.to_sign_in()
    if visit.by.user_id is None:
        await become_guest(visit)
    view = await visit.execute(command)
    remember(visit, view)
    if not visit.piecewise:
        return visit.go("/cart", "in-the-cart")
    line = next(line for group in view.groups for line in group.lines if line.offer_id == command.offer_id)
    return _telling(visit.page("storefront/added.html", line=line, total=view.total), view)


async def change(visit: Visit) -> Response:
    """Set how many units of a line are wanted."""
    form = await visit.form()
    wanted = _quantity(form) + (int(form.text("step")) if form.text("step") in {"1", "-1"} else 0)
    line_id = CartLineId(visit.named("line_id"))
    return await _changed(visit, ChangeQuantity(line_id=line_id, quantity=wanted, expected_version=_version(form)))


async def remove(visit: Visit) -> Response:
    """Take a line out."""
    form = await visit.form()
    return await _changed(
        visit, RemoveLine(line_id=CartLineId(visit.named("line_id")), expected_version=_version(form))
    )


async def use_voucher(visit: Visit) -> Response:
    """Use a voucher for what is in it."""
    form = await visit.form()
    try:
        async with visit.tries.voucher(visit.by.principal, visit.host):
            await visit.execute(UseVoucher(code=form.text("code")))
    except (RuleBroken, TooOften) as refusal:
        return await show_cart(visit, refusal)
    return await show_cart(visit) if visit.piecewise else visit.go("/cart")


async def drop_voucher(visit: Visit) -> Response:
    """Take the voucher out."""
    await visit.execute(DropVoucher())
    return await show_cart(visit) if visit.piecewise else visit.go("/cart")


async def show_cart(visit: Visit, refusal: MarketplaceError | None = None) -> Response:
    """Show the cart as it is now, and what was refused of it."""
    view = await visit.ask(ViewCart()) if visit.by.may(Permission.BUYER) else CartView()
    return await _page(visit, view, refusal)


async def _changed(visit: Visit, command: Command[CartView]) -> Response:
    try:
        view = await visit.execute(command)
    except MarketplaceError as refusal:
        if refusal.kind in {ErrorKind.UNAUTHENTICATED, ErrorKind.UNAVAILABLE}:
            raise
        return await show_cart(visit, refusal)
    remember(visit, view)
    return await _page(visit, view) if visit.piecewise else visit.go("/cart")


async def _page(visit: Visit, view: CartView, refusal: MarketplaceError | None = None) -> Response:
    remember(visit, view)
    lines = [line for group in view.groups for line in group.lines]
    response = visit.page(
        "storefront/cart_contents.html" if visit.piecewise else "storefront/cart.html",
        status=200 if refusal is None else status_of(refusal),
        cart=view,
        units=units(view),
        prices=await _prices(visit) if lines and all(line.purchasable for line in lines) else None,
        remarks={line.line_id: remarks(visit.language, line) for line in lines},
        refused="" if refusal is None else said(visit, refusal, view),
    )
    return _telling(response, view) if visit.piecewise else response


async def _prices(visit: Visit) -> Prices | None:
    try:
        quote: Quote = await visit.ask(QuoteCheckout())
    except (VoucherNotApplicable, VoucherExhausted) as refusal:
        return Prices(unfit=visit.sentence(refusal))
    except RuleBroken:
        return None
    delivery = {group.seller_id: group.delivery for group in quote.groups}
    return Prices(delivery=delivery, totals=quote.totals, voucher=quote.voucher)


def remarks(language: Language, line: CartLineView) -> Sequence[Remark]:
    """Say what has changed since a line was put in, each in a sentence with the next step."""
    found: list[Remark] = []
    for change in line.changes:
        match change:
            case PriceChanged(before=before, now=now):
                told = language.say(
                    "It costs %(now)s now; it was %(before)s when you put it in.",
                    now=language.money(now),
                    before=language.money(before),
                )
                found.append(Remark(sentence=told, hindrance=False))
            case StockShort(available=available):
                told = language.count(
                    "Only %(num)s is left; you wanted %(wanted)s.",
                    "Only %(num)s are left; you wanted %(wanted)s.",
                    available,
                    wanted=language.number(line.quantity),
                )
                found.append(Remark(sentence=told, hindrance=True, take=available))
            case BecameUnavailable(reason=reason):
                found.append(Remark(sentence=language.say(REASONS.get(reason, REASONS["not_offered"])), hindrance=True))
    if line.reason is not None and not any(remark.hindrance for remark in found):
        told = language.say(REASONS.get(line.reason, REASONS["not_offered"]))
        found.append(Remark(sentence=told, hindrance=True))
    return found


def said(visit: Visit, refusal: MarketplaceError, view: CartView) -> str:
    """Say what of a cart was refused, with the number that is left and the titles at fault."""
    available = refusal.facts.get("available")
    if isinstance(refusal, NotEnoughStock) and isinstance(available, int) and available > 0:
        return visit.language.count("Only %(num)s is left.", "Only %(num)s are left.", available)
    lines: Any = refusal.facts.get("lines", ())
    at_fault = {str(line["offer_id"]) for line in lines}
    titles = [line.title for group in view.groups for line in group.lines if line.offer_id in at_fault]
    if titles:
        return visit.language.say(
            "Not everything can be bought any more: %(titles)s. Nothing was ordered; change your cart, then go on.",
            titles=", ".join(titles),
        )
    return visit.sentence(refusal)


def _quantity(form: Form, otherwise: int | None = None) -> int:
    return form.whole("quantity", otherwise)


def _version(form: Form) -> int | None:
    version = form.text("version")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None


def _source(form: Form) -> LineSource | None:
    video_id, at_ms, page_id = form.text("video_id"), form.text("at_ms"), form.text("page_id")
    if video_id and at_ms.isascii() and at_ms.isdigit():
        return FromVideo(VideoId(video_id), int(at_ms))
    return FromPage(PageId(page_id)) if page_id else None


def _telling(response: Response, view: CartView) -> Response:
    response.headers["HX-Trigger"] = json.dumps({"basket": {"value": units(view)}})
    return response
