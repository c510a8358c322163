"""What every way to speak about card disputes must do: say what they are and cost, and answer each of them once."""

from typing import Final

import pytest
from attrs import evolve

from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import transaction_open
from marketplace_core.payments import (
    DisputeState,
    ProviderDispute,
    ProviderPayment,
    ProviderRefused,
    UnknownAtProvider,
)
from marketplace_core.payments.ports import Evidence
from marketplace_core.testing.conformance.payment_provider import ProviderGround

S: Final = DisputeState
THERE: Final = 9_835
"""What is left of a payment of 100.00 after the fee, in minor units."""
NOTHING: Final = Money(0, "EUR")


def some_evidence(reference: str, words: str = "It was delivered on the second of May.") -> Evidence:
    """Say something against a dispute."""
    return Evidence(
        dispute_reference=reference,
        statements=(("shipping", words), ("customer_communication", "Thanks!\nIt came.")),
    )


async def only(ground: ProviderGround, payment: ProviderPayment) -> ProviderDispute:
    """Return the one dispute about a payment."""
    (dispute,) = await ground.disputes.of_payment(payment.reference)
    return dispute


class DisputeGatewayConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> ProviderGround:
        """Return an empty provider."""
        raise NotImplementedError

    async def _disputed(
        self, ground: ProviderGround, amount_minor: int = 4_000, *, warning: bool = False
    ) -> tuple[ProviderPayment, str]:
        payment = await ground.paid()
        return payment, await ground.levers.open_dispute(payment, Money(amount_minor, "EUR"), warning=warning)

    async def test_all_gateways_name_the_same_provider(self, ground: ProviderGround) -> None:
        assert ground.disputes.provider == ground.payments.provider

    async def test_a_payment_that_nobody_disputes_has_no_disputes(self, ground: ProviderGround) -> None:
        payment = await ground.paid()

        assert list(await ground.disputes.of_payment(payment.reference)) == []
        assert list(await ground.disputes.of_payment("nothing")) == []

    async def test_a_dispute_takes_its_amount_and_a_fee(self, ground: ProviderGround) -> None:
        payment, reference = await self._disputed(ground)

        dispute = await only(ground, payment)

        assert (dispute.reference, dispute.payment_reference) == (reference, payment.reference)
        assert (dispute.state, dispute.amount, dispute.reason) == (S.NEEDS_RESPONSE, Money(4_000, "EUR"), "fraudulent")
        assert dispute.fee.amount_minor > 0
        assert dispute.fee_returned == NOTHING
        assert dispute.evidence_due is not None
        assert dispute.evidence_due > ground.clock.now()
        assert await ground.available_minor() == THERE - 4_000 - dispute.fee.amount_minor

    async def test_more_than_was_paid_may_be_taken_even_if_it_is_not_there(self, ground: ProviderGround) -> None:
        payment, _ = await self._disputed(ground, 12_000)

        dispute = await only(ground, payment)

        assert dispute.amount == Money(12_000, "EUR")
        assert await ground.available_minor() == THERE - 12_000 - dispute.fee.amount_minor < 0

    async def test_disputes_come_by_payment_the_oldest_first(self, ground: ProviderGround) -> None:
        payment, first = await self._disputed(ground, 1_000)
        other = await ground.paid("pay_2")
        elsewhere = await ground.levers.open_dispute(other, Money(500, "EUR"))
        await ground.levers.move_dispute(first, S.WON)
        second = await ground.levers.open_dispute(payment, Money(2_000, "EUR"))

        assert [one.reference for one in await ground.disputes.of_payment(payment.reference)] == [first, second]
        assert (await only(ground, other)).reference == elsewhere

    async def test_a_warning_takes_nothing_and_may_come_to_nothing(self, ground: ProviderGround) -> None:
        payment, reference = await self._disputed(ground, warning=True)

        warning = await only(ground, payment)
        warned = await ground.available_minor()
        await ground.levers.move_dispute(reference, S.WARNING_CLOSED)
        closed = await only(ground, payment)

        assert (warning.state, warning.fee, warning.fee_returned) == (S.WARNING, NOTHING, NOTHING)
        assert (closed.state, closed.fee, closed.fee_returned) == (S.WARNING_CLOSED, NOTHING, NOTHING)
        assert (warned, await ground.available_minor()) == (THERE, THERE)

    async def test_a_warning_may_become_a_dispute(self, ground: ProviderGround) -> None:
        payment, reference = await self._disputed(ground, warning=True)

        await ground.levers.move_dispute(reference, S.NEEDS_RESPONSE)

        dispute = await only(ground, payment)
        assert (dispute.reference, dispute.state) == (reference, S.NEEDS_RESPONSE)
        assert dispute.fee.amount_minor > 0
        assert await ground.available_minor() == THERE - 4_000 - dispute.fee.amount_minor

    async def test_a_warning_that_the_network_settles_costs_what_it_says(self, ground: ProviderGround) -> None:
        payment, reference = await self._disputed(ground, warning=True)

        await ground.levers.move_dispute(reference, S.PREVENTED)

        dispute = await only(ground, payment)
        assert (dispute.state, dispute.fee_returned) == (S.PREVENTED, NOTHING)
        assert await ground.available_minor() == THERE - 4_000 - dispute.fee.amount_minor

    async def test_evidence_is_handed_in_once_per_key(self, ground: ProviderGround) -> None:
        payment, reference = await self._disputed(ground)
        before = await ground.available_minor()

        first = await ground.disputes.answer(some_evidence(reference), key="evidence:dsp_1:1")
        second = await ground.disputes.answer(some_evidence(reference), key="evidence:dsp_1:1")

        assert first == second == await only(ground, payment)
        assert (first.reference, first.state) == (reference, S.UNDER_REVIEW)
        assert first.evidence_digest == some_evidence(reference).digest
        assert await ground.available_minor() == before

    async def test_other_evidence_is_refused_under_the_same_key_and_under_another(self, ground: ProviderGround) -> None:
        payment, reference = await self._disputed(ground)
        await ground.disputes.answer(some_evidence(reference), key="evidence:dsp_1:1")
        other = some_evidence(reference, "It was a gift.")

        with pytest.raises(ProviderRefused) as same_key:
            await ground.disputes.answer(other, key="evidence:dsp_1:1")
        with pytest.raises(ProviderRefused):
            await ground.disputes.answer(other, key="evidence:dsp_1:2")

        assert same_key.value.reason == "idempotency_key_reused"
        assert (await only(ground, payment)).state is S.UNDER_REVIEW

    async def test_a_dispute_that_is_given_up_is_lost_once(self, ground: ProviderGround) -> None:
        payment, reference = await self._disputed(ground)
        before = await ground.available_minor()

        first = await ground.disputes.accept(reference, key="accept:dsp_1:1")
        second = await ground.disputes.accept(reference, key="accept:dsp_1:1")
        with pytest.raises(ProviderRefused):
            await ground.disputes.accept(reference, key="accept:dsp_1:2")
        with pytest.raises(ProviderRefused):
            await ground.disputes.answer(some_evidence(reference), key="evidence:dsp_1:1")

        assert first == second == await only(ground, payment)
        assert first.state is S.LOST
        assert await ground.available_minor() == before

    async def test_a_dispute_that_the_provider_never_heard_of_is_unknown(self, ground: ProviderGround) -> None:
        with pytest.raises(UnknownAtProvider):
            await ground.disputes.answer(some_evidence("nothing"), key="evidence:dsp_1:1")
        with pytest.raises(UnknownAtProvider):
            await ground.disputes.accept("nothing", key="accept:dsp_1:1")

    @pytest.mark.parametrize("answered", [False, True])
    @pytest.mark.parametrize(("end", "gone_minor"), [(S.WON, 0), (S.LOST, 4_000), (S.PREVENTED, 4_000)])
    async def test_the_network_decides_and_the_money_follows(
        self, ground: ProviderGround, end: DisputeState, gone_minor: int, answered: bool
    ) -> None:
        payment, reference = await self._disputed(ground)
        opened = await only(ground, payment)
        evidence = some_evidence(reference)
        if answered:
            await ground.disputes.answer(evidence, key="evidence:dsp_1:1")

        await ground.levers.move_dispute(reference, end)

        digest = evidence.digest if answered else None
        assert await only(ground, payment) == evolve(opened, state=end, evidence_digest=digest)
        assert await ground.available_minor() == THERE - gone_minor - opened.fee.amount_minor

    @pytest.mark.parametrize("lost_first", [False, True])
    async def test_a_fee_that_is_given_back_is_told_beside_the_fee(
        self, ground: ProviderGround, lost_first: bool
    ) -> None:
        payment, reference = await self._disputed(ground)
        opened = await only(ground, payment)
        if lost_first:
            await ground.levers.move_dispute(reference, S.LOST)

        await ground.levers.move_dispute(reference, S.WON, returns_fee=True)

        assert await only(ground, payment) == evolve(opened, state=S.WON, fee_returned=opened.fee)
        assert await ground.available_minor() == THERE

    async def test_a_lost_dispute_may_be_turned_round(self, ground: ProviderGround) -> None:
        payment, reference = await self._disputed(ground)
        await ground.disputes.accept(reference, key="accept:dsp_1:1")

        await ground.levers.move_dispute(reference, S.WON)

        dispute = await only(ground, payment)
        assert (dispute.state, dispute.fee_returned) == (S.WON, NOTHING)
        assert await ground.available_minor() == THERE - dispute.fee.amount_minor

    async def test_nothing_is_asked_while_a_transaction_is_open(self, ground: ProviderGround) -> None:
        for ask in (
            lambda: ground.disputes.of_payment("any"),
            lambda: ground.disputes.answer(some_evidence("any"), key="any"),
            lambda: ground.disputes.accept("any", key="any"),
        ):
            with transaction_open(), pytest.raises(AssertionError):
                await ask()
