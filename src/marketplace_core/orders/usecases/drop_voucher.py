"""Take a voucher out of the cart."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.ports import Basket, OrdersWork


@frozen(kw_only=True)
class DropVoucher(Command[None]):
    """Use no voucher after all."""

    permission: ClassVar[Permission] = Permission.BUYER


@frozen(kw_only=True)
class DropVoucherHandler:
    """Take the voucher out of the cart; if there is none, nothing changes."""

    begin: Begin[OrdersWork]
    basket: Basket

    async def __call__(self, command: DropVoucher, by: Actor) -> None:
        """Take it out."""
        async with self.begin():
            await self.basket.use_voucher(by.own_user, None)
