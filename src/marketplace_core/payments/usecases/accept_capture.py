"""Accept money that was in review: its order goes on."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, PaymentId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import journals, timers
from marketplace_core.payments.domain.states.payment import PaymentState
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.reconcile_payment import PaymentRecorder
from marketplace_core.payments.usecases.suspense import left_for_order, owe_misfit


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
    - Too little, or another currency, cannot be accepted; what a card dispute has of it does not count.
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
            left = await left_for_order(work, payment, now)
            if payment.state is PaymentState.REVIEW and not payment.is_covered_by(left):
                return False
            excess = payment.accept(left)
            await work.payments.save(payment)
            await work.ledger.post(journals.suspense_accepted(payment), now)
            await self.recorder.hold(work, payment, now)
            if excess:
                await owe_misfit(work, payment, excess, self.ids, now)
            if payment.is_settled:
                await work.deadlines.cancel(timers.POLL_PAYMENT, payment.payment_id)
        return True
