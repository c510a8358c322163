"""Unfreeze escrow: take away one reason why a held payment may not be released."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.escrow import checked_reason
from marketplace_core.payments.domain.states.hold import HoldState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.release_escrow import wait_for_release


@frozen(kw_only=True)
class UnfreezeEscrow(Command[None]):
    """Take away one reason for which a held payment is frozen."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    seller_order_id: SellerOrderId
    reason: str


@frozen(kw_only=True)
class UnfreezeEscrowHandler:
    """Let a held payment go on.

    - With the last reason the freeze ends; what was due meanwhile is released at once.
    - A reason that does not stand is no error.
    """

    begin: Begin[PaymentsWork]
    clock: Clock

    async def __call__(self, command: UnfreezeEscrow, by: Actor) -> None:
        """Carry it out. Raises ``EscrowNotFound``, ``MalformedReason``."""
        async with self.begin() as work:
            hold = await work.holds.get(command.seller_order_id)
            hold.unfreeze(checked_reason(command.reason))
            if hold.state is HoldState.HELD:
                await wait_for_release(work, hold, self.clock.now())
            await work.holds.save(hold)
