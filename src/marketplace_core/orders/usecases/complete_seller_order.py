"""Complete a seller order."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.seller_order import SellerOrder, SellerOrderState
from marketplace_core.orders.domain.timers import COMPLETE, LOOK_AGAIN
from marketplace_core.orders.ports import Checkout, OrdersWork


@frozen(kw_only=True)
class CompleteSellerOrder(Command[None]):
    """Close the book on a seller order that has arrived, or come back."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    seller_order_id: SellerOrderId


@frozen(kw_only=True)
class CompleteSellerOrderHandler:
    """Complete a seller order.

    - Only when nothing of its payment is held any more and the time to send goods back, 14 days from the delivery, is
      over. Until then it is looked at every day.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    checkout: Checkout
    policy: CheckoutPolicy

    async def __call__(self, command: CompleteSellerOrder, by: Actor) -> None:
        """Look, and complete it or wait. Raises ``SellerOrderNotFound``."""
        now = self.clock.now()
        async with self.begin() as work:
            one = await work.seller_orders.get(command.seller_order_id)
            if one.state not in (SellerOrderState.DELIVERED, SellerOrderState.RETURNED_TO_SENDER):
                return
            matters = await self.checkout.open_matters(one.order_id)
            over = return_window_over(one, self.policy)
            if now < over or one.seller_order_id in matters.held:
                await work.deadlines.set(COMPLETE, one.seller_order_id, max(over, now + LOOK_AGAIN))
                return
            one.complete(now)
            await work.seller_orders.save(one)


def return_window_over(one: SellerOrder, policy: CheckoutPolicy) -> datetime:
    """Tell when it is too late to send goods back: from the delivery on; at once for what came back by itself."""
    return one.history[-1].at if one.arrival is None else one.arrival.delivered_at + policy.return_window
