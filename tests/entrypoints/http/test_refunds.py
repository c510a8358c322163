"""Refunds over HTTP: asked for, given, decided about, seen as far as they concern whoever asks."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from marketplace_core.kernel.ids import RefundId
from marketplace_core.testing.payments import ADA
from marketplace_entrypoints.http.payments.router import router
from tests.core.payments.refunding import SELLER_ADA, SELLER_BOB
from tests.core.payments.till import ANN, MALLORY, OPERATOR, Till, a_till
from tests.entrypoints.http.small_door import SmallDoor, open_door, problem

PEOPLE = {"ann": ANN, "mallory": MALLORY, "op": OPERATOR, "ada": SELLER_ADA, "bob": SELLER_BOB}
KEY = "some-key-0001"
REFUNDS = "/v1/orders/ord_1/refunds"


def of_ada(items_minor: int, **more: int) -> dict[str, Any]:
    """Write the body of a wish for some of Ada's part."""
    part = {"seller_order_id": "sor_ada", "items_minor": items_minor} | more
    return {"reason": "One cup was chipped.", "parts": [part]}


@pytest.fixture
def till() -> Till:
    return a_till()


@pytest.fixture
async def door(till: Till) -> AsyncIterator[SmallDoor]:
    async with open_door(till.market, router, PEOPLE) as opened:
        yield opened


async def post(
    door: SmallDoor, path: str, who: str, body: object = None, *, key: str | None = KEY
) -> tuple[int, dict[str, Any]]:
    """Post with an idempotency key."""
    headers = {"Authorization": f"Bearer {who}"} | ({"Idempotency-Key": key} if key else {})
    answer = await door.client.post(path, json=body, headers=headers)
    return answer.status_code, answer.json()


async def test_a_buyers_wish_waits_for_the_shop_and_its_approval_gives_the_money_back(
    till: Till, door: SmallDoor
) -> None:
    await till.paid()

    status, asked = await post(door, REFUNDS, "ann", of_ada(1_500, delivery_minor=200))
    (waiting,) = (await door.send("GET", "/v1/refunds", who="ada", state="requested")).json()["items"]
    _, approved = await post(door, f"/v1/refunds/{asked['refund_id']}/approval", "ada")
    await till.settle()
    done = (await door.send("GET", f"/v1/refunds/{asked['refund_id']}", who="ann")).json()
    (held, _) = (await door.send("GET", "/v1/orders/ord_1/holds", who="ann")).json()["holds"]

    assert (status, asked["state"], asked["requested_by"]) == (201, "requested", "buyer")
    assert asked["amount"] == {"amount_minor": 1_700, "currency": "EUR"}
    assert (waiting["refund_id"], waiting["reason"]) == (asked["refund_id"], "One cup was chipped.")
    assert (approved["state"], approved["parts"][0]["booking"]["held"]["amount_minor"]) == ("approved", 1_700)
    assert (done["state"], done["parts"][0]["booking"]) == ("succeeded", None)
    assert (held["refunded"]["amount_minor"], held["refundable_items"]["amount_minor"]) == (1_700, 4_500)


async def test_a_rejection_says_why_to_the_buyer(till: Till, door: SmallDoor) -> None:
    await till.paid()
    _, asked = await post(door, REFUNDS, "ann", of_ada(1_500))
    path = f"/v1/refunds/{asked['refund_id']}/rejection"

    mute, document = await post(door, path, "ada", {"note": ""}, key="another-key-1")
    _, rejected = await post(door, path, "ada", {"note": "It left whole."})
    late, refusal = await post(door, f"/v1/refunds/{asked['refund_id']}/approval", "ada")
    seen = (await door.send("GET", f"/v1/refunds/{asked['refund_id']}", who="ann")).json()

    assert (mute, document["code"]) == (422, "http.invalid_request")
    assert rejected["state"] == "rejected"
    assert (seen["state"], seen["note"]) == ("rejected", "It left whole.")
    assert (late, refusal["code"]) == (409, "payments.wrong_state")


async def test_the_same_key_gives_the_same_refund_once(till: Till, door: SmallDoor) -> None:
    await till.paid()

    _, first = await post(door, REFUNDS, "ada", of_ada(1_000))
    _, again = await post(door, REFUNDS, "ada", of_ada(1_000))
    listed = (await door.send("GET", "/v1/refunds", who="op", order_id="ord_1")).json()

    assert first["refund_id"] == again["refund_id"]
    assert [one["refund_id"] for one in listed["items"]] == [first["refund_id"]]


async def test_a_preview_tells_who_would_bear_it_and_changes_nothing(till: Till, door: SmallDoor) -> None:
    await till.released()

    _, preview = await post(door, f"{REFUNDS}/preview", "op", {"amount_minor": 1_000}, key=None)
    _, own = await post(door, f"{REFUNDS}/preview", "ada", {"parts": of_ada(1_000)["parts"]}, key=None)
    _, buyers = await post(door, f"{REFUNDS}/preview", "ann", {"amount_minor": 1_000}, key=None)
    foreign, _ = await post(door, f"{REFUNDS}/preview", "mallory", {"amount_minor": 1_000}, key=None)
    listed = (await door.send("GET", "/v1/refunds", who="op")).json()

    assert [part["amount"]["amount_minor"] for part in preview["parts"]] == [650, 350]
    assert preview["needs_second"] is False
    booking = {name: money["amount_minor"] for name, money in own["parts"][0]["booking"].items()}
    assert booking == {
        "held": 0, "commission": 100, "vat": 20, "platform": 0, "reserve": 0, "payable": 880, "debt": 0
    }  # fmt: skip
    assert own["parts"][0]["refundable_items"]["amount_minor"] == 6_000
    assert [(part["amount"]["amount_minor"], part["booking"]) for part in buyers["parts"]] == [(650, None), (350, None)]
    assert foreign == 404
    assert listed["items"] == []


async def test_more_than_is_left_is_refused_and_the_answer_says_how_much_is(till: Till, door: SmallDoor) -> None:
    await till.paid()

    status, parts = await post(door, REFUNDS, "op", of_ada(6_001))
    _, whole = await post(door, REFUNDS, "op", {"reason": "x", "amount_minor": 10_001}, key="another-key-1")

    assert (status, parts["code"]) == (409, "payments.refund_exceeds_remaining")
    assert (parts["remaining_items_minor"], parts["remaining_delivery_minor"]) == (6_000, 500)
    assert (whole["code"], whole["remaining_minor"]) == ("payments.refund_exceeds_remaining", 10_000)


@pytest.mark.parametrize(
    "body",
    [
        {"reason": "x"},
        {"reason": "x", "amount_minor": 1, "parts": [{"seller_order_id": "sor_ada", "items_minor": 1}]},
        {"reason": " ", "amount_minor": 1},
        {"reason": "x", "parts": [{"seller_order_id": "sor_none", "items_minor": 1}]},
        {"reason": "x", "parts": [{"seller_order_id": "sor_ada", "items_minor": 0}]},
    ],
)
async def test_what_makes_no_sense_is_refused(till: Till, door: SmallDoor, body: dict[str, Any]) -> None:
    await till.paid()

    status, document = await post(door, REFUNDS, "op", body)

    assert (status, document["code"]) == (422, "payments.malformed_refund")


async def test_a_refund_is_cancelled_before_it_is_sent_and_settled_after_it_came_back(
    till: Till, door: SmallDoor
) -> None:
    await till.paid()
    _, wrong = await post(door, REFUNDS, "op", of_ada(1_000))
    _, cancelled = await post(door, f"/v1/refunds/{wrong['refund_id']}/cancellation", "op")
    _, right = await post(door, REFUNDS, "op", of_ada(2_000), key="another-key-1")
    await till.settle()
    till.provider.fail_refund(RefundId(right["refund_id"]), "account_closed")
    await till.settle()

    bounced = (await door.send("GET", f"/v1/refunds/{right['refund_id']}", who="ann")).json()
    path = f"/v1/refunds/{right['refund_id']}/settlement"
    _, settled = await post(door, path, "op", {"how": "bank transfer 4711"}, key="another-key-2")
    forbidden, _ = await post(door, path, "ada", {"how": "cash"}, key="another-key-3")

    assert (cancelled["state"], bounced["state"]) == ("cancelled", "bounced")
    assert (settled["state"], settled["note"]) == ("settled", "bank transfer 4711")
    assert forbidden == 403
    assert await till.sound()


async def test_a_foreign_refund_does_not_exist(till: Till, door: SmallDoor) -> None:
    await till.paid()
    _, asked = await post(door, REFUNDS, "ann", of_ada(1_500))
    path = f"/v1/refunds/{asked['refund_id']}"

    for who in ("mallory", "bob"):
        problem(await door.send("GET", path, who=who), 404, "payments.refund_not_found")
    assert (await door.send("GET", "/v1/refunds", who="mallory", order_id="ord_1")).json()["items"] == []
    problem(await door.send("GET", "/v1/refunds", who="bob", seller_id=ADA), 404, "kernel.not_found")
    assert (await door.send("GET", "/v1/refunds", who="bob")).json()["items"] == []
    status, document = await post(door, f"{path}/approval", "bob")
    assert (status, document["code"]) == (404, "payments.refund_not_found")
    status, document = await post(door, REFUNDS, "mallory", of_ada(1))
    assert (status, document["code"]) == (404, "payments.payment_not_found")
    for address in (path, "/v1/refunds"):
        problem(await door.send("GET", address), 401, "kernel.not_signed_in")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (REFUNDS, {"reason": "x", "amount_minor": 1}),
        ("/v1/refunds/rfd_1/approval", None),
        ("/v1/refunds/rfd_1/rejection", {"note": "x"}),
        ("/v1/refunds/rfd_1/cancellation", None),
        ("/v1/refunds/rfd_1/settlement", {"how": "x"}),
    ],
)
async def test_what_gives_money_back_needs_an_idempotency_key(door: SmallDoor, path: str, body: object) -> None:
    status, document = await post(door, path, "op", body, key=None)

    assert (status, document["code"]) == (400, "http.idempotency_key_required")
