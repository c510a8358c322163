"""Change an endpoint."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import EndpointId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.webhooks.domain.address import checked_url
from marketplace_core.webhooks.domain.errors import EndpointExists
from marketplace_core.webhooks.domain.ownership import own
from marketplace_core.webhooks.ports import PublicEvents, WebhookSender, WebhooksWork


@frozen(kw_only=True)
class ChangeEndpoint(Command[None]):
    """Have an endpoint at another address, with another description, or for other events; None leaves it as it is."""

    permission: ClassVar[Permission] = Permission.SELLER
    calls_outside: ClassVar[bool] = True

    endpoint_id: EndpointId
    url: str | None = None
    description: str | None = None
    event_types: tuple[str, ...] | None = None


@frozen(kw_only=True)
class ChangeEndpointHandler:
    """Change an endpoint.

    - What is on its way goes to the new address.
    - Its secret stays.
    """

    begin: Begin[WebhooksWork]
    events: PublicEvents
    sender: WebhookSender

    async def __call__(self, command: ChangeEndpoint, by: Actor) -> None:
        """Change it. Raises ``EndpointNotFound``, ``UrlNotAllowed``, ``InvalidEndpoint``, ``EndpointExists``."""
        if command.url is not None:
            await self.sender.check(checked_url(command.url))
        async with self.begin() as work:
            endpoint = own(await work.endpoints.get(command.endpoint_id), by)
            url = endpoint.url if command.url is None else command.url
            present = await work.endpoints.owned_by(endpoint.seller_id)
            if any(other.url == url and other.endpoint_id != endpoint.endpoint_id for other in present):
                raise EndpointExists("There is an endpoint with this address.")
            endpoint.change(
                url=url,
                description=endpoint.description if command.description is None else command.description,
                event_types=endpoint.event_types if command.event_types is None else command.event_types,
                known=self.events.types(endpoint.seller_id),
            )
            await work.endpoints.save(endpoint)
