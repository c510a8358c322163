"""Reconcile a payment: look at the provider's object and make ours say the same."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import PaymentId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain import journals, timers
from marketplace_core.payments.domain.access import require_payer
from marketplace_core.payments.domain.errors import ProviderUnavailable
from marketplace_core.payments.domain.payment import Observed, Payment, PaymentStep, ProviderPayment
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.states.hold import HoldState
from marketplace_core.payments.ports import PaymentGateway, PaymentsWork


@frozen(kw_only=True)
class ReconcilePayment(Command[PaymentStep]):
    """Ask the provider how a payment stands: after its message, on a timer, or when the buyer comes back."""

    permission: ClassVar[Permission] = Permission.BUYER

    payment_id: PaymentId


@frozen(kw_only=True)
class PaymentRecorder:
    """Applies a provider's object to a payment and books what follows, in the caller's transaction."""

    gateway: PaymentGateway
    policy: PaymentPolicy

    def require_own(self, payment: Payment) -> None:
        """Raise ``ProviderUnavailable`` for a payment that another provider than ours is asked about."""
        if payment.provider != self.gateway.provider:
            raise ProviderUnavailable(f"This payment is with {payment.provider}, which is not connected.")

    async def record(self, work: PaymentsWork, payment: Payment, seen: ProviderPayment, now: datetime) -> None:
        """Apply ``seen`` and store the payment, its holds, journals and timers."""
        known = (payment.reference, payment.client_secret, payment.fee)
        observed = payment.observe(seen, now=now)
        match observed:
            case Observed.CAPTURED:
                await work.ledger.post(journals.payment_captured(payment), now)
                await self.hold(work, payment, now)
            case Observed.MISFIT if payment.captured is not None:
                await work.ledger.post(journals.capture_suspended(payment, payment.captured), now)
            case Observed.CANCELLED:
                await void_holds(work, payment)
            case _:
                pass
        if payment.fee is not None and known[2] is None:
            await work.ledger.post(journals.provider_fee(payment, payment.fee), now)
        await work.deadlines.cancel(timers.REQUEST_PAYMENT, payment.payment_id)
        if payment.is_settled:
            await work.deadlines.cancel(timers.POLL_PAYMENT, payment.payment_id)
        else:
            await work.deadlines.set(timers.POLL_PAYMENT, payment.payment_id, now + timers.POLL_PAYMENT_EVERY)
        if observed is not Observed.NOTHING or known != (payment.reference, payment.client_secret, payment.fee):
            await work.payments.save(payment)

    async def hold(self, work: PaymentsWork, payment: Payment, now: datetime) -> None:
        """Take the captured money into one escrow per seller order, for as long as the provider lets us."""
        until = now + self.gateway.max_hold - self.policy.hold_margin
        for hold in await work.holds.of_payment(payment.payment_id):
            hold.hold(now=now, until=until)
            await work.holds.save(hold)
            await work.deadlines.set(timers.HOLD_DEADLINE, hold.seller_order_id, until)


async def void_holds(work: PaymentsWork, payment: Payment) -> None:
    """Give up the holds of a payment that will not be made."""
    for hold in await work.holds.of_payment(payment.payment_id):
        if hold.state is HoldState.PENDING:
            hold.void()
            await work.holds.save(hold)


@frozen(kw_only=True)
class ReconcilePaymentHandler:
    """Make a payment say what the provider says.

    - The provider's object is fetched; messages, and what a browser claims, are only reasons to look.
    - Captured in full: the money goes into one escrow per seller, the provider's fee is booked, the order is paid.
    - Captured in another amount or currency, or after the payment was cancelled: the money waits in suspense, the
      payment needs a review, the order is not paid.
    - Declined: the buyer may try again; the reason is kept.
    - Something older than what is known changes nothing; the same thing twice is booked once.
    - A buyer may ask about their own payments only.
    """

    begin: Begin[PaymentsWork]
    gateway: PaymentGateway
    recorder: PaymentRecorder
    clock: Clock

    async def __call__(self, command: ReconcilePayment, by: Actor) -> PaymentStep:
        """Carry it out. Raises ``PaymentNotFound``, ``ProviderUnavailable``, ``ProviderMismatch``."""
        async with self.begin() as work:
            payment = await work.payments.get(command.payment_id)
        require_payer(by, payment.buyer_id)
        is_paid_for_good = payment.captured is not None and payment.is_settled
        if is_paid_for_good or payment.requested_at is None:
            return payment.step
        self.recorder.require_own(payment)
        if payment.reference is None:
            seen = await self.gateway.find(payment.payment_id)
        else:
            seen = await self.gateway.fetch(payment.reference)
        if seen is None:
            return payment.step
        async with self.begin() as work:
            payment = await work.payments.get(command.payment_id)
            await self.recorder.record(work, payment, seen, self.clock.now())
        return payment.step
