"""Machines whose clocks differ by twenty minutes, and one that is set back by an hour: nothing comes early or twice.

On PostgreSQL, whose server says what time it is.
"""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from marketplace_entrypoints.composition.surroundings import clock_of
from tests.coherence import assert_coherent
from tests.databases import BESIDE, Postgres, folders_on_postgres
from tests.entrypoints.running.people import appoint, join
from tests.entrypoints.running.processes import Running, until
from tests.entrypoints.running.records import count, rows
from tests.entrypoints.running.trade import add_category, offer, open_shop, order, pay
from tests.skewed import skewed

pytestmark = pytest.mark.long
FAST: Final = 600.0
SLOW: Final = -600.0
BEFORE: Final = timedelta(minutes=5)
ROUNDS_SECONDS: Final = 1.5
"""A worker looks ten times a second."""


class Machines:
    """A server and a worker on a machine that is fast, and a worker on one that is slow."""

    def __init__(self, folder: Path) -> None:
        self.fast, self.slow = folder / "fast", folder / "slow"
        self.fast.write_text(str(FAST))
        self.slow.write_text(str(SLOW))
        self.running = Running(folder, begin=skewed(self.fast))
        self.other = Running(folder, begin=skewed(self.slow))

    def start(self) -> None:
        self.running.start_server()
        self.running.start_worker()
        self.other.start_worker()

    def close(self) -> None:
        self.running.close()
        self.other.close()

    def go_to(self, moment: str, *, short_of: timedelta) -> None:
        """Move everybody's time to so long before a moment."""
        ahead = datetime.fromisoformat(moment) - clock_of(self.running.settings).now() - short_of
        self.running.pass_time(ahead.total_seconds())


@pytest.fixture
def machines(postgres: Postgres, tmp_path: Path) -> Iterator[Machines]:
    with folders_on_postgres(postgres) as assign:
        assign(tmp_path / "data")
        made = Machines(tmp_path)
        try:
            made.start()
            yield made
            assert_coherent(tmp_path / "data")
        finally:
            made.close()
            (tmp_path / "data" / BESIDE).unlink()


def due(running: Running, kind: str) -> str:
    """Wait for the one timer of a kind; return when it is due."""
    asked = "SELECT due_at FROM deadlines WHERE kind = ?"
    until(lambda: len(rows(running, asked, kind)) == 1, what=f"there is one timer {kind}")
    ((moment,),) = rows(running, asked, kind)
    return str(moment)


def test_money_is_released_and_orders_expire_at_the_servers_time_and_once(machines: Machines) -> None:
    running = machines.running
    operator = appoint(running, "Operator")
    add_category(operator)
    shop = open_shop(operator, "Clay and Co")
    goods = offer(shop, "A cup", stock=5)
    buyer = join(running, "Anna")

    unpaid = order(buyer, goods)
    expiry = due(running, "orders.pay_by")
    machines.go_to(expiry, short_of=BEFORE)
    time.sleep(ROUNDS_SECONDS)
    assert buyer.get(f"/v1/orders/{unpaid['order_id']}")["state"] == "pending_payment"

    placed = order(buyer, goods)
    pay(buyer, placed)
    until(lambda: buyer.get(f"/v1/orders/{placed['order_id']}")["state"] == "confirmed", what="a message is believed")
    (part,) = placed["seller_orders"]
    path = f"/v1/seller-orders/{part['seller_order_id']}"
    shop.owner.do("POST", f"{path}/shipment", json={"carrier": "Post", "tracking": "T1"})
    shop.owner.do("POST", f"{path}/delivery")
    release = due(running, "payments.release")
    machines.go_to(release, short_of=BEFORE)
    machines.fast.write_text("-3600")
    until(lambda: buyer.get(f"/v1/orders/{unpaid['order_id']}")["state"] == "expired", what="the order has expired")
    time.sleep(ROUNDS_SECONDS)
    assert count(running, "ledger_journals", "kind = 'escrow_released'") == 0

    machines.running.pass_time((BEFORE + timedelta(seconds=5)).total_seconds())
    until(lambda: count(running, "ledger_journals", "kind = 'escrow_released'"), what="the money is released")
    time.sleep(ROUNDS_SECONDS)
    assert count(running, "ledger_journals", "kind = 'escrow_released'") == 1
    assert count(running, "outbox", "topic = 'OrderExpired'") == 1
    assert goods.stock()["level"]["available"] == 4
    assert operator.get("/v1/ledger/audit") == {"violations": []}
