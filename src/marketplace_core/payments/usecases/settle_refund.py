"""Settle a refund by hand that came back from the buyer's card."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import RefundId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import journals, timers
from marketplace_core.payments.domain.states.refund import RefundState
from marketplace_core.payments.ports import PaymentsWork


@frozen(kw_only=True)
class SettleRefund(Command[RefundState]):
    """Take note that a bounced refund reached the buyer by other means; ``how`` names means and reference."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    refund_id: RefundId
    how: str


@frozen(kw_only=True)
class SettleRefundHandler:
    """Settle a bounced refund.

    - Only one that came back from the buyer's card; how it was paid is kept.
    - It is never tried again on the same card.
    """

    begin: Begin[PaymentsWork]
    clock: Clock

    async def __call__(self, command: SettleRefund, by: Actor) -> RefundState:
        """Carry it out. Raises ``RefundNotFound``, ``MalformedRefund``, ``WrongState``."""
        now = self.clock.now()
        async with self.begin() as work:
            refund = await work.refunds.get(command.refund_id)
            refund.settle(command.how, now)
            await work.ledger.post(journals.refund_settled(refund), now)
            await work.refunds.save(refund)
            await work.deadlines.cancel(timers.REMIND_BOUNCED, refund.refund_id)
        return refund.state
