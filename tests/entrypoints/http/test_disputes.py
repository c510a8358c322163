"""Card disputes over HTTP: seen, answered and given up by operators, and by nobody else."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from marketplace_core.payments import DisputeState
from marketplace_core.testing.payments import euros
from marketplace_entrypoints.http.payments.router import router
from tests.core.payments.disputing import decided, dispute_of, reference_of
from tests.core.payments.refunding import SELLER_ADA
from tests.core.payments.till import ANN, OPERATOR, Till, a_till
from tests.entrypoints.http.small_door import SmallDoor, open_door, problem

PEOPLE = {"ann": ANN, "op": OPERATOR, "ada": SELLER_ADA}
KEY = "some-key-0001"
EVIDENCE = {"statements": [{"about": "shipping", "words": "Delivered, tracked: JJD1."}]}


@pytest.fixture
def till() -> Till:
    return a_till()


@pytest.fixture
async def door(till: Till) -> AsyncIterator[SmallDoor]:
    async with open_door(till.market, router, PEOPLE) as opened:
        yield opened


@pytest.fixture
async def path(till: Till) -> str:
    """Have all of a payment and 7.00 more disputed, to be answered within a week; return where it is."""
    payment_id, due = await till.paid(), till.clock.now() + timedelta(days=7)
    till.network.open(reference_of(till, payment_id), euros(10_700), evidence_due=due)
    await till.settle()
    return f"/v1/disputes/{dispute_of(till).dispute_id}"


async def post(
    door: SmallDoor, path: str, who: str, body: object = None, *, key: str | None = KEY
) -> tuple[int, dict[str, Any]]:
    """Post with an idempotency key."""
    headers = {"Authorization": f"Bearer {who}"} | ({"Idempotency-Key": key} if key else {})
    answer = await door.client.post(path, json=body, headers=headers)
    return answer.status_code, answer.json()


async def test_a_dispute_is_for_operators_only(till: Till, door: SmallDoor, path: str) -> None:
    for address in ("/v1/disputes", path):
        problem(await door.send("GET", address), 401, "kernel.not_signed_in")
        for who in ("ann", "ada"):
            problem(await door.send("GET", address, who=who), 403, "kernel.not_allowed")
    for number, who in enumerate(("ann", "ada")):
        for deed, body in (("evidence", EVIDENCE), ("acceptance", None)):
            status, document = await post(door, f"{path}/{deed}", who, body, key=f"{deed}-{number}-key")
            assert (status, document["code"]) == (403, "kernel.not_allowed")
    assert dispute_of(till).state is DisputeState.NEEDS_RESPONSE


async def test_a_missing_dispute_is_not_found(door: SmallDoor) -> None:
    problem(await door.send("GET", "/v1/disputes/dsp_none", who="op"), 404, "payments.dispute_not_found")
    for deed, body in (("evidence", EVIDENCE), ("acceptance", None)):
        status, document = await post(door, f"/v1/disputes/dsp_none/{deed}", "op", body, key=f"{deed}-key-1")
        assert (status, document["code"]) == (404, "payments.dispute_not_found")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "http.invalid_request"),
        ({"statements": []}, "http.invalid_request"),
        ({"statements": [{"about": "", "words": "x"}]}, "http.invalid_request"),
        ({"statements": [{"about": "x"}]}, "http.invalid_request"),
        ({"statements": [{"about": "x", "words": "y"}] * 31}, "http.invalid_request"),
        ({"statements": [{"about": "x", "words": " "}]}, "payments.malformed_evidence"),
        ({"statements": [{"about": "x", "words": "y" * 10_000}] * 2}, "payments.malformed_evidence"),
    ],
)
async def test_evidence_that_says_nothing_or_too_much_is_refused(
    till: Till, door: SmallDoor, path: str, body: object, code: str
) -> None:
    status, document = await post(door, f"{path}/evidence", "op", body)

    assert (status, document["code"]) == (422, code)
    assert dispute_of(till).state is DisputeState.NEEDS_RESPONSE


@pytest.mark.parametrize(("deed", "body"), [("evidence", EVIDENCE), ("acceptance", None)])
async def test_what_answers_the_network_needs_an_idempotency_key(
    door: SmallDoor, path: str, deed: str, body: object
) -> None:
    status, document = await post(door, f"{path}/{deed}", "op", body, key=None)

    assert (status, document["code"]) == (400, "http.idempotency_key_required")


async def test_a_decided_dispute_is_answered_no_more(till: Till, door: SmallDoor, path: str) -> None:
    await decided(till, dispute_of(till).reference, DisputeState.WON)

    answered, refusal = await post(door, f"{path}/evidence", "op", EVIDENCE)
    accepted, other = await post(door, f"{path}/acceptance", "op", key="another-key-1")

    assert (answered, refusal["code"], refusal["state"]) == (409, "payments.wrong_state", "won")
    assert (accepted, other["code"]) == (409, "payments.wrong_state")


async def test_an_operator_sees_on_whom_a_dispute_falls(door: SmallDoor, path: str) -> None:
    seen = (await door.send("GET", path, who="op")).json()
    listed = (await door.send("GET", "/v1/disputes", who="op", order_id="ord_1", state="needs_response")).json()
    lost = (await door.send("GET", "/v1/disputes", who="op", state="lost")).json()
    elsewhere = (await door.send("GET", "/v1/disputes", who="op", order_id="ord_2")).json()

    assert (seen["order_id"], seen["state"], seen["reason"]) == ("ord_1", "needs_response", "fraudulent")
    assert seen["amount"] == {"amount_minor": 10_700, "currency": "EUR"}
    assert (seen["platform"]["amount_minor"], seen["evidence_hash"], seen["closed_at"]) == (700, None, None)
    opened_at, due = (datetime.fromisoformat(seen[name]) for name in ("opened_at", "evidence_due"))
    assert due - opened_at == timedelta(days=7)
    assert [
        {name: part[name]["amount_minor"] for name in ("amount", "from_escrow", "from_seller", "set_aside")}
        for part in seen["parts"]
    ] == [
        {"amount": 6_500, "from_escrow": 6_500, "from_seller": 0, "set_aside": 0},
        {"amount": 3_500, "from_escrow": 3_500, "from_seller": 0, "set_aside": 0},
    ]
    assert [part["seller_order_id"] for part in seen["parts"]] == ["sor_ada", "sor_bob"]
    assert listed == {"items": [seen], "next_cursor": None}
    assert lost["items"] == elsewhere["items"] == []


async def test_evidence_is_handed_in_once_and_the_same_key_says_the_same(
    till: Till, door: SmallDoor, path: str
) -> None:
    status, answered = await post(door, f"{path}/evidence", "op", EVIDENCE)
    repeated, again = await post(door, f"{path}/evidence", "op", EVIDENCE)
    anew = await post(door, f"{path}/evidence", "op", EVIDENCE, key="another-key-1")
    other = {"statements": [{"about": "shipping", "words": "It was lost."}]}
    late, refusal = await post(door, f"{path}/evidence", "op", other, key="another-key-2")

    assert (status, answered["state"]) == (200, "under_review")
    assert answered["evidence_hash"] == till.network.evidence[dispute_of(till).reference].digest
    assert (repeated, again) == (200, answered)
    assert anew == (200, answered)
    assert (late, refusal["code"]) == (409, "payments.wrong_state")
    assert till.network.evidence[dispute_of(till).reference].statements == (("shipping", "Delivered, tracked: JJD1."),)


async def test_a_dispute_that_is_given_up_is_lost(till: Till, door: SmallDoor, path: str) -> None:
    status, given_up = await post(door, f"{path}/acceptance", "op")
    repeated, again = await post(door, f"{path}/acceptance", "op")

    assert (status, given_up["state"]) == (200, "lost")
    assert given_up["closed_at"] is not None
    assert (repeated, again) == (200, given_up)
    assert await till.sound()


async def test_a_shop_sees_what_falls_on_its_own_part_and_nothing_else(till: Till, door: SmallDoor, path: str) -> None:
    own = await door.send("GET", "/v1/seller-orders/sor_ada/disputes", who="ada")
    staff = await door.send("GET", "/v1/seller-orders/sor_bob/disputes", who="op")

    (part,) = own.json()["items"]
    assert (part["seller_order_id"], part["state"]) == ("sor_ada", "needs_response")
    assert part["amount"] == {"amount_minor": 6_500, "currency": "EUR"}
    assert "fee" not in part
    assert staff.json()["items"][0]["amount"]["amount_minor"] == 3_500
    problem(await door.send("GET", "/v1/seller-orders/sor_bob/disputes", who="ada"), 404, "payments.escrow_not_found")
    problem(await door.send("GET", "/v1/seller-orders/sor_ada/disputes", who="ann"), 403, "kernel.not_allowed")
    problem(await door.send("GET", "/v1/seller-orders/sor_ada/disputes"), 401, "kernel.not_signed_in")


async def test_the_pack_is_for_operators(door: SmallDoor, path: str) -> None:
    for who, status in ((None, 401), ("ann", 403), ("ada", 403)):
        answer = await door.send("GET", f"{path}/evidence-pack", who=who)
        assert answer.status_code == status
