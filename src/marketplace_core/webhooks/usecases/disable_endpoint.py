"""Disable an endpoint."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import EndpointId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.webhooks.domain.ownership import own
from marketplace_core.webhooks.ports import WebhooksWork


@frozen(kw_only=True)
class DisableEndpoint(Command[None]):
    """Send nothing more to an endpoint until it is enabled."""

    permission: ClassVar[Permission] = Permission.SELLER

    endpoint_id: EndpointId


@frozen(kw_only=True)
class DisableEndpointHandler:
    """Send nothing more to an endpoint until it is enabled.

    - What happens from now on is not queued for it. What is on its way waits.
    - Disabled already, it keeps why.
    """

    begin: Begin[WebhooksWork]

    async def __call__(self, command: DisableEndpoint, by: Actor) -> None:
        """Carry it out. Raises ``EndpointNotFound``."""
        async with self.begin() as work:
            endpoint = own(await work.endpoints.get(command.endpoint_id), by)
            endpoint.disable()
            await work.endpoints.save(endpoint)
