"""Send something to try an endpoint."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import DeliveryId, EndpointId, EventId, IdFactory
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.webhooks.domain.delivery import Delivery
from marketplace_core.webhooks.domain.errors import EndpointDisabledNow
from marketplace_core.webhooks.domain.message import TEST_EVENT, Message
from marketplace_core.webhooks.domain.ownership import own
from marketplace_core.webhooks.ports import WebhooksWork


@frozen(kw_only=True)
class SendTestEvent(Command[DeliveryId]):
    """Send an event to an endpoint that says nothing, to see whether it arrives."""

    permission: ClassVar[Permission] = Permission.SELLER

    endpoint_id: EndpointId


@frozen(kw_only=True)
class SendTestEventHandler:
    """Send an event to an endpoint that says nothing, to see whether it arrives.

    - It goes the way of every other, whatever events the endpoint is for: signed, tried again, in the log.
    """

    begin: Begin[WebhooksWork]
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: SendTestEvent, by: Actor) -> DeliveryId:
        """Queue it. Raises ``EndpointNotFound`` and ``EndpointDisabledNow``."""
        now = self.clock.now()
        async with self.begin() as work:
            endpoint = own(await work.endpoints.get(command.endpoint_id), by)
            if not endpoint.is_enabled:
                raise EndpointDisabledNow("Nothing is sent to a disabled endpoint. Enable it first.")
            data = {"endpoint_id": endpoint.endpoint_id}
            message = Message.of(EventId(self.ids.new("evt")), TEST_EVENT, now, data)
            delivery = Delivery.queue(DeliveryId(self.ids.new("whd")), endpoint.endpoint_id, message, now)
            await work.deliveries.add(delivery)
        return delivery.delivery_id
