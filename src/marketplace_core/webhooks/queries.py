"""What can be asked about webhooks, and the port that knows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import ClassVar, Protocol

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import NotFound
from marketplace_core.kernel.ids import DeliveryId, EndpointId, EventId, SellerId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest
from marketplace_core.webhooks.domain.delivery import Delivery, DeliveryState
from marketplace_core.webhooks.domain.endpoint import DisabledBecause, Endpoint, EndpointState
from marketplace_core.webhooks.domain.errors import DeliveryNotFound
from marketplace_core.webhooks.domain.ownership import own, require_owner
from marketplace_core.webhooks.ports import PublicEvents, SigningSecrets

DELIVERY_ID_PREFIX = "whd_"


@frozen(kw_only=True)
class EndpointView:
    """An endpoint as its owner sees it. No event types: all that the owner may hear of."""

    endpoint_id: EndpointId
    seller_id: SellerId | None
    url: str
    description: str
    event_types: tuple[str, ...]
    state: EndpointState
    disabled_because: DisabledBecause | None
    failing_since: datetime | None
    made_at: datetime
    secret_made_at: datetime
    previous_until: datetime | None

    @classmethod
    def of(cls, endpoint: Endpoint) -> "EndpointView":
        """Show an endpoint."""
        return cls(
            endpoint_id=endpoint.endpoint_id,
            seller_id=endpoint.seller_id,
            url=endpoint.url,
            description=endpoint.description,
            event_types=endpoint.event_types,
            state=endpoint.state,
            disabled_because=endpoint.disabled_because,
            failing_since=endpoint.failing_since,
            made_at=endpoint.made_at,
            secret_made_at=endpoint.secret_made_at,
            previous_until=endpoint.previous_until,
        )


@frozen(kw_only=True)
class DeliveryView:
    """A delivery, what was sent, and what became of it."""

    delivery_id: DeliveryId
    endpoint_id: EndpointId
    event_id: EventId
    event_type: str
    occurred_at: datetime
    body: str
    state: DeliveryState
    attempts: int
    queued_at: datetime
    tried_at: datetime | None
    next_at: datetime | None
    delivered_at: datetime | None
    status: int | None
    error: str | None
    answer: str | None

    @classmethod
    def of(cls, delivery: Delivery) -> "DeliveryView":
        """Show a delivery."""
        return cls(
            delivery_id=delivery.delivery_id,
            endpoint_id=delivery.endpoint_id,
            event_id=delivery.event_id,
            event_type=delivery.message.event_type,
            occurred_at=delivery.message.occurred_at,
            body=delivery.message.body,
            state=delivery.state,
            attempts=delivery.attempts,
            queued_at=delivery.queued_at,
            tried_at=delivery.tried_at,
            next_at=delivery.next_at,
            delivered_at=delivery.delivered_at,
            status=delivery.status,
            error=delivery.error,
            answer=delivery.answer,
        )


@frozen(kw_only=True)
class Due:
    """A delivery that is to be tried now; ``failing`` tells whether its endpoint is in trouble."""

    delivery_id: DeliveryId
    endpoint_id: EndpointId
    failing: bool


class WebhooksReader(Protocol):
    """Reads endpoints and deliveries, one statement per method."""

    async def endpoint(self, endpoint_id: EndpointId) -> Endpoint | None:
        """Return the endpoint, removed or not; None if there never was one."""
        ...

    async def endpoints(self, seller_id: SellerId | None) -> Sequence[Endpoint]:
        """Return those of an owner that are not removed, the oldest first."""
        ...

    async def delivery(self, delivery_id: DeliveryId) -> Delivery | None:
        """Return the delivery; None if there is none."""
        ...

    async def deliveries(
        self, endpoint_id: EndpointId, state: DeliveryState | None, limit: int, before: DeliveryId | None
    ) -> Sequence[Delivery]:
        """Return at most ``limit`` deliveries of an endpoint, the newest first, those before one of them if given."""
        ...

    async def due(self, now: datetime, limit: int, without: Collection[EndpointId]) -> Sequence[Due]:
        """Return at most ``limit`` deliveries to be tried now, the longest due first, none to these endpoints.

        Only enabled endpoints are sent to.
        """
        ...


@frozen(kw_only=True)
class ListEndpoints(Query[tuple[EndpointView, ...]]):
    """List a shop's endpoints, or, without ``seller_id``, the operators'."""

    permission: ClassVar[Permission] = Permission.SELLER

    seller_id: SellerId | None


@frozen(kw_only=True)
class ViewEndpoint(Query[EndpointView]):
    """Look at an endpoint."""

    permission: ClassVar[Permission] = Permission.SELLER

    endpoint_id: EndpointId


@frozen(kw_only=True)
class ViewEndpointSecret(Query[str]):
    """Read the secret of an endpoint, within ten minutes of its making."""

    permission: ClassVar[Permission] = Permission.SELLER

    endpoint_id: EndpointId


@frozen(kw_only=True)
class ListEventTypes(Query[tuple[str, ...]]):
    """List the events that a shop, or, without ``seller_id``, an operator may hear of."""

    permission: ClassVar[Permission] = Permission.SELLER

    seller_id: SellerId | None


@frozen(kw_only=True)
class ListDeliveries(Query[Page[DeliveryView]]):
    """List what was sent to an endpoint, the newest first."""

    permission: ClassVar[Permission] = Permission.SELLER

    endpoint_id: EndpointId
    state: DeliveryState | None = None
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ViewDelivery(Query[DeliveryView]):
    """Look at a delivery."""

    permission: ClassVar[Permission] = Permission.SELLER

    delivery_id: DeliveryId


@frozen(kw_only=True)
class ListDueDeliveries(Query[tuple[Due, ...]]):
    """List what is to be sent now, to others than these endpoints."""

    permission: ClassVar[Permission] = Permission.SYSTEM

    limit: int
    without: tuple[EndpointId, ...] = ()


@frozen(kw_only=True)
class ListEndpointsHandler:
    """List endpoints, the oldest first: a shop its own, operators anybody's and their own."""

    reader: WebhooksReader

    async def __call__(self, query: ListEndpoints, by: Actor) -> tuple[EndpointView, ...]:
        """List them. Raises ``NotFound``, ``NotAllowed``."""
        require_owner(query.seller_id, by)
        return tuple(map(EndpointView.of, await self.reader.endpoints(query.seller_id)))


@frozen(kw_only=True)
class ViewEndpointHandler:
    """Show an endpoint to its owner and to operators."""

    reader: WebhooksReader

    async def __call__(self, query: ViewEndpoint, by: Actor) -> EndpointView:
        """Show it. Raises ``EndpointNotFound``."""
        return EndpointView.of(own(await self.reader.endpoint(query.endpoint_id), by))


@frozen(kw_only=True)
class ViewEndpointSecretHandler:
    """Show a secret that was made just now, to whom the endpoint is.

    Operators do not read the secrets of shops: whoever has one can speak in our name.
    """

    reader: WebhooksReader
    secrets: SigningSecrets
    clock: Clock

    async def __call__(self, query: ViewEndpointSecret, by: Actor) -> str:
        """Show it. Raises ``EndpointNotFound``, ``NotFound`` and ``SecretNotShown``."""
        endpoint = own(await self.reader.endpoint(query.endpoint_id), by)
        if endpoint.seller_id is not None and endpoint.seller_id != by.seller_id:
            raise NotFound("This secret is for the shop alone.")
        return self.secrets.secret(endpoint.endpoint_id, endpoint.secret_to_show(self.clock.now()))


@frozen(kw_only=True)
class ListEventTypesHandler:
    """List the names of contracts that an owner may hear of."""

    events: PublicEvents

    async def __call__(self, query: ListEventTypes, by: Actor) -> tuple[str, ...]:
        """List them. Raises ``NotFound``, ``NotAllowed``."""
        require_owner(query.seller_id, by)
        return tuple(self.events.types(query.seller_id))


@frozen(kw_only=True)
class ListDeliveriesHandler:
    """List what was sent to an endpoint, to its owner and to operators."""

    reader: WebhooksReader

    async def __call__(self, query: ListDeliveries, by: Actor) -> Page[DeliveryView]:
        """List them. Raises ``EndpointNotFound`` and ``InvalidCursor``."""
        endpoint = own(await self.reader.endpoint(query.endpoint_id), by)
        page = query.page
        if page.cursor is not None and not page.cursor.startswith(DELIVERY_ID_PREFIX):
            raise InvalidCursor("This cursor does not belong to this list.")
        before = None if page.cursor is None else DeliveryId(page.cursor)
        rows = await self.reader.deliveries(endpoint.endpoint_id, query.state, page.limit + 1, before)
        items = tuple(map(DeliveryView.of, rows[: page.limit]))
        return Page(items=items, next_cursor=items[-1].delivery_id if len(rows) > page.limit else None)


@frozen(kw_only=True)
class ViewDeliveryHandler:
    """Show a delivery to the owner of its endpoint and to operators."""

    reader: WebhooksReader

    async def __call__(self, query: ViewDelivery, by: Actor) -> DeliveryView:
        """Show it. Raises ``DeliveryNotFound``."""
        delivery = await self.reader.delivery(query.delivery_id)
        if delivery is None:
            raise DeliveryNotFound
        try:
            own(await self.reader.endpoint(delivery.endpoint_id), by)
        except NotFound:
            raise DeliveryNotFound from None
        return DeliveryView.of(delivery)


@frozen(kw_only=True)
class ListDueDeliveriesHandler:
    """List what is to be sent now."""

    reader: WebhooksReader
    clock: Clock

    async def __call__(self, query: ListDueDeliveries, by: Actor) -> tuple[Due, ...]:
        """List them."""
        return tuple(await self.reader.due(self.clock.now(), query.limit, query.without))
