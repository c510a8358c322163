"""Whether the books are sound, over HTTP: found, mended by name, and money that stands still let go with a reason."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import Response

from marketplace_core.payments import JournalKind
from marketplace_core.testing.payments import euros
from marketplace_entrypoints.http.payments.router import router
from tests.core.payments.test_brakes import corrupt
from tests.core.payments.test_mending import forget
from tests.core.payments.till import ANN, OPERATOR, Till, a_till
from tests.entrypoints.http.small_door import SmallDoor, open_door, problem


@pytest.fixture
async def till() -> Till:
    till = a_till()
    await till.paid()
    return till


@pytest.fixture
async def door(till: Till) -> AsyncIterator[SmallDoor]:
    async with open_door(till.market, router, {"ann": ANN, "op": OPERATOR}) as opened:
        yield opened


async def correct(door: SmallDoor, *names: str, key: str = "some-key-0001") -> tuple[int, object]:
    """Post proposals by name, for a reason."""
    headers = {"Authorization": "Bearer op", "Idempotency-Key": key}
    answer = await door.client.post(
        "/v1/ledger/corrections", json={"names": list(names)}, headers=headers, params={"reason": "As proposed."}
    )
    return answer.status_code, answer.json()


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/ledger/diagnosis", None),
        ("GET", "/v1/ledger/comparison", None),
        ("POST", "/v1/ledger/inspection", None),
        ("POST", "/v1/ledger/catch-up", {}),
        ("POST", "/v1/ledger/liquidity", None),
        ("GET", "/v1/ledger/brakes", None),
        ("POST", "/v1/ledger/brakes/audit/release", {"note": "x"}),
    ],
)
async def test_only_operators_look(door: SmallDoor, method: str, path: str, body: object) -> None:
    problem(await door.send(method, path, body), 401, "kernel.not_signed_in")
    problem(await door.send(method, path, body, who="ann"), 403, "kernel.not_allowed")


async def test_what_the_books_lack_is_proposed_and_posted_once_by_name(door: SmallDoor, till: Till) -> None:
    assert (await door.send("GET", "/v1/ledger/diagnosis", who="op")).json() == {"violations": [], "proposals": []}
    forget(till, JournalKind.PROVIDER_FEE)
    found = (await door.send("GET", "/v1/ledger/diagnosis", who="op")).json()
    (proposal,) = found["proposals"]

    assert [one["check"] for one in found["violations"]] == ["fee_is_booked"]
    assert proposal["subject"] == found["violations"][0]["subject"]
    assert [leg["debit"] for leg in proposal["transfers"]] == ["psp_fees:EUR"]
    assert await correct(door, proposal["name"]) == (200, {"names": [proposal["name"]]})
    status, said = await correct(door, proposal["name"], key="some-key-0002")
    assert (status, said["code"]) == (404, "payments.proposal_not_found")  # type: ignore[index]
    assert (await door.send("GET", "/v1/ledger/diagnosis", who="op")).json() == {"violations": [], "proposals": []}


async def test_money_that_stands_still_is_seen_and_let_go_with_a_reason(door: SmallDoor, till: Till) -> None:
    sound = (await door.send("POST", "/v1/ledger/inspection", who="op")).json()
    corrupt(till)
    inspected = (await door.send("POST", "/v1/ledger/inspection", who="op")).json()
    (brake,) = (await door.send("GET", "/v1/ledger/brakes", who="op")).json()["items"]
    mute = await door.send("POST", "/v1/ledger/brakes/audit/release", {"note": ""}, who="op")

    released = (await door.send("POST", "/v1/ledger/brakes/audit/release", {"note": "Known."}, who="op")).json()
    again = await door.send("POST", "/v1/ledger/brakes/audit/release", {"note": "Known."}, who="op")

    assert (sound["stands_still"], inspected["stands_still"]) == (False, True)
    assert (brake["cause"], brake["released_at"]) == ("audit", None)
    assert "balance_drift escrow:sor_bob:EUR" in brake["findings"]
    assert mute.status_code == 422
    assert [(one["note"], one["released_by"]) for one in released["items"]] == [("Known.", OPERATOR.principal)]
    problem(again, 404, "payments.brake_not_found")


async def test_both_books_are_compared(door: SmallDoor, till: Till) -> None:
    same = (await door.send("GET", "/v1/ledger/comparison", who="op")).json()
    till.provider.balances["platform", "EUR"] += 1
    (found,) = (await door.send("GET", "/v1/ledger/comparison", who="op")).json()["discrepancies"]

    assert (same["provider"], same["discrepancies"]) == ("inmemory", [])
    assert (found["kind"], found["entry"]) == ("balance_differs", "balance")
    assert found["theirs"]["amount"]["amount_minor"] == found["ours"]["amount"]["amount_minor"] + 1


async def test_what_was_found_is_kept(door: SmallDoor, till: Till) -> None:
    never = await door.send("GET", "/v1/ledger/comparison/last", who="op")
    till.provider.balances["platform", "EUR"] += 1
    made = (await door.send("POST", "/v1/ledger/comparison", who="op")).json()
    kept = (await door.send("GET", "/v1/ledger/comparison/last", who="op")).json()

    problem(never, 404, "payments.never_compared")
    assert (kept["counts"], kept["fresh"]) == ({"balance_differs": 1}, ["balance_differs platform EUR"])
    assert (kept["discrepancies"], kept["compared_by"]) == (made["discrepancies"], OPERATOR.principal)


async def test_what_no_message_told_is_asked_for(door: SmallDoor, till: Till) -> None:
    (payment,) = till.provider.all_payments
    till.network.open(payment, euros(1_000))

    found = (await door.send("POST", "/v1/ledger/catch-up", {}, who="op")).json()
    again = (await door.send("POST", "/v1/ledger/catch-up", {"since": "2020-01-01T00:00:00Z"}, who="op")).json()
    vague = await door.send("POST", "/v1/ledger/catch-up", {"since": "2020-01-01T00:00:00"}, who="op")

    assert (found["found"], found["new"]) == (1, 1)
    assert (again["since"], again["found"], again["new"]) == ("2020-01-01T00:00:00Z", 1, 0)
    assert vague.status_code == 422


async def test_a_balance_that_does_not_reach_stops_payouts_until_it_does(door: SmallDoor, till: Till) -> None:
    async def looked() -> Any:
        return (await door.send("POST", "/v1/ledger/liquidity", who="op")).json()

    enough = await looked()
    till.provider.balances["platform", "EUR"] -= 1
    short = await looked()
    (brake,) = (await door.send("GET", "/v1/ledger/brakes", who="op")).json()["items"]
    till.provider.balances["platform", "EUR"] += 1
    again = await looked()

    (cover,) = short["covers"]
    assert [one["missing"]["amount_minor"] for one in enough["covers"]] == [0]
    assert cover["owed"]["amount_minor"] == cover["held"]["amount_minor"] + 1
    assert cover["missing"] == {"amount_minor": 1, "currency": "EUR"}
    assert (brake["cause"], brake["findings"]) == ("liquidity", ["liquidity EUR"])
    assert [one["stands_still"] for one in (enough, short, again)] == [False, True, False]


async def test_a_payout_run_that_the_balance_does_not_reach_for_is_refused_until_it_does(
    door: SmallDoor, till: Till
) -> None:
    async def run(key: str) -> Response:
        headers = {"Authorization": "Bearer op", "Idempotency-Key": key}
        return await door.client.post("/v1/payout-runs", headers=headers)

    till.provider.balances["platform", "EUR"] -= 1
    refused = await run("some-key-0001")
    till.provider.balances["platform", "EUR"] += 1
    same_key = await run("some-key-0001")

    problem(refused, 503, "payments.paused")
    assert int(refused.headers["Retry-After"]) > 0
    assert (same_key.status_code, same_key.json()) == (200, {"payouts": []})
