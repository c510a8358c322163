"""Where programs of shops and operators are told what happens."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from marketplace_core.app import Marketplace
from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.ids import DeliveryId, EndpointId, SellerId
from marketplace_core.webhooks import (
    ChangeEndpoint,
    DeliveryState,
    DisableEndpoint,
    EnableEndpoint,
    ListDeliveries,
    ListEndpoints,
    ListEventTypes,
    MakeEndpoint,
    RemoveEndpoint,
    ReplayDelivery,
    ReplayEvents,
    RotateSecret,
    SecretNotShown,
    SendTestEvent,
    ViewDelivery,
    ViewEndpoint,
    ViewEndpointSecret,
)
from marketplace_entrypoints.http.dependencies import By, Market, Paging
from marketplace_entrypoints.http.webhooks.schemas import (
    DeliveryOut,
    DeliveryPageOut,
    EndpointChangeIn,
    EndpointIn,
    EndpointOut,
    EndpointsOut,
    EndpointWithSecretOut,
    EventTypesOut,
    ReplayedOut,
    SpanIn,
)

router = APIRouter(prefix="/v1", tags=["webhooks"])
EndpointPath = Annotated[str, Path(max_length=64, examples=["whe_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]
DeliveryPath = Annotated[str, Path(max_length=64, examples=["whd_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]
Whose = Annotated[str | None, Query(max_length=64, description="Whose; nobody named: the operators'")]


@router.get("/webhook-event-types", response_model=EventTypesOut, operation_id="list_webhook_event_types")
async def list_event_types(market: Market, by: By, seller_id: Whose = None) -> EventTypesOut:
    """List the events that a shop, or an operator, may hear of."""
    return EventTypesOut(items=list(await market.ask(ListEventTypes(seller_id=_seller(seller_id)), by=by)))


@router.post(
    "/webhook-endpoints", status_code=201, response_model=EndpointWithSecretOut, operation_id="make_webhook_endpoint"
)
async def make_endpoint(body: EndpointIn, market: Market, by: By, response: Response) -> EndpointWithSecretOut:
    """Have your programs told what happens. The answer has the secret that everything is signed with.

    It is shown now and, to the same request again within ten minutes, once more; after that rotate it for another one.
    An address that is not public is refused with `webhooks.url_not_allowed`.
    """
    command = MakeEndpoint(
        seller_id=_seller(body.seller_id),
        url=body.url,
        description=body.description,
        event_types=tuple(body.event_types),
    )
    endpoint_id = await market.execute(command, by=by)
    response.headers["Location"] = f"/v1/webhook-endpoints/{endpoint_id}"
    return await _with_secret(market, endpoint_id, by)


@router.get("/webhook-endpoints", response_model=EndpointsOut, operation_id="list_webhook_endpoints")
async def list_endpoints(market: Market, by: By, seller_id: Whose = None) -> EndpointsOut:
    """List a shop's endpoints, or the operators'."""
    found = await market.ask(ListEndpoints(seller_id=_seller(seller_id)), by=by)
    return EndpointsOut(items=[EndpointOut.model_validate(one) for one in found])


@router.get("/webhook-endpoints/{endpoint_id}", response_model=EndpointOut, operation_id="view_webhook_endpoint")
async def view_endpoint(endpoint_id: EndpointPath, market: Market, by: By) -> EndpointOut:
    """Look at an endpoint."""
    return await _shown(market, EndpointId(endpoint_id), by)


@router.patch("/webhook-endpoints/{endpoint_id}", response_model=EndpointOut, operation_id="change_webhook_endpoint")
async def change_endpoint(endpoint_id: EndpointPath, body: EndpointChangeIn, market: Market, by: By) -> EndpointOut:
    """Change its address, description or choice of events. What is on its way goes to the new address."""
    command = ChangeEndpoint(
        endpoint_id=EndpointId(endpoint_id),
        url=body.url,
        description=body.description,
        event_types=None if body.event_types is None else tuple(body.event_types),
    )
    await market.execute(command, by=by)
    return await _shown(market, EndpointId(endpoint_id), by)


@router.delete("/webhook-endpoints/{endpoint_id}", status_code=204, operation_id="remove_webhook_endpoint")
async def remove_endpoint(endpoint_id: EndpointPath, market: Market, by: By) -> None:
    """Remove it for good."""
    await market.execute(RemoveEndpoint(endpoint_id=EndpointId(endpoint_id)), by=by)


@router.post(
    "/webhook-endpoints/{endpoint_id}/enable", response_model=EndpointOut, operation_id="enable_webhook_endpoint"
)
async def enable_endpoint(endpoint_id: EndpointPath, market: Market, by: By) -> EndpointOut:
    """Send to it again. What happened while it was disabled is not queued; replay that span of time."""
    await market.execute(EnableEndpoint(endpoint_id=EndpointId(endpoint_id)), by=by)
    return await _shown(market, EndpointId(endpoint_id), by)


@router.post(
    "/webhook-endpoints/{endpoint_id}/disable", response_model=EndpointOut, operation_id="disable_webhook_endpoint"
)
async def disable_endpoint(endpoint_id: EndpointPath, market: Market, by: By) -> EndpointOut:
    """Send nothing more to it until it is enabled."""
    await market.execute(DisableEndpoint(endpoint_id=EndpointId(endpoint_id)), by=by)
    return await _shown(market, EndpointId(endpoint_id), by)


@router.post(
    "/webhook-endpoints/{endpoint_id}/rotate",
    response_model=EndpointWithSecretOut,
    operation_id="rotate_webhook_secret",
)
async def rotate_secret(endpoint_id: EndpointPath, market: Market, by: By) -> EndpointWithSecretOut:
    """Sign with a new secret from now on, and for a day with the one before as well."""
    await market.execute(RotateSecret(endpoint_id=EndpointId(endpoint_id)), by=by)
    return await _with_secret(market, EndpointId(endpoint_id), by)


@router.post(
    "/webhook-endpoints/{endpoint_id}/test",
    status_code=202,
    response_model=DeliveryOut,
    operation_id="send_webhook_test_event",
)
async def send_test_event(endpoint_id: EndpointPath, market: Market, by: By) -> DeliveryOut:
    """Send it an event that says nothing, `marketplace.webhooks.v1.TestEvent`."""
    return await _delivery(market, await market.execute(SendTestEvent(endpoint_id=EndpointId(endpoint_id)), by=by), by)


@router.post(
    "/webhook-endpoints/{endpoint_id}/replay",
    status_code=202,
    response_model=ReplayedOut,
    operation_id="replay_webhook_events",
)
async def replay_events(endpoint_id: EndpointPath, body: SpanIn, market: Market, by: By) -> ReplayedOut:
    """Send it again what happened in a span of time, under the same identifiers."""
    command = ReplayEvents(endpoint_id=EndpointId(endpoint_id), since=body.since, until=body.until)
    return ReplayedOut.model_validate(await market.execute(command, by=by))


@router.get(
    "/webhook-endpoints/{endpoint_id}/deliveries",
    response_model=DeliveryPageOut,
    operation_id="list_webhook_deliveries",
)
async def list_deliveries(
    endpoint_id: EndpointPath,
    market: Market,
    by: By,
    page: Paging,
    state: Annotated[DeliveryState | None, Query(description="Only deliveries in this state")] = None,
) -> DeliveryPageOut:
    """List what was sent to it, the newest first."""
    query = ListDeliveries(endpoint_id=EndpointId(endpoint_id), state=state, page=page)
    return DeliveryPageOut.model_validate(await market.ask(query, by=by))


@router.get("/webhook-deliveries/{delivery_id}", response_model=DeliveryOut, operation_id="view_webhook_delivery")
async def view_delivery(delivery_id: DeliveryPath, market: Market, by: By) -> DeliveryOut:
    """Look at a delivery: what was sent and what was answered."""
    return await _delivery(market, DeliveryId(delivery_id), by)


@router.post(
    "/webhook-deliveries/{delivery_id}/replay",
    status_code=202,
    response_model=DeliveryOut,
    operation_id="replay_webhook_delivery",
)
async def replay_delivery(delivery_id: DeliveryPath, market: Market, by: By) -> DeliveryOut:
    """Send a delivery again, whatever became of it, under the same identifier."""
    await market.execute(ReplayDelivery(delivery_id=DeliveryId(delivery_id)), by=by)
    return await _delivery(market, DeliveryId(delivery_id), by)


def _seller(seller_id: str | None) -> SellerId | None:
    return SellerId(seller_id) if seller_id else None


async def _shown(market: Marketplace, endpoint_id: EndpointId, by: Actor) -> EndpointOut:
    return EndpointOut.model_validate(await market.ask(ViewEndpoint(endpoint_id=endpoint_id), by=by))


async def _with_secret(market: Marketplace, endpoint_id: EndpointId, by: Actor) -> EndpointWithSecretOut:
    shown = await _shown(market, endpoint_id, by)
    try:
        secret = await market.ask(ViewEndpointSecret(endpoint_id=endpoint_id), by=by)
    except SecretNotShown:  # it was there already, and for too long
        secret = ""
    return EndpointWithSecretOut(**shown.model_dump(), secret=secret)


async def _delivery(market: Marketplace, delivery_id: DeliveryId, by: Actor) -> DeliveryOut:
    return DeliveryOut.model_validate(await market.ask(ViewDelivery(delivery_id=delivery_id), by=by))
