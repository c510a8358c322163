"""What a provider is told of where money comes from, and what it tells us in its own words only."""

import pytest
from attrs import define, field

from marketplace_core.inmemory.payment_gateways import InMemoryPayoutGateway
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OrderId
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.payments import (
    DisputeState,
    ListDisputes,
    ProviderTransfer,
    ReconcileDisputesOf,
)
from marketplace_core.payments.ports import TransferRequest
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.payments import ADA, a_share, euros
from tests.core.payments.disputing import disputed, reference_of
from tests.core.payments.faults import BEFORE, FaultyPayouts
from tests.core.payments.till import OPERATOR, Till, a_till


@define
class Watched(FaultyPayouts):
    """A gateway that keeps what it was asked to transfer."""

    asked: list[TransferRequest] = field(factory=list)

    async def transfer(self, request: TransferRequest, *, key: str) -> ProviderTransfer:
        """Keep it, and pass it on."""
        self.asked.append(request)
        return await super().transfer(request, key=key)


@pytest.fixture
async def watched() -> tuple[Till, Watched]:
    clock = FrozenClock()
    provider = InMemoryPaymentProvider(clock)
    gateway = Watched(InMemoryPayoutGateway(provider))
    till = a_till(clock=clock, provider=provider, payouts=gateway)
    await till.accounts()
    return till, gateway


async def test_money_of_one_payment_is_sent_with_its_name_in_every_attempt(watched: tuple[Till, Watched]) -> None:
    till, gateway = watched
    payment_id = await till.paid([a_share("sor_ada", ADA, 6_500)])
    await till.deliver("sor_ada")
    await till.settle()
    gateway.faults.plan("transfer", BEFORE)

    await till.sweep()
    await till.settle()
    await till.pass_time(hours=1)

    assert len(gateway.asked) == 2
    assert {one.source for one in gateway.asked} == {reference_of(till, payment_id)}


async def test_money_of_several_payments_is_sent_without_a_name(watched: tuple[Till, Watched]) -> None:
    till, gateway = watched
    for number in (1, 2):
        await till.paid([a_share(f"sor_ada{number}", ADA, 2_000)], OrderId(f"ord_{number}"))
        await till.deliver(f"sor_ada{number}")
    await till.settle()

    await till.sweep()
    await till.settle()

    (request,) = gateway.asked
    assert request.source is None


async def test_a_dispute_is_known_by_what_the_provider_calls_its_payment(till: Till) -> None:
    payment_id = await till.paid()
    reference = reference_of(till, payment_id)
    till.network.open(reference, euros(2_000))
    message = ProviderMessage(
        provider="inmemory",
        message_id="evt_1",
        type="dispute",
        subject="disputed_payment",
        reference=reference,
        raw=b"",
    )

    for _ in range(2):
        await till.market.reconcile(message)

    (dispute,) = (await till.market.ask(ListDisputes(), by=OPERATOR)).items
    assert dispute.state is DisputeState.NEEDS_RESPONSE
    assert await till.sound()


async def test_a_dispute_about_somebody_elses_payment_is_none_of_ours(till: Till) -> None:
    await disputed(till, await till.paid(), 2_000)

    found = await till.market.execute(ReconcileDisputesOf(payment_reference="pi_somebody_elses"), by=SYSTEM)

    assert found == ()
