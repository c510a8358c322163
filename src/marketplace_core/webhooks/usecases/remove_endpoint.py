"""Remove an endpoint."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import EndpointId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.webhooks.domain.ownership import own
from marketplace_core.webhooks.ports import WebhooksWork


@frozen(kw_only=True)
class RemoveEndpoint(Command[None]):
    """Remove an endpoint for good."""

    permission: ClassVar[Permission] = Permission.SELLER

    endpoint_id: EndpointId


@frozen(kw_only=True)
class RemoveEndpointHandler:
    """Remove an endpoint for good.

    - Nothing more is sent to it, and its deliveries are not shown any more.
    """

    begin: Begin[WebhooksWork]

    async def __call__(self, command: RemoveEndpoint, by: Actor) -> None:
        """Carry it out. Raises ``EndpointNotFound``."""
        async with self.begin() as work:
            endpoint = own(await work.endpoints.get(command.endpoint_id), by)
            endpoint.remove()
            await work.endpoints.save(endpoint)
