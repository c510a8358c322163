"""Publish events anew: the bus has lost what it had, and others have to hear of it."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.bus import EventBus
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import EventId
from marketplace_core.kernel.messages import Command, Envelope
from marketplace_core.kernel.outbox import Outbox
from marketplace_core.kernel.work import Begin, outside_transaction
from marketplace_core.operations.domain.errors import NoEventBus
from marketplace_core.operations.ports import OperationsWork

AT_ONCE: Final = 200


@frozen(kw_only=True)
class PublishedAnew:
    """How many events the bus has been given again."""

    events: int


@frozen
class PublishEventsAnew(Command[PublishedAnew]):
    """Give the event bus again what has occurred since a moment."""

    permission: ClassVar[Permission] = Permission.OPERATOR
    calls_outside: ClassVar[bool] = True

    since: datetime


@frozen(kw_only=True)
class PublishEventsAnewHandler:
    """Publish again what was published before.

    - Events go out in the order of their aggregates, with the names they had: whoever knows one ignores it.
    - The marketplace itself reacts to none of them twice.
    - What is still waiting to be published goes out by itself and is not among them.
    - Begun again after a trouble, it begins from the start.
    """

    begin: Begin[OperationsWork]
    outbox: Outbox
    bus: EventBus | None
    clock: Clock

    async def __call__(self, command: PublishEventsAnew, by: Actor) -> PublishedAnew:
        """Carry it out. Raises ``NoEventBus`` and ``BusUnavailable``."""
        if self.bus is None:
            raise NoEventBus("There is no event bus to publish to: events stay in the outbox.")
        async with self.begin():
            pass  # who did it and why is kept, although nothing else is
        outside_transaction("event bus publish")
        mark = f".{int(self.clock.now().timestamp())}"
        count, after = 0, None
        while events := await self.outbox.given_out(command.since, after, AT_ONCE):
            await asyncio.gather(*(_publish(self.bus, chain, mark) for chain in _chains(events)))
            count, after = count + len(events), EventId(events[-1].event_id)
        return PublishedAnew(events=count)


def _chains(events: Sequence[Envelope]) -> Sequence[Sequence[Envelope]]:
    chains: dict[tuple[str, str], list[Envelope]] = defaultdict(list)
    for envelope in events:
        chains[envelope.aggregate_type, envelope.aggregate_id].append(envelope)
    return list(chains.values())


async def _publish(bus: EventBus, chain: Sequence[Envelope], mark: str) -> None:
    for envelope in chain:
        await bus.publish(envelope, anew=mark)
