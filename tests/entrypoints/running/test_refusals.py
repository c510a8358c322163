"""Every refusal, whoever makes it, is a problem document under the same headers; and changes nothing."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final

import httpx
import pytest
from attrs import frozen

from marketplace_adapters.fakepay.plugin import SIGNING_NAME
from marketplace_adapters.fakepay.provider import signature
from marketplace_entrypoints.composition.surroundings import SecretFiles, clock_of
from marketplace_entrypoints.http.webhooks.router import MESSAGE_BYTES_MAX
from marketplace_entrypoints.limits import BODY_BYTES_MAX
from tests.entrypoints.running.people import Person, newcomer
from tests.entrypoints.running.processes import Running
from tests.entrypoints.running.race import Request, at_once
from tests.entrypoints.running.records import count
from tests.entrypoints.running.trade import Shop, choose, offer, open_shop

MEMBERS: Final = {"type", "title", "status", "detail", "code", "request_id"}
PROTECTION: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-frame-options": "DENY",
}
API_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
HOOK: Final = "/v1/webhooks/fakepay"


def refused(answer: httpx.Response) -> tuple[int, str]:
    """Return status and code of what must be a whole problem document."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    document: dict[str, Any] = answer.json()
    assert document.keys() >= MEMBERS
    assert document["status"] == answer.status_code
    assert document["request_id"] == answer.headers["x-request-id"]
    assert document["type"] == f"/problems/{document['code'].replace('_', '-')}"
    assert "Traceback" not in answer.text
    return answer.status_code, document["code"]


@pytest.fixture(scope="module")
def buyer(running: Running, operator: Person) -> Person:
    return newcomer(running)


# ---------------------------------------------------------------- the shape of refusals


@pytest.mark.parametrize("path", ["/v1", "/v1/nothing", "/v1/orders/", "/health/nothing", "/v1/products/%00/x/y"])
def test_an_address_that_leads_nowhere(running: Running, path: str) -> None:
    assert refused(running.client.get(path)) == (404, "http.no_such_route")


@pytest.mark.parametrize("path", ["/nothing", "/v1/../etc/passwd"])
def test_outside_of_the_door_for_programs_people_are_answered(running: Running, path: str) -> None:
    answer = running.client.get(path)

    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/v1/orders"),
        ("PUT", "/v1/search"),
        ("TRACE", "/v1/products"),
        ("BREW", "/v1/cart"),
        ("POST", "/v1/me"),
    ],
)
def test_a_method_that_does_not_exist_there(running: Running, method: str, path: str) -> None:
    answer = running.client.request(method, path)

    assert refused(answer) == (405, "http.method_not_allowed")
    assert answer.headers["allow"]


def test_a_body_that_says_it_is_too_large(running: Running) -> None:
    answer = running.client.post("/v1/users", content=b" " * (BODY_BYTES_MAX + 1))

    assert refused(answer) == (413, "http.body_too_large")


@pytest.mark.parametrize("path", ["/v1/users", "/v1/webhooks/fakepay", "/v1/sellers/sel_1/products/import"])
def test_a_body_that_turns_out_too_large(buyer: Person, shop: Shop, path: str) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(BODY_BYTES_MAX // 65_536 + 1):
            yield b" " * 65_536

    answer = shop.owner.send(
        "POST", path.replace("sel_1", shop.seller_id), content=pieces(), headers={"Content-Type": "application/json"}
    )

    assert refused(answer) == (413, "http.body_too_large")


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "http.invalid_request"),
        (b"{", 422, "http.invalid_request"),
        (b"[]", 422, "http.invalid_request"),
        (b"{}", 422, "http.invalid_request"),
        (b'{"offer_id": "off_1", "quantity": "2"}', 422, "http.invalid_request"),
        (b'{"offer_id": "off_1", "quantity": true}', 422, "http.invalid_request"),
        (b'{"offer_id": "off_1", "quantity": 1.5}', 422, "http.invalid_request"),
        (b'{"offer_id": "off_1", "quantity": 2147483648}', 422, "cart.limit_exceeded"),
        (b'{"offer_id": "off_1", "quantity": 1, "price_minor": 1}', 422, "http.invalid_request"),
        (b'{"offer_id": "off_1", "quantity": ' + b"9" * 5_000 + b"}", 400, "http.unreadable_body"),
        (b"[" * 100_000, 400, "http.unreadable_body"),
        (b"\xff\xfe{}", 422, "http.invalid_request"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_body_that_makes_no_sense(buyer: Person, content: bytes, status: int, code: str) -> None:
    answer = buyer.send("POST", "/v1/cart/lines", content=content, headers={"Content-Type": "application/json"})

    assert refused(answer) == (status, code)
    assert buyer.get("/v1/cart")["groups"] == []


def test_each_wrong_field_is_named(buyer: Person) -> None:
    answer = buyer.send("POST", "/v1/cart/lines", json={"quantity": "2", "price": 1})

    assert {error["field"] for error in answer.json()["errors"]} == {"body.offer_id", "body.quantity", "body.price"}


@pytest.mark.parametrize("cursor", ["x", "eyJhIjoxfQ", "%00", "' OR 1=1 --"])
def test_a_cursor_that_no_list_gave(buyer: Person, cursor: str) -> None:
    assert refused(buyer.send("GET", "/v1/orders", params={"cursor": cursor})) == (400, "kernel.invalid_cursor")


@pytest.mark.parametrize("limit", ["0", "101", "-1", "many"])
def test_a_page_of_a_size_that_is_none(buyer: Person, limit: str) -> None:
    assert refused(buyer.send("GET", "/v1/orders", params={"limit": limit})) == (422, "http.invalid_request")


@pytest.mark.parametrize("sent", [None, b"Basic YTpi", b"Bearer", b"Bearer x.y.z", b"Bearer \xff"])
def test_who_does_not_say_who_they_are(running: Running, sent: bytes | None) -> None:
    headers = {} if sent is None else {b"Authorization": sent}

    answer = running.client.get("/v1/me", headers=headers)

    assert refused(answer)[0] == 401
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("path", ["/v1/users", "/v1/ledger/audit", "/v1/ledger/trial-balance", "/v1/ledger/journals"])
def test_who_may_not(buyer: Person, path: str) -> None:
    assert refused(buyer.send("GET", path)) == (403, "kernel.not_allowed")


@frozen
class BrokenPage:
    """A page whose draft nobody can read any more."""

    owner: Person
    path: str


@pytest.fixture(scope="module")
def broken_page(running: Running, operator: Person) -> BrokenPage:
    shop = open_shop(operator, "Shop with a broken page")
    path = f"/v1/sellers/{shop.seller_id}/page"
    shop.owner.do("PUT", path, json={"headline": "Cups"})
    with closing(sqlite3.connect(running.settings.data / "marketplace.sqlite", timeout=30)) as connection:
        ruin = "UPDATE landing_pages SET draft = '{\"products\": 5150}' WHERE seller_id = ?"
        connection.execute(ruin, (shop.seller_id,))
        connection.commit()
    return BrokenPage(shop.owner, path)


def test_a_fault_of_ours_tells_nothing_but_where_to_look_it_up(running: Running, broken_page: BrokenPage) -> None:
    answer = broken_page.owner.send("GET", broken_page.path)

    assert refused(answer) == (500, "http.internal_error")
    assert not [word for word in ("5150", "attrs", "Error", ".py", "SELECT", "draft") if word in answer.text]
    (bug,) = [
        line
        for line in said(running)
        if line["event"] == "bug" and line["request_id"] == answer.headers["x-request-id"]
    ]
    assert bug["path"] == broken_page.path
    assert "Traceback" in bug["exception"]


def test_a_fault_of_ours_costs_nobody_the_connection(running: Running, broken_page: BrokenPage) -> None:
    with httpx.Client(base_url=running.address, trust_env=False) as client:
        answers = [client.get(broken_page.path, headers=broken_page.owner.headers) for _ in range(5)]

        lines = {id(answer.extensions["network_stream"]) for answer in answers}

    assert [answer.status_code for answer in answers] == [500] * 5
    assert len(lines) == 1


def said(running: Running) -> list[dict[str, Any]]:
    """Return what the server has logged."""
    return [json.loads(line) for line in running.log.read_text().splitlines()]


# ---------------------------------------------------------------- headers


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/health/live"),
        ("GET", "/v1/openapi.json"),
        ("GET", "/v1/products"),
        ("HEAD", "/media/files/images/none.png"),
        ("GET", "/media/videos/vid_1/master.m3u8"),
        ("GET", "/nothing"),
        ("DELETE", "/v1/products"),
        ("POST", "/v1/users"),
        ("PUT", "/v1/uploads/none"),
        ("POST", HOOK),
        ("GET", "/fakepay/v1/payments"),
    ],
)
def test_every_answer_carries_the_headers_that_protect(running: Running, method: str, path: str) -> None:
    answer = running.client.request(method, path)

    assert {name: answer.headers.get(name) for name in PROTECTION} == PROTECTION
    assert answer.headers["x-request-id"]
    assert "server" not in answer.headers
    if path.startswith(("/v1", "/health")):
        assert answer.headers["content-security-policy"] == API_POLICY


def test_a_request_id_that_makes_sense_is_kept_and_another_is_replaced(running: Running) -> None:
    kept = running.client.get("/health/live", headers={"X-Request-Id": "from-the-gateway-1"})
    replaced = running.client.get("/health/live", headers={"X-Request-Id": '{"forged": 1}'})

    assert kept.headers["x-request-id"] == "from-the-gateway-1"
    assert "forged" not in replaced.headers["x-request-id"]


# ---------------------------------------------------------------- two tabs


def test_two_tabs_with_the_same_version_change_a_cart_once(running: Running, buyer: Person, shop: Shop) -> None:
    goods = offer(shop, "Cup in two tabs", stock=50)
    choose(buyer, goods)
    seen = buyer.send("GET", "/v1/cart")
    line = seen.json()["groups"][0]["lines"][0]["line_id"]
    headers = buyer.headers | {"If-Match": seen.headers["etag"], "Content-Type": "application/json"}

    answers = at_once(
        running.port,
        [
            Request("PATCH", f"/v1/cart/lines/{line}", headers, json.dumps({"quantity": quantity}).encode())
            for quantity in (2, 3)
        ],
    )

    assert sorted((answer.status, answer.code) for answer in answers if answer.status != 200) == [
        (412, "kernel.stale_version")
    ]
    (winner,) = [answer for answer in answers if answer.status == 200]
    now = buyer.get("/v1/cart")
    assert now["version"] == winner.body["version"] == seen.json()["version"] + 1
    assert now["groups"] == winner.body["groups"]


def test_two_tabs_with_the_same_version_change_a_product_once(shop: Shop) -> None:
    goods = offer(shop, "Cup with two editors", stock=1)
    path = f"/v1/products/{goods.product_id}"
    tag = shop.owner.send("GET", path).headers["etag"]

    answers = [
        shop.owner.send("PATCH", path, json={"title": title}, headers={"If-Match": tag}) for title in ("One", "Two")
    ]

    assert answers[0].status_code == 200
    assert refused(answers[1]) == (412, "kernel.stale_version")
    assert shop.owner.get(path)["title"] == "One"


# ---------------------------------------------------------------- messages nobody signed


def message(number: int) -> bytes:
    """Return an event as the provider writes them."""
    thing = {"object": "payment", "reference": "pay_1"}
    event = {"id": f"evt_forged_{number}", "object": "event", "type": "payment.succeeded", "data": {"object": thing}}
    return json.dumps(event).encode()


def stamped(running: Running, body: bytes, *, seconds_ago: int = 0, secret: str | None = None) -> dict[str, str]:
    """Return the headers under which the provider would send it."""
    ours = SecretFiles(running.settings.data / "secrets")(SIGNING_NAME).hex()
    now = int(clock_of(running.settings).now().timestamp()) - seconds_ago
    return {
        "Content-Type": "application/json",
        signature.HEADER: signature.sign(body, secrets=[secret or ours], timestamp=now),
    }


@pytest.mark.parametrize("fault", ["no signature", "empty", "another secret", "old", "from the future", "one byte"])
def test_a_message_that_the_provider_did_not_just_sign_leaves_no_trace(running: Running, fault: str) -> None:
    body = message(1)
    headers = {
        "no signature": {"Content-Type": "application/json"},
        "empty": {"Content-Type": "application/json", signature.HEADER: ""},
        "another secret": stamped(running, body, secret="f" * 64),
        "old": stamped(running, body, seconds_ago=600),
        "from the future": stamped(running, body, seconds_ago=-600),
        "one byte": stamped(running, body),
    }[fault]
    if fault == "one byte":
        body = body.replace(b"pay_1", b"pay_2")
    before = count(running, "provider_messages")

    answer = running.client.post(HOOK, content=body, headers=headers)

    assert refused(answer) == (400, "kernel.invalid_signature")
    assert count(running, "provider_messages") == before


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b"null", b'{"id": 1}'])
def test_a_signed_message_that_is_no_event_is_refused(running: Running, body: bytes) -> None:
    before = count(running, "provider_messages")

    answer = running.client.post(HOOK, content=body, headers=stamped(running, body))

    assert refused(answer)[0] == 400
    assert count(running, "provider_messages") == before


def test_a_message_that_is_too_large_is_refused(running: Running) -> None:
    body = b" " * (MESSAGE_BYTES_MAX + 1)

    answer = running.client.post(HOOK, content=body, headers=stamped(running, body))

    assert refused(answer) == (413, "http.body_too_large")


def test_the_same_message_from_the_provider_is_kept_once(running: Running) -> None:
    body = message(2).replace(b"pay_1", b"other")

    answers = [running.client.post(HOOK, content=body, headers=stamped(running, body)) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [202, 200, 200]
    assert count(running, "provider_messages", "message_id = 'evt_forged_2'") == 1
