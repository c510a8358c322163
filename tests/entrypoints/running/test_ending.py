"""Processes that are asked to end: nobody is cut off, and nothing stays taken."""

import json
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import httpx
import pytest

from features.drivers.processes import Process, executed, forked
from tests.entrypoints.running.people import appoint, join
from tests.entrypoints.running.processes import Make, Running, until
from tests.entrypoints.running.race import Request, halfway
from tests.entrypoints.running.records import at_rest, count, mails, rows
from tests.entrypoints.running.trade import add_category, offer, open_shop, order, pay

pytestmark = pytest.mark.slow
REQUESTS: Final = 50
BACKLOG: Final = 8
DRAIN_SECONDS: Final = 1.5
EXIT_SECONDS: Final = 20.0


def draining(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Process:
    """Start a process that goes on answering for a moment after it was asked to end."""
    return executed(command, {**environment, "MARKETPLACE_DRAIN_SECONDS": str(DRAIN_SECONDS)}, log)


@pytest.fixture(scope="module")
def house(marketplaces: Make) -> Running:
    return marketplaces()


def test_a_server_asked_to_end_says_so_at_once_and_cuts_none_of_fifty_requests_off(house: Running) -> None:
    house.begin = draining
    house.start_server()
    guest = Request("POST", "/v1/guests", {"Content-Type": "application/json"}, json.dumps({"locale": "en"}).encode())
    server = house.server
    assert server is not None

    with ExitStack() as stack:
        under_way = [stack.enter_context(halfway(house.port, guest)) for _ in range(REQUESTS)]
        asked_at = time.monotonic()
        server.terminate()
        until(lambda: house.client.get("/health/ready").status_code != 200, what="it has heard")
        ready = house.client.get("/health/ready")
        noticed_after = time.monotonic() - asked_at
        other = house.client.get("/v1/categories")
        for one in under_way:
            one.finish()
        answers = [one.answer() for one in under_way]
    code = server.wait(EXIT_SECONDS)
    ended_after = time.monotonic() - asked_at
    house.server = None

    assert [answer.status for answer in answers] == [201] * REQUESTS
    assert (ready.status_code, ready.json()["status"]) == (503, "leaving")
    assert noticed_after < DRAIN_SECONDS
    assert (other.status_code, other.headers["connection"]) == (200, "close")
    assert (code, ended_after < EXIT_SECONDS) == (0, True)
    with pytest.raises(httpx.TransportError):
        house.client.get("/health/live")


def test_a_worker_asked_to_end_in_a_backlog_holds_nothing_and_the_next_one_goes_on_at_once(house: Running) -> None:
    house.begin = forked
    house.start_server()
    operator = appoint(house, "Operator")
    add_category(operator)
    goods = offer(open_shop(operator, "Clay and Co"), "A cup", stock=1_000)
    buyer = join(house, "Buyer")
    for _ in range(BACKLOG):
        pay(buyer, order(buyer, goods))
    house.start_worker()
    until(lambda: count(house, "orders_orders", "state = 'confirmed'") > 0, what="it works", every_seconds=0.001)
    worker = house.worker
    assert worker is not None

    asked_at = time.monotonic()
    worker.terminate()
    code = worker.wait(EXIT_SECONDS)
    ended_after = time.monotonic() - asked_at
    was_at_rest = at_rest(house)
    taken = rows(house, "SELECT event_id FROM outbox WHERE attempts > 0 AND reacted_at IS NULL")
    house.start_worker()
    until(lambda: at_rest(house), what="everything that was due is done")
    house.kill_worker()

    assert (code, ended_after < EXIT_SECONDS) == (0, True)
    assert not was_at_rest, "it had nothing left to do"
    assert taken == []
    assert count(house, "orders_orders", "state = 'confirmed'") == BACKLOG
    assert mails(house, "order_confirmation")[buyer.email] == BACKLOG


def test_a_worker_does_only_the_loops_it_was_started_for(house: Running) -> None:
    house.begin = forked
    buyer = join(house, "Somebody new")
    log = house.folder / "one-loop.log"
    before = count(house, "outbox", "reacted_at IS NULL")

    only = house.start("worker", "--loops", "guests,audit", log=log)
    until(lambda: "working" in log.read_text(), what="it has begun")
    time.sleep(0.5)
    untouched = count(house, "outbox", "reacted_at IS NULL")
    only.terminate()
    code = only.wait(EXIT_SECONDS)

    (said,) = [line for line in map(json.loads, log.read_text().splitlines()) if line["event"] == "working"]
    assert said["loops"] == ["audit", "guests"]
    assert (before, untouched, code) == (before, before, 0)
    assert before > 0, buyer.name
