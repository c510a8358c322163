"""``marketplace order``: quote, place, look, ship, receive."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Final
from uuid import uuid4

import typer
from rich.markup import escape
from rich.table import Table

from marketplace_core.kernel.access import ANONYMOUS
from marketplace_core.kernel.ids import OfferId, OrderId, SellerId, SellerOrderId
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_core.orders import (
    Address,
    ListAllOrders,
    ListOrders,
    ListSellerOrders,
    OrderState,
    OrderSummary,
    OrderView,
    PlacedOrder,
    PlaceOrder,
    Quote,
    QuoteCheckout,
    SellerOrderState,
    SellerOrderView,
    ShippedSellerOrder,
    ShipSellerOrder,
    Step,
    Units,
    ViewOrder,
    ViewOrderByLink,
    ViewSellerOrder,
)
from marketplace_entrypoints.cli.amounts import show_groups, show_totals
from marketplace_entrypoints.cli.order_moves import MOVES, SellerOrderArgument
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json
from marketplace_entrypoints.cli.tables import Rows, show_page

order = typer.Typer(
    help="Orders: what the cart costs, placing it, following, shipping and receiving it.", no_args_is_help=True
)
_ALL: Final = ("placed", "order", "buyer", "state", "total")
AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]


@order.command("quote")
def quote(
    country: Annotated[
        str, typer.Option(help="Where the goods go: two capital letters, as far as that is known.")
    ] = "",
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Say what your cart costs now, seller by seller, delivery included. The quote holds for 15 minutes."""

    async def work(session: Session) -> Quote:
        return await session.opened.market.ask(QuoteCheckout(country=country), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    show_groups(found.groups)
    show_totals(found.totals, found.voucher)
    console.print(f"[bold]{found.total}[/bold] in all, until {found.expires_at:%H:%M:%S} UTC")
    console.print(f"quote hash  {found.quote_hash}", soft_wrap=True)


@order.command("place")
def place(
    quote_hash: Annotated[str, typer.Option(help="The hash of the quote you agree to.")],
    name: Annotated[str, typer.Option(help="Who receives the parcels.")],
    line1: Annotated[str, typer.Option(help="Street and number.")],
    city: Annotated[str, typer.Option(help="City.")],
    postal_code: Annotated[str, typer.Option(help="Postal code.")],
    country: Annotated[str, typer.Option(help="Country: two capital letters, such as DK.")],
    line2: Annotated[str | None, typer.Option(help="Second line of the address.")] = None,
    key: Annotated[
        str | None,
        typer.Option(help="Idempotency key: the same one again returns the same order. A new one by default."),
    ] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Order what is in your cart, exactly as quoted, and learn how to pay.

    Goods are held for every line or for none, for 15 minutes. What differs from the quote is refused with the old and
    the new prices. A cart becomes one order at most.
    """
    request_key = key or f"cli-{uuid4().hex}"

    async def work(session: Session) -> PlacedOrder:
        address = Address(name=name, line1=line1, line2=line2, city=city, postal_code=postal_code, country=country)
        command = PlaceOrder(quote_hash=quote_hash, address=address, request_key=request_key)
        return (await session.opened.market.execute_once(command, by=session.by, key=request_key)).result

    placed = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(placed)
        return
    payment = placed.payment
    console.print(f"[green]{placed.order_id}[/green]  {placed.total}")
    console.print(f"pay {payment.amount} with {payment.provider}: {payment.client_secret or 'soon'}", soft_wrap=True)


@order.command("list")
def list_orders(
    seller: Annotated[str | None, typer.Option(help="List what this shop has sold; 'own' for your own shop.")] = None,
    state: Annotated[SellerOrderState | None, typer.Option(help="Only seller orders in this state.")] = None,
    limit: Annotated[int, typer.Option(help="How many.")] = PAGE_SIZE_DEFAULT,
    cursor: Annotated[str | None, typer.Option(help="Continue after an earlier page.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List your orders, or with --seller what a shop has sold, the newest first."""

    async def work(session: Session) -> object:
        page = PageRequest(limit=limit, cursor=cursor)
        if seller is None:
            return await session.opened.market.ask(ListOrders(page=page), by=session.by)
        shop = session.by.own_seller if seller == "own" else SellerId(seller)
        return await session.opened.market.ask(ListSellerOrders(seller_id=shop, state=state, page=page), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    table = Table("placed", "order", "state", "total", box=None, pad_edge=False)
    for item in found.items:  # type: ignore[attr-defined]
        name = item.order_id if seller is None else item.seller_order_id
        table.add_row(f"{item.placed_at:%Y-%m-%d %H:%M}", name, item.state, str(item.total))
    console.print(table)
    if found.next_cursor:  # type: ignore[attr-defined]
        console.print(f"more: --cursor {found.next_cursor}", soft_wrap=True)  # type: ignore[attr-defined]


@order.command("all")
def list_all_orders(
    state: Annotated[OrderState | None, typer.Option(help="Only orders in this state.")] = None,
    limit: Annotated[int, typer.Option(help="How many.")] = PAGE_SIZE_DEFAULT,
    cursor: Annotated[str | None, typer.Option(help="Continue after an earlier page.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List everybody's orders, the newest first."""

    async def work(session: Session) -> Page[OrderSummary]:
        query = ListAllOrders(state=state, page=PageRequest(limit=limit, cursor=cursor))
        return await session.opened.market.ask(query, by=session.by)

    show_page(run(work, as_json=as_json, as_user=as_user), _ALL, _all_rows, as_json=as_json)


@order.command("view")
def view(
    order_id: Annotated[str, typer.Argument(help="An order (ord_…) or a seller order (sor_…).")],
    key: Annotated[str | None, typer.Option(help="Open the order by the key of the link in its confirmation.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Look at an order with its parts and its timeline, or as a seller at your part of one."""

    async def work(session: Session) -> OrderView | SellerOrderView:
        market = session.opened.market
        if key is not None:
            return await market.ask(ViewOrderByLink(order_id=OrderId(order_id), key=key), by=ANONYMOUS)
        if order_id.startswith("sor_"):
            return await market.ask(ViewSellerOrder(seller_order_id=SellerOrderId(order_id)), by=session.by)
        return await market.ask(ViewOrder(order_id=OrderId(order_id)), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
    elif isinstance(found, OrderView):
        console.print(f"[bold]{found.order_id}[/bold]  {found.state}  {found.total}")
        _show_timeline(found.timeline)
        for part in found.seller_orders:
            _show_part(part)
    else:
        _show_part(found)


@order.command("ship")
def ship(
    seller_order_id: SellerOrderArgument,
    carrier: Annotated[str, typer.Option(help="Who carries the parcel.")],
    tracking: Annotated[str, typer.Option(help="Under which number.")],
    line: Annotated[
        list[str] | None,
        typer.Option(help="What is in it: OFFER=QUANTITY, as often as needed. All that is left to send by default."),
    ] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Say as the seller that a parcel was handed to a carrier; the buyer is told."""
    lines = tuple(_units(text) for text in line or ())

    async def work(session: Session) -> ShippedSellerOrder:
        command = ShipSellerOrder(
            seller_order_id=SellerOrderId(seller_order_id), carrier=carrier, tracking=tracking, lines=lines
        )
        return await session.opened.market.execute(command, by=session.by)

    shipped = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(shipped)
        return
    parcel = shipped.shipment
    said = escape(f"{parcel.carrier} {parcel.tracking}")
    console.print(f"{shipped.seller_order_id} is on its way with {said}.", soft_wrap=True)


for _name, _move in MOVES.items():
    order.command(_name)(_move)


def _units(text: str) -> Units:
    offer_id, _, quantity = text.rpartition("=")
    if not offer_id or not quantity.isascii() or not quantity.isdigit():
        raise typer.BadParameter(f"{text!r} is no OFFER=QUANTITY.", param_hint="--line")
    return Units(offer_id=OfferId(offer_id), quantity=int(quantity))


def _all_rows(one: OrderSummary) -> Rows:
    return [(f"{one.placed_at:%Y-%m-%d %H:%M}", one.order_id, one.buyer_id, one.state.value, str(one.total))]


def _show_part(part: SellerOrderView) -> None:
    console.print(f"\n{part.seller_order_id}  {part.state}")
    show_groups([part])
    titles = {line.offer_id: line.title for line in part.lines}
    for parcel in part.parcels:
        said = f"  {parcel.carrier} {parcel.tracking}: {_named(parcel.lines, titles)}"
        console.print(escape(said), soft_wrap=True)
    for gone in part.called_off:
        said = f"  {gone.cause} {_named(gone.lines, titles)} ({gone.total}) {gone.note}"
        console.print(escape(said.rstrip()), soft_wrap=True)
    _show_timeline(part.timeline)


def _named(lines: Sequence[Units], titles: Mapping[OfferId, str]) -> str:
    return ", ".join(f"{one.quantity} × {titles.get(one.offer_id, one.offer_id)}" for one in lines)


def _show_timeline(timeline: Sequence[Step]) -> None:
    for step in timeline:
        console.print(f"  {step.at:%Y-%m-%d %H:%M:%S}  {step.what} ({step.who})")
