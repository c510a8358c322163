"""A payment gateway whose provider took less for some payments than was asked for."""

from typing import Any

from attrs import define, evolve, field

from marketplace_core.kernel.money import Money
from marketplace_core.payments import PaymentState, ProviderPayment
from marketplace_core.payments.ports import PaymentGateway


@define
class Misreporting:
    """Passes everything on; of the payments in ``short_minor`` so much less has come as it says there."""

    inner: PaymentGateway
    short_minor: dict[str, int] = field(factory=dict)

    def __getattr__(self, name: str) -> Any:
        """Find at the inner gateway what is not of interest here."""
        return getattr(self.inner, name)

    async def fetch(self, *asked: Any, **more: Any) -> ProviderPayment:
        """Pass it on."""
        return self._told(await self.inner.fetch(*asked, **more))

    async def find(self, *asked: Any, **more: Any) -> ProviderPayment | None:
        """Pass it on."""
        found = await self.inner.find(*asked, **more)
        return None if found is None else self._told(found)

    async def cancel(self, *asked: Any, **more: Any) -> ProviderPayment:
        """Pass it on."""
        return self._told(await self.inner.cancel(*asked, **more))

    def _told(self, payment: ProviderPayment) -> ProviderPayment:
        missing = self.short_minor.get(payment.payment_id, 0)
        if payment.state is not PaymentState.CAPTURED:
            return payment
        return evolve(payment, captured=payment.captured - Money(missing, payment.captured.currency))
