"""Give up waiting for a seller to send."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.errors import MoneyDisputed
from marketplace_core.orders.domain.seller_order import SellerOrderState
from marketplace_core.orders.domain.timers import LOOK_AGAIN, SHIP_BY
from marketplace_core.orders.ports import OrdersWork
from marketplace_core.orders.usecases.calling_off import CallingOff


@frozen(kw_only=True)
class GiveUpShipping(Command[None]):
    """Call off what a seller has not sent in time."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    seller_order_id: SellerOrderId


@frozen(kw_only=True)
class GiveUpShippingHandler:
    """End the wait for a seller to send.

    - What was not sent in time is called off, all of it or the rest: the money goes back to the buyer in the same
      moment, the goods are for sale again.
    - What was sent or called off meanwhile stands.
    - While a card dispute decides about the money the goods wait for it, looked at every day.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    calling_off: CallingOff

    async def __call__(self, command: GiveUpShipping, by: Actor) -> None:
        """Look at the present state, and end the wait if it still lasts. Raises ``SellerOrderNotFound``."""
        now = self.clock.now()
        try:
            await self._end(command.seller_order_id, now)
        except MoneyDisputed:
            async with self.begin() as work:
                await work.deadlines.set(SHIP_BY, command.seller_order_id, now + LOOK_AGAIN)

    async def _end(self, seller_order_id: SellerOrderId, now: datetime) -> None:
        async with self.begin() as work:
            one = await work.seller_orders.get(seller_order_id)
            if one.state in (SellerOrderState.ACCEPTED, SellerOrderState.PART_SHIPPED):
                await self.calling_off.settle(work, one, one.cancel("", Who.TIMER, now))
