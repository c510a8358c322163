"""Claims of a buyer: opened from a parcel, followed, an offer taken, withdrawn."""

from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from marketplace_core.kernel.errors import MarketplaceError, NotFound
from marketplace_core.kernel.ids import ClaimId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.orders import ViewOrder
from marketplace_core.payments.claims import (
    CLAIM_PHOTOS_MAX,
    AcceptClaimOffer,
    ClaimedGoods,
    ClaimForecast,
    ClaimKind,
    ClaimNotFound,
    ClaimNotPossible,
    ClaimView,
    ForeseeClaim,
    ListClaims,
    OpenClaim,
    ViewClaim,
    WithdrawClaim,
)
from marketplace_entrypoints.web.claims.acting import complain, look, named, say, show_photos
from marketplace_entrypoints.web.claims.history import KINDS, STATES, ahead, history
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.language import msg
from marketplace_entrypoints.web.storefront.asking import OwnParcel, own_parcel
from marketplace_entrypoints.web.visit import Visit

CLAIMS: Final = 20
WHY_NOT: Final = {
    "decided_already": msg("A claim about this parcel was decided already."),
    "disputed": msg("Your bank decides about this payment; no claim is possible beside that."),
    "nothing_left": msg("There is no money left of this parcel that could go back."),
    "open_already": msg("There is an open claim about this parcel already."),
    "too_early": msg("It may still arrive. If it does not, you can open a claim from %(moment)s on."),
    "too_late": msg("The time for claims about this parcel ended on %(moment)s."),
}


async def claims(visit: Visit) -> Response:
    """List their claims, the newest first."""
    page = PageRequest(limit=CLAIMS, cursor=visit.asked("cursor") or None)
    found = await visit.ask(ListClaims(mine=True, page=page))
    return visit.page(
        "storefront/claims.html", claims=found.items, next_cursor=found.next_cursor, kinds=KINDS, states=STATES
    )


async def open_form(visit: Visit) -> Response:
    """Ask what is wrong, with what; or say why there can be no claim now."""
    return await _form(visit, await own_parcel(visit), Form(language=visit.language), 200)


async def open_claim(visit: Visit) -> Response:
    """Open a claim; the same form sent twice opens one."""
    parcel, form = await own_parcel(visit), await visit.form()
    kind = next((one for one in ClaimKind if one.value == form.text("kind")), None)
    if kind is None:
        form.errors["kind"] = visit.language.say("Please fill this in.")
    text = form.text("text", required=True)
    forecast = await _forecast(visit, parcel)
    units = [(line, form.whole(f"units-{line.offer_id}", line.quantity)) for line in forecast.lines]
    goods = tuple(ClaimedGoods(offer_id=line.offer_id, quantity=quantity) for line, quantity in units if quantity)
    if forecast.lines and not goods:
        form.refusal = visit.language.say("At least one thing is wrong, or there is nothing to claim.")
    if kind is None or not form.fits:
        return await _form(visit, parcel, form, 422)
    command = OpenClaim(seller_order_id=parcel.part.seller_order_id, kind=kind, text=text, goods=goods)
    try:
        claim_id = await visit.execute_once(command, form)
    except ClaimNotPossible as refusal:
        if refusal.facts.get("reason") == "open_already":
            return visit.go(f"/claims/{refusal.facts['claim_id']}")
        form.refusal = _why_not(visit, await _forecast(visit, parcel))
        return await _form(visit, parcel, form, 409)
    except MarketplaceError as refusal:
        complain(visit, form, refusal)
        return await _form(visit, parcel, form, 422)
    return visit.go(f"/claims/{claim_id}", "claim-opened")


async def claim(visit: Visit) -> Response:
    """Show a claim to its buyer; lead others concerned to where they see it, and guests elsewhere to their order."""
    order_id, key = visit.asked("order", 64), visit.asked("key")
    by_link = f"/orders/{quote(order_id, safe='')}?key={quote(key, safe='')}" if order_id and key else ""
    if visit.by.user_id is None:
        return visit.go(by_link) if by_link else visit.to_sign_in()
    try:
        view = await look(visit)
    except NotFound:
        if by_link:
            return visit.go(by_link)
        raise
    if view.buyer_id == visit.by.user_id:
        return await _claim(visit, view, Form(language=visit.language), 200)
    place = "studio" if visit.by.seller_id == view.seller_id else "console"
    return visit.go(f"/{place}/claims/{view.claim_id}")


async def accept(visit: Visit) -> Response:
    """Take the offer that was seen."""
    view, form = await _own(visit), await visit.form()
    offered = form.whole("offered", 0)
    if form.fits:
        try:
            await visit.execute(AcceptClaimOffer(claim_id=view.claim_id, offered_minor=offered))
        except MarketplaceError as refusal:
            complain(visit, form, refusal)
    return await _done(visit, view.claim_id, form, "claim-accepted")


async def withdraw(visit: Visit) -> Response:
    """Take the claim back."""
    view, form = await _own(visit), await visit.form()
    try:
        await visit.execute(WithdrawClaim(claim_id=view.claim_id))
    except MarketplaceError as refusal:
        complain(visit, form, refusal)
    return await _done(visit, view.claim_id, form, "claim-withdrawn")


async def add(visit: Visit) -> Response:
    """Say something."""
    view, form = await _own(visit), await visit.form()
    await say(visit, form)
    return await _done(visit, view.claim_id, form, "claim-said")


async def add_photos(visit: Visit) -> Response:
    """Show photos."""
    view, form = await _own(visit), await visit.form()
    await show_photos(visit, form)
    return await _done(visit, view.claim_id, form, "claim-shown")


async def _done(visit: Visit, claim_id: ClaimId, form: Form, notice: str) -> Response:
    if form.fits:
        return visit.go(f"/claims/{claim_id}", notice)
    return await _claim(visit, await visit.ask(ViewClaim(claim_id=claim_id)), form, 422)


async def _own(visit: Visit) -> ClaimView:
    view = await look(visit)
    if view.buyer_id != visit.by.user_id:
        raise ClaimNotFound("There is no such claim.", claim_id=named(visit))
    return view


async def _claim(visit: Visit, view: ClaimView, form: Form, status: int) -> Response:
    order = await visit.ask(ViewOrder(order_id=view.order_id))
    shops = {part.seller_order_id: part.seller_name for part in order.seller_orders}
    return visit.page(
        "storefront/claim.html",
        status=status,
        claim=view,
        order=order,
        shop_name=shops.get(view.seller_order_id, ""),
        form=form,
        kind=KINDS[view.kind],
        state=STATES[view.state],
        ahead=ahead(visit.language, view, Who.BUYER),
        history=history(visit.language, view, Who.BUYER),
        photos_left=CLAIM_PHOTOS_MAX - len(view.photos),
    )


async def _form(visit: Visit, parcel: OwnParcel, form: Form, status: int) -> Response:
    forecast = await _forecast(visit, parcel)
    return visit.page(
        "storefront/claim_new.html",
        status=status,
        order_id=parcel.order_id,
        part=parcel.part,
        form=form,
        forecast=forecast,
        is_held=bool(parcel.hold.held),
        kinds=_choices(visit, forecast),
        why_not=_why_not(visit, forecast) if not forecast.kinds else "",
    )


def _choices(visit: Visit, forecast: ClaimForecast) -> list[tuple[str, str]]:
    """Return what may be chosen; where there is a choice, nothing is chosen for them."""
    kinds = [(kind.value, visit.language.say(KINDS[kind])) for kind in forecast.kinds]
    return kinds if len(kinds) == 1 else [("", visit.language.say("Please choose")), *kinds]


def _why_not(visit: Visit, forecast: ClaimForecast) -> str:
    moment = forecast.opens_at or forecast.closes_at
    said = WHY_NOT.get(forecast.why_not or "", msg("There can be no claim about this parcel now."))
    return visit.language.say(said, moment=visit.language.moment(moment) if moment else "")


async def _forecast(visit: Visit, parcel: OwnParcel) -> ClaimForecast:
    return await visit.ask(ForeseeClaim(seller_order_id=parcel.part.seller_order_id))
