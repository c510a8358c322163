"""Goods that are not sent, parcels that come back, and payments in review, over HTTP."""

from collections.abc import AsyncIterator

import pytest

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.orders import ConfirmOrder
from tests.core.orders.house import GUITAR, euros
from tests.entrypoints.http.orders_door import Door, open_door, problem


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    async with open_door() as opened:
        yield opened


async def test_a_paid_order_is_called_off_until_something_is_sent(door: Door) -> None:
    order_id, part = await door.sold()
    await door.post(f"/v1/seller-orders/{part}/shipment", {"carrier": "Post", "tracking": "T1"}, "ada")

    document = problem(await door.post(f"/v1/orders/{order_id}/cancellation"), 409, "orders.illegal_transition")

    assert (document["state"], document["trigger"]) == ("shipped", "cancel")


async def test_a_paid_order_is_called_off_as_a_whole(door: Door) -> None:
    order_id, _ = await door.sold()

    answer = await door.post(f"/v1/orders/{order_id}/cancellation", {"note": "Too late for the party."})

    assert (answer.status_code, answer.json()) == (200, {"order_id": order_id, "state": "cancelled"})
    order = (await door.get(f"/v1/orders/{order_id}")).json()
    assert [part["called_off"][0]["cause"] for part in order["seller_orders"]] == ["called_off_by_buyer"] * 2


async def test_a_seller_accepts_sends_a_part_and_calls_off_the_rest(door: Door) -> None:
    _, part = await door.sold()
    path, one = f"/v1/seller-orders/{part}", [{"offer_id": GUITAR.offer_id, "quantity": 1}]
    parcel = {"carrier": "Post", "tracking": "T1", "lines": one}

    accepted = await door.post(f"{path}/acceptance", who="ada")
    declined = await door.post(f"{path}/decline", {"note": "No."}, "ada")
    too_much = await door.post(f"{path}/shipment", parcel | {"lines": [one[0] | {"quantity": 3}]}, "ada")
    sent = await door.post(f"{path}/shipment", parcel, "ada")
    wordless = await door.post(f"{path}/cancellation", {"note": " "}, "ada")
    rest = await door.post(f"{path}/cancellation", {"note": "The other one broke."}, "ada")

    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted")
    problem(declined, 409, "orders.illegal_transition")
    assert problem(too_much, 409, "orders.not_open")["lines"] == [{"offer_id": GUITAR.offer_id, "wanted": 3, "open": 2}]
    assert (sent.json()["state"], sent.json()["shipment"]["lines"]) == ("part_shipped", one)
    problem(wordless, 422, "orders.malformed_note")
    assert rest.json() == {"seller_order_id": part, "state": "shipped"}
    shown = (await door.get(path, "ada")).json()
    assert (shown["called_off"][0]["items"]["amount_minor"], shown["open_units"]) == (1_000, [])
    assert door.house.checkout.returned[0][2] == euros(1_000)


async def test_a_parcel_that_comes_back_is_reported_by_its_seller(door: Door) -> None:
    _, part = await door.sold()
    await door.post(f"/v1/seller-orders/{part}/shipment", {"carrier": "Post", "tracking": "T1"}, "ada")

    problem(
        await door.post(f"/v1/seller-orders/{part}/return-to-sender", who="bob"), 404, "orders.seller_order_not_found"
    )
    answer = await door.post(f"/v1/seller-orders/{part}/return-to-sender", who="ada")

    assert answer.json() == {"seller_order_id": part, "state": "returned_to_sender"}


async def test_an_operator_keeps_a_payment_in_review(door: Door) -> None:
    order_id = (await door.order()).json()["order_id"]
    path = f"/v1/orders/{order_id}/payment-acceptance"
    problem(await door.post(path, who="op", key="key-0002"), 409, "orders.illegal_transition")
    await door.house.execute(ConfirmOrder(order_id=order_id, captured=euros(9_000)), SYSTEM)

    problem(await door.post(path, key="key-0003"), 403, "kernel.not_allowed")
    answer = await door.post(path, who="op", key="key-0004")

    assert answer.json() == {"order_id": order_id, "state": "confirmed"}
