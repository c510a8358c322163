"""The terms of trade over HTTP: for operators only; every mistake is named; a key repeats the same answer."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from marketplace_core.app import Marketplace
from marketplace_core.bridges.policies import StoredTerms, TermsOfTrade
from marketplace_core.inmemory.machinery import InMemoryConsumedMessages, InMemoryIdempotencyKeys, InMemoryOutbox
from marketplace_core.inmemory.operations import InMemoryOperationsReader, InMemoryOperationsWork
from marketplace_core.inmemory.store import Store
from marketplace_core.operations import answers, handlers
from marketplace_core.pipeline import Pipeline
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_entrypoints.http.operations.policies import router
from tests.core.payments.till import ANN, OPERATOR
from tests.entrypoints.http.small_door import SmallDoor, open_door, problem

CHEAPER: dict[str, Any] = {"document": {"version": "2026-2", "commission_bps": 500}, "reason": "Cheaper."}


@pytest.fixture
async def door() -> AsyncIterator[SmallDoor]:
    store = Store(FrozenClock(), CountingIds())
    reader = InMemoryOperationsReader(store)
    terms = StoredTerms(began_with=TermsOfTrade(), reader=reader, clock=store.clock, max_hold=timedelta(days=90))
    keys, consumed = InMemoryIdempotencyKeys(store), InMemoryConsumedMessages(store)
    market = Marketplace(
        handlers=[
            handlers(
                begin=store.begin(InMemoryOperationsWork),
                reader=reader,
                in_use=terms,
                outbox=InMemoryOutbox(store),
                bus=None,
                clock=store.clock,
            )
        ],
        answers=[answers(reader=reader, in_use=terms, clock=store.clock)],
        reactions=[],
        timers=[],
        reconciliations=[],
        pipeline=Pipeline(clock=store.clock, keys=keys, consumed=consumed),
    )
    async with open_door(market, router, {"ann": ANN, "op": OPERATOR}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/policies", None),
        ("GET", "/v1/policies/current", None),
        ("GET", "/v1/policies/0", None),
        ("GET", "/v1/policies/0/changes", None),
        ("POST", "/v1/policies", CHEAPER),
        ("POST", "/v1/policies/0/return", {"reason": "Back."}),
    ],
)
async def test_only_operators_see_and_change_them(door: SmallDoor, method: str, path: str, body: Any) -> None:
    problem(await door.send(method, path, body, key="one-key-0001"), 401, "kernel.not_signed_in")
    problem(await door.send(method, path, body, key="one-key-0001", who="ann"), 403, "kernel.not_allowed")


async def test_terms_are_used_compared_and_returned_to(door: SmallDoor) -> None:
    used = await door.send("POST", "/v1/policies", CHEAPER, key="one-key-0001", who="op")
    again = await door.send("POST", "/v1/policies", CHEAPER, key="one-key-0001", who="op")
    current = (await door.send("GET", "/v1/policies/current", who="op")).json()
    changed = (await door.send("GET", "/v1/policies/0/changes", who="op")).json()
    back = await door.send("POST", "/v1/policies/0/return", {"reason": "Back."}, key="one-key-0002", who="op")
    listed = (await door.send("GET", "/v1/policies", who="op")).json()["items"]

    assert (used.status_code, used.json()["number"], again.json()) == (201, 1, used.json())
    assert (current["document"]["commission_bps"], current["reason"]) == (500, "Cheaper.")
    assert [(one["key"], one["before"], one["after"]) for one in changed["changes"]] == [
        ("version", "2026-1", "2026-2"),
        ("commission_bps", 1_000, 500),
    ]
    assert back.json()["name"] == "2026-1"
    assert [(one["number"], one["reason"]) for one in listed] == [(2, "Back."), (1, "Cheaper.")]


async def test_mistakes_are_named(door: SmallDoor) -> None:
    wrong = {"document": {"version": "2", "colour": "red", "claim_window": 3}}
    refused = problem(
        await door.send("POST", "/v1/policies", {**wrong, "reason": "x"}, key="one-key-0001", who="op"),
        422,
        "payments.malformed_policy",
    )
    checked = problem(await door.send("POST", "/v1/policy-checks", wrong), 422, "payments.malformed_policy")
    sound = await door.send("POST", "/v1/policy-checks", {"document": CHEAPER["document"]})
    problem(await door.send("GET", "/v1/policies/4", who="op"), 404, "operations.policy_not_found")
    nested = {"document": {"version": "2", "claim_window": {"days": 3}}, "reason": "x"}

    assert len(refused["flaws"]) == 2
    assert checked["flaws"] == refused["flaws"]
    assert (sound.status_code, sound.json()["document"]["claim_window"]) == (200, "P14D")
    assert (await door.send("POST", "/v1/policies", nested, key="one-key-0003", who="op")).status_code == 422
    assert (await door.send("GET", "/v1/policies", who="op")).json()["items"] == []
