"""Ask a shop for money back: how much of a parcel, why, and what would come back with it."""

from attrs import frozen
from starlette.responses import Response

from marketplace_core.kernel.ids import OrderId, SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.orders import SellerOrderNotFound, SellerOrderView, ViewOrder
from marketplace_core.payments import (
    ListRefunds,
    MalformedRefund,
    OrderHold,
    PreviewRefund,
    RefundBlockedByDispute,
    RefundExceedsRemaining,
    RefundWish,
    RequestRefund,
    ViewOrderHolds,
    WrongState,
)
from marketplace_entrypoints.web.foreseeing import foreseen
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.storefront.refunds import askable, of_parcel
from marketplace_entrypoints.web.visit import Visit

REFUNDS = 100


@frozen(kw_only=True)
class OwnParcel:
    """A parcel of one's own, and what is held of its money."""

    order_id: OrderId
    part: SellerOrderView
    hold: OrderHold


async def own_parcel(visit: Visit) -> OwnParcel:
    """Return the parcel that the path names. Raises ``SellerOrderNotFound`` for another buyer's too."""
    order_id, named = OrderId(visit.named("order_id")), SellerOrderId(visit.named("seller_order_id"))
    order, held = await visit.ask(ViewOrder(order_id=order_id)), await visit.ask(ViewOrderHolds(order_id=order_id))
    part = next((one for one in order.seller_orders if one.seller_order_id == named), None)
    hold = next((one for one in held.holds if one.seller_order_id == named), None)
    if order.buyer_id != visit.by.user_id or part is None or hold is None:
        raise SellerOrderNotFound
    return OwnParcel(order_id=order_id, part=part, hold=hold)


async def ask(visit: Visit) -> Response:
    """Ask how much and why, and show what would come back before the shop is asked."""
    form = Form(language=visit.language, values={name: visit.asked(name, 500) for name in ("amount", "reason")})
    return await _asked(visit, await own_parcel(visit), form, 200)


async def ask_back(visit: Visit) -> Response:
    """Take a buyer's wish to have money back of a parcel."""
    parcel, form = await own_parcel(visit), await visit.form()
    wish, reason = _wish(form, parcel.hold), form.text("reason", required=True)
    if form.fits:
        try:
            await visit.execute_once(RequestRefund(order_id=parcel.order_id, reason=reason, wishes=(wish,)), form)
        except (MalformedRefund, RefundBlockedByDispute, RefundExceedsRemaining, WrongState) as refusal:
            form.refusal = visit.sentence(refusal)
    if not form.fits:
        return await _asked(visit, parcel, form, 422)
    return visit.go(f"/orders/{parcel.order_id}", "refund-asked")


async def _asked(visit: Visit, parcel: OwnParcel, form: Form, status: int) -> Response:
    preview = None
    if (form.text("amount") or form.text("reason")) and not form.refusal:
        wish = _wish(form, parcel.hold)
        form.text("reason", required=True)
        preview = await foreseen(visit, form, PreviewRefund(order_id=parcel.order_id, wishes=(wish,)))
    refunds = await visit.ask(ListRefunds(order_id=parcel.order_id, page=PageRequest(limit=REFUNDS)))
    return visit.page(
        "storefront/refund_new.html",
        status=status,
        form=form,
        order_id=parcel.order_id,
        part=parcel.part,
        askable=askable(parcel.hold, of_parcel(refunds.items, parcel.part.seller_order_id)),
        currency=parcel.hold.share.currency,
        preview=preview,
    )


def _wish(form: Form, hold: OrderHold) -> RefundWish:
    """Read the amount, which is of the goods first and of their delivery for the rest."""
    amount = form.money("amount", hold.share.currency)
    items = Money(min(amount.amount_minor, hold.refundable_items.amount_minor), amount.currency)
    return RefundWish(
        seller_order_id=hold.seller_order_id,
        items_minor=items.amount_minor,
        delivery_minor=(amount - items).amount_minor,
    )
