"""Claims of buyers about what the shop has sold: to be answered, and followed."""

from typing import Final

from starlette.responses import Response

from marketplace_core.identity import SellerView
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.machines import Who
from marketplace_core.payments.claims import (
    CLAIM_PHOTOS_MAX,
    CLAIMS_OPENED,
    AnswerClaim,
    ClaimAnswer,
    ClaimNotFound,
    ClaimState,
    ClaimView,
    ListClaims,
    ViewClaim,
)
from marketplace_entrypoints.web.claims.acting import complain, look, named, say, show_photos
from marketplace_entrypoints.web.claims.history import KINDS, STATES, ahead, history
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.language import msg
from marketplace_entrypoints.web.studio.rooms import turned
from marketplace_entrypoints.web.visit import Visit

CLAIMS: Final = 25
FILTERS: Final = (
    ("", msg("All")),
    ("awaiting_seller", msg("To be answered")),
    ("awaiting_operator", msg("With the marketplace")),
    ("closed", msg("Closed")),
)
OWN_STATES: Final = {**STATES, ClaimState.AWAITING_SELLER: (msg("To be answered"), "bad")}
_NOTICES: Final = {
    ClaimAnswer.AGREE: "claim-agreed",
    ClaimAnswer.OFFER: "claim-offered",
    ClaimAnswer.CONTEST: "claim-contested",
}


async def claims(visit: Visit, shop: SellerView) -> Response:
    """List them, the newest first."""
    chosen = visit.asked("state")
    states = {state for state in CLAIMS_OPENED if state.value == chosen}
    if chosen == "closed":
        states = set(ClaimState) - CLAIMS_OPENED
    question = ListClaims(seller_id=shop.seller_id, states=frozenset(states), page=turned(visit, CLAIMS))
    found = await visit.ask(question)
    return visit.page(
        "studio/claims.html",
        shop=shop,
        claims=found.items,
        next_cursor=found.next_cursor,
        chosen=chosen if states else "",
        filters=FILTERS,
        kinds=KINDS,
        states=OWN_STATES,
    )


async def claim(visit: Visit, shop: SellerView) -> Response:
    """Show one, with what can be answered."""
    return await _claim(visit, shop, await _own(visit, shop), Form(language=visit.language), 200)


async def answer(visit: Visit, shop: SellerView) -> Response:
    """Agree, offer a part, or see it otherwise."""
    view, form = await _own(visit, shop), await visit.form()
    says = next((one for one in ClaimAnswer if one.value == form.text("answer")), ClaimAnswer.CONTEST)
    text, currency = form.text(f"text-{says.value}", required=True), view.wanted.items.currency
    parts = {"items": 0, "delivery": 0}
    if says is ClaimAnswer.OFFER:
        typed = [name for name in parts if form.text(name)]
        parts |= {name: form.money(name, currency).amount_minor for name in typed}
        if not typed:
            form.errors["items"] = visit.language.say("Please fill this in.")
    if form.fits:
        command = AnswerClaim(
            claim_id=view.claim_id,
            answer=says,
            text=text,
            items_minor=parts["items"],
            delivery_minor=parts["delivery"],
        )
        try:
            await visit.execute_once(command, form)
        except MarketplaceError as refusal:
            complain(visit, form, refusal)
    return await _done(visit, shop, form, _NOTICES[says])


async def add(visit: Visit, shop: SellerView) -> Response:
    """Say something."""
    await _own(visit, shop)
    form = await visit.form()
    await say(visit, form)
    return await _done(visit, shop, form, "claim-said")


async def add_photos(visit: Visit, shop: SellerView) -> Response:
    """Show photos."""
    await _own(visit, shop)
    form = await visit.form()
    await show_photos(visit, form)
    return await _done(visit, shop, form, "claim-shown")


async def _done(visit: Visit, shop: SellerView, form: Form, notice: str) -> Response:
    claim_id = named(visit)
    if form.fits:
        return visit.go(f"/studio/claims/{claim_id}", notice)
    return await _claim(visit, shop, await visit.ask(ViewClaim(claim_id=claim_id)), form, 422)


async def _own(visit: Visit, shop: SellerView) -> ClaimView:
    view = await look(visit)
    if view.seller_id != shop.seller_id:
        raise ClaimNotFound("There is no such claim.", claim_id=named(visit))
    return view


async def _claim(visit: Visit, shop: SellerView, view: ClaimView, form: Form, status: int) -> Response:
    return visit.page(
        "studio/claim.html",
        status=status,
        shop=shop,
        claim=view,
        form=form,
        kind=KINDS[view.kind],
        claim_state=OWN_STATES[view.state],
        ahead=ahead(visit.language, view, Who.SELLER),
        history=history(visit.language, view, Who.SELLER),
        photos_left=CLAIM_PHOTOS_MAX - len(view.photos),
    )
