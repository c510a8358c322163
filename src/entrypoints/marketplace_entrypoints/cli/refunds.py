"""``marketplace refund``: money back to buyers, asked for, given, decided about and followed."""

import re
from typing import Annotated, Final
from uuid import uuid4

import typer
from rich.markup import escape
from rich.table import Table

from marketplace_core.kernel.ids import OrderId, RefundId, SellerId, SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_core.payments import (
    ApproveRefund,
    CancelRefund,
    ListRefunds,
    PreviewRefund,
    RefundBooking,
    RefundPreview,
    RefundState,
    RefundView,
    RefundWish,
    RejectRefund,
    RequestRefund,
    SettleRefund,
    ViewRefund,
)
from marketplace_entrypoints.cli.acting import DryRun, Reason, act
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json
from marketplace_entrypoints.cli.tables import Rows, show_page

refund = typer.Typer(help="Refunds: give, ask for, decide about and follow money back to buyers.", no_args_is_help=True)

AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
OrderArgument = Annotated[str, typer.Argument(help="The order (ord_…).")]
RefundArgument = Annotated[str, typer.Argument(help="The refund (rfd_…).")]
Parts = Annotated[
    list[str] | None,
    typer.Option(
        "--part",
        help="What goes back of a seller order, in minor units: sor_…:ITEMS[:DELIVERY[:BORNE BY THE PLATFORM]]. "
        "May be given repeatedly.",
    ),
]
Amount = Annotated[int | None, typer.Option(help="In minor units, over all parts of the order, instead of --part.")]
_COLUMNS: Final = ("asked", "refund", "order", "state", "amount", "reason")
_BORNE: Final = ("held", "commission", "vat", "platform", "reserve", "payable", "debt")
_NUMBERS_MAX: Final = 3
_MINOR: Final = re.compile(r"[0-9]{1,15}")


@refund.command("give")
def give(
    order_id: OrderArgument,
    reason: Annotated[str, typer.Option(help="Why; the buyer, the shop and the books' readers see it.")],
    part: Parts = None,
    amount: Amount = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what it would come to and who bears it; change nothing.")
    ] = False,
    key: Annotated[
        str | None, typer.Option(help="Idempotency key: the same one again is the same refund. A new one by default.")
    ] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Give money back, or ask for it as the buyer.

    A buyer's wish waits for the seller. What a seller (of their own part) or an operator gives is approved at once.
    """
    wishes = _wishes(part)
    if dry_run:
        _preview(order_id, wishes, amount, as_json=as_json, as_user=as_user)
        return

    async def work(session: Session) -> RefundView:
        market = session.opened.market
        command = RequestRefund(order_id=OrderId(order_id), reason=reason, wishes=wishes, amount_minor=amount)
        asked = await market.execute_once(command, by=session.by, key=key or f"cli-{uuid4().hex}", reason=reason)
        return await market.ask(ViewRefund(refund_id=asked.result.refund_id), by=session.by)

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@refund.command("preview")
def preview(
    order_id: OrderArgument,
    part: Parts = None,
    amount: Amount = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Show what a refund would come to and who would bear it. Changes nothing."""
    _preview(order_id, _wishes(part), amount, as_json=as_json, as_user=as_user)


@refund.command("list")
def list_refunds(
    order: Annotated[str | None, typer.Option(help="Only of this order (ord_…).")] = None,
    seller: Annotated[str | None, typer.Option(help="Only of this seller (sel_…).")] = None,
    state: Annotated[
        list[RefundState] | None, typer.Option(help="Only in this state; may be given repeatedly.")
    ] = None,
    limit: Annotated[int, typer.Option(help="How many.")] = PAGE_SIZE_DEFAULT,
    cursor: Annotated[str | None, typer.Option(help="Continue after an earlier page.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List refunds, the newest first."""

    async def work(session: Session) -> Page[RefundView]:
        query = ListRefunds(
            order_id=OrderId(order) if order else None,
            seller_id=SellerId(seller) if seller else None,
            states=frozenset(state or ()),
            page=PageRequest(limit=limit, cursor=cursor),
        )
        return await session.opened.market.ask(query, by=session.by)

    show_page(run(work, as_json=as_json, as_user=as_user), _COLUMNS, _rows, as_json=as_json)


@refund.command("show")
def show(refund_id: RefundArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Show a refund: what goes back, why, where it stands, and who bears it."""

    async def work(session: Session) -> RefundView:
        return await session.opened.market.ask(ViewRefund(refund_id=RefundId(refund_id)), by=session.by)

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@refund.command("approve")
def approve(
    refund_id: RefundArgument,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Give the money back that was asked for, or try again what has to be made and failed."""
    command = ApproveRefund(refund_id=RefundId(refund_id))
    _decide(refund_id, command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@refund.command("reject")
def reject(
    refund_id: RefundArgument,
    reason: Annotated[str, typer.Option(help="Why not; the buyer reads it.")],
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Refuse a refund and tell the buyer why."""
    command = RejectRefund(refund_id=RefundId(refund_id), note=reason)
    _decide(refund_id, command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@refund.command("cancel")
def cancel(
    refund_id: RefundArgument,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Take an approved refund back while the provider has not been asked."""
    command = CancelRefund(refund_id=RefundId(refund_id))
    _decide(refund_id, command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@refund.command("settle")
def settle(
    refund_id: RefundArgument,
    reason: Annotated[str, typer.Option(help="By what means and under which reference it reached the buyer.")],
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Say how a refund that did not reach the buyer's card, or came back from it, was paid after all."""
    command = SettleRefund(refund_id=RefundId(refund_id), how=reason)
    _decide(refund_id, command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


def _decide(
    refund_id: str,
    command: Command[RefundState],
    *,
    reason: str | None,
    dry_run: bool,
    as_json: bool,
    as_user: str | None,
) -> None:
    async def then(session: Session, _: RefundState) -> RefundView:
        return await session.opened.market.ask(ViewRefund(refund_id=RefundId(refund_id)), by=session.by)

    view = act(command, then, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    _show(view, as_json=as_json)


def _preview(
    order_id: str, wishes: tuple[RefundWish, ...], amount: int | None, *, as_json: bool, as_user: str | None
) -> None:
    async def work(session: Session) -> RefundPreview:
        query = PreviewRefund(order_id=OrderId(order_id), wishes=wishes, amount_minor=amount)
        return await session.opened.market.ask(query, by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    console.print(f"{found.order_id}  [bold]{found.amount}[/bold] would go back; nothing was changed")
    if found.needs_second:
        console.print("  another operator would have to approve it")
    table = _table()
    for part in found.parts:
        table.add_row(part.seller_order_id, str(part.amount), *_borne(part.booking))
    console.print(table)


def _show(view: RefundView, *, as_json: bool) -> None:
    if as_json:
        show_json(view)
        return
    console.print(
        f"{view.refund_id}  [bold]{view.state.value}[/bold]  {view.amount} of {view.order_id}", soft_wrap=True
    )
    console.print(f"  asked by the {view.requested_by.value}: {escape(view.reason)}", soft_wrap=True)
    for said in (view.note, view.pending_reason, view.failure_code):
        if said is not None:
            console.print(f"  {escape(said)}", soft_wrap=True)
    table = _table()
    for part in view.parts:
        table.add_row(part.seller_order_id, str(part.amount), *_borne(part.booking))
    console.print(table)


def _table() -> Table:
    return Table("part", "amount", *_BORNE, box=None, pad_edge=False)


def _borne(booking: RefundBooking | None) -> tuple[str, ...]:
    return tuple("" if booking is None else str(getattr(booking, name)) for name in _BORNE)


def _rows(view: RefundView) -> Rows:
    asked_at = f"{view.requested_at:%Y-%m-%d %H:%M}"
    return [
        (asked_at, view.refund_id, view.order_id, view.state.value, str(view.amount), escape(view.reason)),
    ]


def _wishes(parts: list[str] | None) -> tuple[RefundWish, ...]:
    return tuple(_wish(part) for part in parts or ())


def _wish(part: str) -> RefundWish:
    name, *numbers = part.split(":")
    if not 1 <= len(numbers) <= _NUMBERS_MAX or not all(_MINOR.fullmatch(number) for number in numbers):
        raise typer.BadParameter("a part is written sor_…:1500, sor_…:1500:200 or sor_…:1500:200:300, in minor units")
    items, delivery, platform = (*(int(number) for number in numbers), 0, 0)[:_NUMBERS_MAX]
    return RefundWish(
        seller_order_id=SellerOrderId(name), items_minor=items, delivery_minor=delivery, platform_minor=platform
    )
