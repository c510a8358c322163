"""``marketplace voucher``: make, list, look, stop."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table

from marketplace_core.kernel.ids import SellerId, VoucherId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_core.orders import ListVouchers, MakeVoucher, StopVoucher, ViewVoucher, VoucherView
from marketplace_entrypoints.cli.acting import DryRun, Reason, act
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json

voucher = typer.Typer(help="Vouchers of shops and of the marketplace.", no_args_is_help=True)
AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
VoucherArgument = Annotated[str, typer.Argument(help="The voucher (vch_…).")]
SellerOption = Annotated[str | None, typer.Option("--seller", help="Whose (sel_…); the marketplace's by default.")]


@voucher.command("make")
def make(
    code: Annotated[str, typer.Argument(help="3 to 32 of A-Z, 0-9 and -.")],
    currency: Annotated[str, typer.Option(help="The currency it is for, such as EUR.")],
    seller: SellerOption = None,
    percent_bps: Annotated[int | None, typer.Option(help="A percentage off the goods, in basis points.")] = None,
    amount: Annotated[int | None, typer.Option(help="An amount off the goods, in minor units.")] = None,
    minimum: Annotated[int, typer.Option(help="From how much of goods on, in minor units.")] = 0,
    uses: Annotated[int | None, typer.Option(help="How often in all; no limit by default.")] = None,
    uses_per_buyer: Annotated[int | None, typer.Option(help="How often by one buyer; no limit by default.")] = None,
    valid_from: Annotated[datetime | None, typer.Option(help="From when on (UTC); now by default.")] = None,
    valid_until: Annotated[datetime | None, typer.Option(help="Until when (UTC); for good by default.")] = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Make a voucher: off a shop's goods at its expense, or off everybody's at the marketplace's."""
    command = MakeVoucher(
        code=code,
        seller_id=SellerId(seller) if seller else None,
        currency=currency,
        percent_bps=percent_bps,
        amount_minor=amount,
        minimum_minor=minimum,
        uses_max=uses,
        uses_per_buyer_max=uses_per_buyer,
        valid_from=_utc(valid_from),
        valid_until=_utc(valid_until),
    )
    view = act(command, _view, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    _show(view, as_json=as_json)


@voucher.command("list")
def list_vouchers(
    seller: SellerOption = None,
    limit: Annotated[int, typer.Option(help="How many.")] = PAGE_SIZE_DEFAULT,
    cursor: Annotated[str | None, typer.Option(help="Continue after an earlier page.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List a shop's vouchers, or the marketplace's, the newest first."""

    async def work(session: Session) -> Page[VoucherView]:
        page = PageRequest(limit=limit, cursor=cursor)
        query = ListVouchers(seller_id=SellerId(seller) if seller else None, page=page)
        return await session.opened.market.ask(query, by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    table = Table("code", "voucher", "takes off", "used", "until", "", box=None, pad_edge=False)
    for view in found.items:
        table.add_row(view.code, view.voucher_id, _off(view), _used(view), _until(view), _standing(view))
    console.print(table)
    if found.next_cursor:
        console.print(f"more: --cursor {found.next_cursor}")


@voucher.command("view")
def view_voucher(voucher_id: VoucherArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Look at a voucher, and how often it was used."""

    async def work(session: Session) -> VoucherView:
        return await _view(session, VoucherId(voucher_id))

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@voucher.command("stop")
def stop(
    voucher_id: VoucherArgument,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Let nobody use it any more; there is no way back. Orders keep what it took off."""

    async def then(session: Session, _: None) -> VoucherView:
        return await _view(session, VoucherId(voucher_id))

    command = StopVoucher(voucher_id=VoucherId(voucher_id))
    view = act(command, then, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    _show(view, as_json=as_json)


async def _view(session: Session, voucher_id: VoucherId) -> VoucherView:
    return await session.opened.market.ask(ViewVoucher(voucher_id=voucher_id), by=session.by)


def _show(view: VoucherView, *, as_json: bool) -> None:
    if as_json:
        show_json(view)
        return
    whose = "the marketplace" if view.seller_id is None else view.seller_id
    console.print(f"[bold]{view.code}[/bold]  {view.voucher_id}  {_standing(view)}")
    console.print(f"  {_off(view)}, at the expense of {whose}")
    console.print(f"  used {_used(view)}, until {_until(view)}")


def _off(view: VoucherView) -> str:
    value = view.value
    if value.percent_bps is not None:
        off = f"{value.percent_bps / 100:g} % ({value.currency})"
    else:
        off = str(Money(value.amount_minor or 0, value.currency))
    return off if not value.minimum_minor else f"{off} from {Money(value.minimum_minor, value.currency)} on"


def _used(view: VoucherView) -> str:
    return str(view.used) if view.limits.uses_max is None else f"{view.used} of {view.limits.uses_max}"


def _until(view: VoucherView) -> str:
    return "for good" if view.limits.valid_until is None else f"{view.limits.valid_until:%Y-%m-%d %H:%M}"


def _standing(view: VoucherView) -> str:
    return "stopped" if view.stopped_at else ""


def _utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=moment.tzinfo or UTC)
