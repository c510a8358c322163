"""Make an endpoint."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import EndpointId, IdFactory, SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.webhooks.domain.address import checked_url
from marketplace_core.webhooks.domain.endpoint import ENDPOINTS_MAX, Endpoint
from marketplace_core.webhooks.domain.errors import EndpointExists, TooManyEndpoints
from marketplace_core.webhooks.domain.ownership import require_owner
from marketplace_core.webhooks.ports import PublicEvents, WebhookSender, WebhooksWork


@frozen(kw_only=True)
class MakeEndpoint(Command[EndpointId]):
    """Have a shop, or, without ``seller_id``, the operators told of events at an address; no types: of all."""

    permission: ClassVar[Permission] = Permission.SELLER
    calls_outside: ClassVar[bool] = True

    seller_id: SellerId | None
    url: str
    description: str = ""
    event_types: tuple[str, ...] = ()


@frozen(kw_only=True)
class MakeEndpointHandler:
    """Make an endpoint.

    - A shop hears of what concerns it, and nothing else; operators hear of everything that is public.
    - Nothing is ever sent to an address that is not public.
    - An owner has one endpoint per address, and ten at most. Asked for again, the one that is there is the answer.
    - Its secret can be read for ten minutes.
    """

    begin: Begin[WebhooksWork]
    events: PublicEvents
    sender: WebhookSender
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: MakeEndpoint, by: Actor) -> EndpointId:
        """Make it.

        Raises ``UrlNotAllowed``, ``InvalidEndpoint``, ``EndpointExists``, ``TooManyEndpoints``, ``NotAllowed``,
        ``NotFound``.
        """
        require_owner(command.seller_id, by)
        endpoint = Endpoint.make(
            EndpointId(self.ids.new("whe")),
            seller_id=command.seller_id,
            url=checked_url(command.url),
            description=command.description,
            event_types=command.event_types,
            known=self.events.types(command.seller_id),
            now=self.clock.now(),
        )
        await self.sender.check(endpoint.url)
        async with self.begin() as work:
            present = await work.endpoints.owned_by(command.seller_id)
            for other in present:
                if other.same_as(command.url, command.description, command.event_types):
                    return other.endpoint_id
                if other.url == endpoint.url:
                    raise EndpointExists("There is an endpoint with this address.", endpoint_id=other.endpoint_id)
            if len(present) >= ENDPOINTS_MAX:
                raise TooManyEndpoints(f"There are {ENDPOINTS_MAX} endpoints already; remove one first.")
            await work.endpoints.save(endpoint)
        return endpoint.endpoint_id
