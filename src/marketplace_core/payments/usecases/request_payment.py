"""Request a payment: ask the provider for it, so that the buyer can pay."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import PaymentId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.access import require_payer
from marketplace_core.payments.domain.payment import Payment, PaymentStep, ProviderPayment
from marketplace_core.payments.domain.states.payment import PaymentState
from marketplace_core.payments.ports import PaymentGateway, PaymentRequest, PaymentsWork
from marketplace_core.payments.usecases.reconcile_payment import PaymentRecorder


@frozen(kw_only=True)
class RequestPayment(Command[PaymentStep]):
    """Ask the provider for an opened payment, once, and say what the buyer does next."""

    permission: ClassVar[Permission] = Permission.BUYER

    payment_id: PaymentId


@frozen(kw_only=True)
class RequestPaymentHandler:
    """Make a payment payable.

    - The provider is asked once per payment, however often we ask: the key is made of the payment's own identifier,
      and after a day without an answer the provider is searched before it is asked again.
    - If the provider is down the order stands; a timer asks again until the order runs out of time.
    - A payment that was cancelled in the meantime is cancelled at the provider as well.
    - A buyer may ask about their own payments only.
    """

    begin: Begin[PaymentsWork]
    gateway: PaymentGateway
    recorder: PaymentRecorder
    clock: Clock

    async def __call__(self, command: RequestPayment, by: Actor) -> PaymentStep:
        """Carry it out.

        Raises ``PaymentNotFound``, ``ProviderUnavailable``, ``ProviderRefused``, ``ProviderMismatch``.
        """
        async with self.begin() as work:
            payment = await work.payments.get(command.payment_id)
            require_payer(by, payment.buyer_id)
            if payment.reference is not None or not payment.is_open:
                return payment.step
            self.recorder.require_own(payment)
            if payment.requested_at is None:
                payment.request(self.clock.now())
                await work.payments.save(payment)
        seen = await self._ask(payment)
        async with self.begin() as work:
            payment = await work.payments.get(command.payment_id)
            await self.recorder.record(work, payment, seen, self.clock.now())
        if payment.state is PaymentState.CANCELLED and seen.state is not PaymentState.CANCELLED:
            await self.gateway.cancel(seen.reference, key=payment.cancel_key)
        return payment.step

    async def _ask(self, payment: Payment) -> ProviderPayment:
        if payment.key_may_be_forgotten(self.clock.now()):
            found = await self.gateway.find(payment.payment_id)
            if found is not None:
                return found
        request = PaymentRequest(payment_id=payment.payment_id, order_id=payment.order_id, amount=payment.amount)
        return await self.gateway.open(request, key=payment.request_key)
