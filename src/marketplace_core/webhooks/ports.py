"""What webhooks need from outside: unit of work, the events others may hear of, secrets, and somebody who sends."""

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Protocol, final

from attrs import frozen

from marketplace_core.kernel.ids import DeliveryId, EndpointId, EventId, SellerId
from marketplace_core.kernel.messages import Envelope
from marketplace_core.kernel.work import UnitOfWork
from marketplace_core.webhooks.domain.delivery import Delivery
from marketplace_core.webhooks.domain.endpoint import Endpoint
from marketplace_core.webhooks.domain.message import Message, secret_of


class Endpoints(Protocol):
    """The endpoints of shops and of operators."""

    async def get(self, endpoint_id: EndpointId) -> Endpoint:
        """Return the endpoint, removed ones too. Raises ``EndpointNotFound``."""
        ...

    async def owned_by(self, seller_id: SellerId | None) -> Sequence[Endpoint]:
        """Return those of an owner that are not removed; while the transaction lasts nobody else adds one."""
        ...

    async def enabled(self) -> Sequence[Endpoint]:
        """Return everybody's enabled endpoints, the oldest first."""
        ...

    async def save(self, endpoint: Endpoint) -> None:
        """Store it. Raises ``ConcurrentUpdate`` if it changed meanwhile."""
        ...


class Deliveries(Protocol):
    """Messages on their way, one per event and endpoint."""

    async def get(self, delivery_id: DeliveryId) -> Delivery:
        """Return the delivery. Raises ``DeliveryNotFound``."""
        ...

    async def find(self, endpoint_id: EndpointId, event_id: EventId) -> Delivery | None:
        """Return the delivery of an event to an endpoint; None if there was none."""
        ...

    async def add(self, delivery: Delivery) -> bool:
        """Store a new one, unless the endpoint was sent this event before; tell whether it was stored."""
        ...

    async def save(self, delivery: Delivery) -> None:
        """Store it. Raises ``ConcurrentUpdate`` if it changed meanwhile."""
        ...


class WebhooksWork(UnitOfWork, Protocol):
    """What webhooks change together."""

    @property
    def endpoints(self) -> Endpoints:
        """The endpoints."""
        ...

    @property
    def deliveries(self) -> Deliveries:
        """The deliveries."""
        ...


class PublicEvents(Protocol):
    """Knows which events others may hear of, and what of them."""

    def types(self, seller_id: SellerId | None) -> Sequence[str]:
        """Return the names of the contracts that a shop, or without one an operator, may hear of, sorted."""
        ...

    def told(self, envelope: Envelope, seller_id: SellerId | None) -> Message | None:
        """Return what a shop, or an operator, gets to know of an event; None if it is not about that shop."""
        ...

    async def waiting(self, limit: int) -> Sequence[Envelope]:
        """Return at most ``limit`` events, in order, that nobody has been told of yet."""
        ...

    async def announced(self, envelopes: Sequence[Envelope]) -> None:
        """Mark events: everybody who is to be told has a delivery. Marking twice is harmless."""
        ...

    async def happened(self, since: datetime, until: datetime, after: EventId | None, limit: int) -> Sequence[Envelope]:
        """Return at most ``limit`` events of a span of time, in order, beginning after one of them."""
        ...


class SigningSecrets(Protocol):
    """Knows what bodies are signed with."""

    def secret(self, endpoint_id: EndpointId, number: int) -> str:
        """Return an endpoint's secret of that number, the same ever after: ``whsec_…``. Never fails."""
        ...


@final
@frozen
class DerivedSecrets(SigningSecrets):
    """Secrets derived from one key, so that none of them is stored anywhere."""

    key: bytes

    def secret(self, endpoint_id: EndpointId, number: int) -> str:
        """Derive it."""
        return secret_of(hmac.digest(self.key, f"{endpoint_id}.{number}".encode(), sha256))

    def __repr__(self) -> str:
        return "DerivedSecrets(…)"


@frozen(kw_only=True)
class Answer:
    """What a receiver said: the status, and the beginning of the body as text."""

    status: int
    text: str


class WebhookSender(Protocol):
    """Sends to addresses that others have named, and to nothing else that can be reached from here.

    Network calls: never made inside a transaction. A name is resolved once per call, and the address that was looked at
    is the one that is spoken to. Redirects are not followed.
    """

    async def check(self, url: str) -> None:
        """Pass if something may be sent there now. Raises ``UrlNotAllowed``."""
        ...

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post a body, and return the answer, whatever its status.

        Raises ``UrlNotAllowed``, and ``Undelivered`` when nobody answered in time.
        """
        ...
