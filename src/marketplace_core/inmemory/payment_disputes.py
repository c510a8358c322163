"""Card disputes at the payment provider in memory, and the gateway to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, final

from attrs import evolve, frozen

from marketplace_core.inmemory.payment_provider import PLATFORM, InMemoryPaymentProvider
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.payments import DisputeState, ProviderDispute, ProviderRefused, UnknownAtProvider
from marketplace_core.payments.ports import DisputeGateway, Evidence

FEE_MINOR: Final = 1_500
_WITHDRAWN: Final = frozenset(
    {DisputeState.NEEDS_RESPONSE, DisputeState.UNDER_REVIEW, DisputeState.LOST, DisputeState.PREVENTED}
)


class InMemoryCardNetwork:
    """Opens and decides disputes. The provider's balance follows: taken while a dispute is open or lost."""

    def __init__(self, provider: InMemoryPaymentProvider) -> None:
        self.provider = provider
        self.disputes: dict[str, ProviderDispute] = {}
        self.evidence: dict[str, Evidence] = {}

    def open(
        self,
        payment_reference: str,
        amount: Money,
        *,
        state: DisputeState = DisputeState.NEEDS_RESPONSE,
        reason: str = "fraudulent",
        evidence_due: datetime | None = None,
        item: SellerOrderId | None = None,
    ) -> str:
        """Open a dispute, or a mere inquiry; return the provider's name of it."""
        nothing = Money.zero(amount.currency)
        dispute = ProviderDispute(
            reference=f"im_dp_{len(self.disputes) + 1}",
            payment_reference=payment_reference,
            state=DisputeState.WARNING,
            amount=amount,
            fee=nothing,
            fee_returned=nothing,
            reason=reason,
            evidence_due=evidence_due,
            item=item,
        )
        self.disputes[dispute.reference] = dispute
        self.move(dispute.reference, state)
        return dispute.reference

    def move(self, reference: str, state: DisputeState, *, returns_fee: bool = False) -> None:
        """Bring a dispute into another state; money and fee follow, and the marketplace is told."""
        before = self.disputes[reference]
        fee = before.fee
        if not fee and state not in {DisputeState.WARNING, DisputeState.WARNING_CLOSED}:
            fee = Money(FEE_MINOR, before.amount.currency)
            self._take(fee)
        taken = (state in _WITHDRAWN) - (before.state in _WITHDRAWN)
        if taken:
            amount = Money(taken * before.amount.amount_minor, before.amount.currency)
            self.provider.withdraw(before.payment_reference, amount)
        returned = fee if returns_fee else before.fee_returned
        self._take(before.fee_returned - returned)
        self.disputes[reference] = evolve(before, state=state, fee=fee, fee_returned=returned)
        payment = self.provider.payment(before.payment_reference)
        self.provider.tell(f"dispute.{state.value}", "dispute", payment.payment_id)

    def _take(self, amount: Money) -> None:
        self.provider.balances[PLATFORM, amount.currency] -= amount.amount_minor


@final
@frozen
class InMemoryDisputeGateway(DisputeGateway):
    """Speaks with the card network in memory."""

    network: InMemoryCardNetwork

    @property
    def provider(self) -> str:
        """Its name."""
        return self.network.provider.name

    async def of_payment(self, payment_reference: str) -> Sequence[ProviderDispute]:
        """Look through all."""
        outside_transaction("disputes.of_payment", only_looks=True)
        return [one for one in self.network.disputes.values() if one.payment_reference == payment_reference]

    async def answer(self, evidence: Evidence, *, key: str) -> ProviderDispute:
        """Keep the evidence, once per key."""
        outside_transaction("disputes.answer")
        return self.network.provider.once(key, evidence, lambda: self._answered(evidence))

    async def accept(self, dispute_reference: str, *, key: str) -> ProviderDispute:
        """Lose it, once per key."""
        outside_transaction("disputes.accept")
        return self.network.provider.once(key, dispute_reference, lambda: self._lost(dispute_reference))

    def _answered(self, evidence: Evidence) -> ProviderDispute:
        self._waiting(evidence.dispute_reference)
        reference = evidence.dispute_reference
        self.network.evidence[reference] = evidence
        self.network.disputes[reference] = evolve(self.network.disputes[reference], evidence_digest=evidence.digest)
        self.network.move(reference, DisputeState.UNDER_REVIEW)
        return self.network.disputes[reference]

    def _lost(self, reference: str) -> ProviderDispute:
        self._waiting(reference)
        self.network.move(reference, DisputeState.LOST)
        return self.network.disputes[reference]

    def _waiting(self, reference: str) -> None:
        dispute = self.network.disputes.get(reference)
        if dispute is None:
            raise UnknownAtProvider("The provider knows no such dispute.")
        if dispute.state is not DisputeState.NEEDS_RESPONSE:
            raise ProviderRefused("The network does not wait for an answer.", reason="dispute_not_open")
