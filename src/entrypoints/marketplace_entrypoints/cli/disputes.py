"""``marketplace disputes``: card disputes, for operators to see, answer and give up."""

from pathlib import Path
from typing import Annotated, Final

import typer
from rich.markup import escape
from rich.table import Table

from marketplace_core.kernel.ids import DisputeId, OrderId, SellerOrderId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_core.payments import (
    AcceptDispute,
    AnswerDispute,
    DisputeState,
    DisputeView,
    ListDisputes,
    ListPartDisputes,
    PartDispute,
    ViewDispute,
)
from marketplace_entrypoints.cli.acting import DryRun, Reason, act
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json
from marketplace_entrypoints.cli.tables import Rows, show_page
from marketplace_entrypoints.evidence import EvidencePack, evidence_pack

disputes = typer.Typer(help="Card disputes: see them, answer them, give them up.", no_args_is_help=True)

AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
DisputeArgument = Annotated[str, typer.Argument(help="The dispute (dsp_…).")]
_COLUMNS: Final = ("opened", "dispute", "order", "state", "amount", "evidence due", "reason")
_PARTS: Final = ("part", "amount", "from escrow", "from the seller", "set aside")


@disputes.command("list")
def list_disputes(
    order: Annotated[str | None, typer.Option(help="Only of this order (ord_…).")] = None,
    state: Annotated[
        list[DisputeState] | None, typer.Option(help="Only in this state; may be given repeatedly.")
    ] = None,
    limit: Annotated[int, typer.Option(help="How many.")] = PAGE_SIZE_DEFAULT,
    cursor: Annotated[str | None, typer.Option(help="Continue after an earlier page.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List card disputes, the newest first."""

    async def work(session: Session) -> Page[DisputeView]:
        query = ListDisputes(
            order_id=OrderId(order) if order else None,
            states=frozenset(state or ()),
            page=PageRequest(limit=limit, cursor=cursor),
        )
        return await session.opened.market.ask(query, by=session.by)

    show_page(run(work, as_json=as_json, as_user=as_user), _COLUMNS, _rows, as_json=as_json)


@disputes.command("show")
def show(dispute_id: DisputeArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Show a dispute: what the network takes, why, until when it can be answered, and on whom it falls."""

    async def work(session: Session) -> DisputeView:
        return await session.opened.market.ask(ViewDispute(dispute_id=DisputeId(dispute_id)), by=session.by)

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@disputes.command("pack")
def pack(
    dispute_id: DisputeArgument,
    to: Annotated[Path, typer.Option(help="The folder that the archive is written to.")] = Path(),
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Write what speaks for us into a ZIP archive: order, parcels, messages, terms, photos, and their SHA-256."""

    async def work(session: Session) -> EvidencePack:
        return await evidence_pack(session.opened.market, DisputeId(dispute_id), session.by, photos=True)

    found = run(work, as_json=as_json, as_user=as_user)
    file = to / found.filename
    file.write_bytes(found.archive())
    if as_json:
        show_json({"file": str(file), "sha256": {one.name: one.sha256 for one in found.documents}})
        return
    console.print(str(file), soft_wrap=True)
    for document in found.documents:
        console.print(f"  {document.sha256}  {document.name}", soft_wrap=True)


@disputes.command("about")
def about(
    seller_order: Annotated[str, typer.Argument(help="The seller order (sor_…).")],
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List what of card disputes falls on a part of your shop."""

    async def work(session: Session) -> tuple[PartDispute, ...]:
        query = ListPartDisputes(seller_order_id=SellerOrderId(seller_order))
        return await session.opened.market.ask(query, by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json({"items": found})
        return
    for one in found:
        console.print(f"{one.dispute_id}  {one.state.value}  {one.amount}  {escape(one.reason)}", soft_wrap=True)


@disputes.command("answer")
def answer(
    dispute_id: DisputeArgument,
    statement: Annotated[
        list[str],
        typer.Option(help="What is said about what, as ABOUT=WORDS (shipping=Delivered.). May be given repeatedly."),
    ],
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Hand in the evidence: once, while the network waits for it."""
    statements = tuple(_statement(one) for one in statement)
    command = AnswerDispute(dispute_id=DisputeId(dispute_id), statements=statements)
    _decide(dispute_id, command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@disputes.command("accept")
def accept(
    dispute_id: DisputeArgument,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Give a dispute up while the network waits for evidence; there is no way back."""
    command = AcceptDispute(dispute_id=DisputeId(dispute_id))
    _decide(dispute_id, command, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


def _decide(
    dispute_id: str,
    command: Command[DisputeState],
    *,
    reason: str | None,
    dry_run: bool,
    as_json: bool,
    as_user: str | None,
) -> None:
    async def then(session: Session, _: DisputeState) -> DisputeView:
        return await session.opened.market.ask(ViewDispute(dispute_id=DisputeId(dispute_id)), by=session.by)

    view = act(command, then, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    _show(view, as_json=as_json)


def _statement(statement: str) -> tuple[str, str]:
    about, sign, words = statement.partition("=")
    if not (sign and about.strip() and words.strip()):
        raise typer.BadParameter("a statement is written ABOUT=WORDS, as in shipping=Delivered on 2 March.")
    return about, words


def _show(view: DisputeView, *, as_json: bool) -> None:
    if as_json:
        show_json(view)
        return
    console.print(
        f"{view.dispute_id}  [bold]{view.state.value}[/bold]  {view.amount} of {view.order_id}, fee {view.fee}",
        soft_wrap=True,
    )
    console.print(f"  {escape(view.reason)}, opened {view.opened_at:%Y-%m-%d %H:%M}", soft_wrap=True)
    if view.evidence_due is not None:
        console.print(f"  evidence due {view.evidence_due:%Y-%m-%d %H:%M}")
    if view.evidence_hash is not None:
        console.print(f"  evidence handed in: {view.evidence_hash}", soft_wrap=True)
    if view.closed_at is not None:
        console.print(f"  closed {view.closed_at:%Y-%m-%d %H:%M}")
    table = Table(*_PARTS, box=None, pad_edge=False)
    for part in view.parts:
        amounts = (part.amount, part.from_escrow, part.from_seller, part.set_aside)
        table.add_row(part.seller_order_id, *(str(amount) for amount in amounts))
    table.add_row("the platform's", str(view.platform))
    if view.suspended:
        table.add_row("of money in suspense", str(view.suspended))
    console.print(table)


def _rows(view: DisputeView) -> Rows:
    due = "" if view.evidence_due is None else f"{view.evidence_due:%Y-%m-%d %H:%M}"
    opened = f"{view.opened_at:%Y-%m-%d %H:%M}"
    amount = str(view.amount)
    return [(opened, view.dispute_id, view.order_id, view.state.value, amount, due, escape(view.reason))]
