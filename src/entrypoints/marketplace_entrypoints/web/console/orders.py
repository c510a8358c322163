"""Orders of everybody, what is held of each, and what was booked for it."""

from starlette.responses import Response

from marketplace_core.kernel.ids import OrderId
from marketplace_core.orders import ListAllOrders, OrderState, ViewOrder
from marketplace_core.payments import ListEscrows, ListJournals, ViewOrderPayment
from marketplace_entrypoints.web.console.desk import picked, turned
from marketplace_entrypoints.web.console.words import said
from marketplace_entrypoints.web.visit import Visit


async def orders(visit: Visit) -> Response:
    """List them, the newest first."""
    state = picked(visit, "state", OrderState)
    found = await visit.ask(ListAllOrders(state=state, page=turned(visit)))
    return visit.page(
        "console/orders.html", said=said(visit.language), orders=found, chosen_state=state, states=list(OrderState)
    )


async def order(visit: Visit) -> Response:
    """Show one with its parcels, its holds and the journals of its payment."""
    order_id = OrderId(visit.named("order_id"))
    view = await visit.ask(ViewOrder(order_id=order_id))
    holds = await visit.ask(ListEscrows(order_id=order_id))
    return visit.page(
        "console/order.html",
        said=said(visit.language),
        order=view,
        payment=await visit.ask(ViewOrderPayment(order_id=order_id)),
        holds={hold.seller_order_id: hold for hold in holds.items},
        journals=(await visit.ask(ListJournals(source_id=view.payment_id))).items,
    )
