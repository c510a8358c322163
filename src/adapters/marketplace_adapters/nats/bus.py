"""The event bus on JetStream."""

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, final

from nats.aio.msg import Msg
from nats.js.api import Header
from nats.js.errors import NotFoundError

from marketplace_adapters.nats.connection import TROUBLE, NatsConnection
from marketplace_adapters.nats.envelopes import UnreadableMessage, attributes_of, read, written
from marketplace_adapters.protobuf import contract_of
from marketplace_core.kernel.bus import BusUnavailable, Delivery, EventBus
from marketplace_core.kernel.ids import EventId
from marketplace_core.kernel.messages import Envelope

GIVEN_UP_AT_ONCE: Final = 20
GIVEN_UP_WAIT_SECONDS: Final = 0.1
READY_SECONDS: Final = 2
"""How long the server has to answer whether it is there."""


@final
class NatsEventBus(EventBus):
    """Publishes on the subject that the contract is called, and takes through one durable consumer.

    The message id is the event's, so that the server drops what comes twice within its window.
    """

    def __init__(self, connection: NatsConnection, *, source: str) -> None:
        self._connection = connection
        self._source = source
        self._asked_at: float | None = None
        self._told: Sequence[Msg] = ()

    async def publish(self, envelope: Envelope, *, anew: str = "") -> None:
        """Publish it and wait until the stream has stored it."""
        headers, body = written(envelope, self._source)
        headers[Header.MSG_ID] = f"{envelope.event_id}{anew}"
        subject = contract_of(type(envelope.event))
        async with self._connection.line() as line:
            await line.jetstream.publish(subject, body, headers=headers, stream=self._connection.settings.stream)

    async def take(self, limit: int) -> Sequence[Delivery]:
        """Fetch from the durable consumer."""
        async with self._connection.line() as line:
            try:
                messages = await line.events.fetch(limit, timeout=self._connection.settings.wait_seconds)
            except TimeoutError:  # nats-py raises its own kind of it, or the bare one when time ran out inside
                if not line.client.is_connected:
                    raise
                return ()
            return [_delivery(message) for message in messages]

    async def done(self, delivery: Delivery) -> None:
        """Acknowledge it; an acknowledgement that is lost is no more than another offer."""
        assert isinstance(delivery.receipt, Msg)
        with suppress(*TROUBLE):
            await delivery.receipt.ack()

    async def given_up(self) -> Sequence[EventId]:
        """Read what the server tells of messages that it stopped offering; acknowledged when asked the next time."""
        now, settings = asyncio.get_running_loop().time(), self._connection.settings
        if self._asked_at is not None and now - self._asked_at < settings.advisories_seconds:
            return ()
        self._asked_at = now
        async with self._connection.line() as line:
            for message in self._told:
                await message.ack()
            self._told = ()
            try:
                advisories = await line.advisories.fetch(GIVEN_UP_AT_ONCE, timeout=GIVEN_UP_WAIT_SECONDS)
            except TimeoutError:
                return ()
            self._told = advisories
            names: list[EventId] = []
            for advisory in advisories:
                with suppress(NotFoundError):
                    sequence = int(json.loads(advisory.data)["stream_seq"])
                    lost = await line.jetstream.get_msg(settings.stream, sequence)
                    if name := attributes_of(lost.headers).get("id"):
                        names.append(EventId(name))
            return names

    async def ready(self) -> None:
        """Connect, and ask whether the other side is there."""
        async with self._connection.line() as line:
            await line.client.flush(READY_SECONDS)

    async def state(self) -> str:
        """Tell how the connection is."""
        if self._connection.state == "degraded":
            with suppress(BusUnavailable):
                await self.ready()
        return self._connection.state


def _delivery(message: Msg) -> Delivery:
    try:
        envelope = read(message.headers, message.data)
    except UnreadableMessage as wrong:
        name = attributes_of(message.headers).get("id")
        return Delivery(
            receipt=message, event_id=EventId(name) if name else None, envelope=None, complaint=wrong.message
        )
    return Delivery(receipt=message, event_id=envelope.event_id, envelope=envelope)
