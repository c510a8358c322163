"""Remind of a payout: it is stuck, and the seller's money with it."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import PayoutId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.reconcile_payout import look_again


@frozen(kw_only=True)
class RemindOfPayout(Command[None]):
    """Say again that a payout is stuck."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    payout_id: PayoutId


@frozen(kw_only=True)
class RemindOfPayoutHandler:
    """Bring a stuck payout back to mind, every three days until it goes on or is given up."""

    begin: Begin[PaymentsWork]
    clock: Clock

    async def __call__(self, command: RemindOfPayout, by: Actor) -> None:
        """Carry it out. Raises ``PayoutNotFound``."""
        now = self.clock.now()
        async with self.begin() as work:
            payout = await work.payouts.get(command.payout_id)
            due = await work.deadlines.take(timers.STUCK_PAYOUT, payout.payout_id, now)
            if due and payout.is_stuck:
                payout.remind()
                await work.payouts.save(payout)
                await look_again(work, payout, now)
