"""Endpoints and deliveries in memory, and a sender that keeps what it is given."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final, final
from urllib.parse import urlsplit

import attrs
from attrs import define, field, frozen

from marketplace_core.inmemory.store import InMemoryWork, Store, Table
from marketplace_core.kernel.ids import DeliveryId, EndpointId, EventId, SellerId
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.webhooks.domain.delivery import Delivery, DeliveryState
from marketplace_core.webhooks.domain.endpoint import Endpoint, EndpointState
from marketplace_core.webhooks.domain.errors import DeliveryNotFound, EndpointNotFound, UrlNotAllowed
from marketplace_core.webhooks.ports import Answer, Deliveries, Endpoints, WebhookSender, WebhooksWork
from marketplace_core.webhooks.queries import Due, WebhooksReader

_ENDPOINTS: Final = "webhooks_endpoints"
_DELIVERIES: Final = "webhooks_deliveries"


@final
@frozen
class InMemoryEndpoints(Endpoints):
    """Endpoints in a table."""

    store: Store

    @property
    def _rows(self) -> Table[Endpoint]:
        return self.store.table(_ENDPOINTS)

    async def get(self, endpoint_id: EndpointId) -> Endpoint:
        """Look it up."""
        endpoint = self._rows.get(endpoint_id)
        if endpoint is None:
            raise EndpointNotFound
        return endpoint

    async def owned_by(self, seller_id: SellerId | None) -> Sequence[Endpoint]:
        """Look through all; there is one writer at a time."""
        return self._rows.find(lambda one: one.seller_id == seller_id and one.state is not EndpointState.REMOVED)

    async def enabled(self) -> Sequence[Endpoint]:
        """Look through all."""
        return self._rows.find(lambda one: one.is_enabled)

    async def save(self, endpoint: Endpoint) -> None:
        """Store it."""
        self.store.save(self._rows, endpoint.endpoint_id, endpoint)


@final
@frozen
class InMemoryDeliveries(Deliveries):
    """Deliveries in a table."""

    store: Store

    @property
    def _rows(self) -> Table[Delivery]:
        return self.store.table(_DELIVERIES)

    async def get(self, delivery_id: DeliveryId) -> Delivery:
        """Look it up."""
        delivery = self._rows.get(delivery_id)
        if delivery is None:
            raise DeliveryNotFound
        return delivery

    async def find(self, endpoint_id: EndpointId, event_id: EventId) -> Delivery | None:
        """Look through all."""
        found = self._rows.find(lambda one: (one.endpoint_id, one.event_id) == (endpoint_id, event_id))
        return found[0] if found else None

    async def add(self, delivery: Delivery) -> bool:
        """Store it, unless there is one."""
        if await self.find(delivery.endpoint_id, delivery.event_id) is not None:
            return False
        self.store.save(self._rows, delivery.delivery_id, delivery)
        return True

    async def save(self, delivery: Delivery) -> None:
        """Store it."""
        self.store.save(self._rows, delivery.delivery_id, delivery)


@final
class InMemoryWebhooksWork(InMemoryWork, WebhooksWork):
    """The unit of work of webhooks on the store."""

    @property
    def endpoints(self) -> InMemoryEndpoints:
        """The endpoints."""
        return InMemoryEndpoints(self.store)

    @property
    def deliveries(self) -> InMemoryDeliveries:
        """The deliveries."""
        return InMemoryDeliveries(self.store)


@final
class InMemoryWebhooksReader(WebhooksReader):
    """Reads the same tables."""

    def __init__(self, store: Store) -> None:
        self._endpoints: Table[Endpoint] = store.table(_ENDPOINTS)
        self._deliveries: Table[Delivery] = store.table(_DELIVERIES)

    async def endpoint(self, endpoint_id: EndpointId) -> Endpoint | None:
        """Look it up."""
        return self._endpoints.get(endpoint_id)

    async def endpoints(self, seller_id: SellerId | None) -> Sequence[Endpoint]:
        """Look through all."""
        found = self._endpoints.find(lambda one: one.seller_id == seller_id and one.state is not EndpointState.REMOVED)
        return sorted(found, key=lambda one: one.endpoint_id)

    async def delivery(self, delivery_id: DeliveryId) -> Delivery | None:
        """Look it up."""
        return self._deliveries.get(delivery_id)

    async def deliveries(
        self, endpoint_id: EndpointId, state: DeliveryState | None, limit: int, before: DeliveryId | None
    ) -> Sequence[Delivery]:
        """Filter, sort, cut."""
        found = self._deliveries.find(
            lambda one: (
                one.endpoint_id == endpoint_id
                and state in {None, one.state}
                and (before is None or one.delivery_id < before)
            )
        )
        return sorted(found, key=lambda one: one.delivery_id, reverse=True)[:limit]

    async def due(self, now: datetime, limit: int, without: Collection[EndpointId]) -> Sequence[Due]:
        """Filter, sort, cut."""
        ready: list[tuple[datetime, Due]] = []
        for one in self._deliveries:
            endpoint = self._endpoints.get(one.endpoint_id)
            if endpoint is None or not endpoint.is_enabled or one.endpoint_id in without or not one.is_due(now):
                continue
            due = Due(
                delivery_id=one.delivery_id,
                endpoint_id=one.endpoint_id,
                failing=endpoint.failing_since is not None,
            )
            ready.append((one.next_at or now, due))
        ready.sort(key=lambda pair: (pair[0], pair[1].delivery_id))
        return [due for _, due in ready[:limit]]


@frozen(kw_only=True)
class Posted:
    """What was sent somewhere."""

    url: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def message_id(self) -> str:
        """The identifier by which a receiver knows it again."""
        return self.headers["webhook-id"]


@final
@define
class InMemoryWebhookSender(WebhookSender):
    """Keeps what is sent. ``outcomes`` are used up one per address and call; after that everything is taken (204).

    Addresses in ``forbidden`` are not public.
    """

    posted: list[Posted] = field(factory=list)
    outcomes: dict[str, list[Answer | Exception]] = field(factory=dict)
    forbidden: set[str] = field(factory=set)

    async def check(self, url: str) -> None:
        """Look it up."""
        outside_transaction("webhooks.check")
        if url in self.forbidden:
            raise UrlNotAllowed(f"The host {urlsplit(url).hostname} is not on the public internet.")

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Keep it, and answer as was said."""
        outside_transaction("webhooks.send")
        await self.check(url)
        self.posted.append(Posted(url=url, headers=dict(headers), body=body))
        scripted = self.outcomes.get(url)
        outcome = scripted.pop(0) if scripted else Answer(status=204, text="")
        if isinstance(outcome, Exception):
            raise outcome
        return attrs.evolve(outcome)
