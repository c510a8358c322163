"""Which servers are trusted, and what becomes of streams that somebody changed or removed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from nats.aio.client import Client

from features.drivers.names import free_port
from marketplace_adapters.nats.bus import NatsEventBus
from marketplace_adapters.nats.connection import NatsConnection, NatsSettings
from marketplace_core.kernel.bus import BusTooOld, BusUnavailable
from marketplace_core.testing.conformance.bus import all_taken, published
from tests.adapters.nats.server import NatsServer, until_ready


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[NatsEventBus]:
    connection = NatsConnection(NatsSettings(servers=address, timeout_seconds=15, wait_seconds=0.5))
    try:
        yield NatsEventBus(connection, source="https://market.example")
    finally:
        await connection.close()


@asynccontextmanager
async def pretender(version: str) -> AsyncIterator[str]:
    """Say hello as a server of some version would, and answer pings."""

    async def hello(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(
            b'INFO {"server_id":"X","version":"%s","headers":true,"max_payload":1048576}\r\n' % version.encode()
        )
        while line := await reader.readline():
            if line.startswith(b"PING"):
                writer.write(b"PONG\r\n")
        writer.close()

    port = free_port()
    server = await asyncio.start_server(hello, "127.0.0.1", port)
    try:
        yield f"nats://127.0.0.1:{port}"
    finally:
        server.close()


@pytest.mark.parametrize("version", ["2.9.10", "2.10.22", "1.4.1"])
async def test_a_server_that_is_known_to_lose_messages_is_refused(version: str) -> None:
    async with pretender(version) as address, opened(address) as bus:
        with pytest.raises(BusTooOld, match=version):
            await bus.ready()


async def test_a_server_that_is_not_there_is_said_to_be_away() -> None:
    async with opened(f"nats://127.0.0.1:{free_port()}") as bus:
        assert await bus.state() == "down"
        with pytest.raises(BusUnavailable):
            await bus.ready()


async def test_a_stream_that_somebody_removed_is_there_again_after_the_next_trouble(shared_server: NatsServer) -> None:
    async with opened(shared_server.address) as bus:
        await bus.publish(published(1))
        client = Client()
        await client.connect(shared_server.address)
        await client.jetstream().delete_stream("MARKETPLACE")
        await client.close()

        with pytest.raises(BusUnavailable):
            await bus.publish(published(2))
        await bus.publish(published(2))

        assert [one.envelope for one in await all_taken(bus)] == [published(2)]


async def test_what_is_stored_is_still_there_after_the_server_was_killed(shared_server: NatsServer) -> None:
    async with opened(shared_server.address) as bus:
        for number in range(10, 60):
            await bus.publish(published(number, product=f"prd_{number}"))
        shared_server.stop()
        shared_server.start()
        await until_ready(bus)

        assert len({one.event_id for one in await all_taken(bus)}) == 50
