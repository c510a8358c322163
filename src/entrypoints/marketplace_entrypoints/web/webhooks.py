"""Where programs are told what happens: pages that shops and operators have alike."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import frozen
from starlette.responses import Response

from marketplace_core.kernel.errors import ErrorKind, MarketplaceError
from marketplace_core.kernel.ids import DeliveryId, EndpointId, SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.webhooks import (
    ChangeEndpoint,
    DeliveryView,
    DisableEndpoint,
    EnableEndpoint,
    EndpointNotFound,
    EndpointView,
    ListDeliveries,
    ListEndpoints,
    ListEventTypes,
    MakeEndpoint,
    RemoveEndpoint,
    ReplayDelivery,
    RotateSecret,
    SecretNotShown,
    SendTestEvent,
    ViewDelivery,
    ViewEndpoint,
    ViewEndpointSecret,
)
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.language import msg
from marketplace_entrypoints.web.visit import Visit

FIELDS: Final = ("url", "description", "event_types")
DEEDS: Final[Mapping[str, type[Command[Any]]]] = {
    "enable": EnableEndpoint,
    "disable": DisableEndpoint,
    "rotate": RotateSecret,
    "test": SendTestEvent,
}
"""What a button on the page of an endpoint does, by its word in the address."""
SENTENCES: Final[Mapping[str, str]] = {
    "webhooks.delivery_not_found": msg("There is no such delivery."),
    "webhooks.endpoint_disabled": msg("Nothing is sent to a disabled endpoint. Enable it first."),
    "webhooks.endpoint_exists": msg("There is an endpoint with this address already."),
    "webhooks.endpoint_not_found": msg("There is no such endpoint."),
    "webhooks.invalid_endpoint": msg("This endpoint makes no sense as it stands. Look at the fields."),
    "webhooks.secret_not_shown": msg("A secret is shown when it is made and never again."),
    "webhooks.too_many_endpoints": msg("There are as many endpoints as there may be. Remove one first."),
    "webhooks.url_not_allowed": msg(
        "Nothing can be sent to this address. It begins with https:// and leads to a computer on the public internet."
    ),
}
_SAID: Final = frozenset({ErrorKind.INVALID, ErrorKind.RULE_BROKEN, ErrorKind.CONFLICT})


@frozen(kw_only=True)
class Desk:
    """Whose endpoints these are, where the pages are, and what the templates around them need."""

    seller_id: SellerId | None
    base: str
    frame: str
    around: Mapping[str, Any]


async def endpoints(visit: Visit, desk: Desk) -> Response:
    """List them, with the form for another one."""
    return await _list(visit, desk, Form(language=visit.language))


async def make(visit: Visit, desk: Desk) -> Response:
    """Make another one, and go to it: its secret stands there."""
    form = await visit.form()
    url = form.text("url", required=True)
    if not form.fits:
        return await _list(visit, desk, form, 422)
    command = MakeEndpoint(
        seller_id=desk.seller_id, url=url, description=form.text("description"), event_types=_chosen(form)
    )
    try:
        endpoint_id = await visit.execute(command)
    except MarketplaceError as refusal:
        if refusal.kind not in _SAID:
            raise
        _blame(visit, form, refusal)
        return await _list(visit, desk, form, status_of(refusal))
    return visit.go(f"{desk.base}/{endpoint_id}", "webhook-made")


async def endpoint(visit: Visit, desk: Desk) -> Response:
    """Show one, what was sent to it, and its secret while it is new."""
    return await _one(visit, desk, Form(language=visit.language))


async def change(visit: Visit, desk: Desk) -> Response:
    """Have it at another address, or for other events."""
    form = await visit.form()
    found = await _own(visit, desk)
    command = ChangeEndpoint(
        endpoint_id=found.endpoint_id,
        url=form.text("url", required=True),
        description=form.text("description"),
        event_types=_chosen(form),
    )
    return await _carried_out(visit, desk, form, command, "saved")


async def act(visit: Visit, desk: Desk) -> Response:
    """Do what a button says."""
    found, deed = await _own(visit, desk), visit.named("deed")
    form = Form(language=visit.language)
    if deed == "remove":
        await visit.execute(RemoveEndpoint(endpoint_id=found.endpoint_id))
        return visit.go(desk.base, "webhook-removed")
    if deed not in DEEDS:
        raise EndpointNotFound
    command = DEEDS[deed](endpoint_id=found.endpoint_id)  # type: ignore[call-arg]
    return await _carried_out(visit, desk, form, command, f"webhook-{deed}")


async def replay(visit: Visit, desk: Desk) -> Response:
    """Send a delivery again."""
    found = await _own(visit, desk)
    delivery = await visit.ask(ViewDelivery(delivery_id=DeliveryId(visit.named("delivery_id"))))
    if delivery.endpoint_id != found.endpoint_id:
        raise EndpointNotFound
    command = ReplayDelivery(delivery_id=delivery.delivery_id)
    return await _carried_out(visit, desk, Form(language=visit.language), command, "webhook-replayed")


async def _carried_out(visit: Visit, desk: Desk, form: Form, command: Command[Any], notice: str) -> Response:
    if not form.fits:
        return await _one(visit, desk, form, 422)
    try:
        await visit.execute(command)
    except MarketplaceError as refusal:
        if refusal.kind not in _SAID:
            raise
        _blame(visit, form, refusal)
        return await _one(visit, desk, form, status_of(refusal))
    return visit.go(f"{desk.base}/{visit.named('endpoint_id')}", notice)


async def _own(visit: Visit, desk: Desk) -> EndpointView:
    found = await visit.ask(ViewEndpoint(endpoint_id=EndpointId(visit.named("endpoint_id"))))
    if found.seller_id != desk.seller_id:
        raise EndpointNotFound
    return found


async def _list(visit: Visit, desk: Desk, form: Form, status: int = 200) -> Response:
    return visit.page(
        "parts/webhooks_list.html",
        status=status,
        frame=desk.frame,
        base=desk.base,
        form=form,
        endpoints=await visit.ask(ListEndpoints(seller_id=desk.seller_id)),
        types=await _types(visit, desk),
        chosen=_chosen(form),
        **desk.around,
    )


async def _one(visit: Visit, desk: Desk, form: Form, status: int = 200) -> Response:
    found = await _own(visit, desk)
    page = PageRequest(limit=20, cursor=visit.asked("cursor") or None)
    sent = await visit.ask(ListDeliveries(endpoint_id=found.endpoint_id, page=page))
    return visit.page(
        "parts/webhooks_one.html",
        status=status,
        frame=desk.frame,
        base=desk.base,
        form=form,
        endpoint=found,
        secret=await _secret(visit, found),
        deliveries=[(one, _look(one)) for one in sent.items],
        next_cursor=sent.next_cursor,
        types=await _types(visit, desk),
        chosen=_chosen(form) if form.values else found.event_types,
        **desk.around,
    )


async def _types(visit: Visit, desk: Desk) -> Sequence[tuple[str, str]]:
    names = await visit.ask(ListEventTypes(seller_id=desk.seller_id))
    return [(name, name.removeprefix("marketplace.").replace(".v1.", " · ")) for name in names]


async def _secret(visit: Visit, found: EndpointView) -> str:
    try:
        return await visit.ask(ViewEndpointSecret(endpoint_id=found.endpoint_id))
    except SecretNotShown:
        return ""


def _chosen(form: Form) -> tuple[str, ...]:
    return tuple(form.lists.get("event_types", ()))


def _blame(visit: Visit, form: Form, refusal: MarketplaceError) -> None:
    if refusal.code in {"webhooks.url_not_allowed", "webhooks.endpoint_exists"}:
        form.errors["url"] = visit.sentence(refusal)
    else:
        visit.blame(form, refusal, *FIELDS)


def _look(delivery: DeliveryView) -> str:
    return {"delivered": "good", "given_up": "bad"}.get(delivery.state.value, "held")
