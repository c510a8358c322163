"""Decline a seller order."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.calling_off import checked_note
from marketplace_core.orders.domain.ownership import sold_by
from marketplace_core.orders.domain.seller_order import SellerOrderState
from marketplace_core.orders.ports import OrdersWork
from marketplace_core.orders.usecases.calling_off import CallingOff


@frozen(kw_only=True)
class DeclineSellerOrder(Command[SellerOrderState]):
    """Say that what was bought will not be sent; ``note`` tells the buyer why."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_order_id: SellerOrderId
    note: str


@frozen(kw_only=True)
class DeclineSellerOrderHandler:
    """Decline a paid seller order.

    - All that is left of its payment goes back to the buyer, in the same moment; its goods are for sale again.
    - The other parts of the order go on.
    - Declined twice, nothing more happens; what is accepted is not declined any more but called off.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    calling_off: CallingOff

    async def __call__(self, command: DeclineSellerOrder, by: Actor) -> SellerOrderState:
        """Decline it. Raises ``SellerOrderNotFound``, ``MalformedNote``, ``IllegalTransition``, ``MoneyDisputed``."""
        note, now = checked_note(command.note), self.clock.now()
        async with self.begin() as work:
            seller_order = await work.seller_orders.get(command.seller_order_id)
            who = sold_by(seller_order, by)
            if seller_order.state is not SellerOrderState.DECLINED:
                await self.calling_off.settle(work, seller_order, seller_order.decline(note, who, now))
        return seller_order.state
