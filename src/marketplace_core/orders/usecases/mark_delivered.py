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
from marketplace_core.orders.ports import OrdersWork


@frozen(kw_only=True)
class MarkDelivered(Command[Delivered]):
    """Say as its seller that a parcel arrived."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_order_id: SellerOrderId


@frozen(kw_only=True)
class MarkDeliveredHandler:
    """Mark a shipped order as delivered.

    - The seller's word counts least: the money waits 14 days for the buyer to object. An operator's word is kept apart.
    - Only a shipped order can arrive.
    """

    begin: Begin[OrdersWork]
    clock: Clock

    async def __call__(self, command: MarkDelivered, by: Actor) -> Delivered:
        """Mark it."""
        async with self.begin() as work:
            seller_order = await work.seller_orders.get(command.seller_order_id)
            seller_order.mark_delivered(sold_by(seller_order, by), self.clock.now())
            await work.seller_orders.save(seller_order)
        return seller_order.delivered
