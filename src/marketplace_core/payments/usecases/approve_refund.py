"""Approve a refund that somebody asked for."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import RefundId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.errors import SecondOperatorNeeded
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.states.refund import RefundState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.owing import decider, owe


@frozen(kw_only=True)
class ApproveRefund(Command[RefundState]):
    """Give the money back that was asked for."""

    permission: ClassVar[Permission] = Permission.SELLER

    refund_id: RefundId


@frozen(kw_only=True)
class ApproveRefundHandler:
    """Approve a refund.

    - A seller decides about a refund of their own part and of no other; an operator about any.
    - An operator's own large refund is approved by another operator.
    - What is left, and whether a card dispute is open, is looked at again now.
    - Approving what is approved changes nothing.
    """

    begin: Begin[PaymentsWork]
    policy: PaymentPolicy
    clock: Clock

    async def __call__(self, command: ApproveRefund, by: Actor) -> RefundState:
        """Carry it out.

        Raises ``RefundNotFound``, ``SecondOperatorNeeded``, ``RefundExceedsRemaining``, ``RefundBlockedByDispute``,
        ``WrongState``.
        """
        async with self.begin() as work:
            refund = await work.refunds.get(command.refund_id)
            who = decider(refund, by)
            if refund.approved_at is not None:
                return refund.state
            is_own = who is Who.OPERATOR and refund.requested_by is Who.OPERATOR and refund.requester_id == by.user_id
            if is_own and refund.needs_second(self.policy):
                raise SecondOperatorNeeded("Another operator has to approve a refund of this size.")
            await owe(work, refund, who, self.clock.now())
        return refund.state
