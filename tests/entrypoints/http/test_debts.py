"""Sellers' standing and debts over HTTP: seen by the shop and operators, settled by operators."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from marketplace_core.payments import PaymentPolicy
from marketplace_entrypoints.http.payments.router import router
from tests.core.payments.owing import in_debt
from tests.core.payments.refunding import SECOND, SELLER_ADA, SELLER_BOB
from tests.core.payments.till import ANN, OPERATOR, Till, a_till
from tests.entrypoints.http.small_door import SmallDoor, open_door, problem

PEOPLE = {"ann": ANN, "op": OPERATOR, "second": SECOND, "ada": SELLER_ADA, "bob": SELLER_BOB}
STANDING, SETTLEMENTS = "/v1/sellers/sel_ada/standing", "/v1/sellers/sel_ada/debt-settlements"
WRITE_OFF = {"means": "write_off", "amount_minor": 4_000, "currency": "EUR", "note": "Out of business."}


@pytest.fixture
async def till() -> Till:
    """Return a till where Ada owes 44.00."""
    till = a_till(policy=PaymentPolicy(write_off_four_eyes_minor=4_000))
    await in_debt(till)
    return till


@pytest.fixture
async def door(till: Till) -> AsyncIterator[SmallDoor]:
    async with open_door(till.market, router, PEOPLE) as opened:
        yield opened


async def post(door: SmallDoor, path: str, who: str, body: object = None, *, key: str) -> tuple[int, Any]:
    """Post with an idempotency key."""
    headers = {"Authorization": f"Bearer {who}", "Idempotency-Key": key}
    answer = await door.client.post(path, json=body, headers=headers)
    return answer.status_code, answer.json()


async def test_a_shop_sees_what_it_owes_and_nobody_else_does(door: SmallDoor) -> None:
    seen = (await door.send("GET", STANDING, who="ada")).json()

    assert (seen["debt"]["amount_minor"], seen["can_sell"], seen["can_be_paid"]) == (4_400, True, False)
    assert (seen["obstacles"], seen["room"]) == (["debt"], None)
    assert seen == (await door.send("GET", STANDING, who="op")).json()
    assert (seen["can_list"], seen["not_listing"], seen["not_paid"]) == (True, [], ["debt"])
    debtors = (await door.send("GET", "/v1/debtors", who="op")).json()["items"]
    assert [(one["seller_id"], one["debt"]["amount_minor"], one["stopped"]) for one in debtors] == [
        ("sel_ada", 4_400, False)
    ]
    problem(await door.send("GET", "/v1/debtors", who="ada"), 403, "kernel.not_allowed")
    problem(await door.send("GET", STANDING, who="bob"), 404, "kernel.not_found")
    problem(await door.send("GET", STANDING, who="ann"), 403, "kernel.not_allowed")
    problem(await door.send("GET", "/v1/sellers/sel_none/standing", who="op"), 404, "payments.seller_account_not_found")


async def test_a_large_write_off_takes_two_operators(door: SmallDoor) -> None:
    status, asked = await post(door, SETTLEMENTS, "op", WRITE_OFF, key="write-off-key")
    decided = f"/v1/debt-settlements/{asked['settlement_id']}/approval"
    own, refusal = await post(door, decided, "op", key="own-approval-key")
    _, approved = await post(door, decided, "second", key="second-approval")
    listed = (await door.send("GET", "/v1/debt-settlements", who="op", seller_id="sel_ada")).json()["items"]

    assert (status, asked["state"]) == (201, "requested")
    assert (own, refusal["code"]) == (409, "payments.second_operator_needed")
    assert approved["state"] == "booked"
    assert [(one["means"], one["state"], one["note"]) for one in listed] == [
        ("write_off", "booked", "Out of business.")
    ]
    assert (await door.send("GET", STANDING, who="op")).json()["debt"]["amount_minor"] == 400


async def test_a_top_up_is_booked_once_and_refusals_say_why(door: SmallDoor) -> None:
    top_up = {"means": "top_up", "amount_minor": 4_400, "currency": "EUR", "note": "bank 1"}
    _, done = await post(door, SETTLEMENTS, "op", top_up, key="top-up-key-1")
    _, same = await post(door, SETTLEMENTS, "op", top_up, key="top-up-key-1")
    twice, refusal = await post(door, SETTLEMENTS, "op", top_up, key="top-up-key-2")
    more, too_much = await post(door, SETTLEMENTS, "op", WRITE_OFF | {"amount_minor": 1}, key="write-off-2")
    foreign, _ = await post(door, SETTLEMENTS, "ada", top_up, key="own-top-up-1")
    malformed, _ = await post(door, SETTLEMENTS, "op", top_up | {"currency": "eur"}, key="malformed-1")

    assert (done["state"], same) == ("booked", done)
    assert (twice, refusal["code"]) == (409, "payments.wrong_state")
    assert (more, too_much["code"], too_much["debt_minor"]) == (409, "payments.exceeds_debt", 0)
    assert (foreign, malformed) == (403, 422)
