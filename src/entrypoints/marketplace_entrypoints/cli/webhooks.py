"""``marketplace webhook``: where programs are told what happens, and what became of it."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from marketplace_core.kernel.ids import DeliveryId, EndpointId, SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_core.webhooks import (
    ChangeEndpoint,
    DeliveryState,
    DeliveryView,
    DisableEndpoint,
    EnableEndpoint,
    EndpointView,
    ListDeliveries,
    ListEndpoints,
    ListEventTypes,
    MakeEndpoint,
    RemoveEndpoint,
    ReplayDelivery,
    Replayed,
    ReplayEvents,
    RotateSecret,
    SecretNotShown,
    SendTestEvent,
    ViewDelivery,
    ViewEndpoint,
    ViewEndpointSecret,
)
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json
from marketplace_entrypoints.cli.tables import Rows, show_page
from marketplace_entrypoints.plainly import plain

webhook = typer.Typer(help="Programs that are told what happens, at addresses of theirs.", no_args_is_help=True)
AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
EndpointArgument = Annotated[str, typer.Argument(metavar="ENDPOINT", help="The endpoint (whe_…).")]
DeliveryArgument = Annotated[str, typer.Argument(metavar="DELIVERY", help="The delivery (whd_…).")]
SellerOption = Annotated[str | None, typer.Option("--seller", help="Whose (sel_…); the operators' by default.")]
EventOption = Annotated[
    list[str] | None, typer.Option("--event", help="An event it is told of; again for more. All by default.")
]
DescriptionOption = Annotated[str | None, typer.Option(help="A few words for yourself.")]
Moment = typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"])


@webhook.command("events")
def events(seller: SellerOption = None, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """List the events that a shop, or an operator, may hear of."""

    async def work(session: Session) -> tuple[str, ...]:
        return await session.opened.market.ask(ListEventTypes(seller_id=_seller(seller)), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(list(found))
        return
    for name in found:
        console.print(name)


@webhook.command("add")
def add(
    url: Annotated[str, typer.Argument(help="Where to: https://…")],
    seller: SellerOption = None,
    event: EventOption = None,
    description: DescriptionOption = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Have a program told what happens. Its secret is printed now and never again."""
    command = MakeEndpoint(
        seller_id=_seller(seller), url=url, description=description or "", event_types=tuple(event or ())
    )

    async def work(session: Session) -> tuple[EndpointView, str]:
        endpoint_id = await session.opened.market.execute(command, by=session.by)
        return await _view(session, endpoint_id), await _secret(session, endpoint_id)

    _show_with_secret(*run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@webhook.command("list")
def list_endpoints(seller: SellerOption = None, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """List a shop's endpoints, or the operators'."""

    async def work(session: Session) -> Page[EndpointView]:
        found = await session.opened.market.ask(ListEndpoints(seller_id=_seller(seller)), by=session.by)
        return Page(items=found, next_cursor=None)

    found = run(work, as_json=as_json, as_user=as_user)
    show_page(found, ("endpoint", "state", "address", "events", "description"), _row, as_json=as_json)


@webhook.command("view")
def view(endpoint: EndpointArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Look at an endpoint."""

    async def work(session: Session) -> EndpointView:
        return await _view(session, EndpointId(endpoint))

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@webhook.command("change")
def change(
    endpoint: EndpointArgument,
    url: Annotated[str | None, typer.Option(help="Another address.")] = None,
    event: EventOption = None,
    all_events: Annotated[bool, typer.Option("--all-events", help="Tell it of everything again.")] = False,
    description: DescriptionOption = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Change its address, its description or what it is told of; what is not named stays."""
    chosen = () if all_events else tuple(event) if event else None
    command = ChangeEndpoint(endpoint_id=EndpointId(endpoint), url=url, description=description, event_types=chosen)
    _carry_out(command, endpoint, as_json=as_json, as_user=as_user)


@webhook.command("enable")
def enable(endpoint: EndpointArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Send to it again."""
    _carry_out(EnableEndpoint(endpoint_id=EndpointId(endpoint)), endpoint, as_json=as_json, as_user=as_user)


@webhook.command("disable")
def disable(endpoint: EndpointArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Send nothing more to it until it is enabled."""
    _carry_out(DisableEndpoint(endpoint_id=EndpointId(endpoint)), endpoint, as_json=as_json, as_user=as_user)


@webhook.command("remove")
def remove(endpoint: EndpointArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Remove it for good."""

    async def work(session: Session) -> None:
        await session.opened.market.execute(RemoveEndpoint(endpoint_id=EndpointId(endpoint)), by=session.by)

    run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json({"endpoint_id": endpoint, "state": "removed"})
    else:
        console.print(f"{endpoint} is removed.")


@webhook.command("rotate")
def rotate(endpoint: EndpointArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Sign with a new secret, and for a day with the one before as well. It is printed now and never again."""

    async def work(session: Session) -> tuple[EndpointView, str]:
        await session.opened.market.execute(RotateSecret(endpoint_id=EndpointId(endpoint)), by=session.by)
        return await _view(session, EndpointId(endpoint)), await _secret(session, EndpointId(endpoint))

    _show_with_secret(*run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@webhook.command("test")
def send_test_event(endpoint: EndpointArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Send it an event that says nothing; the worker delivers it."""

    async def work(session: Session) -> DeliveryView:
        market = session.opened.market
        delivery_id = await market.execute(SendTestEvent(endpoint_id=EndpointId(endpoint)), by=session.by)
        return await market.ask(ViewDelivery(delivery_id=delivery_id), by=session.by)

    _show_delivery(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@webhook.command("log")
def log(
    endpoint: EndpointArgument,
    state: Annotated[DeliveryState | None, typer.Option(help="Only deliveries in this state.")] = None,
    limit: Annotated[int, typer.Option(help="How many.")] = PAGE_SIZE_DEFAULT,
    cursor: Annotated[str | None, typer.Option(help="Continue after an earlier page.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List what was sent to it, the newest first."""
    page = PageRequest(limit=limit, cursor=cursor)
    query = ListDeliveries(endpoint_id=EndpointId(endpoint), state=state, page=page)

    async def work(session: Session) -> Page[DeliveryView]:
        return await session.opened.market.ask(query, by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    show_page(found, ("queued", "delivery", "state", "tries", "event", "outcome"), _delivery_row, as_json=as_json)


@webhook.command("delivery")
def delivery(delivery: DeliveryArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Look at a delivery: what was sent and what was answered."""

    async def work(session: Session) -> DeliveryView:
        return await session.opened.market.ask(ViewDelivery(delivery_id=DeliveryId(delivery)), by=session.by)

    _show_delivery(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@webhook.command("replay")
def replay(
    what: Annotated[str, typer.Argument(metavar="WHAT", help="A delivery (whd_…), or an endpoint (whe_…).")],
    since: Annotated[datetime | None, Moment] = None,
    until: Annotated[datetime | None, Moment] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Send a delivery again, or to an endpoint what happened in a span of time (UTC), under the same identifiers."""
    if not what.startswith("whe_"):

        async def again(session: Session) -> DeliveryView:
            market = session.opened.market
            await market.execute(ReplayDelivery(delivery_id=DeliveryId(what)), by=session.by)
            return await market.ask(ViewDelivery(delivery_id=DeliveryId(what)), by=session.by)

        _show_delivery(run(again, as_json=as_json, as_user=as_user), as_json=as_json)
        return

    if since is None:
        raise typer.BadParameter("Say from when on: --since 2026-01-31.")
    begin, end = since.replace(tzinfo=UTC), until.replace(tzinfo=UTC) if until else None

    async def span(session: Session) -> Replayed:
        now = session.opened.adapters.around.clock.now()
        command = ReplayEvents(endpoint_id=EndpointId(what), since=begin, until=end or now)
        return await session.opened.market.execute(command, by=session.by)

    done = run(span, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(done)
    else:
        console.print(f"{done.events} events up to {done.until:%Y-%m-%d %H:%M:%S} are on their way again.")


def _seller(seller: str | None) -> SellerId | None:
    return SellerId(seller) if seller else None


async def _view(session: Session, endpoint_id: EndpointId) -> EndpointView:
    return await session.opened.market.ask(ViewEndpoint(endpoint_id=endpoint_id), by=session.by)


async def _secret(session: Session, endpoint_id: EndpointId) -> str:
    try:
        return await session.opened.market.ask(ViewEndpointSecret(endpoint_id=endpoint_id), by=session.by)
    except SecretNotShown:  # it was there already, and for too long
        return ""


def _carry_out(command: Command[None], endpoint: str, *, as_json: bool, as_user: str | None) -> None:
    async def work(session: Session) -> EndpointView:
        await session.opened.market.execute(command, by=session.by)
        return await _view(session, EndpointId(endpoint))

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


def _show(found: EndpointView, *, as_json: bool) -> None:
    if as_json:
        show_json(found)
        return
    console.print(f"[bold]{found.endpoint_id}[/bold]  {_state(found)}  {found.url}", soft_wrap=True)
    console.print(f"  told of {', '.join(found.event_types) or 'everything'}", soft_wrap=True)
    if found.description:
        console.print(f"  {found.description}", markup=False, soft_wrap=True)


def _show_with_secret(found: EndpointView, secret: str, *, as_json: bool) -> None:
    if as_json:
        show_json({**plain(found), "secret": secret})
        return
    _show(found, as_json=False)
    if secret:
        console.print(f"  secret {secret} (keep it: it is not shown again)", soft_wrap=True)
    else:
        console.print("  it was there already; rotate it for another secret")


def _show_delivery(found: DeliveryView, *, as_json: bool) -> None:
    if as_json:
        show_json(found)
        return
    console.print(f"[bold]{found.delivery_id}[/bold]  {found.state.value}  {found.event_type} {found.event_id}")
    console.print(f"  {found.attempts} attempts; {_outcome(found)}", markup=False, soft_wrap=True)
    console.print(f"  {found.body}", markup=False, soft_wrap=True)
    if found.answer:
        console.print(f"  answer: {found.answer}", markup=False, soft_wrap=True)


def _row(found: EndpointView) -> Rows:
    events = ", ".join(name.rpartition(".")[2] for name in found.event_types) or "all"
    return ((found.endpoint_id, _state(found), found.url, events, found.description),)


def _delivery_row(found: DeliveryView) -> Rows:
    event = found.event_type.rpartition(".")[2]
    at = f"{found.queued_at:%Y-%m-%d %H:%M:%S}"
    return ((at, found.delivery_id, found.state.value, str(found.attempts), event, _outcome(found)),)


def _state(found: EndpointView) -> str:
    because = found.disabled_because
    return found.state.value if because is None else f"{found.state.value} ({because.value})"


def _outcome(found: DeliveryView) -> str:
    if found.error:
        again = f", again at {found.next_at:%Y-%m-%d %H:%M:%S}" if found.next_at else ""
        return f"{found.error}{again}"
    return "not tried yet" if found.status is None else f"answered {found.status}"
