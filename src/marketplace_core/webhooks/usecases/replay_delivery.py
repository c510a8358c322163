"""Send a delivery again."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import NotFound
from marketplace_core.kernel.ids import DeliveryId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.webhooks.domain.errors import DeliveryNotFound, EndpointDisabledNow
from marketplace_core.webhooks.domain.ownership import own
from marketplace_core.webhooks.ports import WebhooksWork


@frozen(kw_only=True)
class ReplayDelivery(Command[None]):
    """Send a delivery again, whatever became of it."""

    permission: ClassVar[Permission] = Permission.SELLER

    delivery_id: DeliveryId


@frozen(kw_only=True)
class ReplayDeliveryHandler:
    """Send a delivery again, whatever became of it.

    - The event keeps its identifier and its words, so that a receiver who had it knows it again.
    - It is tried for 72 hours from now.
    """

    begin: Begin[WebhooksWork]
    clock: Clock

    async def __call__(self, command: ReplayDelivery, by: Actor) -> None:
        """Queue it again. Raises ``DeliveryNotFound`` and ``EndpointDisabledNow``."""
        async with self.begin() as work:
            delivery = await work.deliveries.get(command.delivery_id)
            try:
                endpoint = own(await work.endpoints.get(delivery.endpoint_id), by)
            except NotFound:
                raise DeliveryNotFound from None
            if not endpoint.is_enabled:
                raise EndpointDisabledNow("Nothing is sent to a disabled endpoint. Enable it first.")
            delivery.replay(self.clock.now())
            await work.deliveries.save(delivery)
