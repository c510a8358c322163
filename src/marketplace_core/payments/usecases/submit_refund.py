"""Submit a refund: ask the provider to send the money."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, RefundId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.errors import ProviderRefused, ProviderUnavailable
from marketplace_core.payments.domain.payment import Payment
from marketplace_core.payments.domain.refund import Refund
from marketplace_core.payments.domain.refund_parts import ProviderRefund
from marketplace_core.payments.domain.states.refund import RefundState
from marketplace_core.payments.ports import PaymentGateway, PaymentsWork, RefundRequest
from marketplace_core.payments.usecases.owing import look_again, record, take_back


@frozen(kw_only=True)
class SubmitRefund(Command[RefundState]):
    """Take an approved refund to the provider."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    refund_id: RefundId


@frozen(kw_only=True)
class SubmitRefundHandler:
    """Ask the provider for a refund.

    - The row says that it is being asked before it is; a crash in between is taken up where it was.
    - The key is the refund's own: asking again is never refunding again, and after a day without an answer the provider
      is searched before it is asked.
    - Refused for good: no money left, and whatever was taken for it is given back. A refund that the marketplace's own
      rules demand is made again later.
    """

    begin: Begin[PaymentsWork]
    gateway: PaymentGateway
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: SubmitRefund, by: Actor) -> RefundState:
        """Carry it out. Raises ``RefundNotFound``, ``ProviderUnavailable``, ``ProviderMismatch``."""
        refund, payment = await self._start(command.refund_id)
        if refund.state is not RefundState.SUBMITTED:
            return refund.state
        if refund.provider != self.gateway.provider:
            raise ProviderUnavailable(f"This refund is with {refund.provider}, which is not connected.")
        try:
            seen = await self._asked(refund, payment)
        except ProviderRefused as refusal:
            return await self._refused(refund.refund_id, refusal.reason)
        async with self.begin() as work:
            refund = await work.refunds.get(command.refund_id)
            await record(work, refund, seen, self.clock.now(), self.ids)
        return refund.state

    async def _start(self, refund_id: RefundId) -> tuple[Refund, Payment]:
        now = self.clock.now()
        async with self.begin() as work:
            refund = await work.refunds.get(refund_id)
            payment = await work.payments.get(refund.payment_id)
            if refund.state is RefundState.APPROVED:
                refund.submit(now)
                await work.refunds.save(refund)
                await look_again(work, refund, now)
        return refund, payment

    async def _asked(self, refund: Refund, payment: Payment) -> ProviderRefund:
        assert payment.reference is not None
        if refund.reference is not None:
            return await self.gateway.fetch_refund(refund.reference)
        if refund.key_may_be_forgotten(self.clock.now()):
            found = await self.gateway.find_refund(refund.refund_id, payment_reference=payment.reference)
            if found is not None:
                return found
        request = RefundRequest(refund_id=refund.refund_id, payment_reference=payment.reference, amount=refund.amount)
        return await self.gateway.refund(request, key=refund.key)

    async def _refused(self, refund_id: RefundId, reason: str) -> RefundState:
        now = self.clock.now()
        async with self.begin() as work:
            refund = await work.refunds.get(refund_id)
            if refund.state in {RefundState.SUBMITTED, RefundState.PENDING}:
                refund.refused(reason, now)
                await take_back(work, refund, now, self.ids)
                await look_again(work, refund, now)
                await work.refunds.save(refund)
        return refund.state
