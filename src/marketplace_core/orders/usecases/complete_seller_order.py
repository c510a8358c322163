"""Complete a seller order."""

from datetime import datetime
from typing import ClassVar, Final

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

_SENT: Final = frozenset({
    SellerOrderState.SHIPPED,
    SellerOrderState.DELIVERED,
    SellerOrderState.RETURNED_TO_SENDER,
})  # fmt: skip


@frozen(kw_only=True)
class CompleteSellerOrder(Command[None]):
    """Close the book on a seller order that has arrived, come back, or been sent for nothing."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    seller_order_id: SellerOrderId


@frozen(kw_only=True)
class CompleteSellerOrderHandler:
    """Complete a seller order.

    - Only when nothing of its payment is held any more and the time to send goods back, 14 days from the delivery, is
      over. Until then it is looked at every day.
    - What was sent and never said to have arrived is complete, 14 days after it was sent, once all of its payment has
      gone back or was lost: nobody has a reason any more to say anything.
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
            if one.state not in _SENT:
                return
            matters = await self.checkout.open_matters(one.order_id)
            over = return_window_over(one, self.policy)
            if now < over or one.seller_order_id in matters.held:
                await work.deadlines.set(COMPLETE, one.seller_order_id, max(over, now + LOOK_AGAIN))
                return
            one.complete(now)
            await work.seller_orders.save(one)


def return_window_over(one: SellerOrder, policy: CheckoutPolicy) -> datetime:
    """Tell when it is too late to send goods back: from the delivery on, or from the last parcel on while it is under
    way; at once for what came back by itself.
    """
    window = policy.agreed(one.rules).return_window
    if one.arrival is not None:
        return one.arrival.delivered_at + window
    if one.state is SellerOrderState.SHIPPED:
        return max(parcel.shipped_at for parcel in one.parcels) + window
    return one.history[-1].at


async def wait_for_the_end(work: OrdersWork, one: SellerOrder, policy: CheckoutPolicy) -> None:
    """Set the timer by which a seller order of which nothing is left to send is looked at."""
    if one.state in _SENT:
        await work.deadlines.set(COMPLETE, one.seller_order_id, return_window_over(one, policy))
