import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from marketplace_adapters.fakepay.provider import confirmation, due, payments
from marketplace_adapters.fakepay.provider.cards import Card, CardBehaviour
from marketplace_adapters.fakepay.provider.settlement import BATCH_MAX
from tests.adapters.fakepay_provider.shop import CONFIRMATION, DECLINE, LATE, NO_FUNDS, SUCCESS, Clock, Shop, code_of


@pytest.mark.parametrize("number", ["5555555555554444", "4111111111111111", "378282246310005", "1234", "4242"])
async def test_a_number_that_is_no_test_card_is_refused_and_stored_nowhere(
    shop: Shop, books_path: Path, number: str
) -> None:
    payment = await shop.new_payment()

    refused = await shop.confirm(payment, number)

    assert (refused.status_code, code_of(refused)) == (422, "unknown_test_card")
    assert number not in refused.text
    assert (await shop.get(f"/v1/payments/{payment['id']}"))["status"] == "requires_method"
    assert await shop.event_types() == ["payment.created"]
    if len(number) > 4:
        assert all(number.encode() not in file.read_bytes() for file in books_path.parent.iterdir())


async def test_no_card_number_and_no_security_code_is_ever_stored(shop: Shop, books_path: Path) -> None:
    for card in (SUCCESS, DECLINE, NO_FUNDS, CONFIRMATION, LATE):
        await shop.confirm(await shop.new_payment(), card, cvc="987")

    stored = b"".join(file.read_bytes() for file in books_path.parent.iterdir())

    assert not any(card.encode() in stored for card in (SUCCESS, DECLINE, NO_FUNDS, CONFIRMATION, LATE))
    with sqlite3.connect(books_path) as db:
        columns = {row[1] for row in db.execute("PRAGMA table_info(payments)")}
    db.close()
    assert not columns & {"card_number", "cvc", "exp"}


@pytest.mark.parametrize(
    ("card", "more", "status", "code"),
    [
        (SUCCESS, {"exp": "13/34"}, 422, "invalid_expiry"),
        (SUCCESS, {"exp": "1234"}, 422, "invalid_expiry"),
        (SUCCESS, {"exp": "04/31"}, 402, "expired_card"),
        (SUCCESS, {"cvc": "12"}, 422, "invalid_security_code"),
        (SUCCESS, {"cvc": "abc"}, 422, "invalid_security_code"),
        (SUCCESS, {"client_secret": "fp_pay_x_secret_y"}, 404, "payment_not_found"),
        (SUCCESS, {"client_secret": "geheim-é"}, 404, "payment_not_found"),
        (SUCCESS, {"surprise": "1"}, 422, "unknown_field"),
        (DECLINE, {}, 402, "card_declined"),
        (NO_FUNDS, {}, 402, "insufficient_funds"),
    ],
)
async def test_a_card_that_is_refused_moves_no_money(
    shop: Shop, card: str, more: dict[str, str], status: int, code: str
) -> None:
    payment = await shop.new_payment()

    refused = await shop.confirm(payment, card, **more)

    assert (refused.status_code, code_of_decline(refused.json())) == (status, code)
    assert (await shop.get(f"/v1/payments/{payment['id']}"))["status"] == "requires_method"
    assert await shop.transactions() == []


def code_of_decline(body: Any) -> str:
    return str(body["error"]["code"])


async def test_a_decline_leaves_a_payment_that_takes_another_card(shop: Shop) -> None:
    payment = await shop.new_payment()

    declined = await shop.confirm(payment, DECLINE)
    after_decline = await shop.get(f"/v1/payments/{payment['id']}")
    paid = await shop.confirm(payment, SUCCESS)

    assert declined.json()["payment"]["failure_code"] == "card_declined"
    assert (after_decline["failure_code"], after_decline["captured_minor"]) == ("card_declined", 0)
    assert (paid.json()["status"], paid.json()["failure_code"]) == ("succeeded", None)
    assert await shop.event_types() == ["payment.created", "payment.failed", "payment.succeeded"]


async def test_a_buyer_cannot_try_cards_for_ever(shop: Shop) -> None:
    payment = await shop.new_payment()
    for _ in range(20):
        await shop.confirm(payment, DECLINE)

    refused = await shop.confirm(payment, SUCCESS)

    assert (refused.status_code, code_of(refused)) == (409, "attempts_exhausted")
    assert await shop.balance() == 0


async def test_a_good_card_pays_at_once_and_costs_the_fee(shop: Shop) -> None:
    payment = await shop.new_payment(10_000, metadata={"order": "o-1"}, transfer_group="group-1")

    answer = await shop.confirm(payment, "4242 4242-4242 4242", exp="05/2031")

    paid = await shop.get(f"/v1/payments/{payment['id']}")
    assert (answer.status_code, answer.json()["status"]) == (200, "succeeded")
    assert "client_secret" not in answer.json()
    assert "metadata" not in answer.json()
    assert (paid["captured_minor"], paid["fee_minor"]) == (10_000, 165)
    assert paid["method"] == {"type": "card", "last4": "4242", "behaviour": "succeeds"}
    assert (paid["metadata"], paid["transfer_group"]) == ({"order": "o-1"}, "group-1")
    booked = [(one["owner"], one["type"], one["net_minor"], one["source"]) for one in await shop.transactions()]
    assert booked == [("platform", "payment", 10_000, payment["id"]), ("platform", "fee", -165, payment["id"])]
    assert await shop.balance() == 9_835


async def test_a_button_pressed_twenty_times_charges_once(shop: Shop) -> None:
    payment = await shop.new_payment()

    answers = await asyncio.gather(*(shop.confirm(payment, SUCCESS) for _ in range(20)))

    assert {(answer.status_code, answer.json()["status"]) for answer in answers} == {(200, "succeeded")}
    assert [one["type"] for one in await shop.transactions()] == ["payment", "fee"]
    assert (await shop.event_types()).count("payment.succeeded") == 1


async def test_another_card_on_a_paid_payment_is_refused(shop: Shop) -> None:
    payment = await shop.paid()

    refused = await shop.confirm(payment, LATE)

    assert (refused.status_code, code_of(refused)) == (409, "payment_already_succeeded")


async def test_a_bank_question_refused_moves_no_money_and_leaves_the_payment_open(shop: Shop) -> None:
    payment = await shop.new_payment()
    asked = await shop.confirm(payment, CONFIRMATION)

    refused = await shop.authenticate(payment, "refuse")

    assert (asked.json()["status"], asked.json()["next_action"]) == ("requires_action", {"type": "authenticate"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (402, "authentication_failed")
    assert (await shop.get(f"/v1/payments/{payment['id']}"))["status"] == "requires_method"
    assert await shop.balance() == 0
    assert (await shop.confirm(payment, SUCCESS)).status_code == 200


async def test_nobody_answers_a_question_that_was_not_asked(shop: Shop) -> None:
    payment = await shop.new_payment()

    early = await shop.authenticate(payment, "approve")
    await shop.confirm(payment, SUCCESS)
    late = await shop.authenticate(payment, "approve")
    nonsense = await shop.authenticate(payment, "perhaps")

    assert code_of(early) == code_of(late) == "payment_not_awaiting_authentication"
    assert (nonsense.status_code, code_of(nonsense)) == (422, "invalid_field")


async def test_a_bank_question_approved_several_times_charges_once(shop: Shop) -> None:
    payment = await shop.new_payment()
    await shop.confirm(payment, CONFIRMATION)
    await shop.confirm(payment, CONFIRMATION)

    answers = await asyncio.gather(*(shop.authenticate(payment, "approve") for _ in range(5)))

    assert {(answer.status_code, answer.json()["status"]) for answer in answers} == {(200, "succeeded")}
    assert await shop.event_types() == ["payment.created", "payment.requires_action", "payment.succeeded"]
    assert await shop.balance() == 9_835


async def test_a_late_success_is_processing_until_its_time_has_come(shop: Shop, clock: Clock) -> None:
    payment = await shop.new_payment()

    confirmed = await shop.confirm(payment, LATE)
    clock.move(seconds=29, milliseconds=999)
    before = await shop.get(f"/v1/payments/{payment['id']}")
    clock.move(milliseconds=1)
    after = await shop.get(f"/v1/payments/{payment['id']}")

    assert (confirmed.status_code, confirmed.json()["status"]) == (200, "processing")
    assert (before["status"], before["captured_minor"]) == ("processing", 0)
    assert (after["status"], after["captured_minor"]) == ("succeeded", 10_000)
    assert await shop.event_types() == ["payment.created", "payment.processing", "payment.succeeded"]


async def test_a_late_success_counts_in_the_balance_without_anybody_looking_at_the_payment(
    shop: Shop, clock: Clock
) -> None:
    await shop.confirm(await shop.new_payment(), LATE)

    clock.move(seconds=30)

    assert await shop.balance() == 9_835


async def test_a_payment_is_up_to_date_however_many_others_became_due_before_it(shop: Shop, clock: Clock) -> None:
    with shop.provider.writing() as session:
        due_before = [
            payments.create(session, amount_minor=100, currency="EUR", reference="r", transfer_group=None, metadata={})
            for _ in range(BATCH_MAX + 1)
        ]
        for one in due_before:
            confirmation.confirm(session, one, Card("0077", CardBehaviour.SUCCEEDS_LATE))
    payment = await shop.new_payment()
    await shop.confirm(payment, LATE)
    clock.move(seconds=30)

    refused = await shop.cancel(payment)

    assert (refused.status_code, code_of(refused)) == (409, "payment_already_succeeded")


def test_what_is_not_due_is_not_taken(shop: Shop, clock: Clock) -> None:
    with shop.provider.writing() as session:
        due.schedule(session, kind="k", subject="s", after_seconds=30)

    with shop.provider.writing() as session:
        early = [*due.take_due_of(session, "s"), *due.take_due(session, limit=10)]
    clock.move(seconds=30)
    with shop.provider.writing() as session:
        in_time, again = due.take_due_of(session, "s"), due.take_due(session, limit=10)

    assert (early, in_time, again) == ([], [due.DueChange("k", "s")], [])


async def test_a_payment_goes_only_where_its_status_may_go(shop: Shop) -> None:
    payment_id = (await shop.new_payment())["id"]
    with shop.provider.reading() as session:
        before = payments.find(session, payment_id)
    await shop.cancel({"id": before.id})

    with pytest.raises(RuntimeError, match="no longer requires_method"), shop.provider.writing() as session:
        payments.save(session, before, evolve(before, status="succeeded"))
    with (
        pytest.raises(RuntimeError, match="cannot go from cancelled to succeeded"),
        shop.provider.writing() as session,
    ):
        payments.save(session, evolve(before, status="cancelled"), evolve(before, status="succeeded"))

    assert (await shop.get(f"/v1/payments/{before.id}"))["status"] == "cancelled"


async def test_late_successes_are_settled_by_one_of_many_who_look_at_once(shop: Shop, clock: Clock) -> None:
    payment = await shop.new_payment()
    await shop.confirm(payment, LATE)
    clock.move(seconds=30)

    seen = await asyncio.gather(*(shop.get(f"/v1/payments/{payment['id']}") for _ in range(10)))

    assert {one["status"] for one in seen} == {"succeeded"}
    assert await shop.balance() == 9_835
