"""Provider messages that lead nowhere: kept, tried again and again, laid aside in the end, and in nobody's way."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace_core.dispatch import BATCH
from marketplace_core.inmemory.payment_gateways import InMemoryPaymentGateway
from marketplace_core.kernel.ids import OrderId
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.payments import PaymentState, ProviderPayment
from marketplace_core.testing.conformance.payment_provider import SUCCEEDS
from marketplace_core.testing.payments import ADA, a_share
from tests.core.payments.till import Till, a_till

OTHERS = (a_share("sor_other", ADA, 1_000),)


def about(payment_id: str, number: int = 1) -> ProviderMessage:
    """Write a message of the provider about a payment."""
    return ProviderMessage(
        provider="inmemory",
        message_id=f"msg_odd_{number}",
        type="payment.succeeded",
        subject="payment",
        reference=payment_id,
        raw=b"{}",
    )


async def told(till: Till, message: ProviderMessage) -> Callable[[], Any]:
    """Have a message arrive; return what looks how it stands."""
    await till.dispatcher.inbox.remember(message, till.clock.now())
    return lambda: till.store.table("inbox").get((message.provider, message.message_id))


async def test_a_message_about_a_payment_nobody_knows_is_kept_tried_and_laid_aside() -> None:
    till = a_till()
    stands = await told(till, about("pay_unheard_of"))

    await till.dispatcher.settle()
    first = stands()
    for _ in range(72):
        await till.pass_time(hours=1)
    after_three_days = stands()
    for _ in range(6):
        await till.pass_time(hours=1)

    assert (first.processed_at, first.attempts, first.quarantined) == (None, 1, False)
    assert (after_three_days.processed_at, after_three_days.quarantined) == (None, False)
    assert (stands().processed_at, stands().quarantined) == (None, True)
    assert "PaymentNotFound" in stands().last_error
    assert len(till.failures) == stands().attempts == 78


async def test_a_payment_that_becomes_known_two_days_later_is_understood_then() -> None:
    till = a_till()
    stands = await told(till, about("pay_0001"))
    for _ in range(48):
        await till.pass_time(hours=1)

    payment_id = await till.open()
    till.provider.pay(await till.request(payment_id), SUCCEEDS)
    await till.pass_time(hours=1)

    assert payment_id == "pay_0001"
    assert stands().processed_at is not None


async def test_a_crowd_of_messages_about_nothing_holds_up_nobody() -> None:
    till = a_till()
    for number in range(3 * BATCH):
        await told(till, about(f"pay_unheard_of_{number}", number))
    payment_id = await till.open()
    till.provider.pay(await till.request(payment_id), SUCCEEDS)

    for _ in range(5):
        await till.pass_time(seconds=1)

    (payment,) = till.store.table("payments_payments")
    assert payment.state is PaymentState.CAPTURED
    assert not [row for row in till.store.table("inbox") if row.quarantined]


async def test_a_message_that_came_before_its_payment_is_understood_once_it_is_there() -> None:
    till = a_till()
    stands = await told(till, about("pay_0001"))
    await till.dispatcher.settle()
    assert stands().processed_at is None

    payment_id = await till.open()
    till.provider.pay(await till.request(payment_id), SUCCEEDS)
    await till.pass_time(minutes=1)

    assert payment_id == "pay_0001"
    assert stands().processed_at is not None
    (payment,) = till.store.table("payments_payments")
    assert payment.state is PaymentState.CAPTURED


async def test_a_message_that_cannot_be_handled_is_laid_aside_while_others_are_not_held_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    till = a_till()
    broken = await till.open()
    secret = await till.request(broken)
    other = await till.open(shares=OTHERS, order_id=OrderId("ord_2"))
    till.provider.pay(secret, SUCCEEDS)
    till.provider.pay(await till.request(other), SUCCEEDS)
    fetch = InMemoryPaymentGateway.fetch

    async def stumbling(self: InMemoryPaymentGateway, reference: str) -> ProviderPayment:
        if till.provider.all_payments[reference].payment_id == broken:
            raise ZeroDivisionError("a fault of ours")
        return await fetch(self, reference)

    monkeypatch.setattr(InMemoryPaymentGateway, "fetch", stumbling)
    await till.settle()
    others = {row.payment_id: row.state for row in till.store.table("payments_payments")}
    for _ in range(6):
        await till.pass_time(minutes=11)

    assert others[other] is PaymentState.CAPTURED
    laid_aside = [row for row in till.store.table("inbox") if row.quarantined]
    assert {row.message.reference for row in laid_aside} == {broken}
    assert {row.attempts for row in laid_aside} == {6}
