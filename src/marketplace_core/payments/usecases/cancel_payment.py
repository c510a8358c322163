"""Cancel a payment: the provider is asked, and its answer wins."""

from enum import Enum
from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import PaymentId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.payment import Payment, ProviderPayment
from marketplace_core.payments.domain.states.payment import PaymentState
from marketplace_core.payments.ports import PaymentGateway, PaymentsWork
from marketplace_core.payments.usecases.reconcile_payment import PaymentRecorder, void_holds


class CancelOutcome(Enum):
    """What became of the attempt to cancel."""

    CANCELLED = "cancelled"
    CAPTURED = "captured"
    PROCESSING = "processing"
    """Not decided: the provider is still at it, or somebody must review the payment. Ask again later."""


@frozen(kw_only=True)
class CancelPayment(Command[CancelOutcome]):
    """Make a payment impossible, unless the buyer was faster."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    payment_id: PaymentId


_OUTCOMES = {PaymentState.CANCELLED: CancelOutcome.CANCELLED, PaymentState.CAPTURED: CancelOutcome.CAPTURED}


@frozen(kw_only=True)
class CancelPaymentHandler:
    """Cancel a payment for an order that ran out of time or was cancelled.

    - The provider is asked; if it has taken the money, the payment is captured and the order is paid.
    - While the provider is processing the payment nothing is decided.
    - A payment that the provider has never heard of is cancelled at once.
    - A cancelled payment voids its holds; cancelling twice is no error.
    """

    begin: Begin[PaymentsWork]
    gateway: PaymentGateway
    recorder: PaymentRecorder
    clock: Clock

    async def __call__(self, command: CancelPayment, by: Actor) -> CancelOutcome:
        """Carry it out. Raises ``PaymentNotFound``, ``ProviderUnavailable``, ``ProviderMismatch``."""
        async with self.begin() as work:
            payment = await work.payments.get(command.payment_id)
            if payment.state in _OUTCOMES:
                return _OUTCOMES[payment.state]
            if payment.requested_at is None:
                return await self._cancel_here(work, payment)
        self.recorder.require_own(payment)
        seen = await self._ask(payment)
        async with self.begin() as work:
            payment = await work.payments.get(command.payment_id)
            if seen is not None:
                await self.recorder.record(work, payment, seen, self.clock.now())
            elif payment.reference is None:
                return await self._cancel_here(work, payment)
        return _OUTCOMES.get(payment.state, CancelOutcome.PROCESSING)

    async def _ask(self, payment: Payment) -> ProviderPayment | None:
        reference = payment.reference
        if reference is None:
            found = await self.gateway.find(payment.payment_id)
            if found is None:
                return None
            reference = found.reference
        return await self.gateway.cancel(reference, key=payment.cancel_key)

    async def _cancel_here(self, work: PaymentsWork, payment: Payment) -> CancelOutcome:
        # A request that is still on its way to the provider can arrive after this; nobody was given its secret, and
        # whoever records its answer cancels it there.
        payment.cancel_unheard()
        await void_holds(work, payment)
        await work.deadlines.cancel(timers.REQUEST_PAYMENT, payment.payment_id)
        await work.payments.save(payment)
        return CancelOutcome.CANCELLED
