"""The two ends of waiting for money, shared by the commands that may meet them. Each runs in an open transaction."""

from datetime import datetime

from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money
from marketplace_core.orders.domain.order import Order
from marketplace_core.orders.domain.timers import PAY_BY, REVIEW_BY, REVIEW_TERM
from marketplace_core.orders.ports import OrdersWork, Quotes


async def money_came(work: OrdersWork, quotes: Quotes, order: Order, captured: Money | None, now: datetime) -> None:
    """Let the order take note of the captured money (None: its full amount), and turn held stock into sold.

    Told again, nothing changes.
    """
    before = order.state
    seller_orders = await work.seller_orders.of_order(order.order_id)
    order.paid(order.total if captured is None else captured, seller_orders, now)
    if order.state is before:
        return
    await work.orders.save(order)
    await work.deadlines.cancel(PAY_BY, order.order_id)
    if order.awaits_review:
        await work.deadlines.set(REVIEW_BY, order.order_id, now + REVIEW_TERM)
        return
    for seller_order in seller_orders:
        await work.seller_orders.save(seller_order)
    await quotes.commit(order.order_id)


async def no_money_will_come(work: OrdersWork, quotes: Quotes, order: Order, who: Who, now: datetime) -> None:
    """End an order that nobody paid, with all its parts, and put the goods back into stock."""
    if who is Who.TIMER:
        order.expire(now)
    else:
        order.cancel(who, now)
    await work.orders.save(order)
    for seller_order in await work.seller_orders.of_order(order.order_id):
        seller_order.cancel_unpaid(now)
        await work.seller_orders.save(seller_order)
    await work.deadlines.cancel(PAY_BY, order.order_id)
    await work.deadlines.cancel(REVIEW_BY, order.order_id)
    await quotes.release(order.order_id)
