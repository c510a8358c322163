"""Reconcile a refund: look at the provider's object and make ours say the same."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, RefundId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.errors import ProviderUnavailable
from marketplace_core.payments.domain.payment import Payment
from marketplace_core.payments.domain.refund import Refund
from marketplace_core.payments.domain.refund_parts import ProviderRefund
from marketplace_core.payments.domain.states.refund import RefundState
from marketplace_core.payments.ports import PaymentGateway, PaymentsWork
from marketplace_core.payments.usecases.owing import look_again, record


@frozen(kw_only=True)
class ReconcileRefund(Command[RefundState]):
    """Ask the provider how a refund stands: after its message, or on a timer."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    refund_id: RefundId


@frozen(kw_only=True)
class ReconcileRefundHandler:
    """Make a refund say what the provider says.

    - The provider's object is fetched; its messages are only reasons to look.
    - Sent: the books say so, once. Failed: no money left, and whatever was taken is given back; a refund that the
      marketplace's own rules demand is made again later. Come back after it was sent: it is still the buyer's, and an
      operator settles it by other means.
    - Whatever is older than what is known changes nothing.
    """

    begin: Begin[PaymentsWork]
    gateway: PaymentGateway
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: ReconcileRefund, by: Actor) -> RefundState:
        """Carry it out. Raises ``RefundNotFound``, ``ProviderUnavailable``, ``ProviderMismatch``."""
        async with self.begin() as work:
            refund = await work.refunds.get(command.refund_id)
            payment = await work.payments.get(refund.payment_id)
        if refund.tried_at is None:
            return refund.state
        if refund.provider != self.gateway.provider:
            raise ProviderUnavailable(f"This refund is with {refund.provider}, which is not connected.")
        seen = await self._seen(refund, payment)
        now = self.clock.now()
        async with self.begin() as work:
            refund = await work.refunds.get(command.refund_id)
            if seen is None:
                await look_again(work, refund, now)
            else:
                await record(work, refund, seen, now, self.ids)
        return refund.state

    async def _seen(self, refund: Refund, payment: Payment) -> ProviderRefund | None:
        if refund.reference is None:
            return await self.gateway.find_refund(refund.refund_id, payment_reference=payment.reference)
        return await self.gateway.fetch_refund(refund.reference)
