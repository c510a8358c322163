"""Paying an order on a page of ours, with whatever element the payment provider brings."""

from contextlib import suppress

from starlette.responses import Response

from marketplace_core.kernel.errors import Unavailable
from marketplace_core.kernel.ids import OrderId
from marketplace_core.orders import OrderState, OrderView, PaymentStep, ViewOrder
from marketplace_core.payments import PaymentState, ReconcilePayment, RequestPayment
from marketplace_entrypoints.web.visit import Visit

IN_PROGRESS = frozenset({PaymentState.PROCESSING.value, PaymentState.AUTHORIZED.value, PaymentState.CAPTURED.value})
"""States in which the buyer has done their part."""


async def payment(visit: Visit) -> Response:
    """Show the provider's element; whoever has paid already is shown the order."""
    order = await _order(visit)
    step = order.payment
    if step is None or order.state is not OrderState.PENDING_PAYMENT or step.state in IN_PROGRESS:
        return visit.go(f"/orders/{order.order_id}")
    page = visit.house.opened.payment_page
    ready = step.client_secret is not None and step.provider_reference is not None
    return visit.page(
        "storefront/payment.html",
        partners=page.origins,
        order=order,
        step=step,
        page=page if ready else None,
        return_url=f"/orders/{order.order_id}/payment/return",
    )


async def ask_again(visit: Visit) -> Response:
    """Ask a provider once more that did not answer when the order was placed."""
    order = await _order(visit)
    await visit.execute(RequestPayment(payment_id=order.payment_id))
    return visit.go(f"/orders/{order.order_id}/payment")


async def back(visit: Visit) -> Response:
    """Receive a buyer who comes from paying: ask the provider what became of it, then show the order."""
    order = await _order(visit)
    if order.state is OrderState.PENDING_PAYMENT:
        with suppress(Unavailable):  # then its message will come, and the order's page waits for it
            await visit.execute(ReconcilePayment(payment_id=order.payment_id))
    return visit.go(f"/orders/{order.order_id}?paid=1")


def waits(step: PaymentStep | None, order: OrderView) -> bool:
    """Tell whether the buyer has done their part and the order has not heard of it yet."""
    return order.state is OrderState.PENDING_PAYMENT and step is not None and step.state in IN_PROGRESS


async def _order(visit: Visit) -> OrderView:
    return await visit.ask(ViewOrder(order_id=OrderId(visit.named("order_id"))))
