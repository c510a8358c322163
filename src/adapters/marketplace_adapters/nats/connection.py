"""One connection to JetStream, made when it is first needed and made anew after every trouble.

Reconnecting is ours and not the client library's: after a reconnection the streams and consumers may be gone, so they
are looked after whenever a connection is made.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final

from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DeliverPolicy,
    DiscardPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
)
from nats.js.errors import NotFoundError
from pydantic import BaseModel, ConfigDict, Field

from marketplace_core.kernel.bus import BusTooOld, BusUnavailable
from marketplace_core.kernel.contracts import NAMESPACE

OLDEST: Final = (2, 10, 23)
"""Servers before this one lose messages of a stream that is synchronised at every write, or their consumers' place."""
ADVISORY: Final = "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES"
CLOSE_SECONDS: Final = 1.0
RETRY_SECONDS: Final = 0.25
"""How long nobody tries to connect after it went wrong."""
TROUBLE: Final = (NatsError, OSError, asyncio.TimeoutError, EOFError, ValueError)
"""What the client library raises when the server is away, slow, or talks rubbish."""


class NatsSettings(BaseModel):
    """Where the server is and how the marketplace uses it.

    ``servers`` are one or more addresses with commas between them, ``credentials`` a file of NATS credentials.
    ``replicas`` is how many servers of a cluster keep the stream, ``stream`` its name, ``max_age_days`` how long it
    keeps events. What a worker has taken and is not done with after ``ack_wait_seconds`` is offered again, ``offers``
    times in all. ``timeout_seconds`` is how long the server has to answer, ``wait_seconds`` how long a worker waits
    for messages.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    servers: str = "nats://127.0.0.1:4222"
    credentials: Path | None = None
    stream: str = Field(default="MARKETPLACE", pattern=r"^[A-Z0-9_]{1,40}$")
    replicas: int = Field(default=1, ge=1, le=5)
    max_age_days: float = Field(default=14, gt=0)
    duplicate_window_seconds: float = Field(default=600, gt=0)
    ack_wait_seconds: float = Field(default=60, gt=0)
    offers: int = Field(default=5, ge=2, le=20)
    timeout_seconds: float = Field(default=5, gt=0)
    wait_seconds: float = Field(default=1, gt=0)
    advisories_seconds: float = Field(default=5, ge=0)
    """How often the server is asked for what it has given up."""
    consumer: str = Field(default="reactions", pattern=r"^[a-z0-9_-]{1,40}$")

    @property
    def advisories(self) -> str:
        """The stream that keeps what the server tells of messages it gave up."""
        return f"{self.stream}_ADVISORIES"


class Line:
    """What an open connection offers: the context to publish with, and what there is to take."""

    def __init__(self, client: Client, settings: NatsSettings) -> None:
        self.client = client
        self.jetstream = client.jetstream(timeout=settings.timeout_seconds)
        self._settings = settings
        self.events: JetStreamContext.PullSubscription
        self.advisories: JetStreamContext.PullSubscription

    async def prepare(self) -> None:
        """Make sure that streams and consumers are there as they should be, and subscribe."""
        settings = self._settings
        await self._stream(
            settings.stream,
            subjects=[f"{NAMESPACE}.>"],
            max_age=settings.max_age_days * 86_400,
            duplicate_window=settings.duplicate_window_seconds,
        )
        await self._stream(
            settings.advisories, subjects=[f"{ADVISORY}.{settings.stream}.*"], max_age=settings.max_age_days * 86_400
        )
        self.events = await self._consumer(
            settings.stream, ack_wait=settings.ack_wait_seconds, max_deliver=settings.offers, max_ack_pending=1_000
        )
        self.advisories = await self._consumer(settings.advisories, ack_wait=settings.ack_wait_seconds)

    async def _stream(self, name: str, **wanted: Any) -> None:
        config = StreamConfig(
            name=name,
            retention=RetentionPolicy.LIMITS,
            discard=DiscardPolicy.OLD,
            storage=StorageType.FILE,
            num_replicas=self._settings.replicas,
            **wanted,
        )
        try:
            present = (await self.jetstream.stream_info(name)).config
        except NotFoundError:
            await self.jetstream.add_stream(config)
            return
        if any(getattr(present, field) != value for field, value in wanted.items()):
            await self.jetstream.update_stream(config)

    async def _consumer(self, stream: str, **wanted: Any) -> JetStreamContext.PullSubscription:
        name = self._settings.consumer
        config = ConsumerConfig(
            durable_name=name, ack_policy=AckPolicy.EXPLICIT, deliver_policy=DeliverPolicy.ALL, **wanted
        )
        await self.jetstream.add_consumer(stream, config)  # the same again changes nothing
        return await self.jetstream.pull_subscribe_bind(consumer=name, stream=stream)


class NatsConnection:
    """Lends out the line, and makes a new one when the old one is of no use."""

    def __init__(self, settings: NatsSettings) -> None:
        self.settings = settings
        self._line: Line | None = None
        self._connecting = asyncio.Lock()
        self._failed_at = -RETRY_SECONDS
        self._was_up = False

    @asynccontextmanager
    async def line(self) -> AsyncGenerator[Line]:
        """Lend the line. Trouble inside ends it and is raised as ``BusUnavailable``; raises ``BusTooOld``."""
        line = await self._present()
        try:
            yield line
        except TROUBLE as trouble:
            await self._drop(line)
            raise BusUnavailable(f"NATS did not answer as it should: {type(trouble).__name__} {trouble}") from trouble

    @property
    def state(self) -> str:
        """How it is, as far as is known without asking."""
        if self._line is not None and self._line.client.is_connected:
            return "up"
        return "degraded" if not self._was_up and self._failed_at < 0 else "down"

    async def close(self) -> None:
        """End the connection."""
        if self._line is not None:
            await self._drop(self._line)

    async def _present(self) -> Line:
        async with self._connecting:
            if self._line is not None and self._line.client.is_connected:
                return self._line
            if self._line is not None:
                await self._drop(self._line)
            if asyncio.get_running_loop().time() - self._failed_at < RETRY_SECONDS:
                raise BusUnavailable("NATS was not to be reached a moment ago.")
            self._line = await self._connected()
            self._was_up = True
            return self._line

    async def _connected(self) -> Line:
        client = Client()
        try:
            async with asyncio.timeout(self.settings.timeout_seconds):
                await client.connect(
                    [server.strip() for server in self.settings.servers.split(",")],
                    name="marketplace",
                    allow_reconnect=False,
                    max_reconnect_attempts=1,
                    reconnect_time_wait=0,
                    connect_timeout=max(1, int(self.settings.timeout_seconds)),
                    ping_interval=5,
                    max_outstanding_pings=2,
                    error_cb=_unheard,
                    user_credentials=str(self.settings.credentials) if self.settings.credentials else None,
                )
                _refuse_old(client)
                line = Line(client, self.settings)
                await line.prepare()
        except TROUBLE as trouble:
            self._failed_at = asyncio.get_running_loop().time()
            await _closed(client)
            raise BusUnavailable(f"NATS cannot be reached: {type(trouble).__name__} {trouble}") from trouble
        except BaseException:
            await _closed(client)
            raise
        return line

    async def _drop(self, line: Line) -> None:
        if self._line is line:
            self._line = None
        await _closed(line.client)


def _refuse_old(client: Client) -> None:
    version = client.connected_server_version
    if (version.major, version.minor, version.patch) < OLDEST:
        raise BusTooOld(
            f"The NATS server is of version {version}; below {'.'.join(map(str, OLDEST))} messages may be lost.",
            version=str(version),
        )


async def _closed(client: Client) -> None:
    with suppress(*TROUBLE, asyncio.CancelledError):
        async with asyncio.timeout(CLOSE_SECONDS):
            await client.close()


async def _unheard(trouble: Exception) -> None:
    """Leave it to whoever waits for an answer: they are told."""
