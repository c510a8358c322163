"""Endpoints and deliveries as requests and answers."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from marketplace_core.webhooks import DeliveryState, DisabledBecause, EndpointState
from marketplace_entrypoints.http.dependencies import Incoming, Outgoing

Url = Annotated[str, Field(min_length=1, max_length=500, examples=["https://shop.example/hooks/marketplace"])]
Description = Annotated[str, Field(max_length=200, examples=["The warehouse"])]
EventTypes = Annotated[
    list[Annotated[str, Field(max_length=120, examples=["marketplace.orders.v1.OrderConfirmed"])]],
    Field(max_length=200, description="Names of contracts; none: all that the owner may hear of"),
]


class EndpointIn(Incoming):
    """Where to be told of what."""

    url: Url
    description: Description = ""
    event_types: EventTypes = Field(default_factory=list)
    seller_id: str | None = Field(default=None, max_length=64, description="Whose; nobody named: the operators'")


class EndpointChangeIn(Incoming):
    """What is to change; what is not named stays."""

    url: Url | None = None
    description: Description | None = None
    event_types: EventTypes | None = None


class SpanIn(Incoming):
    """A span of time."""

    since: datetime = Field(strict=False)
    until: datetime = Field(strict=False)


class EndpointOut(Outgoing):
    """An endpoint."""

    endpoint_id: str
    seller_id: str | None
    url: str
    description: str
    event_types: list[str]
    state: EndpointState
    disabled_because: DisabledBecause | None
    failing_since: datetime | None
    made_at: datetime
    secret_made_at: datetime
    previous_until: datetime | None = Field(description="How long the secret before is valid as well")


class EndpointWithSecretOut(EndpointOut):
    """An endpoint with its secret, which is shown now and never again."""

    secret: str = Field(examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])


class EndpointsOut(Outgoing):
    """All endpoints of an owner."""

    items: list[EndpointOut]


class EventTypesOut(Outgoing):
    """The events that an owner may hear of."""

    items: list[str]


class DeliveryOut(Outgoing):
    """A delivery: what was sent, to the letter, and what became of it."""

    delivery_id: str
    endpoint_id: str
    event_id: str = Field(description="The `webhook-id` that the receiver sees, in every attempt and replay")
    event_type: str
    occurred_at: datetime
    body: str
    state: DeliveryState
    attempts: int
    queued_at: datetime
    tried_at: datetime | None
    next_at: datetime | None
    delivered_at: datetime | None
    status: int | None = Field(description="Of the last answer")
    error: str | None
    answer: str | None = Field(description="The first 1024 bytes of the last answer")


class DeliveryPageOut(Outgoing):
    """A page of deliveries."""

    items: list[DeliveryOut]
    next_cursor: str | None


class ReplayedOut(Outgoing):
    """How many events are on their way again, and how far in time that got."""

    events: int
    until: datetime
