"""Dead letters and acts over HTTP: for operators only, and what is not there is refused."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from marketplace_core.app import Marketplace
from marketplace_core.bridges.policies import StoredTerms, TermsOfTrade
from marketplace_core.inmemory.machinery import InMemoryConsumedMessages, InMemoryIdempotencyKeys, InMemoryInbox
from marketplace_core.inmemory.operations import InMemoryOperationsReader, InMemoryOperationsWork
from marketplace_core.inmemory.store import Store
from marketplace_core.operations import answers, handlers
from marketplace_core.pipeline import Pipeline
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.operations import MESSAGE
from marketplace_entrypoints.http.operations.router import router
from tests.core.payments.till import ANN, OPERATOR
from tests.entrypoints.http.small_door import SmallDoor, open_door, problem

LETTER = "message:fakepay:evt:1"


@pytest.fixture
def store() -> Store:
    return Store(FrozenClock(), CountingIds())


@pytest.fixture
async def door(store: Store) -> AsyncIterator[SmallDoor]:
    keys, consumed = InMemoryIdempotencyKeys(store), InMemoryConsumedMessages(store)
    reader, clock = InMemoryOperationsReader(store), store.clock
    terms = StoredTerms(began_with=TermsOfTrade(), reader=reader, clock=clock, max_hold=timedelta(days=90))
    market = Marketplace(
        handlers=[handlers(begin=store.begin(InMemoryOperationsWork), in_use=terms, clock=clock)],
        answers=[answers(reader=reader, in_use=terms)],
        reactions=[],
        timers=[],
        reconciliations=[],
        pipeline=Pipeline(clock=store.clock, keys=keys, consumed=consumed),
    )
    inbox = InMemoryInbox(store)
    await inbox.remember(MESSAGE, store.clock.now())
    await inbox.failed(MESSAGE, "ValueError: what", None)
    async with open_door(market, router, {"ann": ANN, "op": OPERATOR}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/dead-letters"),
        ("POST", f"/v1/dead-letters/{LETTER}/replay"),
        ("POST", f"/v1/dead-letters/{LETTER}/discard"),
        ("GET", "/v1/acts"),
    ],
)
async def test_only_operators_look_after_them(door: SmallDoor, method: str, path: str) -> None:
    problem(await door.send(method, path), 401, "kernel.not_signed_in")
    problem(await door.send(method, path, who="ann"), 403, "kernel.not_allowed")


@pytest.mark.parametrize("what", ["replay", "discard"])
async def test_a_letter_is_taken_up_once_and_the_reason_is_kept(door: SmallDoor, what: str) -> None:
    (letter,) = (await door.send("GET", "/v1/dead-letters", who="op")).json()["items"]
    assert (letter["letter_id"], letter["type"], letter["attempts"]) == (LETTER, "refund.updated", 1)

    done = await door.send("POST", f"/v1/dead-letters/{LETTER}/{what}", who="op", reason="Mended.")

    assert done.status_code == 204
    assert (await door.send("GET", "/v1/dead-letters", who="op")).json()["items"] == []
    again = await door.send("POST", f"/v1/dead-letters/{LETTER}/{what}", who="op")
    problem(again, 404, "operations.dead_letter_not_found")
    (act,) = (await door.send("GET", "/v1/acts", who="op")).json()["items"]
    assert (act["command"], act["reason"]) == (f"{what.capitalize()}DeadLetter", "Mended.")
