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
from marketplace_core.payments.usecases.owing import decider


@frozen(kw_only=True)
class RejectRefund(Command[RefundState]):
    """Refuse a refund; ``note`` tells the buyer why."""

    permission: ClassVar[Permission] = Permission.SELLER

    refund_id: RefundId
    note: str


@frozen(kw_only=True)
class RejectRefundHandler:
    """Refuse a refund.

    - A seller decides about a refund of their own part and of no other; an operator about any.
    - The buyer is told why, in the words given.
    """

    begin: Begin[PaymentsWork]
    clock: Clock

    async def __call__(self, command: RejectRefund, by: Actor) -> RefundState:
        """Carry it out. Raises ``RefundNotFound``, ``MalformedRefund``, ``WrongState``."""
        async with self.begin() as work:
            refund = await work.refunds.get(command.refund_id)
            refund.reject(command.note, decider(refund, by), self.clock.now())
            await work.refunds.save(refund)
            await work.deadlines.cancel(timers.DECIDE_REFUND, refund.refund_id)
        return refund.state
