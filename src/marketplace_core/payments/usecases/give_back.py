"""Give back money that does not fit its order, all that is left of it."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, PaymentId, RefundId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.reconcile_payment import void_holds
from marketplace_core.payments.usecases.suspense import left_in_suspense, owe_misfit


@frozen(kw_only=True)
class GiveBack(Command[RefundId | None]):
    """Owe all that came for a payment in review to its buyer; joins the transaction that calls its order off."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    payment_id: PaymentId


@frozen(kw_only=True)
class GiveBackHandler:
    """Give back what does not fit.

    - What came waits in suspense; all of it is owed to the buyer, and the provider is asked to send it.
    - What a lost card dispute took of it the buyer has back already.
    - If nothing came there is nothing to give back. Told again, nothing more happens.
    """

    begin: Begin[PaymentsWork]
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: GiveBack, by: Actor) -> RefundId | None:
        """Carry it out. Raises ``PaymentNotFound``."""
        now = self.clock.now()
        async with self.begin() as work:
            payment = await work.payments.get(command.payment_id)
            if not payment.give_back():
                return None
            await work.payments.save(payment)
            await void_holds(work, payment)
            await work.deadlines.cancel(timers.POLL_PAYMENT, payment.payment_id)
            if payment.captured is None:
                return None
            left = await left_in_suspense(work, payment, now)
            return await owe_misfit(work, payment, left, self.ids, now) if left else None
