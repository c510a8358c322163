"""A provider that is down, forgets to answer, or answers about something else."""

from datetime import timedelta

import pytest
from attrs import evolve

from marketplace_core.inmemory.payment_gateways import InMemoryPaymentGateway
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider
from marketplace_core.inmemory.payments import InMemoryPaymentsWork
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import (
    CancelPayment,
    PaymentCancelled,
    PaymentCaptured,
    PaymentNeedsReview,
    PaymentState,
    ProviderMismatch,
    ProviderPayment,
    ProviderUnavailable,
    ReconcilePayment,
    RequestPayment,
    ViewPayment,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.payments.ports import PaymentRequest
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.conformance.payment_provider import SUCCEEDS
from marketplace_core.testing.payments import EUR, euros
from tests.core.payments.faults import AFTER, BEFORE, FaultyPayments
from tests.core.payments.till import ANN, OPERATOR, ORDER, Till, a_till


def a_faulty_till() -> tuple[Till, FaultyPayments]:
    """Return a till whose payment gateway can fail."""
    clock = FrozenClock()
    provider = InMemoryPaymentProvider(clock)
    gateway = FaultyPayments(InMemoryPaymentGateway(provider))
    return a_till(clock=clock, provider=provider, payments=gateway), gateway


@pytest.mark.parametrize("kind", [BEFORE, AFTER])
async def test_a_provider_that_fails_while_opening_is_asked_again_with_the_same_key(kind: str) -> None:
    till, gateway = a_faulty_till()
    gateway.faults.plan("open", kind, kind, kind)
    payment_id = await till.open()

    with pytest.raises(ProviderUnavailable):
        await till.market.execute(RequestPayment(payment_id=payment_id), by=ANN)
    for seconds in (5, 1, 5):
        await till.pass_time(seconds=seconds)

    view = await till.market.ask(ViewPayment(payment_id=payment_id), by=ANN)
    assert view.step.client_secret is not None
    assert len(till.provider.all_payments) == 1
    assert {key for method, key in gateway.faults.calls if method == "open"} == {f"payment:{payment_id}:1"}


async def test_after_a_day_without_an_answer_the_provider_is_searched_before_it_is_asked_again() -> None:
    till, gateway = a_faulty_till()
    gateway.faults.plan("open", AFTER)
    payment_id = await till.open()
    with pytest.raises(ProviderUnavailable):
        await till.market.execute(RequestPayment(payment_id=payment_id), by=ANN)

    till.clock.advance(timedelta(hours=25))
    step = await till.market.execute(RequestPayment(payment_id=payment_id), by=ANN)

    assert step.client_secret is not None
    assert len(till.provider.all_payments) == 1
    assert gateway.faults.count("open") == 1


async def test_a_payment_whose_opening_was_never_answered_is_cancelled_at_the_provider_too() -> None:
    till, gateway = a_faulty_till()
    gateway.faults.plan("open", AFTER)
    payment_id = await till.open()
    with pytest.raises(ProviderUnavailable):
        await till.market.execute(RequestPayment(payment_id=payment_id), by=ANN)

    outcome = await till.cancel(payment_id)

    (there,) = till.provider.all_payments.values()
    assert (outcome, there.state) == ("cancelled", PaymentState.CANCELLED)


async def test_a_payment_whose_opening_never_arrived_is_cancelled_here_alone() -> None:
    till, gateway = a_faulty_till()
    gateway.faults.plan("open", BEFORE)
    payment_id = await till.open()
    with pytest.raises(ProviderUnavailable):
        await till.market.execute(RequestPayment(payment_id=payment_id), by=ANN)

    assert await till.cancel(payment_id) == "cancelled"
    assert till.provider.all_payments == {}


async def test_a_request_that_arrives_after_the_cancellation_is_cancelled_at_the_provider() -> None:
    till, gateway = a_faulty_till()
    payment_id = await till.open()

    outcomes: list[str] = []

    class Overtaken(FaultyPayments):
        async def open(self, request: PaymentRequest, *, key: str) -> ProviderPayment:
            outcomes.append(await till.cancel(payment_id))
            return await self.real.open(request, key=key)

    gateway.real = Overtaken(gateway.real)

    step = await till.market.execute(RequestPayment(payment_id=payment_id), by=ANN)

    (there,) = till.provider.all_payments.values()
    assert outcomes == ["cancelled"]
    assert (step.state, step.client_secret) == (PaymentState.CANCELLED, None)
    assert there.state is PaymentState.CANCELLED


@pytest.mark.parametrize("kind", [BEFORE, AFTER])
async def test_a_cancellation_that_fails_decides_nothing_and_can_be_repeated(kind: str) -> None:
    till, gateway = a_faulty_till()
    payment_id = await till.open()
    await till.request(payment_id)
    gateway.faults.plan("cancel", kind)

    with pytest.raises(ProviderUnavailable):
        await till.market.execute(CancelPayment(payment_id=payment_id), by=SYSTEM)
    undecided = await till.market.ask(ViewPayment(payment_id=payment_id), by=ANN)

    assert undecided.state is PaymentState.CREATED
    assert await till.cancel(payment_id) == "cancelled"
    assert len(till.events(PaymentCancelled)) == 1


async def test_a_provider_that_is_down_when_its_message_comes_is_asked_later() -> None:
    till, gateway = a_faulty_till()
    payment_id = await till.open()
    till.provider.pay(await till.request(payment_id), SUCCEEDS)
    gateway.faults.plan("fetch", BEFORE, BEFORE)

    await till.settle()
    await till.pass_time(seconds=5)
    await till.pass_time(seconds=30)

    assert (await till.market.ask(ViewPayment(payment_id=payment_id), by=ANN)).state is PaymentState.CAPTURED
    assert len(till.events(PaymentCaptured)) == 1


@pytest.mark.parametrize(
    ("captured", "reason"),
    [
        (euros(9_999), "amount_mismatch"),
        (euros(10_001), "amount_mismatch"),
        (Money(10_000, "USD"), "currency_mismatch"),
    ],
)
async def test_money_that_does_not_fit_waits_in_suspense_and_the_order_is_not_paid(
    captured: Money, reason: str
) -> None:
    till, gateway = a_faulty_till()
    payment_id = await till.open()
    till.provider.pay(await till.request(payment_id), SUCCEEDS)
    gateway.change = lambda answer: evolve(answer, captured=captured, fee=Money(165, captured.currency))

    step = await till.market.execute(ReconcilePayment(payment_id=payment_id), by=ANN)
    again = await till.market.execute(ReconcilePayment(payment_id=payment_id), by=ANN)

    assert step.state is again.state is PaymentState.REVIEW
    assert till.events(PaymentCaptured) == []
    assert till.events(PaymentNeedsReview) == [PaymentNeedsReview(payment_id=payment_id, order_id=ORDER, reason=reason)]
    assert await till.balance(accounts.suspense(payment_id, captured.currency)) == captured.amount_minor
    assert await till.balance(accounts.escrow(SellerOrderId("sor_ada"), EUR)) == 0
    assert await till.cancel(payment_id) == "processing"
    assert await till.sound()


async def test_a_provider_that_asks_the_buyer_for_another_amount_is_reviewed_before_anybody_pays() -> None:
    till, gateway = a_faulty_till()
    gateway.change = lambda answer: evolve(answer, amount=euros(1))
    payment_id = await till.open()

    step = await till.market.execute(RequestPayment(payment_id=payment_id), by=ANN)

    assert (step.state, step.client_secret) == (PaymentState.REVIEW, None)
    assert len(till.events(PaymentNeedsReview)) == 1
    assert await till.cancel(payment_id) == "cancelled"


async def test_money_after_the_end_waits_in_suspense() -> None:
    till, gateway = a_faulty_till()
    payment_id = await till.open()
    secret = await till.request(payment_id)
    gateway.change = lambda answer: evolve(answer, state=PaymentState.CANCELLED)
    assert await till.cancel(payment_id) == "cancelled"

    gateway.change = lambda answer: answer
    (there,) = till.provider.all_payments.values()
    till.provider.all_payments[there.reference] = evolve(there, state=PaymentState.CREATED)
    till.provider.pay(secret, SUCCEEDS)
    await till.settle()

    view = await till.market.ask(ViewPayment(payment_id=payment_id), by=OPERATOR)
    assert (view.state, view.review_reason) == (PaymentState.REVIEW, "late_capture")
    assert await till.balance(accounts.suspense(payment_id, EUR)) == 10_000
    assert await till.sound()


async def test_somebody_elses_object_changes_nothing() -> None:
    till, gateway = a_faulty_till()
    payment_id = await till.open()
    till.provider.pay(await till.request(payment_id), SUCCEEDS)
    gateway.change = lambda answer: evolve(answer, payment_id="pay_other")

    with pytest.raises(ProviderMismatch):
        await till.market.execute(ReconcilePayment(payment_id=payment_id), by=ANN)

    assert (await till.market.ask(ViewPayment(payment_id=payment_id), by=ANN)).state is PaymentState.CREATED


async def test_a_fee_that_is_known_later_is_booked_then() -> None:
    till, gateway = a_faulty_till()
    payment_id = await till.open()
    till.provider.pay(await till.request(payment_id), SUCCEEDS)
    gateway.change = lambda answer: evolve(answer, fee=None)
    await till.market.execute(ReconcilePayment(payment_id=payment_id), by=ANN)
    unknown = await till.balance(accounts.psp_fees(EUR))

    gateway.change = lambda answer: answer
    await till.pass_time(minutes=10)
    await till.pass_time(minutes=10)

    assert (unknown, await till.balance(accounts.psp_fees(EUR))) == (0, 165)
    assert ("payments.poll_payment", payment_id) not in till.timers()
    assert len(till.events(PaymentCaptured)) == 1


async def test_a_payment_of_another_provider_is_not_asked_of_this_one(till: Till) -> None:
    payment_id = await till.open()
    async with till.store.begin(InMemoryPaymentsWork)() as work:
        payment = await work.payments.get(payment_id)
        payment.provider = "elsewhere"
        await work.payments.save(payment)

    with pytest.raises(ProviderUnavailable, match="elsewhere"):
        await till.market.execute(RequestPayment(payment_id=payment_id), by=ANN)
