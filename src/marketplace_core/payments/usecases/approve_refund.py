"""Approve a refund that somebody asked for."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.ids import RefundId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.errors import RefundBlockedByDispute, RefundExceedsRemaining, SecondOperatorNeeded
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.states.refund import RefundState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.owing import decider, owe, owe_again


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
    - One that is due, because the one before it could not be sent, is tried again at once when an operator says so.
    - What is left, and whether a card dispute is open, is looked at again now.
    - Approving what is approved changes nothing.
    - Where the timer cannot approve, because less is left by now or no second operator has, the refund is rejected and
      says so; while a card dispute is open it waits.
    """

    begin: Begin[PaymentsWork]
    policy: PaymentPolicy
    clock: Clock

    async def __call__(self, command: ApproveRefund, by: Actor) -> RefundState:
        """Carry it out.

        Raises ``RefundNotFound``, ``SecondOperatorNeeded``, ``RefundExceedsRemaining``, ``RefundBlockedByDispute``,
        ``WrongState``.
        """
        try:
            return await self._approve(command, by)
        except (RefundExceedsRemaining, RefundBlockedByDispute, SecondOperatorNeeded) as refusal:
            if Role.SYSTEM not in by.roles:
                raise
            return await self._give_up(command.refund_id, refusal)

    async def _approve(self, command: ApproveRefund, by: Actor) -> RefundState:
        async with self.begin() as work:
            refund = await work.refunds.get(command.refund_id)
            who = decider(refund, by)
            if refund.approved_at is not None:
                return refund.state
            is_nobody_else = who is Who.TIMER or refund.requester_id == by.user_id
            if refund.requested_by is Who.OPERATOR and is_nobody_else and refund.needs_second(self.policy):
                raise SecondOperatorNeeded("Another operator has to approve a refund of this size.")
            if refund.state is RefundState.DUE:
                await owe_again(work, refund, who, self.clock.now())
            else:
                await owe(work, refund, who, self.clock.now())
        return refund.state

    async def _give_up(self, refund_id: RefundId, refusal: MarketplaceError) -> RefundState:
        now = self.clock.now()
        async with self.begin() as work:
            refund = await work.refunds.get(refund_id)
            if isinstance(refusal, RefundBlockedByDispute):
                await work.deadlines.set(timers.DECIDE_REFUND, refund_id, now + timers.REMIND_EVERY)
            elif refund.state is RefundState.REQUESTED:
                refund.reject(refusal.message, Who.TIMER, now)
                await work.refunds.save(refund)
        return refund.state
