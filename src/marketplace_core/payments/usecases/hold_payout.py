"""Hold a payout back: somebody wants to look before it is sent."""

from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import PayoutId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.states.payout import PayoutState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.reconcile_payout import look_again

BY_OPERATOR: Final = "held_by_operator"


@frozen(kw_only=True)
class HoldPayout(Command[PayoutState]):
    """Stop a payout that was not sent yet, until an operator lets it go or cancels it."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    payout_id: PayoutId


@frozen(kw_only=True)
class HoldPayoutHandler:
    """Hold a payout back.

    - Only what was not sent yet: money that may be under way is not stopped by a word of ours.
    - What it claimed stays claimed. It is let go by another try, or cancelled.
    """

    begin: Begin[PaymentsWork]
    clock: Clock

    async def __call__(self, command: HoldPayout, by: Actor) -> PayoutState:
        """Carry it out. Raises ``PayoutNotFound``, ``WrongState``."""
        async with self.begin() as work:
            payout = await work.payouts.get(command.payout_id)
            payout.check_unsent()
            payout.hold_back(BY_OPERATOR, Who.OPERATOR)
            await work.payouts.save(payout)
            await work.deadlines.cancel(timers.SEND_PAYOUT, payout.payout_id)
            await look_again(work, payout, self.clock.now())
        return payout.state
