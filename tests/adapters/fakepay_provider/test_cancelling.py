import asyncio

from tests.adapters.fakepay_provider.shop import CONFIRMATION, LATE, SUCCESS, Clock, Shop, code_of


async def test_a_paid_payment_is_not_cancelled(shop: Shop) -> None:
    payment = await shop.paid()

    refused = await shop.cancel(payment)

    assert (refused.status_code, code_of(refused)) == (409, "payment_already_succeeded")


async def test_a_payment_in_process_is_not_cancelled(shop: Shop) -> None:
    payment = await shop.new_payment()
    await shop.confirm(payment, LATE)

    refused = await shop.cancel(payment)

    assert (refused.status_code, code_of(refused)) == (409, "payment_processing")


async def test_a_late_success_wins_over_a_cancel_that_comes_after_it(shop: Shop, clock: Clock) -> None:
    payment = await shop.new_payment()
    await shop.confirm(payment, LATE)
    clock.move(seconds=30)

    refused = await shop.cancel(payment)

    assert (refused.status_code, code_of(refused)) == (409, "payment_already_succeeded")
    assert await shop.event_types() == ["payment.created", "payment.processing", "payment.succeeded"]
    assert await shop.balance() == 9_835


async def test_a_cancelled_payment_takes_no_card_and_no_answer(shop: Shop) -> None:
    payment = await shop.new_payment()
    await shop.confirm(payment, CONFIRMATION)
    await shop.cancel(payment)

    confirmed = await shop.confirm(payment, SUCCESS)
    answered = await shop.authenticate(payment, "approve")

    assert (confirmed.status_code, code_of(confirmed)) == (409, "payment_cancelled")
    assert (answered.status_code, code_of(answered)) == (409, "payment_not_awaiting_authentication")
    assert await shop.balance() == 0


async def test_an_unknown_payment_is_not_cancelled(shop: Shop) -> None:
    refused = await shop.cancel({"id": "fp_pay_unknown"})

    assert (refused.status_code, code_of(refused)) == (404, "payment_not_found")


async def test_cancelling_twice_is_cancelling_once(shop: Shop) -> None:
    payment = await shop.new_payment()

    first = await shop.cancel(payment)
    second = await shop.cancel(payment)

    assert (first.status_code, first.json()["status"]) == (200, "cancelled")
    assert second.json() == first.json()
    assert await shop.event_types() == ["payment.created", "payment.cancelled"]


async def test_a_card_and_a_cancel_at_once_have_one_winner(shop: Shop) -> None:
    payments = [await shop.new_payment() for _ in range(10)]

    answers = await asyncio.gather(
        *(call for one in payments for call in (shop.confirm(one, SUCCESS), shop.cancel(one)))
    )

    for confirmed, cancelled in zip(answers[::2], answers[1::2], strict=True):
        assert {confirmed.status_code, cancelled.status_code} == {200, 409}
    paid = sum(answer.status_code == 200 for answer in answers[::2])
    assert await shop.balance() == paid * 9_835
