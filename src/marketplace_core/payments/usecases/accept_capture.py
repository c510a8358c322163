"""Accept money that was in review: its order goes on."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, PaymentId, RefundId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import journals, timers
from marketplace_core.payments.domain.payment import Payment
from marketplace_core.payments.domain.refund import Refund
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.reconcile_payment import PaymentRecorder


@frozen(kw_only=True)
class AcceptCapture(Command[bool]):
    """Take captured money out of suspense; joins the transaction that lets its order go on. False: it is too little."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    payment_id: PaymentId


@frozen(kw_only=True)
class AcceptCaptureHandler:
    """Accept what was captured although it did not fit.

    - What waits in suspense goes into one escrow per seller order, as if it had come in time.
    - What is more than the order costs is owed back to the buyer at once.
    - Too little, or another currency, cannot be accepted.
    """

    begin: Begin[PaymentsWork]
    recorder: PaymentRecorder
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: AcceptCapture, by: Actor) -> bool:
        """Carry it out. Raises ``PaymentNotFound``, ``WrongState`` unless it is in review."""
        now = self.clock.now()
        async with self.begin() as work:
            payment = await work.payments.get(command.payment_id)
            if not payment.covers_order:
                return False
            excess = payment.accept()
            await work.payments.save(payment)
            await work.ledger.post(journals.suspense_accepted(payment), now)
            await self.recorder.hold(work, payment, now)
            if excess:
                await self._owe(work, payment, excess)
            if payment.is_settled:
                await work.deadlines.cancel(timers.POLL_PAYMENT, payment.payment_id)
        return True

    async def _owe(self, work: PaymentsWork, payment: Payment, excess: Money) -> None:
        now = self.clock.now()
        refund = Refund.of_misfit(
            refund_id=RefundId(self.ids.new("rfd")),
            payment=payment,
            amount=excess,
            reason=payment.review_reason or "misfit",
            now=now,
        )
        await work.refunds.save(refund)
        await work.ledger.post(journals.misfit_refunded(refund), now)
        await work.deadlines.set(timers.SUBMIT_REFUND, refund.refund_id, now)
