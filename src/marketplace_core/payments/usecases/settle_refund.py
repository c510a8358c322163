"""Settle a refund by hand that came back from the buyer's card, or never reached it."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import RefundId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import journals, timers
from marketplace_core.payments.domain.states.refund import RefundState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.owing import owe_again


@frozen(kw_only=True)
class SettleRefund(Command[RefundState]):
    """Take note that a refund reached the buyer by other means; ``how`` names means and reference."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    refund_id: RefundId
    how: str


@frozen(kw_only=True)
class SettleRefundHandler:
    """Settle a refund by other means than the provider's.

    - One that came back from the buyer's card, one that is due and could not be sent, or one that the provider has not
      been asked for. How it was paid is kept.
    - It is never tried again on the same card.
    - Of one that is due as much is owed as is left of what it wants.
    """

    begin: Begin[PaymentsWork]
    clock: Clock

    async def __call__(self, command: SettleRefund, by: Actor) -> RefundState:
        """Carry it out.

        Raises ``RefundNotFound``, ``MalformedRefund``, ``WrongState``; for one that is due also what approving raises.
        """
        now = self.clock.now()
        async with self.begin() as work:
            refund = await work.refunds.get(command.refund_id)
            if refund.state is RefundState.DUE:
                await owe_again(work, refund, Who.OPERATOR, now)
            refund.settle(command.how, now)
            await work.ledger.post(journals.refund_settled(refund), now)
            await work.refunds.save(refund)
            for timer in (timers.REMIND_BOUNCED, timers.SUBMIT_REFUND):
                await work.deadlines.cancel(timer, refund.refund_id)
        return refund.state
