import asyncio
from typing import Any

import pytest

from marketplace_adapters.fakepay.provider.refunds import FAILURE_CODES, TRANSITIONS
from marketplace_adapters.fakepay.provider.settlement import settle_due
from tests.adapters.fakepay_provider.shop import (
    DECLINE,
    LATE,
    REFUND_BOUNCES,
    REFUND_PENDING,
    Clock,
    Shop,
    code_of,
)

PAID_NET = 9_835


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_minor": 0},
        {"amount_minor": -1},
        {"amount_minor": 1.5},
        {"amount_minor": True},
        {"payment": None},
        {"reference": ""},
        {"currency": "EURO"},
        {"metadata": {"k": 1}},
        {"surprise": 1},
    ],
)
async def test_a_wrong_field_is_refused_and_refunds_nothing(shop: Shop, wrong: dict[str, Any]) -> None:
    payment = await shop.paid()

    body = {"payment": payment["id"], "amount_minor": 100, "reference": "refund-1", **wrong}
    refused = await shop.post("/v1/refunds", **body)

    assert refused.status_code == 422
    assert code_of(refused) in {"invalid_field", "missing_field", "unknown_field"}
    assert await shop.balance() == PAID_NET


async def test_more_than_was_paid_and_another_currency_are_refused(shop: Shop) -> None:
    payment = await shop.paid(10_000)

    too_much = await shop.refund(payment, 10_001)
    other_currency = await shop.refund(payment, 100, currency="CZK")

    assert (too_much.status_code, code_of(too_much)) == (409, "refund_exceeds_remaining")
    assert (other_currency.status_code, code_of(other_currency)) == (422, "currency_mismatch")
    assert await shop.booked() == []


async def test_more_than_remains_is_refused_whatever_the_earlier_refunds_are_doing(shop: Shop) -> None:
    payment = await shop.paid(10_000, card=REFUND_PENDING)
    await shop.refunded(payment, 6_000)

    refused = await shop.refund(payment, 4_001)
    rest = await shop.refunded(payment)
    nothing_left = await shop.refund(payment)

    assert code_of(refused) == "refund_exceeds_remaining"
    assert rest["amount_minor"] == 4_000
    assert code_of(nothing_left) == "refund_exceeds_remaining"


async def test_of_two_refunds_at_once_that_do_not_both_fit_one_is_made(shop: Shop) -> None:
    payment = await shop.paid(10_000)

    answers = await asyncio.gather(shop.refund(payment, 6_000), shop.refund(payment, 6_000))

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert await shop.booked() == [("refund", -6_000)]


async def test_what_was_never_paid_is_not_refunded(shop: Shop) -> None:
    open_payment = await shop.new_payment()
    declined = await shop.new_payment()
    await shop.confirm(declined, DECLINE)

    answers = [await shop.refund(one, 100) for one in (open_payment, declined)]
    unknown = await shop.refund({"id": "fp_pay_unknown"}, 100)

    assert [code_of(answer) for answer in answers] == ["payment_not_captured"] * 2
    assert (unknown.status_code, code_of(unknown)) == (404, "payment_not_found")


async def test_a_payment_disputed_in_full_is_not_refunded_and_one_in_part_only_for_the_rest(shop: Shop) -> None:
    in_full, in_part = await shop.paid(10_000), await shop.paid(10_000)
    await shop.disputed(in_full)
    await shop.disputed(in_part, amount_minor=3_000)

    refused = [await shop.refund(in_full), await shop.refund(in_full, 1), await shop.refund(in_part, 7_001)]
    allowed = await shop.refunded(in_part)

    assert [code_of(answer) for answer in refused] == ["payment_disputed"] * 3
    assert allowed["amount_minor"] == 7_000


async def test_a_pending_refund_fails_when_a_dispute_opens_and_costs_nothing(shop: Shop) -> None:
    payment = await shop.paid(10_000, card=REFUND_PENDING)
    refund = await shop.refunded(payment, 4_000)

    await shop.disputed(payment, amount_minor=1_000)

    failed = await shop.again(refund)
    assert (failed["status"], failed["failure_code"]) == ("failed", "charge_for_pending_refund_disputed")
    assert await shop.booked() == [("dispute", -1_000), ("dispute_fee", -1_500)]
    await shop.assert_sound()


async def test_a_balance_that_does_not_suffice_makes_refunds_wait_and_money_pays_the_oldest_first(
    shop: Shop, clock: Clock
) -> None:
    payment = await shop.paid(10_000)
    await shop.make("/test/balance", currency="EUR", amount_minor=-PAID_NET)
    first, second = await shop.refunded(payment, 3_000), await shop.refunded(payment, 2_000)
    idle = settle_due(shop.provider)

    await shop.make("/test/balance", currency="EUR", amount_minor=4_000)
    settled = settle_due(shop.provider)

    assert (first["status"], first["pending_reason"]) == ("pending", "insufficient_funds")
    assert (idle, settled) == (0, 1)
    assert [(await shop.again(one))["status"] for one in (first, second)] == ["succeeded", "pending"]
    assert await shop.balance() == 1_000
    await shop.make("/test/balance", currency="EUR", amount_minor=1_000)
    assert (await shop.again(second))["status"] == "succeeded"
    await shop.assert_sound()


async def test_a_refund_of_a_payment_still_in_processing_waits_for_it(shop: Shop, clock: Clock) -> None:
    payment = await shop.new_payment()
    await shop.confirm(payment, LATE)

    refund = await shop.refunded(payment, 4_000)
    clock.move(seconds=30)
    done = await shop.again(refund)

    assert (refund["status"], refund["pending_reason"]) == ("pending", "charge_pending")
    assert (done["status"], done["pending_reason"]) == ("succeeded", None)
    assert await shop.balance() == PAID_NET - 4_000


async def test_a_refund_to_a_slow_bank_is_pending_and_costs_nothing_until_it_succeeds(shop: Shop, clock: Clock) -> None:
    payment = await shop.paid(10_000, card=REFUND_PENDING)

    refund = await shop.refunded(payment, 4_000)
    meanwhile = await shop.balance()
    clock.move(seconds=30)
    done = await shop.again(refund)

    assert (refund["status"], refund["pending_reason"], meanwhile) == ("pending", "processing", PAID_NET)
    assert (done["status"], done["pending_reason"], await shop.balance()) == ("succeeded", None, PAID_NET - 4_000)


async def test_a_refund_to_a_closed_card_comes_back_and_may_be_made_again(shop: Shop, clock: Clock) -> None:
    payment = await shop.paid(10_000, card=REFUND_BOUNCES)
    refund = await shop.refunded(payment, 4_000)

    clock.move(seconds=30)
    bounced = await shop.again(refund)

    assert (refund["status"], bounced["status"]) == ("succeeded", "failed")
    assert bounced["failure_code"] == "expired_or_canceled_card"
    assert bounced["succeeded_at"] < bounced["failed_at"]
    assert await shop.booked() == [("refund", -4_000), ("refund_failure", 4_000)]
    assert (await shop.again(payment))["refunded_minor"] == 0
    assert (await shop.refund(payment, 9_000)).status_code == 201
    await shop.assert_sound()


@pytest.mark.parametrize("code", sorted(FAILURE_CODES))
async def test_a_refund_can_be_made_to_fail_with_every_code(shop: Shop, code: str) -> None:
    await shop.make("/test/settings", refund_delay_seconds=60)
    refund = await shop.refunded(await shop.paid(), 100)

    failed = await shop.make(f"/test/refunds/{refund['id']}/fail", failure_code=code)

    assert (failed["status"], failed["failure_code"], await shop.booked()) == ("failed", code, [])
    assert (await shop.event_types())[-1] == "refund.failed"


async def test_no_refund_takes_a_step_that_its_status_does_not_allow(shop: Shop) -> None:
    await shop.make("/test/settings", refund_delay_seconds=60)
    payment = await shop.paid()
    pending, succeeded, failed = [await shop.refunded(payment, 100) for _ in range(3)]
    await shop.make(f"/test/refunds/{succeeded['id']}/settle")
    await shop.make(f"/test/refunds/{failed['id']}/fail", failure_code="declined")
    declined: dict[str, Any] = {"failure_code": "declined"}

    for refund, step, body, code in (
        (pending, "bounce", declined, "refund_not_succeeded"),
        (succeeded, "settle", {}, "refund_not_pending"),
        (succeeded, "fail", declined, "refund_not_pending"),
        (failed, "settle", {}, "refund_not_pending"),
        (failed, "fail", declined, "refund_not_pending"),
        (failed, "bounce", declined, "refund_not_succeeded"),
    ):
        refused = await shop.ask(f"/test/refunds/{refund['id']}/{step}", **body)
        assert (refused.status_code, code_of(refused)) == (409, code)
    assert {status for status, next_ in TRANSITIONS.items() if not next_} == {"failed"}


async def test_a_key_refunds_once_and_the_refund_is_found_by_our_reference_and_by_its_payment(shop: Shop) -> None:
    payment, other = await shop.paid(10_000), await shop.paid(10_000)
    await shop.refunded(other, 1, reference="another")

    first = await shop.refund(payment, 4_000, key="k", metadata={"why": "late"}, reason="requested_by_customer")
    again = await shop.refund(payment, 4_000, key="k", metadata={"why": "late"}, reason="requested_by_customer")

    assert (again.json(), again.headers["idempotent-replayed"]) == (first.json(), "true")
    assert (first.json()["metadata"], first.json()["reason"]) == ({"why": "late"}, "requested_by_customer")
    assert (await shop.get("/v1/refunds", reference="refund-1"))["data"] == [first.json()]
    assert (await shop.get("/v1/refunds", payment=payment["id"]))["data"] == [first.json()]
    assert (await shop.get("/v1/refunds", status="pending"))["data"] == []
    told = await shop.again(payment)
    assert (told["refunded_minor"], told["refund_pending_minor"], told["disputed_minor"]) == (4_000, 0, 0)
    assert (await shop.event_types())[-2:] == ["refund.created", "refund.succeeded"]
