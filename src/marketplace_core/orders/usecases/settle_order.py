"""Settle an order whose parts are over: it falls with them, or it is closed."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.order import OrderState
from marketplace_core.orders.domain.seller_order import SellerOrderState
from marketplace_core.orders.domain.timers import CLOSE, LOOK_AGAIN
from marketplace_core.orders.ports import Checkout, OrdersWork


@frozen(kw_only=True)
class SettleOrder(Command[None]):
    """Look whether an order is over: after one of its parts was, and every day until its money is settled."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    order_id: OrderId


@frozen(kw_only=True)
class SettleOrderHandler:
    """End a confirmed order when all its parts have ended.

    - If none of them was ever sent, it is called off with them.
    - Otherwise it is closed, as soon as nothing of its money is held and no refund, claim or card dispute is open;
      until then it is looked at every day.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    checkout: Checkout

    async def __call__(self, command: SettleOrder, by: Actor) -> None:
        """Look, and end it or wait. Raises ``OrderNotFound``."""
        now = self.clock.now()
        async with self.begin() as work:
            order = await work.orders.get(command.order_id)
            if order.state is not OrderState.CONFIRMED:
                return
            parts = await work.seller_orders.of_order(order.order_id)
            if not all(part.is_over for part in parts):
                return
            if not any(part.state is SellerOrderState.COMPLETED for part in parts):
                order.fall(now)
            elif (await self.checkout.open_matters(order.order_id)).any:
                await work.deadlines.set(CLOSE, order.order_id, now + LOOK_AGAIN)
                return
            else:
                order.close(now)
            await work.orders.save(order)
            await work.deadlines.cancel(CLOSE, order.order_id)
