"""NATS keeps the promises of a bus, on the real server."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from attrs import define, field
from nats.aio.client import Client

from marketplace_adapters.nats.bus import NatsEventBus
from marketplace_adapters.nats.connection import NatsConnection, NatsSettings
from marketplace_core.kernel.ids import EventId
from marketplace_core.testing.conformance.bus import EventBusConformance
from tests.adapters.nats.server import NatsServer, until_ready
from tests.conformance import Met

ACK_WAIT_SECONDS = 1.5


@define
class NatsLine:
    server: NatsServer
    settings: NatsSettings
    bus: NatsEventBus
    connections: list[NatsConnection] = field(factory=list)

    async def another(self) -> NatsEventBus:
        connection = NatsConnection(self.settings)
        self.connections.append(connection)
        return NatsEventBus(connection, source="https://market.example")

    async def until_offered_again(self) -> None:
        await asyncio.sleep(ACK_WAIT_SECONDS * 1.2)

    async def rubbish(self, event_id: EventId | None) -> None:
        client = Client()
        await client.connect(self.server.address)
        headers = {"ce-id": event_id, "ce-specversion": "1.0"} if event_id else {"x": "y"}
        await client.jetstream().publish("marketplace.rubbish", b"\xff\xff", headers=headers)
        await client.close()

    async def go_away(self) -> None:
        self.server.stop()

    async def come_back(self) -> None:
        self.server.start()
        await until_ready(self.bus)


@pytest.fixture
async def line(shared_server: NatsServer, met: Met) -> AsyncIterator[NatsLine]:
    met("NATS", shared_server.version)
    settings = NatsSettings(
        servers=shared_server.address,
        ack_wait_seconds=ACK_WAIT_SECONDS,
        timeout_seconds=15,
        wait_seconds=0.5,
        advisories_seconds=0,
    )
    line = NatsLine(shared_server, settings, None)  # type: ignore[arg-type]
    line.bus = await line.another()
    await line.bus.ready()
    yield line
    for connection in line.connections:
        await connection.close()
    shared_server.stop()
    shared_server.wipe()
    shared_server.start()


class TestNatsEventBus(EventBusConformance):
    @pytest.fixture
    def line(self, line: NatsLine) -> NatsLine:
        return line
