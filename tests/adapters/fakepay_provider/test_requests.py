from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from marketplace_adapters.fakepay.provider.books import Books
from tests.adapters.fakepay_provider.shop import SUCCESS, Shop, code_of, connect

PAYMENT: dict[str, Any] = {"amount_minor": 500, "currency": "EUR", "reference": "p"}
MERCHANT_ROUTES = [
    ("POST", "/v1/payments"),
    ("GET", "/v1/payments"),
    ("GET", "/v1/payments/x"),
    ("POST", "/v1/payments/x/cancel"),
    ("POST", "/v1/accounts"),
    ("GET", "/v1/accounts"),
    ("GET", "/v1/accounts/x"),
    ("POST", "/v1/transfers"),
    ("GET", "/v1/transfers"),
    ("GET", "/v1/transfers/x"),
    ("POST", "/v1/payouts"),
    ("GET", "/v1/payouts"),
    ("GET", "/v1/payouts/x"),
    ("GET", "/v1/balance"),
    ("GET", "/v1/balance-transactions"),
    ("GET", "/v1/events"),
]


@pytest.mark.parametrize(("method", "path"), MERCHANT_ROUTES)
@pytest.mark.parametrize("authorization", [None, "Bearer wrong", "Bearer ", "Basic test-api-key", "test-api-key"])
async def test_nobody_does_a_merchants_work_without_the_key(
    shop: Shop, method: str, path: str, authorization: str | None
) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}

    refused = await shop.browser.request(method, path, headers=headers)

    assert (refused.status_code, code_of(refused)) == (401, "invalid_api_key")
    assert refused.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount_minor": 0},
        {"amount_minor": -1},
        {"amount_minor": 10**12 + 1},
        {"amount_minor": 1.5},
        {"amount_minor": "500"},
        {"amount_minor": True},
        {"amount_minor": None},
        {"currency": "EURO"},
        {"currency": "12€"},
        {"currency": None},
        {"reference": ""},
        {"reference": None},
        {"reference": "r" * 201},
        {"reference": "null\x00byte"},
        {"reference": 7},
        {"transfer_group": ""},
        {"metadata": []},
        {"metadata": {"k": 1}},
        {"metadata": {"": "v"}},
        {"metadata": {"k" * 41: "v"}},
        {"metadata": {"k": "v" * 501}},
        {"metadata": {f"k{number}": "v" for number in range(51)}},
        {"amonut": 1},
    ],
)
async def test_a_wrong_field_is_refused_and_creates_nothing(shop: Shop, wrong: dict[str, Any]) -> None:
    refused = await shop.post("/v1/payments", **{**PAYMENT, **wrong})

    assert refused.status_code == 422
    assert code_of(refused) in {"invalid_field", "missing_field", "unknown_field"}
    assert await shop.event_types() == []


@pytest.mark.parametrize(
    ("content", "content_type", "status", "code"),
    [
        (b"{", "application/json", 400, "invalid_json"),
        (b"[]", "application/json", 400, "invalid_json"),
        (b"\xff", "application/json", 400, "invalid_json"),
        (b'{"amount_minor": NaN}', "application/json", 400, "invalid_json"),
        (b'{"amount_minor": ' + b"9" * 5_000 + b"}", "application/json", 400, "invalid_json"),
        (b'{"a":' + b"[" * 60_000, "application/json", 400, "invalid_json"),
        (b'{"reference":"\\ud800","amount_minor":1,"currency":"EUR"}', "application/json", 422, "invalid_field"),
        (b'{"metadata":{"k":"\\ud800"},"amount_minor":1,"currency":"EUR","reference":"r"}', "application/json", 422,
         "invalid_field"),
        (b"amount_minor=1", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
        (b"{" + b" " * 65_536, "application/json", 413, "body_too_large"),
    ],
)  # fmt: skip
async def test_a_body_that_is_no_small_json_object_is_refused(
    shop: Shop, content: bytes, content_type: str, status: int, code: str
) -> None:
    headers = {"Content-Type": content_type, "Idempotency-Key": "k"}

    refused = await shop.server.post("/v1/payments", content=content, headers=headers)

    assert (refused.status_code, code_of(refused)) == (status, code)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"limit": "0"}, "invalid_field"),
        ({"limit": "101"}, "invalid_field"),
        ({"limit": "-1"}, "invalid_field"),
        ({"limit": "ten"}, "invalid_field"),
        ({"after": "fp_txn_unknown"}, "invalid_cursor"),
        ({"befor": "x"}, "unknown_field"),
    ],
)
@pytest.mark.parametrize("path", ["/v1/events", "/v1/balance-transactions", "/v1/payments"])
async def test_a_wrong_query_is_refused(shop: Shop, path: str, query: dict[str, str], code: str) -> None:
    refused = await shop.server.get(path, params=query)

    assert (refused.status_code, code_of(refused)) == (422, code)


async def test_unknown_routes_and_methods_answer_in_the_same_shape(shop: Shop) -> None:
    unknown = await shop.server.get("/v1/refund-everything")
    wrong_method = await shop.server.delete("/v1/payments")

    assert (unknown.status_code, code_of(unknown)) == (404, "unknown_route")
    assert (wrong_method.status_code, code_of(wrong_method)) == (405, "method_not_allowed")


async def test_a_provider_whose_books_stay_locked_says_when_to_come_back(shop: Shop, books_path: Path) -> None:
    payment = await shop.new_payment()
    impatient = evolve(shop.provider, books=Books(books_path, busy_timeout_seconds=0.05))

    with shop.provider.writing():
        async with connect(impatient) as server:
            refused = await server.post(f"/v1/payments/{payment['id']}/cancel")
    impatient.close()

    assert (refused.status_code, code_of(refused), refused.headers["retry-after"]) == (503, "books_busy", "1")
    assert (await shop.cancel(payment)).status_code == 200


async def test_a_browser_on_another_origin_may_pay_and_nothing_else(shop: Shop) -> None:
    payment = await shop.new_payment()
    asks = {
        "Origin": "https://shop.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    path = f"/v1/payments/{payment['id']}"

    allowed = await shop.browser.options(f"{path}/confirm", headers=asks)
    not_allowed = await shop.browser.options(f"{path}/cancel", headers=asks)
    shop.browser.headers["Origin"] = "https://shop.example"
    paid = await shop.confirm(payment, SUCCESS)
    refused = await shop.confirm(payment, "4111111111111111")

    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == "*"
    assert not_allowed.status_code == 405
    assert "access-control-allow-origin" not in not_allowed.headers
    assert paid.headers["access-control-allow-origin"] == "*"
    assert refused.headers["access-control-allow-origin"] == "*"


async def test_lists_are_paged_from_the_oldest_on_and_miss_nothing(shop: Shop) -> None:
    made = [(await shop.new_payment())["id"] for _ in range(5)]

    first = await shop.get("/v1/payments", limit="2")
    second = await shop.get("/v1/payments", limit="2", after=first["data"][-1]["id"])
    third = await shop.get("/v1/payments", limit="2", after=second["data"][-1]["id"])
    whole = await shop.get("/v1/payments", limit="5")

    assert [one["id"] for page in (first, second, third) for one in page["data"]] == made
    assert [page["has_more"] for page in (first, second, third)] == [True, True, False]
    assert ([one["id"] for one in whole["data"]], whole["has_more"]) == (made, False)


async def test_anybody_may_ask_whether_it_is_alive(shop: Shop) -> None:
    async with connect(shop.provider, api_key=None) as anybody:
        answered = await anybody.get("/v1/health")

    assert (answered.status_code, answered.json()) == (200, {"status": "ok"})
