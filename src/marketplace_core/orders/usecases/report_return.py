"""Report that a parcel could not be delivered."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.ownership import sold_by
from marketplace_core.orders.domain.seller_order import SellerOrderState
from marketplace_core.orders.domain.timers import COMPLETE, LOOK_AGAIN
from marketplace_core.orders.ports import Checkout, OrdersWork


@frozen(kw_only=True)
class ReportReturn(Command[SellerOrderState]):
    """Say that what was sent comes back to its seller."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_order_id: SellerOrderId


@frozen(kw_only=True)
class ReportReturnHandler:
    """Note that a shipped order comes back.

    - Its held payment is frozen as undelivered: it goes to nobody until an operator, or the shop by a refund, decides.
    - An operator who finds that it arrived after all marks it as delivered, which lifts the freeze.
    - Said twice, nothing more happens.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    checkout: Checkout

    async def __call__(self, command: ReportReturn, by: Actor) -> SellerOrderState:
        """Note it. Raises ``SellerOrderNotFound``, ``IllegalTransition``."""
        now = self.clock.now()
        async with self.begin() as work:
            seller_order = await work.seller_orders.get(command.seller_order_id)
            if seller_order.send_back(sold_by(seller_order, by), now):
                await work.seller_orders.save(seller_order)
                await self.checkout.freeze_undelivered(seller_order.seller_order_id)
                await work.deadlines.set(COMPLETE, seller_order.seller_order_id, now + LOOK_AGAIN)
        return seller_order.state
