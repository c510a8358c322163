"""Retry a payout: an operator has looked, and it shall go on."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import PayoutId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.states.payout import PayoutState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.giving_up import leave_out_what_paid_debts


@frozen(kw_only=True)
class RetryPayout(Command[PayoutState]):
    """Send a payout again that failed, or let one go that was held back."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    payout_id: PayoutId


@frozen(kw_only=True)
class RetryPayoutHandler:
    """Give a payout another attempt.

    - Money that is in the seller's account at the provider already is used; there is no second transfer. What of it has
      paid a debt is not sent again.
    - A payout that is under way, paid or cancelled is not retried.
    """

    begin: Begin[PaymentsWork]
    clock: Clock

    async def __call__(self, command: RetryPayout, by: Actor) -> PayoutState:
        """Carry it out. Raises ``PayoutNotFound``, ``WrongState``."""
        now = self.clock.now()
        async with self.begin() as work:
            payout = await work.payouts.get(command.payout_id)
            if await leave_out_what_paid_debts(work, payout, now):
                return payout.state
            if payout.state is PayoutState.HELD:
                payout.approve()
            else:
                payout.retry()
            await work.payouts.save(payout)
            for timer in (timers.STUCK_PAYOUT, timers.GIVE_UP_PAYOUT):
                await work.deadlines.cancel(timer, payout.payout_id)
            await work.deadlines.set(timers.SEND_PAYOUT, payout.payout_id, now)
        return payout.state
