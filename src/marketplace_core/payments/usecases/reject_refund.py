"""Reject a refund that somebody asked for."""

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
from marketplace_core.payments.usecases.owing import decider, thaw


@frozen(kw_only=True)
class RejectRefund(Command[RefundState]):
    """Refuse a refund; ``note`` tells the buyer why."""

    permission: ClassVar[Permission] = Permission.SELLER

    refund_id: RefundId
    note: str


@frozen(kw_only=True)
class RejectRefundHandler:
    """Refuse a refund.

    - A seller decides about a refund of their own part and of no other; an operator about any, and alone about one that
      the marketplace's own rules demand and that could not be sent: then the money goes its way without it.
    - The buyer is told why, in the words given.
    """

    begin: Begin[PaymentsWork]
    clock: Clock

    async def __call__(self, command: RejectRefund, by: Actor) -> RefundState:
        """Carry it out. Raises ``RefundNotFound``, ``MalformedRefund``, ``WrongState``."""
        async with self.begin() as work:
            refund = await work.refunds.get(command.refund_id)
            who, now = decider(refund, by), self.clock.now()
            refund.reject(command.note, who, now)
            await work.refunds.save(refund)
            await thaw(work, refund, who, now)
            for timer in (timers.DECIDE_REFUND, timers.REPEAT_REFUND):
                await work.deadlines.cancel(timer, refund.refund_id)
        return refund.state
