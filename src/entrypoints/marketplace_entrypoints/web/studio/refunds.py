"""Money that goes back to a buyer: wishes to decide about, and what the shop gives back by itself."""

from starlette.responses import Response

from marketplace_core.identity import SellerView
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.ids import RefundId
from marketplace_core.orders import SellerOrderView
from marketplace_core.payments import (
    ApproveRefund,
    EscrowView,
    RefundWish,
    RejectRefund,
    RequestRefund,
    ViewEscrow,
)
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.studio.orders import own_order, shown_order
from marketplace_entrypoints.web.visit import Visit


async def give(visit: Visit, shop: SellerView) -> Response:
    """Give some of the goods' price, of their delivery, or of both back."""
    view, form = await own_order(visit, shop), await visit.form()
    hold: EscrowView = await visit.ask(ViewEscrow(seller_order_id=view.seller_order_id))
    currency = hold.share.currency
    items = form.money("items", currency) if form.text("items") else None
    delivery = form.money("delivery", currency) if form.text("delivery") else None
    reason = form.text("reason", required=True)
    if items is None and delivery is None:
        form.errors["items"] = visit.language.say("Please fill this in.")
    if not form.fits:
        return await shown_order(visit, shop, view, form, status=422)
    wish = RefundWish(
        seller_order_id=view.seller_order_id,
        items_minor=items.amount_minor if items else 0,
        delivery_minor=delivery.amount_minor if delivery else 0,
    )
    try:
        await visit.execute_once(RequestRefund(order_id=view.order_id, reason=reason, wishes=(wish,)), form)
    except MarketplaceError as refusal:
        return await _refused(visit, shop, view, form, refusal)
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


async def _refused(
    visit: Visit, shop: SellerView, view: SellerOrderView, form: Form, refusal: MarketplaceError
) -> Response:
    form.refusal = visit.sentence(refusal)
    return await shown_order(visit, shop, view, form, status=status_of(refusal))


def _at(view: SellerOrderView) -> str:
    return f"/studio/orders/{view.seller_order_id}"
