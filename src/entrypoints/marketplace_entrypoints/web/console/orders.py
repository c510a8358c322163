"""Orders of everybody, what is held of each, and what was booked for it."""

from starlette.responses import Response

from marketplace_core.kernel.ids import OrderId, SellerOrderId
from marketplace_core.orders import (
    AcceptPayment,
    CancelSellerOrder,
    ListAllOrders,
    OrderState,
    RejectPayment,
    ViewOrder,
)
from marketplace_core.payments import ListDisputes, ListEscrows, ListJournals, ListRefunds, ViewOrderPayment
from marketplace_core.payments.claims import ListClaims
from marketplace_entrypoints.web.console.desk import carry_out, move_money, picked, turned
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.visit import Visit


async def orders(visit: Visit) -> Response:
    """List them, the newest first."""
    state = picked(visit, "state", OrderState)
    found = await visit.ask(ListAllOrders(state=state, page=turned(visit)))
    return visit.page(
        "console/orders.html", said=said(visit.language), orders=found, chosen_state=state, states=list(OrderState)
    )


async def order(visit: Visit) -> Response:
    """Show one with its parcels, its holds, its refunds and the journals of its payment."""
    return await _order(visit, Form(language=visit.language), 200)


async def accept_payment(visit: Visit) -> Response:
    """Keep a payment that was in review, and let its order go on."""
    order_id = OrderId(visit.named("order_id"))
    return await move_money(
        visit,
        AcceptPayment(order_id=order_id),
        again=_order,
        after=f"/console/orders/{order_id}",
        notice="payment-accepted",
    )


async def cancel_part(visit: Visit) -> Response:
    """Call off what of a part is not sent yet."""
    note = (await visit.form()).text("reason")
    return await carry_out(
        visit,
        CancelSellerOrder(seller_order_id=SellerOrderId(visit.named("seller_order_id")), note=note),
        again=_order,
        after=f"/console/orders/{visit.named('order_id')}",
        notice="part-cancelled",
        reason=note,
    )


async def reject_payment(visit: Visit) -> Response:
    """Send a payment that does not fit back and call its order off."""
    order_id = OrderId(visit.named("order_id"))
    return await move_money(
        visit,
        RejectPayment(order_id=order_id),
        again=_order,
        after=f"/console/orders/{order_id}",
        notice="payment-rejected",
    )


async def _order(visit: Visit, form: Form, status: int) -> Response:
    order_id = OrderId(visit.named("order_id"))
    view = await visit.ask(ViewOrder(order_id=order_id))
    holds = await visit.ask(ListEscrows(order_id=order_id))
    return visit.page(
        "console/order.html",
        status=status,
        said=said(visit.language),
        form=form,
        order=view,
        payment=await visit.ask(ViewOrderPayment(order_id=order_id)),
        holds={hold.seller_order_id: hold for hold in holds.items},
        refundable=any(hold.share.amount_minor > hold.refunded.amount_minor for hold in holds.items),
        refunds=(await visit.ask(ListRefunds(order_id=order_id))).items,
        claims=(await visit.ask(ListClaims(order_id=order_id))).items,
        disputes=(await visit.ask(ListDisputes(order_id=order_id))).items,
        journals=(await visit.ask(ListJournals(source_id=view.payment_id))).items,
    )
