"""Stop a voucher."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import VoucherId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.ownership import own_voucher
from marketplace_core.orders.ports import OrdersWork


@frozen(kw_only=True)
class StopVoucher(Command[None]):
    """Let nobody use a voucher any more."""

    permission: ClassVar[Permission] = Permission.SELLER
    voucher_id: VoucherId


@frozen(kw_only=True)
class StopVoucherHandler:
    """Stop a voucher.

    - From now on nobody can use it. Orders that were placed with it keep what it took off.
    - Stopped already, nothing changes. There is no way back: a new voucher needs a new code.
    """

    begin: Begin[OrdersWork]
    clock: Clock

    async def __call__(self, command: StopVoucher, by: Actor) -> None:
        """Stop it. Raises ``VoucherNotFound``."""
        async with self.begin() as work:
            voucher = own_voucher(await work.vouchers.get(command.voucher_id), by)
            if voucher.stopped_at is None:
                voucher.stop(self.clock.now())
                await work.vouchers.save(voucher)
