"""Dead letters and acts over HTTP: for operators only, and what is not there is refused."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from marketplace_core.app import Marketplace
from marketplace_core.bridges.policies import StoredTerms, TermsOfTrade
from marketplace_core.inmemory.bus import InMemoryEventBus
from marketplace_core.inmemory.machinery import (
    InMemoryConsumedMessages,
    InMemoryIdempotencyKeys,
    InMemoryInbox,
    InMemoryOutbox,
)
from marketplace_core.inmemory.operations import InMemoryOperationsReader, InMemoryOperationsWork
from marketplace_core.inmemory.store import Store, StoredEvent
from marketplace_core.operations import answers, handlers
from marketplace_core.pipeline import Pipeline
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.bus import published
from marketplace_core.testing.conformance.operations import MESSAGE
from marketplace_core.testing.queues import give_up
from marketplace_entrypoints.http.operations.router import router
from tests.core.payments.till import ANN, OPERATOR
from tests.entrypoints.http.small_door import SmallDoor, open_door, problem

LETTER = "message:fakepay:evt:1"


@pytest.fixture
def store() -> Store:
    return Store(FrozenClock(), CountingIds())


@pytest.fixture
def bus(store: Store) -> InMemoryEventBus:
    return InMemoryEventBus(store.clock)


@pytest.fixture
async def door(store: Store, bus: InMemoryEventBus) -> AsyncIterator[SmallDoor]:
    begin = store.begin(InMemoryOperationsWork)
    keys, consumed = InMemoryIdempotencyKeys(store), InMemoryConsumedMessages(store)
    reader, clock = InMemoryOperationsReader(store), store.clock
    terms = StoredTerms(began_with=TermsOfTrade(), reader=reader, clock=clock, max_hold=timedelta(days=90))
    market = Marketplace(
        handlers=[
            handlers(begin=begin, reader=reader, in_use=terms, outbox=InMemoryOutbox(store), bus=bus, clock=clock)
        ],
        answers=[answers(reader=reader, in_use=terms, clock=clock)],
        reactions=[],
        timers=[],
        reconciliations=[],
        pipeline=Pipeline(clock=store.clock, keys=keys, consumed=consumed),
    )
    await give_up(InMemoryInbox(store), MESSAGE, store.clock.now(), "ValueError: what")
    async with open_door(market, router, {"ann": ANN, "op": OPERATOR}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/dead-letters"),
        ("POST", f"/v1/dead-letters/{LETTER}/replay"),
        ("POST", f"/v1/dead-letters/{LETTER}/discard"),
        ("GET", "/v1/acts"),
        ("POST", "/v1/events/rebuild"),
    ],
)
async def test_only_operators_look_after_them(door: SmallDoor, method: str, path: str) -> None:
    body = {"since": "2026-01-01T00:00:00Z"} if path.endswith("rebuild") else None
    problem(await door.send(method, path, body), 401, "kernel.not_signed_in")
    problem(await door.send(method, path, body, who="ann"), 403, "kernel.not_allowed")


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


async def test_events_that_a_bus_has_lost_are_given_to_it_again_in_order(
    store: Store, bus: InMemoryEventBus, door: SmallDoor
) -> None:
    outbox, sent = InMemoryOutbox(store), [published(1), published(2, sequence=2), published(3, product="prd_2")]
    for envelope in sent:
        store.table("outbox").put(envelope.event_id, StoredEvent(envelope=envelope))
    await outbox.published([envelope.event_id for envelope in sent[:2]], store.clock.now())

    async def rebuilt(since: str) -> int:
        answer = await door.send("POST", "/v1/events/rebuild", {"since": since}, who="op", reason="The disk broke.")
        assert answer.status_code == 200
        events: int = answer.json()["events"]
        return events

    assert await rebuilt("2026-01-02T03:04:06Z") == 0
    assert await rebuilt("2026-01-02T03:04:05Z") == 2

    assert [message.envelope for message in bus.messages] == sent[:2]
    (act, _) = (await door.send("GET", "/v1/acts", who="op")).json()["items"]
    assert (act["command"], act["reason"]) == ("PublishEventsAnew", "The disk broke.")
    bus.away = True
    answer = await door.send("POST", "/v1/events/rebuild", {"since": "2026-01-01T00:00:00Z"}, who="op", reason="Again.")
    problem(answer, 503, "kernel.bus_unavailable")
    problem(await door.send("POST", "/v1/events/rebuild", {"since": "today"}, who="op"), 422, "http.invalid_request")


async def test_what_is_stuck_is_told_with_what_moves_it_next(door: SmallDoor) -> None:
    found = (await door.send("GET", "/v1/undelivered?older_than_seconds=60", who="op")).json()

    assert found["older_than_seconds"] == 60
    assert found["backlogs"] == [
        {
            "consumer": "inbox:fakepay",
            "type": "refund.updated",
            "waiting": 0,
            "retried": 0,
            "given_up": 1,
            "oldest_at": found["looked_at"],
            "error": "ValueError: what",
        }
    ]
    assert [(one["letter_id"], one["moved_by"]) for one in found["letters"]] == [(LETTER, "person")]


@pytest.mark.parametrize(
    ("who", "query", "status"),
    [("ann", "", 403), (None, "", 401), ("op", "?older_than_seconds=-1", 422), ("op", "?limit=0", 422)],
)
async def test_what_is_stuck_is_for_operators_who_ask_sensibly(
    door: SmallDoor, who: str | None, query: str, status: int
) -> None:
    assert (await door.send("GET", f"/v1/undelivered{query}", who=who)).status_code == status
