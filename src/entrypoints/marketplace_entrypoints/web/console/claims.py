"""Claims: what buyers and shops cannot settle between them, and what waits to be decided."""

from starlette.responses import Response

from marketplace_core.kernel.acts import REASON_CHARACTERS_MAX
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.ids import ClaimId
from marketplace_core.kernel.machines import Who
from marketplace_core.orders import ViewOrder
from marketplace_core.payments.claims import (
    CLAIM_PHOTOS_MAX,
    ClaimDecision,
    ClaimState,
    DecideClaim,
    ListClaims,
    ViewClaim,
)
from marketplace_entrypoints.web.claims.acting import complain, look, named, say, show_photos
from marketplace_entrypoints.web.claims.history import KINDS, ahead, history
from marketplace_entrypoints.web.console.desk import picked, turned
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.visit import Visit


async def claims(visit: Visit) -> Response:
    """List them, the newest first."""
    state = picked(visit, "state", ClaimState)
    states = frozenset({state}) if state else frozenset[ClaimState]()
    found = await visit.ask(ListClaims(states=states, page=turned(visit)))
    return visit.page(
        "console/claims.html",
        said=said(visit.language),
        claims=found,
        chosen_state=state,
        states=list(ClaimState),
    )


async def claim(visit: Visit) -> Response:
    """Show one with all that was said, and what can be decided."""
    return await _claim(visit, named(visit), Form(language=visit.language), 200)


async def decide(visit: Visit) -> Response:
    """Say what becomes of the money, and why."""
    view, form = await look(visit), await visit.form()
    decision = next((one for one in ClaimDecision if one.value == form.text("decision")), ClaimDecision.PARTIAL)
    reason, currency = form.text(f"reason-{decision.value}", required=True), view.wanted.items.currency
    parts = {"items": 0, "delivery": 0}
    if decision is ClaimDecision.PARTIAL:
        typed = [name for name in parts if form.text(name)]
        parts |= {name: form.money(name, currency).amount_minor for name in typed}
        if not typed:
            form.errors["items"] = visit.language.say("Please fill this in.")
    if form.fits:
        command = DecideClaim(
            claim_id=view.claim_id,
            decision=decision,
            reason=reason,
            items_minor=parts["items"],
            delivery_minor=parts["delivery"],
        )
        try:
            await visit.execute(command, reason=reason[:REASON_CHARACTERS_MAX])
        except MarketplaceError as refusal:
            complain(visit, form, refusal)
    return await _done(visit, form, "claim-decided")


async def add(visit: Visit) -> Response:
    """Say something."""
    form = await visit.form()
    await say(visit, form)
    return await _done(visit, form, "claim-said")


async def add_photos(visit: Visit) -> Response:
    """Show photos."""
    form = await visit.form()
    await show_photos(visit, form)
    return await _done(visit, form, "claim-shown")


async def _done(visit: Visit, form: Form, notice: str) -> Response:
    claim_id = named(visit)
    return visit.go(f"/console/claims/{claim_id}", notice) if form.fits else await _claim(visit, claim_id, form, 422)


async def _claim(visit: Visit, claim_id: ClaimId, form: Form, status: int) -> Response:
    view = await visit.ask(ViewClaim(claim_id=claim_id))
    order = await visit.ask(ViewOrder(order_id=view.order_id))
    shops = {part.seller_order_id: part.seller_name for part in order.seller_orders}
    return visit.page(
        "console/claim.html",
        status=status,
        said=said(visit.language),
        claim=view,
        order=order,
        shop_name=shops.get(view.seller_order_id, ""),
        form=form,
        kind=KINDS[view.kind],
        ahead=ahead(visit.language, view, Who.OPERATOR),
        history=history(visit.language, view, Who.OPERATOR),
        photos_left=CLAIM_PHOTOS_MAX - len(view.photos),
    )
