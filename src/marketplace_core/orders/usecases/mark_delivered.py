"""Mark a seller order as delivered on its seller's word."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.delivery import Delivered
from marketplace_core.orders.domain.ownership import sold_by
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.seller_order import SellerOrderState
from marketplace_core.orders.domain.timers import COMPLETE
from marketplace_core.orders.ports import Checkout, OrdersWork
from marketplace_core.orders.usecases.arriving_parcels import ArrivingParcels
from marketplace_core.orders.usecases.complete_seller_order import return_window_over


@frozen(kw_only=True)
class MarkDelivered(Command[Delivered]):
    """Say as its seller that it arrived; with ``tracking``, one parcel of several."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_order_id: SellerOrderId
    tracking: str | None = None


@frozen(kw_only=True)
class MarkDeliveredHandler:
    """Mark a shipped order as delivered.

    - The seller's word counts least: the money waits 14 days for the buyer to object. An operator's word is kept apart.
    - Only a shipped order can arrive; of one that came back to its seller an operator may say that it arrived after
      all.
    - One parcel of several may arrive by itself; with the last one the whole has arrived.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    checkout: Checkout
    parcels: ArrivingParcels
    policy: CheckoutPolicy

    async def __call__(self, command: MarkDelivered, by: Actor) -> Delivered:
        """Mark it."""
        async with self.begin() as work:
            seller_order = await work.seller_orders.get(command.seller_order_id)
            if command.tracking is not None:
                return await self.parcels.arrived(work, seller_order, command.tracking, sold_by(seller_order, by))
            came_back = seller_order.state is SellerOrderState.RETURNED_TO_SENDER
            seller_order.mark_delivered(sold_by(seller_order, by), self.clock.now())
            await work.seller_orders.save(seller_order)
            if came_back:
                await self.checkout.unfreeze_undelivered(seller_order.seller_order_id)
            await work.deadlines.set(
                COMPLETE, seller_order.seller_order_id, return_window_over(seller_order, self.policy)
            )
        return seller_order.delivered
