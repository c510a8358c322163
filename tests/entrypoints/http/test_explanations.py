"""Explanations and statements over HTTP: what concerns whom, and tables that do nothing in a spreadsheet."""

import csv
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from marketplace_entrypoints.http.payments.router import router
from marketplace_entrypoints.statements import harmless
from tests.core.payments.till import ANN, MALLORY, OPERATOR, Till, a_till
from tests.entrypoints.http.small_door import SmallDoor, open_door, problem
from tests.entrypoints.http.test_payments import SELLER_ADA

PEOPLE = {"ann": ANN, "mallory": MALLORY, "op": OPERATOR, "ada": SELLER_ADA}


@pytest.fixture
async def till() -> Till:
    till = a_till()
    await till.accounts()
    await till.paid()
    await till.deliver("sor_ada")
    await till.settle()
    await till.sweep()
    return till


@pytest.fixture
async def door(till: Till) -> AsyncIterator[SmallDoor]:
    async with open_door(till.market, router, PEOPLE) as opened:
        yield opened


async def test_everybody_is_told_where_their_money_is(door: SmallDoor) -> None:
    order = (await door.send("GET", "/v1/orders/ord_1/explanation", who="ann")).json()
    payout = (await door.send("GET", "/v1/payouts/pyt_0001/explanation", who="ada")).json()
    (balance,) = (await door.send("GET", "/v1/sellers/sel_ada/balance/explanation", who="ada")).json()["items"]
    commission = (await door.send("GET", "/v1/escrow/sor_ada/commission", who="op")).json()

    assert [(part["where"], part["amount"]["amount_minor"]) for part in order["parts"]] == [
        ("held", 3_500), ("seller", 6_500),
    ]  # fmt: skip
    assert order["total"]["amount_minor"] == 10_000
    assert [(part["about"], part["next"]) for part in payout["parts"]] == [("sor_ada", "send")]
    assert [(part["where"], part["amount"]["amount_minor"]) for part in balance["parts"]] == [("in_payout", 5_780)]
    assert commission["total"]["amount_minor"] == 720


@pytest.mark.parametrize(
    "path",
    [
        "orders/ord_1/explanation",
        "payouts/pyt_0001/explanation",
        "sellers/sel_ada/balance/explanation",
        "escrow/sor_ada/commission",
        "sellers/sel_ada/statement?currency=EUR&since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z",
        "sellers/sel_ada/statement.csv?currency=EUR&since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z",
    ],
)
async def test_what_is_foreign_is_not_explained(door: SmallDoor, path: str) -> None:
    problem(await door.send("GET", f"/v1/{path}"), 401, "kernel.not_signed_in")
    assert (await door.send("GET", f"/v1/{path}", who="mallory")).status_code in {403, 404}


async def test_a_statement_sums_up_as_json_and_as_a_table(door: SmallDoor, till: Till) -> None:
    now = till.clock.now()
    period = (
        f"currency=EUR&since={(now - timedelta(days=9)):%Y-%m-%dT%H:%M:%SZ}&until={now + timedelta(days=9):%Y-%m-%d}"
    )
    said = (await door.send("GET", f"/v1/sellers/sel_ada/statement?{period}", who="ada")).json()
    table = await door.send("GET", f"/v1/sellers/sel_ada/statement.csv?{period}", who="ada")
    backwards = "currency=EUR&since=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z"

    assert (said["opening"]["amount_minor"], said["movements"]["amount_minor"]) == (0, 5_780)
    assert said["closing"]["amount_minor"] == 5_780
    rows = list(csv.DictReader(table.text.splitlines()))
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert (rows[-1]["section"], rows[-1]["fact"], rows[-1]["balance"]) == ("all", "closing", "57.80")
    payable = [row for row in rows if row["section"] == "payable"]
    assert [row["amount"] for row in payable] == ["", "57.80", "-57.80", ""]
    refused = await door.send("GET", f"/v1/sellers/sel_ada/statement?{backwards}", who="ada")
    problem(refused, 422, "payments.malformed_statement")


@pytest.mark.parametrize("word", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_word_that_a_spreadsheet_would_carry_out_is_made_harmless(word: str) -> None:
    assert harmless(word) == f"'{word}"
    assert harmless("sor_1") == "sor_1"
