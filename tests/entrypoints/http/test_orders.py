"""Checkout and orders over HTTP: what goes in, what comes out, and every refusal as a problem document."""

from collections.abc import AsyncIterator
from typing import Any

import attrs
import httpx
import pytest

from marketplace_core.orders import LINK_LASTS
from marketplace_core.testing.conformance.orders import ADA, ANN
from tests.core.orders.house import (
    ANN_HERSELF,
    GUITAR,
    euros,
)
from tests.entrypoints.http.orders_door import ADDRESS, Door, open_door, problem


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    async with open_door() as opened:
        yield opened


async def test_strangers_must_sign_in(door: Door) -> None:
    for path in ("/v1/checkout/quote", "/v1/orders", "/v1/orders/ord_1", "/v1/all-orders"):
        problem(await door.get(path, None), 401, "kernel.not_signed_in")


async def test_an_empty_cart_gets_no_quote(door: Door) -> None:
    problem(await door.get("/v1/checkout/quote", "ben"), 409, "orders.cart_empty")


async def test_a_quote_tells_every_group_and_the_consent(door: Door) -> None:
    answer = await door.get("/v1/checkout/quote")

    quote = answer.json()
    assert answer.status_code == 200
    assert quote["total"] == {"amount_minor": 8_490, "currency": "EUR"}
    assert [(group["seller_id"], group["delivery"]["amount_minor"]) for group in quote["groups"]] == [
        ("sel_ada", 490),
        ("sel_bob", 0),
    ]
    assert quote["groups"][0]["lines"][0] == {
        "offer_id": "off_0001",
        "product_id": "prd_0001",
        "title": "Thing 1",
        "variant_title": "Blue / M",
        "sku": "SKU-1",
        "quantity": 2,
        "unit_price": {"amount_minor": 1_000, "currency": "EUR"},
        "total": {"amount_minor": 2_000, "currency": "EUR"},
        "discount_minor": 0,
        "subsidy_minor": 0,
        "image_url": "/files/thing-1.jpg",
    }


@pytest.mark.parametrize(
    ("key", "status", "code"),
    [
        (None, 400, "http.idempotency_key_required"),
        ("", 400, "http.idempotency_key_required"),
        ("short", 422, "kernel.malformed_idempotency_key"),
        ("x" * 256, 422, "kernel.malformed_idempotency_key"),
        ("with some spaces", 422, "kernel.malformed_idempotency_key"),
    ],
)
async def test_an_order_needs_a_proper_idempotency_key(door: Door, key: str | None, status: int, code: str) -> None:
    answer = await door.order(key=key)

    problem(answer, status, code)
    assert door.house.count("orders_orders") == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"address": {**ADDRESS, "country": "Denmark"}},
        {"address": {**ADDRESS, "name": ""}},
        {"address": {**ADDRESS, "city": "\ud800"}},
        {"address": {key: value for key, value in ADDRESS.items() if key != "line1"}},
        {"quote_hash": 7},
        {"quote_hash": "no quote"},
        {"total_minor": 1},
    ],
)
async def test_a_request_that_makes_no_sense_is_refused(door: Door, changes: dict[str, Any]) -> None:
    answer = await door.order(**changes)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert door.house.count("orders_orders") == 0


async def test_control_characters_in_an_address_name_the_field(door: Door) -> None:
    document = problem(await door.order(address={**ADDRESS, "city": "A\x00B"}), 422, "orders.invalid_address")

    assert document["errors"] == [{"field": "city", "message": "This holds control characters."}]


async def test_a_changed_price_is_a_conflict_with_old_and_new(door: Door) -> None:
    quote = (await door.get("/v1/checkout/quote")).json()
    door.house.quotes.put(attrs.evolve(GUITAR, unit_price=euros(1_200)))

    answer = await door.post("/v1/orders", {"quote_hash": quote["quote_hash"], "address": ADDRESS}, key="key-0001")

    document = problem(answer, 409, "orders.quote_changed")
    assert document["lines"][0]["old_minor"] == 1_000
    assert document["lines"][0]["new_minor"] == 1_200
    assert document["type"] == "/problems/orders.quote-changed"


async def test_a_placed_order_is_created_with_its_payment(door: Door) -> None:
    answer = await door.order()

    order = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/v1/orders/{order['order_id']}"
    assert order["payment"]["client_secret"]
    assert order["total"] == order["payment"]["amount"] == {"amount_minor": 8_490, "currency": "EUR"}


async def test_the_same_request_is_replayed(door: Door) -> None:
    quote = (await door.get("/v1/checkout/quote")).json()
    body = {"quote_hash": quote["quote_hash"], "address": ADDRESS}

    first = await door.post("/v1/orders", body, key="key-0001")
    again = await door.post("/v1/orders", body, key="key-0001")
    other_body = await door.post("/v1/orders", body | {"address": {**ADDRESS, "city": "Odense"}}, key="key-0001")
    other_key = await door.post("/v1/orders", body, key="key-0002")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert ("idempotent-replayed" in first.headers, again.headers["idempotent-replayed"]) == (False, "true")
    problem(other_body, 422, "kernel.idempotency_key_reused")
    document = problem(other_key, 409, "orders.already_placed")
    assert document["order_id"] == first.json()["order_id"]


async def test_a_provider_that_is_down_is_said_so_and_the_same_key_asks_again(door: Door) -> None:
    quote = (await door.get("/v1/checkout/quote")).json()
    body = {"quote_hash": quote["quote_hash"], "address": ADDRESS}
    door.house.provider.down = True

    down = await door.post("/v1/orders", body, key="key-0001")
    door.house.provider.down = False
    up = await door.post("/v1/orders", body, key="key-0001")

    document = problem(down, 503, "orders.payment_provider_unavailable")
    assert down.headers["retry-after"] == "7"
    assert up.status_code == 201
    assert up.json()["order_id"] == document["order_id"]


async def test_an_order_is_seen_by_its_buyer_and_by_operators_only(door: Door) -> None:
    order_id = (await door.order()).json()["order_id"]

    mine, theirs = await door.get(f"/v1/orders/{order_id}"), await door.get(f"/v1/orders/{order_id}", "op")

    assert mine.json()["payment"]["client_secret"]
    assert theirs.json()["payment"]["client_secret"] is None
    assert [step["what"] for step in mine.json()["timeline"]] == ["placed"]
    foreign = problem(await door.get(f"/v1/orders/{order_id}", "ben"), 404, "orders.not_found")
    missing = problem(await door.get("/v1/orders/ord_9999", "ben"), 404, "orders.not_found")
    assert foreign["detail"] == missing["detail"]


async def test_orders_are_listed_in_pages(door: Door) -> None:
    first = (await door.order()).json()["order_id"]
    door.house.basket.fill("crt_0002", ANN_HERSELF.own_user, (GUITAR, 1))
    second = (await door.order(key="key-0002")).json()["order_id"]

    page = (await door.get("/v1/orders", limit=1)).json()
    rest = (await door.get("/v1/orders", limit=1, cursor=page["next_cursor"])).json()

    assert [item["order_id"] for item in page["items"] + rest["items"]] == [second, first]
    assert rest["next_cursor"] is None
    problem(await door.get("/v1/orders", cursor="tampered"), 400, "kernel.invalid_cursor")
    problem(await door.get("/v1/orders", limit=101), 422, "http.invalid_request")


async def test_operators_list_everybodys_orders_and_nobody_else_does(door: Door) -> None:
    order_id, _ = await door.sold()

    everybodys = (await door.get("/v1/all-orders", "op")).json()
    expired = (await door.get("/v1/all-orders", "op", state="expired")).json()
    own = (await door.get("/v1/orders")).json()

    assert [(one["order_id"], one["buyer_id"]) for one in everybodys["items"]] == [(order_id, ANN_HERSELF.user_id)]
    assert expired == {"items": [], "next_cursor": None}
    assert "buyer_id" not in own["items"][0]
    problem(await door.get("/v1/all-orders"), 403, "kernel.not_allowed")
    problem(await door.get("/v1/all-orders", "op", state="lost"), 422, "http.invalid_request")


async def test_an_unpaid_order_is_called_off(door: Door) -> None:
    order_id = (await door.order()).json()["order_id"]

    answer = await door.post(f"/v1/orders/{order_id}/cancellation")

    assert answer.json() == {"order_id": order_id, "state": "cancelled"}
    problem(await door.post(f"/v1/orders/{order_id}/cancellation", who="ben"), 404, "orders.not_found")


async def test_a_seller_ships_and_the_buyer_receives(door: Door) -> None:
    order_id, part = await door.sold()
    parcel = {"carrier": "Post", "tracking": "T1"}

    problem(await door.post(f"/v1/seller-orders/{part}/shipment", parcel, "ann"), 403, "kernel.not_allowed")
    problem(await door.post(f"/v1/seller-orders/{part}/shipment", parcel, "bob"), 404, "orders.seller_order_not_found")
    problem(await door.post(f"/v1/seller-orders/{part}/shipment", {"carrier": "P"}, "ada"), 422, "http.invalid_request")
    problem(await door.post(f"/v1/seller-orders/{part}/receipt"), 409, "orders.illegal_transition")
    shipped = await door.post(f"/v1/seller-orders/{part}/shipment", parcel, "ada")
    delivered = await door.post(f"/v1/seller-orders/{part}/delivery", who="ada")
    problem(await door.post(f"/v1/seller-orders/{part}/receipt", who="ben"), 404, "orders.seller_order_not_found")
    received = await door.post(f"/v1/seller-orders/{part}/receipt")

    assert shipped.json()["state"] == "shipped"
    assert shipped.json()["shipment"]["tracking"] == "T1"
    assert (delivered.json()["proof"], received.json()["proof"]) == ("seller", "buyer")
    order = (await door.get(f"/v1/orders/{order_id}")).json()
    assert [one["state"] for one in order["seller_orders"]] == ["delivered", "accepted"]


async def test_a_shop_sees_what_it_sold(door: Door) -> None:
    order_id, part = await door.sold()

    listed = (await door.get("/v1/seller-orders", "ada", state="accepted")).json()
    shipped = (await door.get("/v1/seller-orders", "ada", state="shipped")).json()
    by_operator = (await door.get("/v1/seller-orders", "op", seller_id="sel_ada")).json()
    seen = (await door.get(f"/v1/seller-orders/{part}", "ada")).json()

    assert [item["order_id"] for item in listed["items"]] == [order_id]
    assert listed == by_operator
    assert shipped["items"] == []
    assert seen["address"]["city"] == "Aarhus"
    assert {line["offer_id"] for line in seen["lines"]} == {"off_0001"}
    problem(await door.get(f"/v1/seller-orders/{part}", "bob"), 404, "orders.seller_order_not_found")
    problem(await door.get("/v1/seller-orders", "bob", seller_id="sel_ada"), 404, "kernel.not_found")
    problem(await door.get("/v1/seller-orders", "ann"), 403, "kernel.not_allowed")
    problem(await door.get("/v1/seller-orders", "ada", state="lost"), 422, "http.invalid_request")


async def test_the_description_tells_every_route_with_an_example(door: Door) -> None:
    document = (await door.get("/v1/openapi.json")).json()

    operations = {operation["operationId"] for path in document["paths"].values() for operation in path.values()}
    assert operations == {
        "quote_checkout",
        "place_order",
        "list_orders",
        "list_all_orders",
        "view_order",
        "view_order_by_link",
        "cancel_order",
        "accept_payment",
        "reject_payment",
        "accept_seller_order",
        "decline_seller_order",
        "cancel_seller_order",
        "report_return",
        "list_seller_orders",
        "view_seller_order",
        "ship_seller_order",
        "mark_delivered",
        "confirm_receipt",
        "view_delivery",
        "set_delivery",
        "reset_delivery",
        "use_voucher",
        "drop_voucher",
        "make_voucher",
        "list_vouchers",
        "view_voucher",
        "stop_voucher",
    }
    assert document["components"]["schemas"]["OrderIn"]["examples"]


@pytest.mark.parametrize("key", ["", "x", "1.x", "٣.x", "x" * 200])
async def test_a_link_that_opens_nothing_looks_like_a_missing_order(door: Door, key: str) -> None:
    placed = (await door.order()).json()

    wrong = await door.get(f"/v1/order-links/{placed['order_id']}", None, key=key)
    missing = await door.get("/v1/order-links/ord_9999", None, key=key)

    assert (wrong.status_code, wrong.json()["code"]) == (404, "orders.not_found")
    assert wrong.json()["detail"] == missing.json()["detail"]


async def test_a_link_shows_its_order_to_anybody_and_is_kept_nowhere(door: Door) -> None:
    placed = (await door.order()).json()
    key = door.house.links.key(placed["order_id"], door.house.clock.now() + LINK_LASTS)

    answer = await door.get(f"/v1/order-links/{placed['order_id']}", None, key=key)

    shown = answer.json()
    assert (answer.status_code, shown["order_id"], shown["total"]) == (200, placed["order_id"], placed["total"])
    assert shown["payment"]["client_secret"] is None
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_who_left_no_contact_is_told_so(door: Door) -> None:
    door.house.buyers.silent.add(ANN)

    refused = await door.order()

    assert (refused.status_code, refused.json()["code"]) == (409, "orders.contact_needed")


async def test_a_shop_sets_what_its_parcels_cost_and_nobody_else_does(door: Door) -> None:
    path = f"/v1/sellers/{ADA}/delivery"

    async def put(body: Any, who: str | None) -> httpx.Response:
        headers = {} if who is None else {"Authorization": f"Bearer {who}"}
        return await door.client.put(path, headers=headers, json=body)

    foreign = [await put({"fee_minor": 0}, who) for who in ("bob", "ann", None)]
    nonsense = [await put({"fee_minor": fee}, "ada") for fee in (-1, 10**12, "5", None)]
    before = await door.get(path, None)
    own = await put({"fee_minor": 700, "free_from_minor": 9_000}, "ada")
    quote = await door.get("/v1/checkout/quote")
    back = await door.client.delete(path, headers={"Authorization": "Bearer ada"})

    assert [answer.status_code for answer in foreign] == [404, 403, 401]
    assert {answer.status_code for answer in nonsense} == {422}
    assert before.json()["is_own"] is False
    assert own.json() == {"seller_id": ADA, "terms": {"fee_minor": 700, "free_from_minor": 9_000}, "is_own": True}
    assert quote.json()["groups"][0]["delivery"] == {"amount_minor": 700, "currency": "EUR"}
    assert back.json()["terms"] == {"fee_minor": 490, "free_from_minor": 5_000}
