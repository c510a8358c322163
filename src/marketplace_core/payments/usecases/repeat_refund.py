"""Repeat a refund that could not be sent and has to be made."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, RefundId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.errors import RefundBlockedByDispute, RefundExceedsRemaining
from marketplace_core.payments.domain.refund import Refund
from marketplace_core.payments.domain.states.refund import RefundState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.owing import is_left, owe_again, postpone, remind_or_repeat, thaw


@frozen(kw_only=True)
class RepeatRefund(Command[RefundState]):
    """Make a refund that is due, or bring it back to mind."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    refund_id: RefundId


@frozen(kw_only=True)
class RepeatRefundHandler:
    """Make a refund again that the marketplace's own rules demand and that could not be sent.

    - A day after the first failure, then after two and four more, of as much as is left of what it wants.
    - After the fourth failure an operator has to try it again, settle it by other means or refuse it, and is reminded
      every three days.
    - While a card dispute is open on its money it waits. If nothing of it is left it is over.
    - One that failed before such refunds were made again is due from now on, as far as anything of it is left. What was
      done about it by hand since nobody knows: an operator decides.
    """

    begin: Begin[PaymentsWork]
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: RepeatRefund, by: Actor) -> RefundState:
        """Carry it out. Raises ``RefundNotFound``."""
        now = self.clock.now()
        try:
            async with self.begin() as work:
                refund = await work.refunds.get(command.refund_id)
                due = await work.deadlines.take(timers.REPEAT_REFUND, refund.refund_id, now)
                if due and refund.state is RefundState.DUE:
                    await self._go_on(work, refund, now)
                elif due and refund.state is RefundState.FAILED and refund.must_be_made:
                    await self._make_due(work, refund, now)
        except (RefundBlockedByDispute, RefundExceedsRemaining):
            async with self.begin() as work:
                refund = await work.refunds.get(command.refund_id)
                if refund.state in {RefundState.DUE, RefundState.FAILED}:
                    await work.deadlines.set(timers.REPEAT_REFUND, refund.refund_id, now + timers.REMIND_EVERY)
        return refund.state

    async def _make_due(self, work: PaymentsWork, failed: Refund, now: datetime) -> None:
        if await is_left(work, failed, now):
            await postpone(work, failed.again(RefundId(self.ids.new("rfd")), now, by_itself=False), now)

    async def _go_on(self, work: PaymentsWork, refund: Refund, now: datetime) -> None:
        if not await is_left(work, refund, now):
            refund.reject("Nothing is left of it.", Who.TIMER, now)
            await work.refunds.save(refund)
            await thaw(work, refund, Who.TIMER, now)
        elif refund.repeated_after is None:
            await remind_or_repeat(work, refund, now)
        else:
            await owe_again(work, refund, Who.TIMER, now)
