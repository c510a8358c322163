"""Confirm the receipt of a parcel as its buyer."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.delivery import Delivered
from marketplace_core.orders.domain.ownership import check_bought_by
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.timers import COMPLETE
from marketplace_core.orders.ports import OrdersWork
from marketplace_core.orders.usecases.arriving_parcels import ArrivingParcels
from marketplace_core.orders.usecases.complete_seller_order import return_window_over


@frozen(kw_only=True)
class ConfirmReceipt(Command[Delivered]):
    """Say as its buyer that it arrived; with ``tracking``, one parcel of several."""

    permission: ClassVar[Permission] = Permission.BUYER
    seller_order_id: SellerOrderId
    tracking: str | None = None


@frozen(kw_only=True)
class ConfirmReceiptHandler:
    """Let the buyer confirm that a parcel arrived.

    - The buyer's word releases the held money to the seller at once, also after the seller had marked it delivered.
    - Only a shipped order can be received; said twice, nothing more happens.
    - One parcel of several may be received by itself; with the last one the whole has arrived.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    parcels: ArrivingParcels
    policy: CheckoutPolicy

    async def __call__(self, command: ConfirmReceipt, by: Actor) -> Delivered:
        """Confirm it."""
        async with self.begin() as work:
            seller_order = await work.seller_orders.get(command.seller_order_id)
            check_bought_by(seller_order, by)
            if command.tracking is not None:
                return await self.parcels.arrived(work, seller_order, command.tracking, Who.BUYER)
            seller_order.confirm_receipt(self.clock.now())
            await work.seller_orders.save(seller_order)
            await work.deadlines.set(
                COMPLETE, seller_order.seller_order_id, return_window_over(seller_order, self.policy)
            )
        return seller_order.delivered
