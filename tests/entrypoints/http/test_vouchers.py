"""Vouchers over HTTP: made, entered, ordered with, stopped, and every refusal as a problem document."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from marketplace_core.orders import FlatRate, FlatTaxes
from marketplace_core.testing.conformance.orders import ANN, BOB
from tests.core.orders.house import GUITAR
from tests.entrypoints.http.orders_door import Door, open_door, problem

OURS = {"code": "welcome", "currency": "EUR", "amount_minor": 1_000}


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    async with open_door(taxes=FlatTaxes({"DK": FlatRate(rate_bps=2_500)})) as opened:
        yield opened


async def make(door: Door, who: str = "op", key: str = "make-0001", **changes: Any) -> httpx.Response:
    return await door.post("/v1/vouchers", OURS | changes, who, key)


async def enter(door: Door, code: str = "WELCOME", who: str = "ann", **changes: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {who}"}
    return await door.client.put("/v1/cart/voucher", headers=headers, json={"code": code} | changes)


async def test_a_voucher_is_made_entered_and_ordered_with(door: Door) -> None:
    made = await make(door, uses_max=3, valid_until="2030-01-01T00:00:00+01:00")
    assert made.status_code == 201, made.text
    entered = (await enter(door, country="DK")).json()
    quote = (await door.get("/v1/checkout/quote", country="DK")).json()
    placed = (await door.order(key="k-000001", quote_hash=quote["quote_hash"])).json()
    order = (await door.get(f"/v1/orders/{placed['order_id']}")).json()
    seen = (await door.get(made.headers["Location"], "op")).json()

    assert (made.status_code, made.json()["code"]) == (201, "WELCOME")
    assert datetime.fromisoformat(made.json()["limits"]["valid_until"]) == datetime(2029, 12, 31, 23, tzinfo=UTC)
    assert entered == quote
    assert order["totals"] == quote["totals"]
    assert {name: amount["amount_minor"] for name, amount in order["totals"].items()} == {
        "goods": 8_000, "discount": 1_000, "delivery": 490, "tax": 2_122, "fee": 0, "total": 9_612,
    }  # fmt: skip
    assert (order["voucher"], order["total"], placed["total"]) == ("WELCOME", quote["total"], quote["total"])
    ada = order["seller_orders"][0]
    assert (ada["total"]["amount_minor"], ada["price"]["amount_minor"]) == (2_490, 2_490 + 622 - 250)
    assert ada["pricing"]["tax"] == {
        "jurisdiction": "DK", "rate_bps": 2_500, "amount_minor": 622, "remitted_by": "platform",
    }  # fmt: skip
    assert seen["used"] == 1


async def test_another_country_than_the_quote_was_for_is_told_what_it_comes_to(door: Door) -> None:
    quote = (await door.get("/v1/checkout/quote", country="SE")).json()

    answer = await door.order(key="k-000001", quote_hash=quote["quote_hash"])

    told = problem(answer, 409, "orders.quote_changed")
    assert told["totals"]["tax_minor"] == 2_122
    assert told["totals"]["total_minor"] == told["total_minor"] == quote["total"]["amount_minor"] + 2_122


async def test_every_code_that_takes_nothing_off_gets_the_same_answer(door: Door) -> None:
    await make(door, code="DOLLARS", currency="USD")
    await make(door, code="MUCH", key="make-0002", minimum_minor=1_000_000)
    await make(door, code="LATER", key="make-0003", valid_from="2099-01-01T00:00:00Z")
    shop = await make(door, code="OTHERS", key="make-0004", seller_id="sel_cyd")
    assert shop.status_code == 201

    told = []
    for code in ("DOLLARS", "MUCH", "LATER", "OTHERS", "UNKNOWN"):
        document = problem(await enter(door, code), 409, "orders.voucher_not_applicable")
        told.append({name: value for name, value in document.items() if name != "request_id"})

    assert told == [told[0]] * 5


async def test_one_that_is_used_up_says_so(door: Door) -> None:
    await make(door, uses_per_buyer_max=1)
    await enter(door)
    assert (await door.order(key="k-000001", quote_hash=await quoted(door))).status_code == 201
    door.house.basket.fill("crt_0009", ANN, (GUITAR, 1))

    problem(await enter(door), 409, "orders.voucher_exhausted")


async def quoted(door: Door) -> str:
    return str((await door.get("/v1/checkout/quote", country="DK")).json()["quote_hash"])


async def test_taken_out_the_cart_costs_what_it_did(door: Door) -> None:
    plain = (await door.get("/v1/checkout/quote")).json()
    await make(door)
    await enter(door)

    for _ in range(2):
        gone = await door.client.delete("/v1/cart/voucher", headers={"Authorization": "Bearer ann"})
        assert (gone.status_code, gone.content) == (204, b"")

    assert (await door.get("/v1/checkout/quote")).json()["total"] == plain["total"]


async def test_a_shop_lists_and_stops_its_own(door: Door) -> None:
    made = (await make(door, "bob", seller_id=BOB)).json()
    await make(door, code="OURS", key="make-0002")

    mine = (await door.get("/v1/vouchers", "bob", seller_id=BOB)).json()
    stopped = (await door.post(f"/v1/vouchers/{made['voucher_id']}/stop", None, "bob")).json()

    assert ([one["code"] for one in mine["items"]], mine["next_cursor"]) == (["WELCOME"], None)
    assert stopped["stopped_at"]
    problem(await door.get(f"/v1/vouchers/{made['voucher_id']}", "ada"), 404, "orders.voucher_not_found")
    problem(await door.post(f"/v1/vouchers/{made['voucher_id']}/stop", None, "ada"), 404, "orders.voucher_not_found")
    problem(await door.get("/v1/vouchers", "ada", seller_id=BOB), 404, "kernel.not_found")
    problem(await door.get("/v1/vouchers", "ada"), 403, "kernel.not_allowed")
    problem(await make(door, "ann", key="make-0003", code="ANNS"), 403, "kernel.not_allowed")
    problem(await make(door, key="make-0004"), 409, "orders.voucher_code_taken")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"percent_bps": 1}, 422),
        ({"amount_minor": None}, 422),
        ({"amount_minor": 0}, 422),
        ({"amount_minor": 1.5}, 422),
        ({"amount_minor": True}, 422),
        ({"currency": "eur"}, 422),
        ({"code": "a b"}, 422),
        ({"valid_until": "2020-01-01T00:00:00Z"}, 422),
        ({"valid_until": "2099-01-01T00:00:00"}, 422),
        ({"seller_id": BOB, "used": 3}, 422),
    ],
)
async def test_a_voucher_that_makes_no_sense_is_refused(door: Door, changes: dict[str, Any], status: int) -> None:
    answer = await make(door, **changes)

    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
