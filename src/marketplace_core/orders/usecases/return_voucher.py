"""Give a voucher back that an order had used."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import OrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.ports import OrdersWork


@frozen(kw_only=True)
class ReturnVoucher(Command[None]):
    """Give back what an order had used of vouchers: nothing will come of it."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    order_id: OrderId


@frozen(kw_only=True)
class ReturnVoucherHandler:
    """Give a voucher back.

    - When an order expires unpaid, or is called off as a whole, its voucher can be used again, by its buyer too.
    - Given back once, however often it is told. An order without a voucher gives nothing back.
    - An order that stands again meanwhile, because its money came late, keeps it.
    """

    begin: Begin[OrdersWork]
    clock: Clock

    async def __call__(self, command: ReturnVoucher, by: Actor) -> None:
        """Give it back. Raises ``OrderNotFound``."""
        async with self.begin() as work:
            order = await work.orders.get(command.order_id)
            if order.is_over and await work.vouchers.give_back(order.order_id, self.clock.now()):
                await work.orders.save(order)  # so that whoever revives it at this moment looks again
