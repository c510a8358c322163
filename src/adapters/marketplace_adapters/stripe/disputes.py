"""Speaks with Stripe about card disputes."""

from collections.abc import Sequence
from typing import Any, Final, final

from attrs import frozen

from marketplace_adapters.stripe.connection import StripeConnection
from marketplace_adapters.stripe.gateway import NAME
from marketplace_adapters.stripe.objects import EVIDENCE_DIGEST, DisputeObject
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.payments import ProviderDispute, UnknownAtProvider
from marketplace_core.payments.ports import DisputeGateway, Evidence

ANYTHING_ELSE: Final = "uncategorized_text"
TEXTS: Final = frozenset({
    "access_activity_log", "billing_address", "cancellation_policy_disclosure", "cancellation_rebuttal",
    "customer_email_address", "customer_name", "customer_purchase_ip", "duplicate_charge_explanation",
    "duplicate_charge_id", "product_description", "refund_policy_disclosure", "refund_refusal_explanation",
    "service_date", "shipping_address", "shipping_carrier", "shipping_date", "shipping_tracking_number",
    ANYTHING_ELSE,
})  # fmt: skip
"""What Stripe takes as text about a subject of its own; its other subjects want files."""


@final
@frozen
class StripeDisputeGateway(DisputeGateway):
    """Disputes about charges of the platform."""

    connection: StripeConnection

    @property
    def provider(self) -> str:
        """Its name."""
        return NAME

    async def of_payment(self, payment_reference: str) -> Sequence[ProviderDispute]:
        """List by PaymentIntent; Stripe gives the newest first."""
        outside_transaction("disputes.of_payment", only_looks=True)
        disputes = self.connection.each(
            lambda services, page: services.disputes.list_async({"payment_intent": payment_reference, **page}),
            DisputeObject,
        )
        try:
            found = [one.ours() async for one in disputes]
        except UnknownAtProvider:
            return []
        return found[::-1]

    async def answer(self, evidence: Evidence, *, key: str) -> ProviderDispute:
        """Submit the evidence: each statement under Stripe's subject, or among the others with its own as a title."""
        outside_transaction("disputes.answer")
        said: Any = sorted_by_subject(evidence.statements)
        seen = await self.connection.change(
            lambda services: services.disputes.update_async(
                evidence.dispute_reference,
                {"evidence": said, "submit": True, "metadata": {EVIDENCE_DIGEST: evidence.digest}},
                {"idempotency_key": key},
            ),
            DisputeObject,
        )
        return seen.ours()

    async def accept(self, dispute_reference: str, *, key: str) -> ProviderDispute:
        """Close the dispute."""
        outside_transaction("disputes.accept")
        seen = await self.connection.change(
            lambda services: services.disputes.close_async(dispute_reference, options={"idempotency_key": key}),
            DisputeObject,
        )
        return seen.ours()


def sorted_by_subject(statements: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the statements by Stripe's names of what they are about."""
    said: dict[str, str] = {}
    for about, words in statements:
        subject, text = (about, words) if about in TEXTS else (ANYTHING_ELSE, f"{about}: {words}")
        said[subject] = f"{said[subject]}\n\n{text}" if subject in said else text
    return said
