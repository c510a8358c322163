"""Where races are run: two servers over one marketplace, and people who press at the same moment."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final
from uuid import uuid4

import httpx
from attrs import define, evolve, field

from marketplace_core.dispatch import Dispatcher
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from tests.entrypoints.running.people import Person, appoint, good, join, newcomer
from tests.entrypoints.running.processes import Running
from tests.entrypoints.running.race import Answer, Request, at_once
from tests.entrypoints.running.records import rows
from tests.entrypoints.running.trade import (
    Goods,
    Shop,
    add_category,
    at_provider,
    fresh_key,
    offer,
    open_shop,
    order,
    pay,
)

RIVALS: Final = 8
"""How many want the same thing at the same moment."""


@define(eq=False)
class Ground:
    """A marketplace behind two doors; nobody works in the background unless a race starts somebody."""

    running: Running
    ports: tuple[int, ...]
    operator: Person
    second: Person
    shop: Shop
    other_shop: Shop
    goods: list[Goods] = field(factory=list)

    def request(self, person: Person | None, method: str, path: str, body: Any = None, key: str = "") -> Request:
        """Write a request in somebody's name, under a fresh key unless one is given."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": key or fresh_key()}
        headers |= {} if person is None else person.headers
        return Request(method, path, headers, b"" if body is None else json.dumps(body).encode())

    def rush(self, *requests: Request) -> list[Answer]:
        """Send all last bytes at once, through all doors in turn. Whoever comes too late is refused in words."""
        spread = [evolve(one, port=self.ports[index % len(self.ports)]) for index, one in enumerate(requests)]
        answers = at_once(self.running.port, spread)
        assert max(answer.status for answer in answers) < httpx.codes.INTERNAL_SERVER_ERROR, outcomes(answers)
        return answers

    def thing(self, shop: Shop | None = None, *, price_minor: int = 10_000, stock: int = 50) -> Goods:
        """Put something new on a shelf."""
        return offer(shop or self.shop, f"Thing {uuid4().hex[:8]}", price_minor=price_minor, stock=stock)

    def anybody(self) -> Person:
        """Have somebody join."""
        return newcomer(self.running)

    def paid(self, buyer: Person, *goods: Goods) -> Any:
        """Have an order paid, and everything booked."""
        placed = order(buyer, *goods)
        pay(buyer, placed)
        self.work()
        return buyer.get(f"/v1/orders/{placed['order_id']}")

    def delivered(self, buyer: Person, *goods: Goods) -> Any:
        """Have an order paid, sent, and its money released."""
        placed = self.paid(buyer, *goods)
        for part in placed["seller_orders"]:
            owner = next(one.owner for one in (self.shop, self.other_shop) if one.seller_id == part["seller_id"])
            path = f"/v1/seller-orders/{part['seller_order_id']}"
            owner.do("POST", f"{path}/shipment", json={"carrier": "Post", "tracking": "T1"})
            buyer.do("POST", f"{path}/receipt")
        self.work()
        return buyer.get(f"/v1/orders/{placed['order_id']}")

    def at_provider(self, path: str, body: dict[str, Any] | None = None, method: str = "POST") -> Any:
        """Ask the provider, or make something happen there."""
        return at_provider(self.running, path, body, method)

    def work(self, workers: int = 1) -> None:
        """Let so many workers, each with everything of its own, do what is due, all at once."""
        asyncio.run(_work(self.running, workers))

    def count(self, statement: str, *values: Any) -> int:
        """Ask the marketplace's database for a number."""
        ((number,),) = rows(self.running, statement, *values)
        return int(number or 0)

    def journals(self, kind: str, source: str = "%") -> int:
        """Count journals of a kind about something."""
        return self.count("SELECT count(*) FROM ledger_journals WHERE kind = ? AND source_id LIKE ?", kind, source)

    def coherent(self) -> None:
        """Come to rest; the audit finds nothing, and our books have at the provider what the provider has of ours."""
        self.work()
        found = self.operator.get("/v1/ledger/audit")
        assert found == {"violations": []}, found
        assert self.at_provider("/v1/audit", method="GET")["sound"]
        there = sum(one["available_minor"] for one in self.at_provider("/v1/balance", method="GET")["balances"])
        ours = self.operator.get("/v1/ledger/trial-balance")["rows"]
        psp = sum(row["balance"]["amount_minor"] for row in ours if row["kind"] == "psp")
        assert psp == there, f"our books say {psp}, the provider {there}"


def outcomes(answers: Sequence[Answer]) -> Counter[str]:
    """Count answers by status, and refusals by their code."""
    return Counter(
        str(answer.status) if answer.status < httpx.codes.BAD_REQUEST else f"{answer.status} {answer.code}"
        for answer in answers
    )


async def _work(running: Running, workers: int) -> None:
    async def one(opened: OpenMarketplace) -> None:
        dispatcher: Dispatcher = opened.dispatcher
        while await opened.provider_housekeeping() + await dispatcher.settle():
            pass

    async with asyncio.TaskGroup() as group:
        for _ in range(workers):
            group.create_task(_opened(running, one))


async def _opened(running: Running, act: Callable[[OpenMarketplace], Any]) -> None:
    async with open_marketplace(running.settings) as opened:
        await act(opened)


@contextmanager
def open_ground(running: Running) -> Iterator[Ground]:
    """Start two servers; people come."""
    second = Running(running.folder)
    running.start_server()
    process = running.start("serve", "--port", str(second.port), log=running.log)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{second.port}", trust_env=False) as client:
            running.await_ready(process, client)
        operator, other = appoint(running, "Olga"), appoint(running, "Oskar")
        add_category(operator)
        shops = [open_shop(operator, name) for name in ("Clay and Co", "Wood and Wool")]
        ground = Ground(running, (running.port, second.port), operator, other, shops[0], shops[1])
        ground.work()
        yield ground
    finally:
        second.client.close()
        process.terminate()
        process.wait(30)


def guest_with(ground: Ground, goods: Goods) -> str:
    """Have a guest put something into a cart; return the guest's token."""
    session = good(ground.running.client.post("/v1/guests", json={}))
    token = str(session["access_token"])
    good(
        ground.running.client.post(
            "/v1/cart/lines",
            json={"offer_id": goods.offer_id, "quantity": 1},
            headers={"Authorization": f"Bearer {token}"},
        )
    )
    return token


def signed_in(ground: Ground) -> Any:
    """Have somebody sign in; return the session."""
    person = join(ground.running, f"Visitor {uuid4().hex[:8]}")
    return good(ground.running.client.post("/v1/sessions", json={"email": person.email, "password": person.password}))


def payment_of(placed: Any) -> str:
    """Return the identifier of an order's payment."""
    return str(placed["payment"]["payment_id"])
