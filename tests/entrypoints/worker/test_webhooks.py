"""A worker that is killed between a delivery and its record delivers again, under the same identifier."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.ids import DeliveryId, EndpointId
from marketplace_core.webhooks import (
    DeliveryState,
    DeliveryView,
    MakeEndpoint,
    SendTestEvent,
    ViewDelivery,
    ViewEndpointSecret,
    signed,
)
from marketplace_core.webhooks.domain.delivery import LEASE
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.composition.surroundings import ShiftedClock
from tests.programs import Program

OPERATOR = Actor(principal="operator:test", roles=frozenset({Role.OPERATOR}))


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something to become true."""
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it did not happen"
        time.sleep(0.05)


@contextmanager
def a_worker(data: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Have a worker of its own process."""
    environment = {
        **os.environ,
        "MARKETPLACE_DATA": str(data),
        "MARKETPLACE_CLOCK": "shifted",
        "MARKETPLACE_ADAPTERS__HTTPS__LOOPBACK": "true",
    }
    command = (sys.executable, "-m", "marketplace_entrypoints", "worker")
    with (data / "worker.log").open("ab") as log, subprocess.Popen(command, env=environment, stderr=log) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.slow
async def test_a_crash_between_delivery_and_record_delivers_again_under_the_same_identifier(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", clock="shifted", adapters={"https": {"loopback": True}})
    with Program(slow=True).listening() as program:
        async with open_marketplace(settings) as opened:
            market = opened.market
            made = MakeEndpoint(seller_id=None, url=program.url)
            endpoint_id: EndpointId = await market.execute(made, by=OPERATOR)
            secret = await market.ask(ViewEndpointSecret(endpoint_id=endpoint_id), by=OPERATOR)
            delivery_id: DeliveryId = await market.execute(SendTestEvent(endpoint_id=endpoint_id), by=OPERATOR)

            with a_worker(settings.data) as worker:
                until(lambda: len(program.heard) == 1)
                worker.send_signal(signal.SIGKILL)
                assert worker.wait() == -signal.SIGKILL
            before = await _delivery(opened, delivery_id)
            program.slow = False
            ShiftedClock(settings.data / "clock-shift").advance(LEASE.total_seconds())
            with a_worker(settings.data) as worker:
                until(lambda: len(program.heard) == 2)
                worker.send_signal(signal.SIGTERM)  # it finishes what is under way
                assert worker.wait() == 0
            after = await _delivery(opened, delivery_id)

    (first, body), (second, again) = program.heard
    assert (before.state, before.attempts) == (DeliveryState.QUEUED, 1)
    assert (after.state, after.attempts, after.status) == (DeliveryState.DELIVERED, 2, 204)
    assert (first["webhook-id"], body) == (second["webhook-id"], again)
    for headers in (first, second):
        at = _moment(headers["webhook-timestamp"])
        assert headers["webhook-signature"] == signed(headers["webhook-id"], at, body, [secret])["webhook-signature"]


def _moment(seconds: str) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


async def _delivery(opened: OpenMarketplace, delivery_id: DeliveryId) -> DeliveryView:
    found: DeliveryView = await opened.market.ask(ViewDelivery(delivery_id=delivery_id), by=OPERATOR)
    return found
