"""Every webhook and every event, again and again: what happened once has happened once."""

import json
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final
from uuid import uuid4

import httpx
import pytest
from attrs import define, evolve, field

from marketplace_adapters.fakepay.plugin import SIGNING_NAME
from marketplace_adapters.fakepay.provider import signature
from marketplace_adapters.sqlalchemy.codec import decode, event_type
from marketplace_core.app import Marketplace
from marketplace_core.dispatch import Dispatcher
from marketplace_core.kernel.ids import EventId
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.kernel.messages import Envelope
from marketplace_core.kernel.outbox import EventPublisher
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from marketplace_entrypoints.http.app import create_app
from marketplace_entrypoints.http.routes import ROUTERS
from tests.entrypoints.running.people import Person, appoint, join
from tests.entrypoints.running.processes import Make, Running
from tests.entrypoints.running.records import business, changed, charges, mails, rows
from tests.entrypoints.running.trade import DECLINED_CARD, Shop, add_category, fresh_key, offer, open_shop, order, pay

DAYS_PAST_EVERY_HOLD: Final = 20
DAY_SECONDS: Final = 86_400


@define
class Stutter(EventPublisher):
    """Brings every event twice."""

    market: Marketplace
    brought: list[Envelope] = field(factory=list)

    async def publish(self, envelope: Envelope) -> None:
        """Bring it, and bring it again."""
        self.brought.append(envelope)
        await self.market.react(envelope)
        await self.market.react(envelope)


@define
class Work:
    """What a worker does, by hand, on the data folder of a running server."""

    opened: OpenMarketplace
    dispatcher: Dispatcher
    stutter: Stutter

    async def settle(self) -> None:
        """Do everything that is due."""
        while await self.opened.provider_housekeeping() + await self.dispatcher.settle():
            pass


@define
class Journey:
    """Who took part, and the order that was bought, shipped, received and paid out."""

    operator: Person
    buyer: Person
    shops: Sequence[Shop]
    order_id: str


@pytest.fixture
def running(marketplaces: Make) -> Running:
    """Return a marketplace with a server and no worker."""
    made = marketplaces()
    made.start_server()
    return made


@pytest.fixture
def operator(running: Running) -> Person:
    return appoint(running, "Operator")


@pytest.fixture
async def work(running: Running, operator: Person) -> AsyncIterator[Work]:
    async with open_marketplace(running.settings) as opened:
        stutter = Stutter(opened.market)
        yield Work(opened, evolve(opened.dispatcher, publisher=stutter), stutter)


async def travel(running: Running, operator: Person, work: Work) -> Journey:
    """Sell two things of two shops to one buyer, until the sellers have their money; a second order is declined."""
    add_category(operator)
    shops = [open_shop(operator, name) for name in ("Clay and Co", "Tea House")]
    goods = [offer(shop, "Something", price_minor=2_500, stock=5) for shop in shops]
    await work.settle()
    buyer = join(running, "Anna")
    placed = order(buyer, *goods)
    pay(buyer, placed)
    unlucky = join(running, "Bert")
    pay(unlucky, order(unlucky, *goods), card=DECLINED_CARD)
    await work.settle()
    owners = {shop.seller_id: shop.owner for shop in shops}
    for part in placed["seller_orders"]:
        path = f"/v1/seller-orders/{part['seller_order_id']}"
        owners[part["seller_id"]].do("POST", f"{path}/shipment", json={"carrier": "DHL", "tracking": "00340434"})
        await work.settle()
        buyer.do("POST", f"{path}/receipt")
        await work.settle()
    running.pass_time(DAYS_PAST_EVERY_HOLD * DAY_SECONDS)
    await work.settle()
    operator.do("POST", "/v1/payout-runs", headers={"Idempotency-Key": fresh_key()})
    await work.settle()
    running.pass_time(DAY_SECONDS)
    await work.settle()
    return Journey(operator, buyer, shops, placed["order_id"])


def happened_once(running: Running, journey: Journey) -> None:
    """Everybody was told once and has what is theirs, to the cent."""
    view = journey.buyer.get(f"/v1/orders/{journey.order_id}")
    owners = {shop.owner.email: 1 for shop in journey.shops}
    assert charges(running, journey.order_id) == [view["total"]["amount_minor"]]
    assert mails(running, "order_confirmation") == {journey.buyer.email: 1}
    assert mails(running, "shipped") == {journey.buyer.email: len(journey.shops)}
    assert mails(running, "new_order") == owners
    assert mails(running, "paid_out") == owners
    balance = journey.operator.get("/v1/ledger/trial-balance")
    assert [one["amount_minor"] for one in balance["sums"]] == [0]
    assert journey.operator.get("/v1/ledger/audit") == {"violations": []}


def envelopes(running: Running) -> list[Envelope]:
    """Return every event there ever was, the oldest first."""
    columns = "event_id, topic, payload, aggregate_type, aggregate_id, aggregate_seq, occurred_at, actor, cause"
    found = rows(running, f"SELECT {columns} FROM outbox ORDER BY id")
    return [
        Envelope(
            event_id=EventId(event_id),
            event=decode(json.loads(payload), event_type(topic)),
            aggregate_type=aggregate_type,
            aggregate_id=aggregate_id,
            sequence=sequence,
            occurred_at=occurred_at,
            actor=actor,
            cause=cause,
        )
        for event_id, topic, payload, aggregate_type, aggregate_id, sequence, occurred_at, actor, cause in found
    ]


def messages(running: Running) -> list[ProviderMessage]:
    """Return every message the provider ever sent, the oldest first."""
    found = rows(running, "SELECT provider, message_id, type, subject, reference, raw FROM provider_messages")
    names = ("provider", "message_id", "type", "subject", "reference", "raw")
    return [ProviderMessage(**dict(zip(names, row, strict=True))) for row in found]


def youngest_aggregates_first(sent: list[Envelope]) -> list[Envelope]:
    """Turn the order of the aggregates around, and keep the order within each."""
    groups: dict[str, list[Envelope]] = {}
    for envelope in sent:
        groups.setdefault(f"{envelope.aggregate_type} {envelope.aggregate_id}", []).append(envelope)
    return [envelope for group in reversed(groups.values()) for envelope in group]


class Postman:
    """Posts signed messages to the door in this process."""

    def __init__(self, opened: OpenMarketplace, client: httpx.AsyncClient) -> None:
        self._opened = opened
        self._client = client

    async def post(self, raw: bytes) -> int:
        """Sign and post; return the status."""
        around = self._opened.adapters.around
        secret, now = around.secret(SIGNING_NAME).hex(), int(around.clock.now().timestamp())
        headers = {
            "Content-Type": "application/json",
            signature.HEADER: signature.sign(raw, secrets=[secret], timestamp=now),
        }
        return (await self._client.post("/v1/webhooks/fakepay", content=raw, headers=headers)).status_code


@pytest.fixture
async def postman(work: Work) -> AsyncIterator[Postman]:
    transport = httpx.ASGITransport(create_app(work.opened, routers=ROUTERS))
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        yield Postman(work.opened, client)


def named_anew(raw: bytes) -> bytes:
    """Return the provider's message under another id, as a second event about the same change."""
    event: dict[str, Any] = json.loads(raw)
    return json.dumps(event | {"id": f"evt_{uuid4().hex}"}).encode()


async def test_whatever_arrives_again_after_a_whole_journey_changes_nothing(
    running: Running, operator: Person, work: Work, postman: Postman
) -> None:
    journey = await travel(running, operator, work)
    happened_once(running, journey)
    events, told = envelopes(running), messages(running)
    assert {envelope.event_id for envelope in work.stutter.brought} == {envelope.event_id for envelope in events}
    assert {message.subject for message in told} >= {"payment", "payout"}
    before = business(running)

    for envelope in [*events, *events, *youngest_aggregates_first(events)]:
        await work.opened.market.react(envelope)
    for message in [*told, *told, *reversed(told)]:
        await work.opened.market.reconcile(message)
    again = [await postman.post(message.raw) for message in [*told, *told]]
    renamed = [await postman.post(named_anew(message.raw)) for message in reversed(told)]
    await work.settle()

    assert set(again) == {200}
    assert set(renamed) == {202}
    assert changed(running, before) == set()
    assert len(envelopes(running)) == len(events), "an event was caused by what had been handled"
    happened_once(running, journey)
