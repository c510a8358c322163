"""Endpoints over HTTP: made, tried, looked at, changed, replayed, removed, and every refusal as a problem document."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from marketplace_entrypoints.http.webhooks.endpoints import router
from tests.core.webhooks.street import ADA, BOB, OPERATOR, URL, Street
from tests.entrypoints.http.small_door import SmallDoor, open_door

ENDPOINTS = "/v1/webhook-endpoints"


@pytest.fixture
async def street() -> Street:
    return await Street.opened()


@pytest.fixture
async def door(street: Street) -> AsyncIterator[SmallDoor]:
    people = {"ada": street.by(ADA), "bob": street.by(BOB), "op": OPERATOR}
    async with open_door(street.market.market, router, people) as opened:
        yield opened


async def made(door: SmallDoor, street: Street, **changes: Any) -> dict[str, Any]:
    body = {"url": URL, "seller_id": street.shop(ADA), **changes}
    answer = await door.send("POST", ENDPOINTS, body, who="ada")
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    assert answer.headers["Location"] == f"{ENDPOINTS}/{found['endpoint_id']}"
    return found


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_an_endpoint_lives_from_its_making_to_its_removal(door: SmallDoor, street: Street) -> None:
    endpoint = await made(door, street, description="The warehouse")
    here = f"{ENDPOINTS}/{endpoint['endpoint_id']}"
    assert endpoint["secret"].startswith("whsec_")

    changed = await door.send("PATCH", here, {"event_types": ["marketplace.payments.v1.PayoutPaid"]}, who="ada")
    rotated = await door.send("POST", f"{here}/rotate", who="ada")
    tried = await door.send("POST", f"{here}/test", who="ada")
    await street.settle()
    log = (await door.send("GET", f"{here}/deliveries", who="ada", state="delivered")).json()
    replayed = await door.send("POST", f"/v1/webhook-deliveries/{tried.json()['delivery_id']}/replay", who="ada")
    span = {"since": "2020-01-01T00:00:00Z", "until": "2030-01-01T00:00:00+01:00"}
    again = await door.send("POST", f"{here}/replay", span, who="ada")
    states = [(await door.send("POST", f"{here}/{deed}", who="ada")).json()["state"] for deed in ("disable", "enable")]
    removed = await door.send("DELETE", here, who="ada")

    assert changed.json()["event_types"] == ["marketplace.payments.v1.PayoutPaid"]
    assert rotated.json()["secret"] != endpoint["secret"]
    assert (tried.status_code, tried.json()["state"]) == (202, "queued")
    assert [(one["event_id"], one["status"]) for one in log["items"]] == [(tried.json()["event_id"], 204)]
    assert (replayed.status_code, replayed.json()["state"]) == (202, "queued")
    assert (again.status_code, again.json()["events"]) == (202, 0)
    assert states == ["disabled", "enabled"]
    assert removed.status_code == 204
    assert code(await door.send("GET", here, who="ada")) == (404, "webhooks.endpoint_not_found")


async def test_a_secret_is_in_the_answer_that_makes_it_and_in_no_other(door: SmallDoor, street: Street) -> None:
    endpoint = await made(door, street)
    here = f"{ENDPOINTS}/{endpoint['endpoint_id']}"

    later = [await door.send("GET", here, who="ada"), await door.send("GET", ENDPOINTS, who="op")]
    listed = await door.send("GET", ENDPOINTS, who="ada", seller_id=street.shop(ADA))
    await street.wait(minutes=10)
    repeated = await made(door, street)

    assert not [one for one in (*later, listed) if endpoint["secret"] in one.text]
    assert [one["endpoint_id"] for one in listed.json()["items"]] == [endpoint["endpoint_id"]]
    assert (repeated["endpoint_id"], repeated["secret"]) == (endpoint["endpoint_id"], "")


async def test_what_a_shop_may_hear_of_is_less_than_what_operators_may(door: SmallDoor, street: Street) -> None:
    shops = (await door.send("GET", "/v1/webhook-event-types", who="ada", seller_id=street.shop(ADA))).json()["items"]
    ours = (await door.send("GET", "/v1/webhook-event-types", who="op")).json()["items"]

    assert set(shops) < set(ours)
    assert "marketplace.orders.v1.OrderConfirmed" in shops
    assert "marketplace.payments.v1.BrakeSet" not in ours


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"url": "http://"}, (422, "webhooks.url_not_allowed")),
        ({"event_types": ["marketplace.orders.v1.OrderPlaced"]}, (422, "webhooks.invalid_endpoint")),
        ({"url": 5}, (422, "http.invalid_request")),
        ({"secret": "whsec_mine"}, (422, "http.invalid_request")),
        ({"seller_id": None}, (403, "kernel.not_allowed")),
        ({"seller_id": "sel_other"}, (404, "kernel.not_found")),
    ],
)
async def test_what_makes_no_sense_is_refused(
    door: SmallDoor, street: Street, body: dict[str, Any], refusal: tuple[int, str]
) -> None:
    answer = await door.send("POST", ENDPOINTS, {"url": URL, "seller_id": street.shop(ADA), **body}, who="ada")

    assert code(answer) == refusal


async def test_strangers_find_nothing(door: SmallDoor, street: Street) -> None:
    endpoint = await made(door, street)
    here = f"{ENDPOINTS}/{endpoint['endpoint_id']}"
    tried = (await door.send("POST", f"{here}/test", who="ada")).json()["delivery_id"]

    for method, path in (
        ("GET", here),
        ("DELETE", here),
        ("POST", f"{here}/rotate"),
        ("POST", f"{here}/test"),
        ("GET", f"{here}/deliveries"),
    ):
        assert code(await door.send(method, path, who="bob")) == (404, "webhooks.endpoint_not_found")
    for method, path in (("GET", tried), ("POST", f"{tried}/replay")):
        answer = await door.send(method, f"/v1/webhook-deliveries/{path}", who="bob")
        assert code(answer) == (404, "webhooks.delivery_not_found")
    assert (await door.send("GET", ENDPOINTS)).status_code == 401
