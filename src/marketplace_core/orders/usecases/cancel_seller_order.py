"""Cancel a seller order, or what is left to send of it."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.calling_off import checked_note
from marketplace_core.orders.domain.ownership import concerned
from marketplace_core.orders.domain.seller_order import SellerOrderState
from marketplace_core.orders.ports import OrdersWork
from marketplace_core.orders.usecases.calling_off import CallingOff


@frozen(kw_only=True)
class CancelSellerOrder(Command[SellerOrderState]):
    """Call off what of a seller order is not sent yet; ``note`` says why, which only its buyer need not."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN
    seller_order_id: SellerOrderId
    note: str


@frozen(kw_only=True)
class CancelSellerOrderHandler:
    """Call off what is not sent.

    - Before anything is sent its buyer, its shop or an operator calls all of it off: all that is left of its payment
      goes back.
    - After a part was sent its shop or an operator calls off the rest: what those lines cost goes back, the delivery
      does not.
    - The money is owed to the buyer in the same moment, and the goods are for sale again. The other parts of the order
      go on.
    - Called off twice, nothing more happens.
    """

    begin: Begin[OrdersWork]
    clock: Clock
    calling_off: CallingOff

    async def __call__(self, command: CancelSellerOrder, by: Actor) -> SellerOrderState:
        """Call it off. Raises ``SellerOrderNotFound``, ``MalformedNote``, ``IllegalTransition``, ``MoneyDisputed``."""
        now = self.clock.now()
        async with self.begin() as work:
            seller_order = await work.seller_orders.get(command.seller_order_id)
            who = concerned(seller_order, by)
            if seller_order.called_off and not seller_order.open_units:
                return seller_order.state
            note = command.note if who is Who.BUYER and not command.note.strip() else checked_note(command.note)
            await self.calling_off.settle(work, seller_order, seller_order.cancel(note.strip(), who, now))
        return seller_order.state
