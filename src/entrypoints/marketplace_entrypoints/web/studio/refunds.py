"""Money that goes back to a buyer: wishes to decide about, and what the shop gives back by itself."""

from starlette.responses import Response

from marketplace_core.identity import SellerView
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.ids import RefundId
from marketplace_core.orders import SellerOrderView
from marketplace_core.payments import (
    ApproveRefund,
    EscrowView,
    PreviewRefund,
    RefundWish,
    RejectRefund,
    RequestRefund,
    ViewEscrow,
)
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.foreseeing import foreseen
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.studio.orders import own_order, shown_order
from marketplace_entrypoints.web.visit import Visit

_TYPED = ("items", "delivery", "reason")


async def foresee(visit: Visit, shop: SellerView) -> Response:
    """Ask how much goes back and why, and show what it comes to before it does."""
    view = await own_order(visit, shop)
    form = Form(language=visit.language, values={name: visit.asked(name, 500) for name in _TYPED})
    return await _foreseen(visit, shop, view, form, 200)


async def give(visit: Visit, shop: SellerView) -> Response:
    """Give some of the goods' price, of their delivery, or of both back."""
    view, form = await own_order(visit, shop), await visit.form()
    wish = _wish(form, await _hold(visit, view))
    reason = form.text("reason", required=True)
    if not form.fits:
        return await _foreseen(visit, shop, view, form, 422)
    try:
        await visit.execute_once(RequestRefund(order_id=view.order_id, reason=reason, wishes=(wish,)), form)
    except MarketplaceError as refusal:
        form.refusal = visit.sentence(refusal)
        return await _foreseen(visit, shop, view, form, status_of(refusal))
    return visit.go(_at(view), "refund-given")


async def approve(visit: Visit, shop: SellerView) -> Response:
    """Agree to what a buyer asks for."""
    view, form = await own_order(visit, shop), Form(language=visit.language)
    try:
        await visit.execute(ApproveRefund(refund_id=RefundId(visit.named("refund_id"))))
    except MarketplaceError as refusal:
        return await _refused(visit, shop, view, form, refusal)
    return visit.go(_at(view), "refund-approved")


async def reject(visit: Visit, shop: SellerView) -> Response:
    """Refuse it, and say why."""
    view, form = await own_order(visit, shop), await visit.form()
    note = form.text("note", required=True)
    if not form.fits:
        return await shown_order(visit, shop, view, form, status=422)
    try:
        await visit.execute(RejectRefund(refund_id=RefundId(visit.named("refund_id")), note=note))
    except MarketplaceError as refusal:
        return await _refused(visit, shop, view, form, refusal)
    return visit.go(_at(view), "refund-rejected")


async def _foreseen(visit: Visit, shop: SellerView, view: SellerOrderView, form: Form, status: int) -> Response:
    hold, preview = await _hold(visit, view), None
    if any(map(form.text, _TYPED)) and not form.refusal:
        wish = _wish(form, hold)
        form.text("reason", required=True)
        preview = await foreseen(visit, form, PreviewRefund(order_id=view.order_id, wishes=(wish,)))
    return visit.page(
        "studio/refund_new.html", status=status, shop=shop, order=view, hold=hold, form=form, preview=preview
    )


def _wish(form: Form, hold: EscrowView) -> RefundWish:
    currency = hold.share.currency
    minor = {name: form.money(name, currency).amount_minor if form.text(name) else 0 for name in ("items", "delivery")}
    if not (form.text("items") or form.text("delivery")):
        form.errors["items"] = form.language.say("Please fill this in.")
    return RefundWish(
        seller_order_id=hold.seller_order_id, items_minor=minor["items"], delivery_minor=minor["delivery"]
    )


async def _hold(visit: Visit, view: SellerOrderView) -> EscrowView:
    return await visit.ask(ViewEscrow(seller_order_id=view.seller_order_id))


async def _refused(
    visit: Visit, shop: SellerView, view: SellerOrderView, form: Form, refusal: MarketplaceError
) -> Response:
    form.refusal = visit.sentence(refusal)
    return await shown_order(visit, shop, view, form, status=status_of(refusal))


def _at(view: SellerOrderView) -> str:
    return f"/studio/orders/{view.seller_order_id}"
