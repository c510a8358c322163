import asyncio
from typing import Any

import httpx
import pytest

from marketplace_adapters.fakepay.provider.idempotency import prune
from tests.adapters.fakepay_provider.shop import Clock, Shop, code_of

PAYMENT: dict[str, Any] = {"amount_minor": 500, "currency": "EUR", "reference": "p"}


@pytest.mark.parametrize("path", ["/v1/payments", "/v1/accounts", "/v1/transfers", "/v1/payouts"])
async def test_nothing_is_created_without_a_key(shop: Shop, path: str) -> None:
    bodies = {
        "/v1/payments": PAYMENT,
        "/v1/accounts": {"reference": "s"},
        "/v1/transfers": {**PAYMENT, "account": "a"},
        "/v1/payouts": {**PAYMENT, "account": "a"},
    }

    refused = await shop.server.post(path, json=bodies[path])

    assert (refused.status_code, code_of(refused)) == (400, "idempotency_key_required")
    assert await shop.event_types() == []


@pytest.mark.parametrize("key", ["k" * 256, "a key", "schlüssel"])
async def test_a_key_of_the_wrong_shape_is_refused(shop: Shop, key: str) -> None:
    refused = await shop.server.post("/v1/payments", json=PAYMENT, headers=[(b"Idempotency-Key", key.encode())])

    assert (refused.status_code, code_of(refused)) == (400, "invalid_idempotency_key")


async def test_a_key_with_another_body_is_refused(shop: Shop) -> None:
    await shop.post("/v1/payments", key="k", **PAYMENT)

    other_amount = await shop.post("/v1/payments", key="k", **{**PAYMENT, "amount_minor": 501})
    other_route = await shop.post("/v1/accounts", key="k", reference="p")

    assert (other_amount.status_code, code_of(other_amount)) == (400, "idempotency_key_reused")
    assert (other_route.status_code, code_of(other_route)) == (400, "idempotency_key_reused")
    assert await shop.event_types() == ["payment.created"]


async def test_a_key_of_a_transfer_is_not_good_for_a_payout_of_the_same_shape(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)
    await shop.transfer(account, 700, key="k", reference="r")

    refused = await shop.pay_out(account, 700, key="k", reference="r")

    assert (refused.status_code, code_of(refused)) == (400, "idempotency_key_reused")
    assert await shop.balance(account) == 700


async def test_the_same_request_again_gets_the_first_answer(shop: Shop) -> None:
    first = await shop.post("/v1/payments", key="k", **PAYMENT)
    await shop.cancel(first.json())

    second = await shop.post("/v1/payments", key="k", **dict(reversed(PAYMENT.items())))

    assert "idempotent-replayed" not in first.headers
    assert second.headers["idempotent-replayed"] == "true"
    assert (second.status_code, second.json()) == (first.status_code, first.json())
    assert await shop.event_types() == ["payment.created", "payment.cancelled"]


async def test_twenty_calls_with_one_key_at_once_have_one_effect(shop: Shop) -> None:
    account = await shop.new_account()
    await shop.paid(10_000)

    answers = await asyncio.gather(*(shop.transfer(account, 700, key="k") for _ in range(20)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("idempotent-replayed" not in answer.headers for answer in answers) == 1
    assert await shop.balance(account) == 700


async def test_a_refusal_by_the_business_is_given_again_with_the_same_key(shop: Shop) -> None:
    account = await shop.new_account()
    first = await shop.transfer(account, 700, key="attempt-1")
    await shop.paid(10_000)

    again = await shop.transfer(account, 700, key="attempt-1")
    new_attempt = await shop.transfer(account, 700, key="attempt-2")

    assert (first.status_code, code_of(first)) == (409, "balance_insufficient")
    assert (again.status_code, code_of(again)) == (409, "balance_insufficient")
    assert again.headers["idempotent-replayed"] == "true"
    assert new_attempt.status_code == 201


async def test_a_request_that_made_no_sense_leaves_its_key_free(shop: Shop) -> None:
    await shop.paid(10_000)
    refused = [
        await shop.post("/v1/payments", key="k", **{**PAYMENT, "amount_minor": 0}),
        await shop.transfer({"id": "fp_acct_unknown"}, 700, key="k"),
    ]

    repaired = await shop.transfer(await shop.new_account(), 700, key="k")

    assert [answer.status_code for answer in refused] == [422, 404]
    assert repaired.status_code == 201


@pytest.mark.parametrize("pruned", [False, True])
async def test_a_key_is_forgotten_after_a_day_and_the_payment_is_found_by_reference(
    shop: Shop, clock: Clock, pruned: bool
) -> None:
    first = await shop.post("/v1/payments", key="k", **PAYMENT)
    clock.move(hours=24)
    within: httpx.Response = await shop.post("/v1/payments", key="k", **PAYMENT)
    clock.move(milliseconds=1)
    forgotten = prune(shop.provider) if pruned else None

    later = await shop.post("/v1/payments", key="k", **PAYMENT)

    assert within.json() == first.json()
    assert forgotten == (1 if pruned else None)
    assert later.json()["id"] != first.json()["id"]
    found = (await shop.get("/v1/payments", reference="p"))["data"]
    assert [one["id"] for one in found] == [first.json()["id"], later.json()["id"]]


async def test_pruning_keeps_what_is_younger_than_a_day_and_stops_at_its_limit(shop: Shop, clock: Clock) -> None:
    for number in range(5):
        await shop.new_account(f"old-{number}")
    clock.move(hours=24, seconds=1)
    await shop.new_account("young")

    pruned = [prune(shop.provider, limit=3), prune(shop.provider, limit=3), prune(shop.provider, limit=3)]

    assert pruned == [3, 2, 0]
