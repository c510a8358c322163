"""Reopen an order that was closed: something came up about its money."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OrderId, SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.timers import CLOSE, COMPLETE, LOOK_AGAIN
from marketplace_core.orders.ports import OrdersWork


@frozen(kw_only=True)
class ReopenOrder(Command[None]):
    """Open a closed order again.

    ``reason`` is a short code; ``seller_order_id`` names the part whose money is held again, if that is it.
    """

    permission: ClassVar[Permission] = Permission.SYSTEM
    order_id: OrderId
    reason: str
    seller_order_id: SellerOrderId | None = None


@frozen(kw_only=True)
class ReopenOrderHandler:
    """Open a closed order again.

    - A card dispute, or a refund that failed or came back, reopens it; it is looked at every day and closed again when
      that is over.
    - A completed part whose money is held again counts as delivered again until that money has gone.
    - An order that is not closed stays as it is.
    """

    begin: Begin[OrdersWork]
    clock: Clock

    async def __call__(self, command: ReopenOrder, by: Actor) -> None:
        """Reopen it. Raises ``OrderNotFound``, ``SellerOrderNotFound``."""
        now = self.clock.now()
        async with self.begin() as work:
            order = await work.orders.get(command.order_id)
            if order.reopen(command.reason, now):
                await work.orders.save(order)
                await work.deadlines.set(CLOSE, order.order_id, now + LOOK_AGAIN)
            if command.seller_order_id is not None:
                part = await work.seller_orders.get(command.seller_order_id)
                if part.reopen(now):
                    await work.seller_orders.save(part)
                    await work.deadlines.set(COMPLETE, part.seller_order_id, now + LOOK_AGAIN)
