"""Refunds: what buyers want back, what is on its way to them, and what came back from their banks."""

from starlette.responses import Response

from marketplace_core.kernel.errors import ErrorKind, MarketplaceError
from marketplace_core.kernel.ids import OrderId, RefundId
from marketplace_core.payments import (
    ApproveRefund,
    CancelRefund,
    ListJournals,
    ListRefunds,
    PreviewRefund,
    RefundState,
    RefundView,
    RejectRefund,
    RequestRefund,
    SettleRefund,
    ViewOrderPayment,
    ViewRefund,
)
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.console.desk import carry_out, move_money, picked, turned
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.foreseeing import foreseen
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.visit import Visit


async def refunds(visit: Visit) -> Response:
    """List them, the newest first."""
    state = picked(visit, "state", RefundState)
    states = frozenset({state}) if state else frozenset[RefundState]()
    found = await visit.ask(ListRefunds(states=states, page=turned(visit)))
    return visit.page(
        "console/refunds.html", said=said(visit.language), refunds=found, chosen_state=state, states=list(RefundState)
    )


async def refund(visit: Visit) -> Response:
    """Show one, who bears it, and what was booked for it."""
    return await _refund(visit, Form(language=visit.language), 200)


async def approve(visit: Visit) -> Response:
    """Give the money back that was asked for."""
    view = await _named(visit)
    return await move_money(
        visit, ApproveRefund(refund_id=view.refund_id), again=_refund, after=_at(view), notice="refund-approved"
    )


async def reject(visit: Visit) -> Response:
    """Refuse it and tell the buyer why."""
    view, form = await _named(visit), await visit.form()
    note = form.text("reason", required=True)
    if not form.fits:
        return await _refund(visit, form, 422)
    command = RejectRefund(refund_id=view.refund_id, note=note)
    return await carry_out(visit, command, again=_refund, after=_at(view), notice="refund-rejected")


async def cancel(visit: Visit) -> Response:
    """Call it back while the provider has not been asked."""
    view = await _named(visit)
    return await move_money(
        visit, CancelRefund(refund_id=view.refund_id), again=_refund, after=_at(view), notice="refund-cancelled"
    )


async def settle(visit: Visit) -> Response:
    """Say by what other means one that came back was paid."""
    view, form = await _named(visit), await visit.form()
    how = form.text("reason", required=True)
    if not form.fits:
        return await _refund(visit, form, 422)
    command = SettleRefund(refund_id=view.refund_id, how=how)
    return await carry_out(visit, command, again=_refund, after=_at(view), notice="refund-settled", reason=how)


async def foresee(visit: Visit) -> Response:
    """Ask how much of an order goes back, and show who would bear it before it does."""
    form = Form(language=visit.language, values={name: visit.asked(name, 500) for name in ("amount", "reason")})
    return await _foreseen(visit, form, 200)


async def give(visit: Visit) -> Response:
    """Give it back, as it was foreseen."""
    order_id, form = OrderId(visit.named("order_id")), await visit.form()
    amount = form.money("amount", await _currency(visit, order_id))
    reason = form.text("reason", required=True)
    if not form.fits:
        return await _foreseen(visit, form, 422)
    try:
        command = RequestRefund(order_id=order_id, reason=reason, amount_minor=amount.amount_minor)
        asked = await visit.execute_once(command, form, reason=reason)
    except MarketplaceError as refusal:
        if refusal.kind not in {ErrorKind.INVALID, ErrorKind.RULE_BROKEN}:
            raise
        form.refusal = visit.sentence(refusal)
        return await _foreseen(visit, form, status_of(refusal))
    waits = asked.state is RefundState.REQUESTED
    return visit.go(f"/console/refunds/{asked.refund_id}", "refund-waits" if waits else "refund-given")


async def _foreseen(visit: Visit, form: Form, status: int) -> Response:
    order_id = OrderId(visit.named("order_id"))
    currency, preview = await _currency(visit, order_id), None
    if form.text("amount") and not form.refusal:
        amount = form.money("amount", currency)
        form.text("reason", required=True)
        preview = await foreseen(visit, form, PreviewRefund(order_id=order_id, amount_minor=amount.amount_minor))
    return visit.page(
        "console/refund_new.html",
        status=status,
        said=said(visit.language),
        form=form,
        order_id=order_id,
        currency=currency,
        preview=preview,
        amount=form.text("amount"),
        reason=form.text("reason"),
    )


async def _currency(visit: Visit, order_id: OrderId) -> str:
    return (await visit.ask(ViewOrderPayment(order_id=order_id))).amount.currency


async def _refund(visit: Visit, form: Form, status: int) -> Response:
    view = await _named(visit)
    return visit.page(
        "console/refund.html",
        status=status,
        said=said(visit.language),
        form=form,
        refund=view,
        journals=(await visit.ask(ListJournals(source_id=view.refund_id))).items,
    )


async def _named(visit: Visit) -> RefundView:
    return await visit.ask(ViewRefund(refund_id=RefundId(visit.named("refund_id"))))


def _at(view: RefundView) -> str:
    return f"/console/refunds/{view.refund_id}"
