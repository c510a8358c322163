"""Remind of a refund: it came back, and is still owed."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import RefundId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.states.refund import RefundState
from marketplace_core.payments.ports import PaymentsWork


@frozen(kw_only=True)
class RemindOfRefund(Command[RefundState]):
    """Say again that a bounced refund is still owed."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    refund_id: RefundId


@frozen(kw_only=True)
class RemindOfRefundHandler:
    """Bring a bounced refund back to mind, every three days until it is settled."""

    begin: Begin[PaymentsWork]
    clock: Clock

    async def __call__(self, command: RemindOfRefund, by: Actor) -> RefundState:
        """Carry it out. Raises ``RefundNotFound``."""
        now = self.clock.now()
        async with self.begin() as work:
            refund = await work.refunds.get(command.refund_id)
            due = await work.deadlines.take(timers.REMIND_BOUNCED, refund.refund_id, now)
            if due and refund.state is RefundState.BOUNCED:
                refund.remind()
                await work.refunds.save(refund)
                await work.deadlines.set(timers.REMIND_BOUNCED, refund.refund_id, now + timers.REMIND_EVERY)
        return refund.state
