"""Cancel a refund before the provider is asked for it."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, RefundId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.states.refund import RefundState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.owing import take_back


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
    - Not one that the marketplace's own rules demand: for goods that were called off, a claim, money that does not fit.
    """

    begin: Begin[PaymentsWork]
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: CancelRefund, by: Actor) -> RefundState:
        """Carry it out. Raises ``RefundNotFound``, ``WrongState``."""
        now = self.clock.now()
        async with self.begin() as work:
            refund = await work.refunds.get(command.refund_id)
            refund.cancel(Who.OPERATOR, now)
            await take_back(work, refund, now, self.ids)
            await work.refunds.save(refund)
            await work.deadlines.cancel(timers.SUBMIT_REFUND, refund.refund_id)
        return refund.state
