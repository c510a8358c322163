"""Give back money that does not fit its order, all of it."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, PaymentId, RefundId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import journals, timers
from marketplace_core.payments.domain.refund import Refund
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.reconcile_payment import void_holds


@frozen(kw_only=True)
class GiveBack(Command[RefundId | None]):
    """Owe all that came for a payment in review to its buyer; joins the transaction that calls its order off."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    payment_id: PaymentId


@frozen(kw_only=True)
class GiveBackHandler:
    """Give back what does not fit.

    - What came waits in suspense; all of it is owed to the buyer, and the provider is asked to send it.
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
            before, amount = payment.state, payment.give_back()
            if payment.state is before:
                return None
            await work.payments.save(payment)
            await void_holds(work, payment)
            await work.deadlines.cancel(timers.POLL_PAYMENT, payment.payment_id)
            if amount is None:
                return None
            refund = Refund.of_misfit(
                refund_id=RefundId(self.ids.new("rfd")),
                payment=payment,
                amount=amount,
                reason=payment.review_reason or "misfit",
                now=now,
            )
            await work.refunds.save(refund)
            await work.ledger.post(journals.misfit_refunded(refund), now)
            await work.deadlines.set(timers.SUBMIT_REFUND, refund.refund_id, now)
        return refund.refund_id
