"""A payment gateway whose provider took less for some payments than was asked for."""

from datetime import timedelta
from typing import final

from attrs import define, evolve, field

from marketplace_core.kernel.ids import PaymentId, RefundId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import PaymentState, ProviderPayment, ProviderRefund
from marketplace_core.payments.ports import PaymentGateway, PaymentRequest, RefundRequest


@final
@define
class MisreportingGateway(PaymentGateway):
    """Passes everything on; of the payments in ``short_minor`` so much less has come as it says there."""

    inner: PaymentGateway
    short_minor: dict[str, int] = field(factory=dict)

    @property
    def provider(self) -> str:
        """Its name."""
        return self.inner.provider

    @property
    def max_hold(self) -> timedelta:
        """As the inner one says."""
        return self.inner.max_hold

    async def open(self, request: PaymentRequest, *, key: str) -> ProviderPayment:
        """Pass it on."""
        return self._told(await self.inner.open(request, key=key))

    async def fetch(self, reference: str) -> ProviderPayment:
        """Pass it on."""
        return self._told(await self.inner.fetch(reference))

    async def find(self, payment_id: PaymentId) -> ProviderPayment | None:
        """Pass it on."""
        found = await self.inner.find(payment_id)
        return None if found is None else self._told(found)

    async def cancel(self, reference: str, *, key: str) -> ProviderPayment:
        """Pass it on."""
        return self._told(await self.inner.cancel(reference, key=key))

    async def refund(self, request: RefundRequest, *, key: str) -> ProviderRefund:
        """Pass it on."""
        return await self.inner.refund(request, key=key)

    async def fetch_refund(self, reference: str) -> ProviderRefund:
        """Pass it on."""
        return await self.inner.fetch_refund(reference)

    async def find_refund(self, refund_id: RefundId) -> ProviderRefund | None:
        """Pass it on."""
        return await self.inner.find_refund(refund_id)

    def _told(self, payment: ProviderPayment) -> ProviderPayment:
        missing = self.short_minor.get(payment.payment_id, 0)
        if payment.state is not PaymentState.CAPTURED:
            return payment
        return evolve(payment, captured=payment.captured - Money(missing, payment.captured.currency))
