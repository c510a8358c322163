"""The plugin: ``nats`` in the group ``marketplace_core.event_bus``."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from marketplace_adapters.nats.bus import NatsEventBus
from marketplace_adapters.nats.connection import NatsConnection, NatsSettings
from marketplace_core.kernel.bus import EventBus
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings


@asynccontextmanager
async def _opened(settings: NatsSettings, around: Surroundings) -> AsyncGenerator[EventBus | None]:
    connection = NatsConnection(settings)
    try:
        yield NatsEventBus(connection, source=around.base_url)
    finally:
        await connection.close()


plugin: Final = AdapterPlugin(
    summary="NATS JetStream: events as protobuf contracts in CloudEvents, for several workers and for other programs",
    settings=NatsSettings,
    open=_opened,
)
