"""Webhooks in memory pass the conformance classes of webhooks."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from marketplace_core.bridges.events_for_webhooks import OutboxEvents
from marketplace_core.identity import SellerApplied, SellerClosed, UserRegistered
from marketplace_core.inmemory.machinery import InMemoryOutbox
from marketplace_core.inmemory.store import Store, StoredEvent, Table
from marketplace_core.inmemory.webhooks import InMemoryWebhookSender, InMemoryWebhooksReader, InMemoryWebhooksWork
from marketplace_core.kernel.ids import EventId, SellerId, UserId
from marketplace_core.kernel.messages import Envelope, Event
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.webhooks import (
    NOW,
    TEAS,
    Arrived,
    DeliveriesConformance,
    EndpointsConformance,
    EventsGround,
    PublicEventsConformance,
    SenderGround,
    SigningSecretsConformance,
    WebhookSenderConformance,
    WebhooksGround,
    WebhooksReaderConformance,
)
from marketplace_core.webhooks import Undelivered
from marketplace_core.webhooks.ports import Answer, DerivedSecrets


def the_ground() -> WebhooksGround:
    store = Store(FrozenClock(), CountingIds())
    return WebhooksGround(begin=store.begin(InMemoryWebhooksWork), reader=InMemoryWebhooksReader(store))


class TestInMemoryEndpoints(EndpointsConformance):
    @pytest.fixture
    def ground(self) -> WebhooksGround:
        return the_ground()


class TestInMemoryDeliveries(DeliveriesConformance):
    @pytest.fixture
    def ground(self) -> WebhooksGround:
        return the_ground()


class TestInMemoryWebhooksReader(WebhooksReaderConformance):
    @pytest.fixture
    def ground(self) -> WebhooksGround:
        return the_ground()


class TestDerivedSecrets(SigningSecretsConformance):
    @pytest.fixture
    def secrets(self) -> DerivedSecrets:
        return DerivedSecrets(b"a secret of thirty-two bytes ...")


class TestOutboxEvents(PublicEventsConformance):
    @pytest.fixture
    def ground(self) -> EventsGround:
        store = Store(FrozenClock(), CountingIds())
        told: tuple[Event, ...] = (
            SellerApplied(seller_id=TEAS, user_id=UserId("usr_0001"), name="Teas", slug="teas"),
            SellerClosed(seller_id=SellerId("sel_0002")),
            UserRegistered(user_id=UserId("usr_0001"), name="Ann", locale="en"),
        )
        envelopes = [
            Envelope(
                event_id=EventId(f"evt_{minute:04d}"),
                event=event,
                aggregate_type="Thing",
                aggregate_id=f"thing_{minute}",
                sequence=1,
                occurred_at=NOW + timedelta(minutes=minute),
                actor="system",
            )
            for minute, event in enumerate(told)
        ]
        outbox: Table[StoredEvent] = store.table("outbox")
        for envelope in envelopes:
            outbox.put(envelope.event_id, StoredEvent(envelope=envelope, published_at=envelope.occurred_at))
        return EventsGround(events=OutboxEvents(InMemoryOutbox(store)), envelopes=envelopes, seller_id=TEAS)


class TestInMemoryWebhookSender(WebhookSenderConformance):
    @pytest.fixture
    def ground(self) -> SenderGround:
        broken, silent = "https://broken.example", "https://silent.example"
        sender = InMemoryWebhookSender(
            outcomes={broken: [Answer(status=500, text="no")], silent: [Undelivered("No answer.")]},
            forbidden={"https://inside.example"},
        )

        async def arrived() -> Sequence[Arrived]:
            return [Arrived(headers=one.headers, body=one.body) for one in sender.posted]

        return SenderGround(
            sender=sender,
            takes="https://takes.example/hooks",
            broken=broken,
            silent=silent,
            forbidden="https://inside.example",
            arrived=arrived,
        )
