"""What our gateways make of Stripe's moods: no answer, half an answer, a no with and without a word for it."""

from typing import Any, Final

import pytest
from anyio import fail_after

from marketplace_adapters.stripe.connection import StripeConnection
from marketplace_adapters.stripe.gateway import StripePaymentGateway
from marketplace_core.kernel.ids import PaymentId
from marketplace_core.payments import (
    ProviderRefused,
    ProviderUnavailable,
)
from marketplace_core.testing.conformance.payment_provider import (
    a_request,
)
from marketplace_core.testing.conformance.refunding import a_refund
from tests.adapters.stripe.conftest import Stage
from tests.adapters.stripe.standin.app import KEY, Fault

KEY_OF_PAY_1: Final = "payment:pay_1:1"


A_PAYMENT: Final = (
    b'{"object": "payment_intent", "id": "pi_1", "status": "succeeded", "amount": 1, "amount_received": 0,'
    b' "currency": "eur", "metadata": {}}'
)


async def opened(stage: Stage) -> Any:
    """Ask for a payment under its own key."""
    return await stage.ground.payments.open(a_request(), key=KEY_OF_PAY_1)


# ---------------------------------------------------------------- what no answer means


@pytest.mark.parametrize("status", [0, 409, 429, 500, 502, 503])
@pytest.mark.parametrize("acts", [False, True])
async def test_a_change_without_a_clear_answer_may_have_happened(stage: Stage, status: int, acts: bool) -> None:
    stage.standin.faults.append(Fault(status=status, acts=acts))

    with pytest.raises(ProviderUnavailable) as unclear:
        await opened(stage)

    assert unclear.value.ambiguous
    assert len(stage.books.intents) == acts


@pytest.mark.parametrize("acts", [False, True])
async def test_the_same_key_after_a_cut_line_is_one_payment(stage: Stage, acts: bool) -> None:
    stage.standin.faults.append(Fault(acts=acts))
    with pytest.raises(ProviderUnavailable):
        await opened(stage)

    again = await opened(stage)

    assert again.payment_id == "pay_1"
    assert len(stage.books.intents) == 1


async def test_an_error_that_stripe_has_kept_comes_back_under_its_key_and_the_payment_is_found(stage: Stage) -> None:
    stage.standin.faults.append(Fault(status=500, acts=True))
    for _ in range(2):
        with pytest.raises(ProviderUnavailable) as unclear:
            await opened(stage)
        assert unclear.value.ambiguous

    found = await stage.ground.payments.find(PaymentId("pay_1"))

    assert found is not None
    assert len(stage.books.intents) == 1


async def test_an_answer_that_never_comes_is_waited_for_no_longer_than_we_said(stage: Stage) -> None:
    hasty = StripeConnection(KEY, address=stage.address, answer_within_seconds=0.2)
    stage.standin.faults.append(Fault(hangs=True))

    with fail_after(3), pytest.raises(ProviderUnavailable) as unclear:
        await StripePaymentGateway(hasty, "FR").open(a_request(), key=KEY_OF_PAY_1)
    await hasty.close()

    assert unclear.value.ambiguous


async def test_nobody_there_is_unclear_too(stage: Stage) -> None:
    nowhere = StripeConnection(KEY, address="http://127.0.0.1:9")

    with pytest.raises(ProviderUnavailable):
        await StripePaymentGateway(nowhere, "FR").open(a_request(), key=KEY_OF_PAY_1)
    await nowhere.close()


async def test_a_question_without_an_answer_has_changed_nothing(stage: Stage) -> None:
    stage.standin.faults.append(Fault(status=503, any_request=True))

    with pytest.raises(ProviderUnavailable) as unclear:
        await stage.ground.payments.fetch("pi_1")

    assert not unclear.value.ambiguous


@pytest.mark.parametrize(("said", "waits"), [("30", 30), ("99999", 600), ("soon", 1), ("-1", 1)])
async def test_stripe_says_when_to_come_again(stage: Stage, said: str, waits: int) -> None:
    stage.standin.faults.append(Fault(status=429, headers=(("retry-after", said),)))

    with pytest.raises(ProviderUnavailable) as busy:
        await opened(stage)

    assert busy.value.retry_after_seconds == min(waits, 600)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"no json",
        b"\xff",
        b"{}",
        b'{"id": 1, "object": "payment_intent"}',
        b'{"id": "pi_1", "object": "charge"}',
        A_PAYMENT.replace(b"succeeded", b"new"),
        A_PAYMENT.replace(b'"amount": 1', b'"amount": -1'),
        A_PAYMENT.replace(b'"amount": 1', b'"amount": 1.5'),
        A_PAYMENT.replace(b"eur", b"euro"),
    ],
)
async def test_an_answer_that_makes_no_sense_is_no_answer(stage: Stage, body: bytes) -> None:
    stage.standin.faults.append(Fault(status=200, body=body))

    with pytest.raises(ProviderUnavailable) as unclear:
        await opened(stage)

    assert unclear.value.ambiguous


@pytest.mark.parametrize("status", [400, 402, 404])
@pytest.mark.parametrize("body", [b'{"error": []}', b'{"error": null}', b"[" * 100_000, b"\xff", b"<h1>Not here</h1>"])
async def test_a_no_that_is_not_stripes_is_no_answer_either(stage: Stage, status: int, body: bytes) -> None:
    stage.standin.faults.append(Fault(status=status, body=body))

    with pytest.raises(ProviderUnavailable) as unclear:
        await opened(stage)

    assert unclear.value.ambiguous


# ---------------------------------------------------------------- what a no means


async def test_a_wrong_key_is_for_the_operator_and_is_not_repeated_to_anybody(stage: Stage) -> None:
    stranger = StripeConnection("sk_test_somebody_elses", address=stage.address)

    with pytest.raises(ProviderUnavailable) as shut:
        await StripePaymentGateway(stranger, "FR").open(a_request(), key=KEY_OF_PAY_1)
    await stranger.close()

    assert not shut.value.ambiguous
    assert "sk_test" not in shut.value.message


async def test_a_no_without_a_code_is_called_after_the_field(stage: Stage) -> None:
    body = b'{"error": {"type": "invalid_request_error", "message": "Invalid currency.", "param": "currency"}}'
    stage.standin.faults.append(Fault(status=400, body=body))

    with pytest.raises(ProviderRefused) as refusal:
        await opened(stage)

    assert refusal.value.reason == "invalid_currency"


async def test_all_of_it_refunded_is_nothing_more_to_refund(stage: Stage) -> None:
    payment = await stage.ground.paid()
    await stage.ground.paid("pay_2")
    await stage.ground.payments.refund(a_refund(payment, 10_000), key="refund:rfd_1:1")

    with pytest.raises(ProviderRefused) as refusal:
        await stage.ground.payments.refund(a_refund(payment, 1, "rfd_2"), key="refund:rfd_2:1")

    assert refusal.value.reason == "exceeds_remaining"
