import asyncio
import time
from typing import Any

import anyio
import httpx
import pytest
from attrs import evolve

from marketplace_adapters.fakepay.provider.answering import ConnectionDropped
from marketplace_adapters.fakepay.provider.faults import FAULTS
from tests.adapters.fakepay_provider.shop import TEST_SECRET, Clock, Shop, code_of, connect

PAYMENT: dict[str, Any] = {"amount_minor": 500, "currency": "EUR", "reference": "p"}


async def plan(shop: Shop, fault: str, **more: Any) -> Any:
    return await shop.make("/test/faults", fault=fault, **more)


async def made(shop: Shop) -> int:
    return len((await shop.get("/v1/payments"))["data"])


@pytest.mark.parametrize("authorization", [None, "Bearer wrong", "Bearer test-api-key", f"Basic {TEST_SECRET}"])
async def test_nobody_scripts_anything_without_the_test_secret(shop: Shop, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}

    for method, path in (("POST", "/test/faults"), ("DELETE", "/test/script"), ("POST", "/test/balance")):
        refused = await shop.browser.request(method, path, headers=headers)
        assert (refused.status_code, code_of(refused)) == (401, "invalid_test_secret")


async def test_the_test_secret_takes_no_money(shop: Shop) -> None:
    refused = await shop.ask("/v1/payments", **PAYMENT)

    assert (refused.status_code, code_of(refused)) == (401, "invalid_api_key")


@pytest.mark.parametrize(
    "wrong",
    [{"fault": "fire"}, {}, {"fault": "rate_limit", "times": 0}, {"fault": "rate_limit", "seconds": -1}],
)
async def test_a_fault_that_makes_no_sense_is_refused(shop: Shop, wrong: dict[str, Any]) -> None:
    assert (await shop.ask("/test/faults", **wrong)).status_code == 422
    unknown = await shop.ask("/test/faults", fault="rate_limit", operation="make_money")
    assert (unknown.status_code, code_of(unknown)) == (404, "operation_not_found")


@pytest.mark.parametrize(
    ("fault", "status", "effect"),
    [("error_before", 500, 0), ("error_after", 500, 1), ("rate_limit", 429, 0), ("timeout_before", 504, 0)],
)
async def test_an_error_is_answered_with_or_without_effect_and_the_same_key_repairs_it(
    shop: Shop, fault: str, status: int, effect: int
) -> None:
    await plan(shop, fault, operation="create_payment", seconds=0)

    failed = await shop.post("/v1/payments", key="k", **PAYMENT)
    after = await made(shop)
    repaired = await shop.post("/v1/payments", key="k", **PAYMENT)

    assert (failed.status_code, after) == (status, effect)
    assert failed.headers.get("retry-after") == ("0" if fault == "rate_limit" else None)
    assert ("idempotent-replayed" in repaired.headers) is bool(effect)
    assert (repaired.status_code, await made(shop)) == (201, 1)


async def test_a_caller_that_gives_up_waiting_finds_its_effect_under_the_same_key(shop: Shop) -> None:
    await plan(shop, "timeout_after", operation="create_payment", seconds=30)

    with anyio.move_on_after(0.5) as patience:
        await shop.post("/v1/payments", key="k", **PAYMENT)
    again = await shop.post("/v1/payments", key="k", **PAYMENT)

    assert patience.cancelled_caught
    assert (again.status_code, again.headers["idempotent-replayed"], await made(shop)) == (201, "true", 1)


async def test_a_late_answer_is_the_right_one(shop: Shop) -> None:
    await plan(shop, "timeout_after", operation="create_payment", seconds=1)
    began = time.monotonic()

    late = await shop.post("/v1/payments", **PAYMENT)

    assert late.status_code == 201
    assert time.monotonic() - began >= 1


@pytest.mark.parametrize(("fault", "effect"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_connection_breaks_in_the_middle_of_the_answer(shop: Shop, fault: str, effect: int) -> None:
    await plan(shop, fault)

    with pytest.raises(ConnectionDropped):
        await shop.post("/v1/payments", key="k", **PAYMENT)

    assert await made(shop) == effect
    assert (await shop.post("/v1/payments", key="k", **PAYMENT)).status_code == 201


async def test_a_key_in_flight_is_refused_until_its_call_is_over(shop: Shop, clock: Clock) -> None:
    await plan(shop, "in_flight", operation="create_payment", seconds=60)

    with pytest.raises(ConnectionDropped):
        await shop.post("/v1/payments", key="k", **PAYMENT)
    during = await shop.post("/v1/payments", key="k", **PAYMENT)
    other_body = await shop.post("/v1/payments", key="k", **{**PAYMENT, "amount_minor": 501})
    kept = await shop.look("/test/keys/k")
    clock.move(seconds=60)
    after = await shop.post("/v1/payments", key="k", **PAYMENT)

    assert (during.status_code, code_of(during)) == (409, "idempotency_key_in_flight")
    assert during.json()["error"]["type"] == "idempotency_error"
    assert (other_body.status_code, code_of(other_body)) == (400, "idempotency_key_reused")
    assert (kept["operation"], kept["request"], kept["in_flight"]) == ("POST /v1/payments", PAYMENT, True)
    assert (after.status_code, after.headers["idempotent-replayed"], await made(shop)) == (201, "true", 1)


async def test_a_fault_is_used_up_call_by_call_and_only_by_what_it_was_planned_for(shop: Shop) -> None:
    planned = await plan(shop, "error_before", operation="create_account", times=2)

    statuses = [(await shop.post("/v1/accounts", reference=f"s-{number}")).status_code for number in range(3)]
    other = await shop.post("/v1/payments", **PAYMENT)

    assert planned["planned"] == [{"operation": "create_account", "fault": "error_before", "times": 2, "seconds": 30}]
    assert (statuses, other.status_code) == ([500, 500, 201], 201)


async def test_a_fault_meets_one_of_many_calls_at_once(shop: Shop) -> None:
    await plan(shop, "error_before")

    answers = await asyncio.gather(*(shop.post("/v1/payments", **PAYMENT) for _ in range(6)))

    assert sorted(answer.status_code for answer in answers) == [201] * 5 + [500]


async def test_a_refusal_after_which_the_answer_is_lost_stays_refused(shop: Shop) -> None:
    account = await shop.new_account()
    await plan(shop, "error_after", operation="create_transfer")

    lost = await shop.transfer(account, 100, key="k")
    await shop.paid(10_000)
    again = await shop.transfer(account, 100, key="k")

    assert (lost.status_code, again.status_code, code_of(again)) == (500, 409, "balance_insufficient")


async def test_planned_faults_are_forgotten_on_demand_and_all_kinds_are_explained(shop: Shop) -> None:
    known = (await plan(shop, "error_before", times=5))["known"]

    headers = {"Authorization": f"Bearer {TEST_SECRET}"}
    forgotten = await shop.browser.delete("/test/faults", headers=headers)

    assert known == FAULTS
    assert forgotten.json()["planned"] == []
    assert (await shop.post("/v1/payments", **PAYMENT)).status_code == 201


async def test_without_a_test_secret_there_is_nothing_to_script(shop: Shop) -> None:
    async with connect(evolve(shop.provider, test_secret=None), api_key=None) as browser:
        answer: httpx.Response = await browser.post("/test/faults", json={"fault": "rate_limit"})

    assert (answer.status_code, code_of(answer)) == (404, "unknown_route")
