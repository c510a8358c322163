"""Send the events of a span of time again."""

from datetime import datetime
from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import DeliveryId, EndpointId, EventId, IdFactory
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.webhooks.domain.delivery import Delivery
from marketplace_core.webhooks.domain.endpoint import Endpoint
from marketplace_core.webhooks.domain.errors import EndpointDisabledNow, InvalidSpan
from marketplace_core.webhooks.domain.message import Message
from marketplace_core.webhooks.domain.ownership import own
from marketplace_core.webhooks.ports import PublicEvents, WebhooksWork

AT_ONCE: Final = 100
EVENTS_MAX: Final = 10_000
"""How many events one replay looks at."""


@frozen(kw_only=True)
class Replayed:
    """How many events are on their way again. ``until`` is how far it got: the end of the span, unless it was long."""

    events: int
    until: datetime


@frozen(kw_only=True)
class ReplayEvents(Command[Replayed]):
    """Send an endpoint again what happened in a span of time."""

    permission: ClassVar[Permission] = Permission.SELLER

    endpoint_id: EndpointId
    since: datetime
    until: datetime


@frozen(kw_only=True)
class ReplayEventsHandler:
    """Send an endpoint again what happened in a span of time.

    - What it was told keeps its identifier and its words. What it was not told, because it was disabled or for other
      events then, it is told now, under the identifier that everybody else knows.
    - Ten thousand events are looked at; a longer span is replayed in pieces.
    """

    begin: Begin[WebhooksWork]
    events: PublicEvents
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: ReplayEvents, by: Actor) -> Replayed:
        """Queue them again. Raises ``EndpointNotFound``, ``EndpointDisabledNow`` and ``InvalidSpan``."""
        if command.since >= command.until:
            raise InvalidSpan("A span of time begins before it ends.")
        async with self.begin() as work:
            endpoint = own(await work.endpoints.get(command.endpoint_id), by)
        if not endpoint.is_enabled:
            raise EndpointDisabledNow("Nothing is sent to a disabled endpoint. Enable it first.")
        queued, looked_at = 0, 0
        after: EventId | None = None
        reached = command.since
        while looked_at < EVENTS_MAX:
            found = await self.events.happened(command.since, command.until, after, AT_ONCE)
            told = [self.events.told(one, endpoint.seller_id) for one in found]
            wanted = [one for one in told if one is not None and endpoint.wants(one.event_type)]
            if wanted:
                await self._queue(endpoint, wanted)
            queued, looked_at = queued + len(wanted), looked_at + len(found)
            if len(found) < AT_ONCE:
                return Replayed(events=queued, until=command.until)
            after, reached = found[-1].event_id, found[-1].occurred_at
        return Replayed(events=queued, until=reached)

    async def _queue(self, endpoint: Endpoint, messages: list[Message]) -> None:
        now = self.clock.now()
        async with self.begin() as work:
            for message in messages:
                known = await work.deliveries.find(endpoint.endpoint_id, message.event_id)
                if known is None:
                    delivery_id = DeliveryId(self.ids.new("whd"))
                    await work.deliveries.add(Delivery.queue(delivery_id, endpoint.endpoint_id, message, now))
                else:
                    known.replay(now)
                    await work.deliveries.save(known)
