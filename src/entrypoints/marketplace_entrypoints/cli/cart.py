"""``marketplace cart``: look, add, change, remove, empty."""

from collections.abc import Callable
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from marketplace_core.cart import (
    AddToCart,
    BecameUnavailable,
    CartView,
    ChangeQuantity,
    EmptyCart,
    LineChange,
    PriceChanged,
    RemoveLine,
    StockShort,
    ViewCart,
)
from marketplace_core.kernel.ids import CartLineId, OfferId
from marketplace_core.kernel.messages import Command
from marketplace_core.orders import DropVoucher, Quote, UseVoucher
from marketplace_entrypoints.cli.amounts import show_totals
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json

cart = typer.Typer(help="The cart: what a buyer is considering, by seller.", no_args_is_help=True)
AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
LineArgument = Annotated[str, typer.Argument(help="The line (cln_…).")]
VersionOption = Annotated[int | None, typer.Option("--version", help="Only if the cart is still at this version.")]


@cart.command("view")
def view(as_json: AsJson = False, as_user: AsUser = None) -> None:
    """See your cart by seller, at today's prices.

    A price other than the one you saw is named with both; what can no longer be bought stays and says why.
    """

    async def work(session: Session) -> CartView:
        return await session.opened.market.ask(ViewCart(), by=session.by)

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@cart.command("add")
def add(
    offer_id: Annotated[str, typer.Argument(help="The offer (off_…).")],
    quantity: Annotated[int, typer.Option(help="How many units.")] = 1,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Put units of an offer into your cart; units of an offer that is there already join its line."""
    _carry_out(lambda: AddToCart(offer_id=OfferId(offer_id), quantity=quantity), as_json, as_user)


@cart.command("change")
def change(
    line_id: LineArgument,
    quantity: Annotated[int, typer.Argument(help="How many units from now on.")],
    version: VersionOption = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Change how many units of a line you want."""
    _carry_out(
        lambda: ChangeQuantity(line_id=CartLineId(line_id), quantity=quantity, expected_version=version),
        as_json,
        as_user,
    )


@cart.command("remove")
def remove(
    line_id: LineArgument, version: VersionOption = None, as_json: AsJson = False, as_user: AsUser = None
) -> None:
    """Take a line out of your cart."""
    _carry_out(lambda: RemoveLine(line_id=CartLineId(line_id), expected_version=version), as_json, as_user)


@cart.command("empty")
def empty(version: VersionOption = None, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Take everything out of your cart."""
    _carry_out(lambda: EmptyCart(expected_version=version), as_json, as_user)


@cart.command("voucher")
def use_voucher(
    code: Annotated[str, typer.Argument(help="The code.")],
    country: Annotated[
        str, typer.Option(help="Where the goods go: two capital letters, as far as that is known.")
    ] = "",
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Use a voucher for your cart, and learn what it costs then; another code replaces it."""

    async def work(session: Session) -> Quote:
        return await session.opened.market.execute(UseVoucher(code=code, country=country), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    show_totals(found.totals, found.voucher)


@cart.command("drop-voucher")
def drop_voucher(as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Take the voucher out of your cart."""

    async def work(session: Session) -> CartView:
        await session.opened.market.execute(DropVoucher(), by=session.by)
        return await session.opened.market.ask(ViewCart(), by=session.by)

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


def _carry_out(command: Callable[[], Command[CartView]], as_json: bool, as_user: str | None) -> None:
    async def work(session: Session) -> CartView:
        return await session.opened.market.execute(command(), by=session.by)

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


def _show(found: CartView, *, as_json: bool) -> None:
    if as_json:
        show_json(found)
        return
    if not found.groups:
        console.print("The cart is empty.")
        return
    table = Table("", "each", "units", "total", "", box=None, pad_edge=False)
    for group in found.groups:
        table.add_row(f"[bold]{escape(group.seller_name)}[/bold]", "", "", str(group.subtotal), "")
        for line in group.lines:
            title = escape(f"  {line.title} {line.variant_title}".rstrip())
            notes = "; ".join(_said(change) for change in line.changes)
            table.add_row(title, str(line.unit_price), str(line.quantity), str(line.total), escape(notes))
            table.add_row(f"  [dim]{line.line_id}[/dim]", "", "", "", "")
    console.print(table)
    console.print(f"[bold]{found.total}[/bold] for what can be bought", soft_wrap=True)


def _said(change: LineChange) -> str:
    match change:
        case PriceChanged():
            return f"was {change.before}"
        case StockShort():
            return f"only {change.available} left"
        case BecameUnavailable():
            return f"cannot be bought: {change.reason}"
