"""The cart over HTTP: what goes in, what comes out, and every refusal as a problem document."""

from collections.abc import AsyncIterator
from typing import Any

import attrs
import httpx
import pytest

from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.money import Money
from marketplace_core.testing.conformance.cart import an_offer
from marketplace_entrypoints.http.cart.router import router
from tests.core.cart.stall import ANN, BEN, GUS, GUS_TOKEN, Stall, open_stall
from tests.entrypoints.http.small_door import SmallDoor, open_door, problem

THING = an_offer(1)
OTHER = an_offer(2, seller="sel_2", price_minor=300)


@pytest.fixture
def stall() -> Stall:
    stall = open_stall()
    stall.shelf.put(THING, OTHER)
    return stall


@pytest.fixture
async def door(stall: Stall) -> AsyncIterator[SmallDoor]:
    async with open_door(stall.market, router, {"ann": ANN, "ben": BEN, "gus": GUS}) as opened:
        yield opened


async def add(door: SmallDoor, offer_id: str = THING.offer_id, quantity: int = 1, **more: Any) -> httpx.Response:
    return await door.send("POST", "/v1/cart/lines", {"offer_id": offer_id, "quantity": quantity} | more, who="ann")


async def cart_of(door: SmallDoor, who: str = "ann") -> dict[str, Any]:
    document: dict[str, Any] = (await door.send("GET", "/v1/cart", who=who)).json()
    return document


async def test_strangers_must_sign_in(door: SmallDoor) -> None:
    problem(await door.send("GET", "/v1/cart"), 401, "kernel.not_signed_in")
    problem(
        await door.send("POST", "/v1/cart/lines", {"offer_id": "off_1", "quantity": 1}), 401, "kernel.not_signed_in"
    )


@pytest.mark.parametrize("quantity", [0, -1, 1.5, "2", True, None, [], 1e400])
async def test_a_quantity_that_is_no_whole_number_from_one_is_refused(door: SmallDoor, quantity: Any) -> None:
    answer = await door.send("POST", "/v1/cart/lines", {"offer_id": THING.offer_id, "quantity": quantity}, who="ann")

    problem(answer, 422, "http.invalid_request")
    assert (await cart_of(door))["groups"] == []


async def test_a_missing_quantity_is_refused(door: SmallDoor) -> None:
    answer = await door.send("POST", "/v1/cart/lines", {"offer_id": THING.offer_id}, who="ann")

    assert problem(answer, 422, "http.invalid_request")["errors"][0]["field"] == "body.quantity"


@pytest.mark.parametrize("quantity", [1_001, 2**31, 10**30])
async def test_more_units_than_a_cart_holds_are_refused(door: SmallDoor, quantity: int) -> None:
    problem(await add(door, quantity=quantity), 422, "cart.limit_exceeded")

    assert (await cart_of(door))["groups"] == []


@pytest.mark.parametrize("extra", ["price", "unit_price", "currency", "discount", "seller_id", "fee"])
async def test_what_only_the_catalogue_may_say_is_refused(door: SmallDoor, extra: str) -> None:
    body = {"offer_id": THING.offer_id, "quantity": 1, extra: 1}

    problem(await door.send("POST", "/v1/cart/lines", body, who="ann"), 422, "http.invalid_request")

    assert (await cart_of(door))["groups"] == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b'{"offer_id": "\\ud800", "quantity": 1}',
        b'{"offer_id": "", "quantity": 1}',
        b'{"offer_id": "' + b"x" * 65 + b'", "quantity": 1}',
        b'{"offer_id": ["off_0001"], "quantity": 1}',
        b"[" * 10_000,
    ],
)
async def test_a_body_that_is_no_line_is_refused(door: SmallDoor, body: bytes) -> None:
    answer = await door.send("POST", "/v1/cart/lines", body, who="ann")

    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "source",
    [
        {"video_id": "vid_1"},
        {"video_id": "vid_1", "at_ms": -1},
        {"video_id": "vid_1", "at_ms": 10**12},
        {"video_id": "vid_1", "at_ms": 1, "page_id": "pge_1"},
        {"page_id": 7},
        {},
        "vid_1",
    ],
)
async def test_a_source_that_is_none_is_refused(door: SmallDoor, source: Any) -> None:
    answer = await add(door, source=source)

    assert answer.status_code == 422
    assert (await cart_of(door))["groups"] == []


async def test_what_is_not_offered_is_not_found_and_what_cannot_be_bought_is_refused(
    door: SmallDoor, stall: Stall
) -> None:
    stall.shelf.put(attrs.evolve(OTHER, purchasable=False, reason="seller_suspended"))

    problem(await add(door, "off_none"), 404, "cart.offer_not_found")
    refused = problem(await add(door, OTHER.offer_id), 409, "cart.not_available")
    short = problem(await add(door, quantity=51), 409, "cart.not_enough_stock")

    assert refused["reason"] == "seller_suspended"
    assert (short["wanted"], short["available"]) == (51, 50)


async def test_a_cart_is_filled_and_shown_by_seller(door: SmallDoor) -> None:
    first = await add(door, quantity=2, source={"video_id": "vid_1", "at_ms": 12_500})
    second = await add(door, OTHER.offer_id, source={"page_id": "pge_1"})

    shown = await door.send("GET", "/v1/cart", who="ann")

    assert (first.status_code, first.headers["etag"], second.headers["etag"]) == (201, '"1"', '"2"')
    assert shown.headers["etag"] == '"2"'
    assert shown.headers["cache-control"] == "private, no-store"
    assert shown.json() == second.json()
    document = shown.json()
    assert document["total"] == {"amount_minor": 2_300, "currency": "EUR"}
    assert [(group["seller_id"], group["subtotal"]["amount_minor"]) for group in document["groups"]] == [
        ("sel_1", 2_000),
        ("sel_2", 300),
    ]
    assert document["groups"][0]["lines"][0] == {
        "line_id": "cln_0001",
        "offer_id": "off_0001",
        "product_id": "prd_0001",
        "title": "Thing 1",
        "variant_title": "Blue / M",
        "quantity": 2,
        "unit_price": {"amount_minor": 1_000, "currency": "EUR"},
        "unit_price_seen": {"amount_minor": 1_000, "currency": "EUR"},
        "changes": [],
        "purchasable": True,
        "reason": None,
        "image_url": "/files/thing-1.jpg",
        "total": {"amount_minor": 2_000, "currency": "EUR"},
    }


async def test_changes_are_named_by_their_kind(door: SmallDoor, stall: Stall) -> None:
    await add(door, quantity=5)
    await add(door, OTHER.offer_id)
    stall.shelf.put(
        attrs.evolve(THING, price=Money(1_100, "EUR"), available=2),
        attrs.evolve(OTHER, purchasable=False, reason="unpublished", product_id=ProductId("prd_0002")),
    )

    document = await cart_of(door)

    dearer, gone = (group["lines"][0] for group in document["groups"])
    assert dearer["changes"] == [
        {
            "kind": "price_changed",
            "before": {"amount_minor": 1_000, "currency": "EUR"},
            "now": {"amount_minor": 1_100, "currency": "EUR"},
        },
        {"kind": "stock_short", "wanted": 5, "available": 2},
    ]
    assert gone["changes"] == [{"kind": "became_unavailable", "reason": "unpublished"}]
    assert (gone["purchasable"], gone["reason"]) == (False, "unpublished")


async def test_of_two_tabs_with_the_same_etag_one_wins(door: SmallDoor) -> None:
    line_id = (await add(door)).json()["groups"][0]["lines"][0]["line_id"]
    path = f"/v1/cart/lines/{line_id}"

    first = await door.send("PATCH", path, {"quantity": 2}, who="ann", if_match='"1"')
    for answer in (
        await door.send("PATCH", path, {"quantity": 9}, who="ann", if_match='"1"'),
        await door.send("DELETE", path, who="ann", if_match='"1"'),
        await door.send("DELETE", "/v1/cart", who="ann", if_match='W/"1"'),
    ):
        problem(answer, 412, "kernel.stale_version")

    assert (first.status_code, first.headers["etag"]) == (200, '"2"')
    assert await cart_of(door) == first.json()


@pytest.mark.parametrize("if_match", ["*", '"x"', '"1", "2"', '"-1"', '"' + "9" * 13 + '"'])
async def test_a_version_that_is_no_etag_of_ours_is_refused(door: SmallDoor, if_match: str) -> None:
    await add(door)

    problem(await door.send("DELETE", "/v1/cart", who="ann", if_match=if_match), 422, "http.malformed_version")


async def test_another_buyers_line_is_not_found(door: SmallDoor) -> None:
    line_id = (await add(door)).json()["groups"][0]["lines"][0]["line_id"]
    path = f"/v1/cart/lines/{line_id}"

    problem(await door.send("PATCH", path, {"quantity": 2}, who="ben"), 404, "cart.line_not_found")
    problem(await door.send("DELETE", path, who="ben"), 404, "cart.line_not_found")

    assert (await cart_of(door))["groups"][0]["lines"][0]["quantity"] == 1
    assert (await cart_of(door, "ben"))["groups"] == []


async def test_a_line_is_removed_and_the_cart_emptied(door: SmallDoor) -> None:
    line_id = (await add(door)).json()["groups"][0]["lines"][0]["line_id"]
    await add(door, OTHER.offer_id)

    left = await door.send("DELETE", f"/v1/cart/lines/{line_id}", who="ann")
    emptied = await door.send("DELETE", "/v1/cart", who="ann", if_match=left.headers["etag"])

    assert [group["seller_id"] for group in left.json()["groups"]] == ["sel_2"]
    assert (emptied.status_code, emptied.json()["groups"], emptied.json()["total"]) == (200, [], None)


async def test_a_cart_is_not_taken_over_without_proof(door: SmallDoor) -> None:
    for token in ("", "forged", GUS.principal):
        refused = await door.send("POST", "/v1/cart/takeover", {"guest_token": token}, who="ann")
        problem(refused, 422, "cart.invalid_guest_token")
    problem(await door.send("POST", "/v1/cart/takeover", {"guest_token": GUS_TOKEN}), 401, "kernel.not_signed_in")
    problem(await door.send("POST", "/v1/cart/takeover", {}, who="ann"), 422, "http.invalid_request")


async def test_a_guests_cart_is_taken_over_and_what_did_not_fit_is_named(door: SmallDoor, stall: Stall) -> None:
    stall.shelf.put(attrs.evolve(OTHER, available=2))
    for offer, quantity in ((THING, 3), (OTHER, 2)):
        await door.send("POST", "/v1/cart/lines", {"offer_id": offer.offer_id, "quantity": quantity}, who="gus")
    await add(door, OTHER.offer_id)

    answer = await door.send("POST", "/v1/cart/takeover", {"guest_token": GUS_TOKEN}, who="ann")

    taken = answer.json()
    assert answer.status_code == 200
    assert taken["left_out"] == [
        {
            "offer_id": OTHER.offer_id,
            "title": OTHER.title,
            "variant_title": OTHER.variant_title,
            "wanted": 2,
            "taken": 1,
            "reason": "not_enough_stock",
        }
    ]
    assert taken["cart"] == await cart_of(door)
    assert answer.headers["etag"] == f'"{taken["cart"]["version"]}"'
    assert (await cart_of(door, "gus"))["groups"] == []
