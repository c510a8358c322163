"""One checkout, followed from the request through the command, the outbox, the bus and the worker to its effects."""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import nats
import pytest

from features.drivers.processes import Process, forked
from tests.adapters.nats.server import NatsServer
from tests.entrypoints.running.people import appoint, join
from tests.entrypoints.running.processes import Make, Running, until
from tests.entrypoints.running.records import mails, rows
from tests.entrypoints.running.trade import add_category, choose, fresh_key, offer, open_shop, order_body, pay

pytestmark = pytest.mark.slow
TRACE: Final = "4bf92f3577b34da6a3ce929d0e0e4736"
REQUEST_ID: Final = "the-order-of-anna"


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NatsServer]:
    server = NatsServer(tmp_path_factory.mktemp("nats"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def house(marketplaces: Make, bus: NatsServer) -> Running:
    def over_the_bus(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Process:
        more = {
            "MARKETPLACE_EVENT_BUS": "nats",
            "MARKETPLACE_ADAPTERS__NATS__SERVERS": bus.address,
            "MARKETPLACE_LOG_LEVEL": "debug",
        }
        return forked(command, {**environment, **more}, log)

    there = marketplaces()
    there.begin = over_the_bus
    there.start_server()
    there.worker = there.start("worker", "--loops", "outbox,events,catching-up", log=there.worker_log)
    return there


def lines(log: Path) -> list[dict[str, Any]]:
    """Return what a process has logged in the trace."""
    return [line for line in map(json.loads, log.read_text().splitlines()) if line.get("trace_id") == TRACE]


async def headers_on(bus: NatsServer) -> list[dict[str, str]]:
    """Return the headers of every message in the stream."""
    client = await nats.connect(bus.address)
    stream = client.jetstream()
    last = (await stream.stream_info("MARKETPLACE")).state.last_seq
    found = [(await stream.get_msg("MARKETPLACE", seq=number)).headers for number in range(1, last + 1)]
    await client.close()
    return [dict(headers or {}) for headers in found]


def test_a_checkout_is_one_trace_from_the_request_to_what_follows(house: Running, bus: NatsServer) -> None:
    operator = appoint(house, "Operator")
    add_category(operator)
    goods = offer(open_shop(operator, "Clay and Co"), "A cup", stock=3)
    buyer = join(house, "Anna")
    choose(buyer, goods)
    headers = {
        "Idempotency-Key": fresh_key(),
        "traceparent": f"00-{TRACE}-00f067aa0ba902b7-01",
        "X-Request-Id": REQUEST_ID,
    }

    placed = buyer.send("POST", "/v1/orders", json=order_body(buyer), headers=headers)

    assert placed.status_code == 201, placed.text
    pay(buyer, placed.json())
    payment = placed.json()["payment"]["payment_id"]
    seen = operator.send("POST", f"/v1/payments/{payment}/reconciliation", headers=headers)
    assert seen.status_code == 200, seen.text
    until(lambda: mails(house, "order_confirmation")[buyer.email] == 1, what="the confirmation is sent")
    said = lines(house.log)
    paths = ["/v1/orders", f"/v1/payments/{payment}/reconciliation"]
    assert [line["path"] for line in said if line["event"] == "request"] == paths
    assert {line["request_id"] for line in said} == {REQUEST_ID}
    assert {"PlaceOrder", "ReconcilePayment"} <= {line.get("message") for line in said}
    stored = dict(rows(house, "SELECT topic, trace FROM outbox WHERE trace LIKE ?", f"00-{TRACE}-%"))
    on_the_bus = {one["ce-type"]: one for one in asyncio.run(headers_on(bus)) if TRACE in one["traceparent"]}
    assert on_the_bus["marketplace.orders.v1.OrderPlaced"]["traceparent"] == stored["OrderPlaced"]
    assert {"OrderPlaced", "PaymentCaptured", "OrderConfirmed"} <= stored.keys()
    assert on_the_bus["marketplace.orders.v1.OrderConfirmed"]["traceparent"] == stored["OrderConfirmed"]
    done = {line.get("message") for line in lines(house.worker_log)}
    assert {"ConfirmOrder", "Notify"} <= done
    assert not {line["span_id"] for line in said} & {line["span_id"] for line in lines(house.worker_log)}
