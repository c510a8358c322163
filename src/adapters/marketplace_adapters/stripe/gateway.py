"""Takes buyers' money at Stripe, and sends it back."""

from datetime import timedelta
from typing import Final, final

from attrs import frozen

from marketplace_adapters.stripe.amounts import to_stripe
from marketplace_adapters.stripe.connection import StripeConnection, made_before
from marketplace_adapters.stripe.objects import (
    PAYMENT_ID,
    REFUND_ID,
    ChargeObject,
    FoundObject,
    PaymentObject,
    RefundObject,
)
from marketplace_core.kernel.ids import PaymentId, RefundId
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.payments import PaymentState, ProviderPayment, ProviderRefund, ProviderRefused
from marketplace_core.payments.ports import PaymentGateway, PaymentRequest, RefundRequest

NAME: Final = "stripe"
ORDER_ID: Final = "order_id"
NEWEST_LOOKED_AT: Final = 300
"""How many of the newest payments are looked through before the search is asked, whose index lags behind a minute."""

_WITH_CHARGE: Final = ["latest_charge.balance_transaction"]
_TOO_LATE: Final = frozenset({"payment_intent_unexpected_state"})
_REASONS: Final = {
    "charge_already_refunded": "exceeds_remaining",
    "invalid_amount": "exceeds_remaining",
    "amount_too_large": "exceeds_remaining",
    "charge_disputed": "disputed",
}
_MAX_HOLD_DAYS: Final = {"US": 730, "TH": 10}
_MAX_HOLD_DAYS_ELSEWHERE: Final = 90


def max_hold(country: str) -> timedelta:
    """Return how long Stripe lets an account of that country wait before it pays out ("Using manual payouts")."""
    return timedelta(days=_MAX_HOLD_DAYS.get(country, _MAX_HOLD_DAYS_ELSEWHERE))


@final
@frozen
class StripePaymentGateway(PaymentGateway):
    """Charges on the platform's own account; sellers are paid later, by transfers."""

    connection: StripeConnection
    country: str

    @property
    def provider(self) -> str:
        """Its name."""
        return NAME

    @property
    def max_hold(self) -> timedelta:
        """What the platform's country allows."""
        return max_hold(self.country)

    async def open(self, request: PaymentRequest, *, key: str) -> ProviderPayment:
        """Create a PaymentIntent, captured as soon as the buyer has paid so that its fee is known at once."""
        outside_transaction("gateway.open")
        amount, currency = to_stripe(request.amount)
        try:
            made = await self.connection.change(
                lambda services: services.payment_intents.create_async(
                    {
                        "amount": amount,
                        "currency": currency,
                        "automatic_payment_methods": {"enabled": True},
                        "capture_method": "automatic",
                        "transfer_group": request.order_id,
                        "metadata": {PAYMENT_ID: request.payment_id, ORDER_ID: request.order_id},
                        "expand": _WITH_CHARGE,
                    },
                    {"idempotency_key": key},
                ),
                PaymentObject,
            )
        except ProviderRefused as refusal:
            before = await made_before(refusal, lambda: self.find(request.payment_id), request.amount)
            if before is None:
                raise
            return before
        return await self._told(made)

    async def fetch(self, reference: str) -> ProviderPayment:
        """Retrieve it."""
        outside_transaction("gateway.fetch", only_looks=True)
        return await self._told(await self._retrieved(reference))

    async def find(self, payment_id: PaymentId) -> ProviderPayment | None:
        """Look through the newest, then search: a list is up to date, a search is not."""
        outside_transaction("gateway.find", only_looks=True)
        newest = self.connection.each(
            lambda services, page: services.payment_intents.list_async(page), PaymentObject, most=NEWEST_LOOKED_AT
        )
        looked_at = [one async for one in newest]
        ours = [one for one in looked_at if one.metadata.get(PAYMENT_ID) == payment_id]
        if ours:
            return await self.fetch(ours[-1].id)
        if len(looked_at) < NEWEST_LOOKED_AT:
            return None
        query = f"metadata['{PAYMENT_ID}']:'{_quoted(payment_id)}'"
        found = await self.connection.look(
            lambda services: services.payment_intents.search_async({"query": query, "limit": 100}), FoundObject
        )
        return await self.fetch(str(found.data[-1].get("id"))) if found.data else None

    async def cancel(self, reference: str, *, key: str) -> ProviderPayment:
        """Cancel it; if that is not to be had, retrieve it.

        The key is not handed on. Cancelling twice is cancelling once by itself, while Stripe would repeat the "no" that
        it once said under a key to a payment in processing, long after that has failed.
        """
        outside_transaction("gateway.cancel")
        try:
            seen = await self.connection.change(
                lambda services: services.payment_intents.cancel_async(reference, {"expand": _WITH_CHARGE}),
                PaymentObject,
            )
        except ProviderRefused as refusal:
            if refusal.reason not in _TOO_LATE:
                raise
            seen = await self._retrieved(reference)
        return await self._told(seen)

    async def refund(self, request: RefundRequest, *, key: str) -> ProviderRefund:
        """Create a refund."""
        outside_transaction("gateway.refund")
        amount, _ = to_stripe(request.amount)
        try:
            made = await self.connection.change(
                lambda services: services.refunds.create_async(
                    {
                        "payment_intent": request.payment_reference,
                        "amount": amount,
                        "metadata": {REFUND_ID: request.refund_id},
                    },
                    {"idempotency_key": key},
                ),
                RefundObject,
            )
        except ProviderRefused as refusal:
            before = await made_before(
                refusal,
                lambda: self.find_refund(request.refund_id, payment_reference=request.payment_reference),
                request.amount,
            )
            if before is not None:
                return before
            reason = _REASONS.get(refusal.reason, refusal.reason)
            raise ProviderRefused(refusal.message, reason=reason) from refusal
        return made.ours()

    async def fetch_refund(self, reference: str) -> ProviderRefund:
        """Retrieve it."""
        outside_transaction("gateway.fetch_refund", only_looks=True)
        seen = await self.connection.look(lambda services: services.refunds.retrieve_async(reference), RefundObject)
        return seen.ours()

    async def find_refund(self, refund_id: RefundId, *, payment_reference: str | None = None) -> ProviderRefund | None:
        """Look through the refunds of the payment."""
        outside_transaction("gateway.find_refund", only_looks=True)
        of_payment = {} if payment_reference is None else {"payment_intent": payment_reference}
        refunds = self.connection.each(
            lambda services, page: services.refunds.list_async({**of_payment, **page}), RefundObject
        )
        found = [one async for one in refunds if one.refund_id == refund_id]
        return found[-1].ours() if found else None

    async def _retrieved(self, reference: str) -> PaymentObject:
        return await self.connection.look(
            lambda services: services.payment_intents.retrieve_async(reference, {"expand": _WITH_CHARGE}),
            PaymentObject,
        )

    async def _told(self, payment: PaymentObject) -> ProviderPayment:
        """Count the attempts too: each that reached a bank is a charge of its own."""
        if not payment.was_tried:
            return payment.ours(charges=0)
        charges = 0
        async for _ in self.connection.each(
            lambda services, page: services.charges.list_async({"payment_intent": payment.id, **page}), ChargeObject
        ):
            charges += 1
        if payment.state is PaymentState.CAPTURED:
            charges = max(charges, 1)
        return payment.ours(charges=charges)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
