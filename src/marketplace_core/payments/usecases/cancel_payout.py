"""Cancel a payout: give its releases back while no money is out."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import PayoutId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import journals, timers
from marketplace_core.payments.ports import PaymentsWork


@frozen(kw_only=True)
class CancelPayout(Command[None]):
    """Stop a payout that has not been sent."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    payout_id: PayoutId


@frozen(kw_only=True)
class CancelPayoutHandler:
    """Cancel a payout.

    - Only while nothing was sent, or nothing can have been.
    - What it claimed is payable again, once, and goes into the next payout run.
    """

    begin: Begin[PaymentsWork]
    clock: Clock

    async def __call__(self, command: CancelPayout, by: Actor) -> None:
        """Carry it out. Raises ``PayoutNotFound``, ``WrongState``."""
        async with self.begin() as work:
            payout = await work.payouts.get(command.payout_id)
            payout.cancel()
            await work.payouts.save(payout)
            await work.ledger.post(journals.payout_cancelled(payout), self.clock.now())
            await work.deadlines.cancel(timers.SEND_PAYOUT, payout.payout_id)
