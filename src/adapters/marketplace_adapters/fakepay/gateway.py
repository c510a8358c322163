"""Takes buyers' money at FakePay, and sends it back."""

from datetime import timedelta
from typing import Final, final
from urllib.parse import quote

from attrs import frozen

from marketplace_adapters.fakepay.connection import FakepayConnection
from marketplace_adapters.fakepay.money_objects import RefundObject
from marketplace_adapters.fakepay.objects import ListObject, PaymentObject
from marketplace_core.kernel.ids import PaymentId, RefundId
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.payments import ProviderPayment, ProviderRefund, ProviderRefused
from marketplace_core.payments.ports import PaymentGateway, PaymentRequest, RefundRequest

NAME: Final = "fakepay"
MAX_HOLD: Final = timedelta(days=90)
_TOO_LATE: Final = frozenset({"payment_already_succeeded", "payment_processing"})
_REASONS: Final = {"refund_exceeds_remaining": "exceeds_remaining", "payment_disputed": "disputed"}


@final
@frozen
class FakepayPaymentGateway(PaymentGateway):
    """The provider's payments and refunds over HTTP."""

    connection: FakepayConnection

    @property
    def provider(self) -> str:
        """Its name."""
        return NAME

    @property
    def max_hold(self) -> timedelta:
        """Ninety days."""
        return MAX_HOLD

    async def open(self, request: PaymentRequest, *, key: str) -> ProviderPayment:
        """Create a payment."""
        outside_transaction("gateway.open")
        body = {
            "amount_minor": request.amount.amount_minor,
            "currency": request.amount.currency,
            "reference": request.payment_id,
            "transfer_group": request.order_id,
            "metadata": {"order_id": request.order_id},
        }
        return (await self.connection.change("/v1/payments", PaymentObject, body, key=key)).ours()

    async def fetch(self, reference: str) -> ProviderPayment:
        """View the payment."""
        outside_transaction("gateway.fetch", only_looks=True)
        return (await self.connection.look(_path(reference), PaymentObject)).ours()

    async def find(self, payment_id: PaymentId) -> ProviderPayment | None:
        """List by reference; the first is the oldest."""
        outside_transaction("gateway.find", only_looks=True)
        found = await self.connection.look("/v1/payments", ListObject[PaymentObject], reference=payment_id, limit=1)
        return found.data[0].ours() if found.data else None

    async def cancel(self, reference: str, *, key: str) -> ProviderPayment:
        """Cancel it; if it is too late for that, view it."""
        outside_transaction("gateway.cancel")
        try:
            answer = await self.connection.change(f"{_path(reference)}/cancel", PaymentObject, {}, key=key)
        except ProviderRefused as refusal:
            if refusal.reason not in _TOO_LATE:
                raise
            answer = await self.connection.look(_path(reference), PaymentObject)
        return answer.ours()

    async def refund(self, request: RefundRequest, *, key: str) -> ProviderRefund:
        """Create a refund."""
        outside_transaction("gateway.refund")
        body = {
            "payment": request.payment_reference,
            "amount_minor": request.amount.amount_minor,
            "currency": request.amount.currency,
            "reference": request.refund_id,
        }
        try:
            made = await self.connection.change("/v1/refunds", RefundObject, body, key=key)
        except ProviderRefused as refusal:
            reason = _REASONS.get(refusal.reason, refusal.reason)
            raise ProviderRefused(refusal.message, reason=reason) from refusal
        return made.ours()

    async def fetch_refund(self, reference: str) -> ProviderRefund:
        """View the refund."""
        outside_transaction("gateway.fetch_refund", only_looks=True)
        return (await self.connection.look(f"/v1/refunds/{quote(reference, safe='')}", RefundObject)).ours()

    async def find_refund(self, refund_id: RefundId, *, payment_reference: str | None = None) -> ProviderRefund | None:
        """List by reference; the first is the oldest."""
        outside_transaction("gateway.find_refund", only_looks=True)
        found = await self.connection.look("/v1/refunds", ListObject[RefundObject], reference=refund_id, limit=1)
        return found.data[0].ours() if found.data else None


def _path(reference: str) -> str:
    return f"/v1/payments/{quote(reference, safe='')}"
