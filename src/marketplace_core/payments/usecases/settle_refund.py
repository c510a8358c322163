"""Settle a refund by hand: one that bounced, or one that is taken back before the provider was asked."""

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
from marketplace_core.payments.usecases.owing import take_back


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


@frozen(kw_only=True)
class CancelRefund(Command[RefundState]):
    """Take an approved refund back while the provider has not been asked."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    refund_id: RefundId


@frozen(kw_only=True)
class CancelRefundHandler:
    """Take a refund back.

    - Only while the provider has not been asked; afterwards its word counts.
    - Whatever was taken for it is given back, as if it had failed.
    """

    begin: Begin[PaymentsWork]
    clock: Clock

    async def __call__(self, command: CancelRefund, by: Actor) -> RefundState:
        """Carry it out. Raises ``RefundNotFound``, ``WrongState``."""
        now = self.clock.now()
        async with self.begin() as work:
            refund = await work.refunds.get(command.refund_id)
            refund.cancel(Who.OPERATOR, now)
            await take_back(work, refund, now)
            await work.refunds.save(refund)
            await work.deadlines.cancel(timers.SUBMIT_REFUND, refund.refund_id)
        return refund.state


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
        async with self.begin() as work:
            refund = await work.refunds.get(command.refund_id)
            if refund.state is RefundState.BOUNCED:
                refund.remind()
                await work.refunds.save(refund)
                at = self.clock.now() + timers.REMIND_EVERY
                await work.deadlines.set(timers.REMIND_BOUNCED, refund.refund_id, at)
        return refund.state
