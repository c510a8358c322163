"""Put on their way what endpoints are to be told."""

from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import DeliveryId, EndpointId, IdFactory
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.webhooks.domain.delivery import Delivery
from marketplace_core.webhooks.domain.message import Message
from marketplace_core.webhooks.ports import PublicEvents, WebhooksWork

AT_ONCE: Final = 100


@frozen(kw_only=True)
class AnnounceEvents(Command[int]):
    """Queue a delivery of each new event for each endpoint that is to be told; return how many events were new."""

    permission: ClassVar[Permission] = Permission.SYSTEM


@frozen(kw_only=True)
class AnnounceEventsHandler:
    """Queue a delivery of each new event for each endpoint that is to be told.

    - An event that is announced again, after a crash, makes no second delivery.
    - An endpoint hears of what happens after it was made.
    """

    begin: Begin[WebhooksWork]
    events: PublicEvents
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: AnnounceEvents, by: Actor) -> int:
        """Queue them."""
        found = await self.events.waiting(AT_ONCE)
        if not found:
            return 0
        async with self.begin() as work:
            for endpoint in await work.endpoints.enabled():
                for envelope in found:
                    message = self.events.told(envelope, endpoint.seller_id)
                    if message and endpoint.wants(message.event_type) and envelope.occurred_at >= endpoint.made_at:
                        await work.deliveries.add(self._delivery(endpoint.endpoint_id, message))
        await self.events.announced(found)
        return len(found)

    def _delivery(self, endpoint_id: EndpointId, message: Message) -> Delivery:
        return Delivery.queue(DeliveryId(self.ids.new("whd")), endpoint_id, message, self.clock.now())
