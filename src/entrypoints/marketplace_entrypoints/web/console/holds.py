"""Held payments: what waits for whom, and the hand that may stop or hasten it."""

from starlette.responses import Response

from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.payments import (
    EscrowView,
    FreezeEscrow,
    HoldState,
    ListEscrows,
    ListJournals,
    ReleaseEscrow,
    UnfreezeEscrow,
    ViewEscrow,
    release_id,
)
from marketplace_entrypoints.web.console.desk import carry_out, move_money, picked, turned
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.visit import Visit


async def holds(visit: Visit) -> Response:
    """List them, the newest orders first."""
    state = picked(visit, "state", HoldState)
    states = frozenset({state}) if state else frozenset[HoldState]()
    found = await visit.ask(ListEscrows(states=states, page=turned(visit)))
    return visit.page(
        "console/holds.html", said=said(visit.language), holds=found, chosen_state=state, states=list(HoldState)
    )


async def hold(visit: Visit) -> Response:
    """Show one and what can be done about it."""
    return await _hold(visit, Form(language=visit.language), 200)


async def freeze(visit: Visit) -> Response:
    """Stop its release, for a reason."""
    view, form = await _named(visit), await visit.form()
    reason = form.text("reason", required=True)
    if not form.fits:
        return await _hold(visit, form, 422)
    command = FreezeEscrow(seller_order_id=view.seller_order_id, reason=reason)
    return await carry_out(visit, command, again=_hold, after=_at(view), notice="hold-frozen", reason=reason)


async def unfreeze(visit: Visit) -> Response:
    """Take one reason away."""
    view, form = await _named(visit), await visit.form()
    command = UnfreezeEscrow(seller_order_id=view.seller_order_id, reason=form.text("reason"))
    return await move_money(visit, command, again=_hold, after=_at(view), notice="hold-unfrozen")


async def release(visit: Visit) -> Response:
    """Let the seller have it before its time; what stands in the way is named."""
    view = await _named(visit)
    command = ReleaseEscrow(seller_order_id=view.seller_order_id)
    return await move_money(visit, command, again=_hold, after=_at(view), notice="hold-released")


async def _hold(visit: Visit, form: Form, status: int) -> Response:
    view = await _named(visit)
    source = release_id(view.seller_order_id, len(view.releases)) if view.releases else view.payment_id
    return visit.page(
        "console/hold.html",
        status=status,
        said=said(visit.language),
        form=form,
        hold=view,
        journals=(await visit.ask(ListJournals(source_id=source))).items,
    )


async def _named(visit: Visit) -> EscrowView:
    return await visit.ask(ViewEscrow(seller_order_id=SellerOrderId(visit.named("seller_order_id"))))


def _at(view: EscrowView) -> str:
    return f"/console/holds/{view.seller_order_id}"
