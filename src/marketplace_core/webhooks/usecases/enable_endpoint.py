"""Enable an endpoint."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import EndpointId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.webhooks.domain.ownership import own
from marketplace_core.webhooks.ports import WebhooksWork


@frozen(kw_only=True)
class EnableEndpoint(Command[None]):
    """Send to an endpoint again."""

    permission: ClassVar[Permission] = Permission.SELLER

    endpoint_id: EndpointId


@frozen(kw_only=True)
class EnableEndpointHandler:
    """Send to an endpoint again.

    - What was on its way when it was disabled goes on.
    - What happened meanwhile was not queued: replay that span of time for it.
    """

    begin: Begin[WebhooksWork]

    async def __call__(self, command: EnableEndpoint, by: Actor) -> None:
        """Carry it out. Raises ``EndpointNotFound``."""
        async with self.begin() as work:
            endpoint = own(await work.endpoints.get(command.endpoint_id), by)
            endpoint.enable()
            await work.endpoints.save(endpoint)
