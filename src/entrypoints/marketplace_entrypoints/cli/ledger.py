"""``marketplace ledger``: the books."""

from datetime import UTC, datetime
from typing import Annotated, Final

import typer
from rich.markup import escape
from rich.table import Table

from marketplace_core.catalog import AuditStock, StockMismatch
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_core.payments import (
    AuditBooks,
    BrakeView,
    JournalView,
    ListBrakes,
    ListJournals,
    TrialBalance,
    TrialBalanceView,
    Violation,
)
from marketplace_core.payments.books import (
    NEEDS_A_PERSON,
    BrakeCause,
    CheckLiquidity,
    CorrectBooks,
    DiagnoseBooks,
    Diagnosis,
    InspectBooks,
    Inspection,
    Liquidity,
    ReleaseBrake,
)
from marketplace_core.payments.comparing import CatchUp, CaughtUp
from marketplace_entrypoints.cli.acting import DryRun, Reason, act
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json
from marketplace_entrypoints.cli.tables import Rows, show_page

ledger = typer.Typer(help="The books: trial balance, journals, audit, doctor, liquidity, brakes.", no_args_is_help=True)

AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
Limit = Annotated[int, typer.Option(help="How many.")]
Cursor = Annotated[str | None, typer.Option(help="Continue after an earlier page.")]
_COLUMNS: Final = ("posted", "fact", "source", "debit", "credit", "amount")


@ledger.command("balance")
def trial_balance(as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Sum up the books by kind of account. Per currency the balances come to zero."""

    async def work(session: Session) -> TrialBalanceView:
        return await session.opened.market.ask(TrialBalance(), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    table = Table("account", "debits", "credits", "balance", box=None, pad_edge=False)
    for row in found.rows:
        table.add_row(row.kind.value, str(row.debits), str(row.credits), str(row.balance))
    console.print(table)
    console.print(f"sum: {', '.join(map(str, found.sums)) or 'nothing booked yet'}")


@ledger.command("journals")
def journals(
    source: Annotated[str | None, typer.Option(help="Only of this payment, release (sor_…:1) or payout.")] = None,
    limit: Limit = PAGE_SIZE_DEFAULT,
    cursor: Cursor = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List what was booked, the newest first."""

    async def work(session: Session) -> Page[JournalView]:
        query = ListJournals(source_id=source, page=PageRequest(limit=limit, cursor=cursor))
        return await session.opened.market.ask(query, by=session.by)

    show_page(run(work, as_json=as_json, as_user=as_user), _COLUMNS, _rows, as_json=as_json)


@ledger.command("audit")
def audit(as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Look for what must never be in the books. Exits with 1 when something is found."""

    async def work(session: Session) -> tuple[Violation, ...]:
        return await session.opened.market.ask(AuditBooks(), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
    elif not found:
        console.print("[green]The books are sound.[/green]")
    for one in found if not as_json else ():
        console.print(f"[red]{one.check}[/red]  {one.subject}  {one.detail}", soft_wrap=True)
    if found:
        raise typer.Exit(1)


@ledger.command("doctor")
def doctor(
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Propose journals that would mend it, and post them if you say yes."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Say yes to all that is proposed.")] = False,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Examine the books and the stock, naming every row that is wrong. Exits with 1 when something is.

    With --repair the journals are shown that would mend it; nothing that was booked is ever changed.
    """
    found, stock = _examined(as_json=as_json, as_user=as_user)
    if as_json and not (repair and yes):
        show_json({"violations": found.violations, "stock": stock, "proposals": found.proposals})
    elif not as_json:
        _show_diagnosis(found, stock, repair=repair)
    if repair and found.proposals and not dry_run and (yes or (not as_json and _confirmed(found))):
        names = tuple(one.name for one in found.proposals)
        act(CorrectBooks(names), _said, reason=reason, dry_run=False, as_json=as_json, as_user=as_user)
        found, stock = _examined(as_json=as_json, as_user=as_user)
        if as_json:
            show_json({"posted": names, "violations": found.violations, "stock": stock})
        else:
            console.print(f"{len(names)} journals were posted; {len(found.violations)} findings are left.")
    if found.violations or stock:
        raise typer.Exit(1)


@ledger.command("brakes")
def brakes(as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Show whether money to sellers stands still, what for, and when it did before."""

    async def work(session: Session) -> tuple[BrakeView, ...]:
        return await session.opened.market.ask(ListBrakes(), by=session.by)

    _show_brakes(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@ledger.command("inspect")
def inspect(as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Audit the books now, and make money to sellers stand still if they are not sound."""

    async def work(session: Session) -> Inspection:
        return await session.opened.market.execute(InspectBooks(), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    console.print(f"{len(found.violations)} findings; money {'stands still' if found.stands_still else 'moves'}.")


@ledger.command("catch-up")
def catch_up(
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], help="From when on, in UTC."),
    ] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Ask the payment provider what happened there since the last look, for messages that never came.

    Disputes, refunds that came back and payouts that were sent back are put into the inbox; a worker looks into them.
    """

    async def work(session: Session) -> CaughtUp:
        command = CatchUp(since=None if since is None else since.replace(tzinfo=UTC))
        return await session.opened.market.execute(command, by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    console.print(f"{found.found} things happened since {found.since:%Y-%m-%d %H:%M} UTC; {found.new} are new to us.")


@ledger.command("liquidity")
def liquidity(as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Compare our balance at the provider with what is owed to others; exits with 1 when it does not reach.

    While it does not, payouts stand still; once it does again, they go on by themselves.
    """

    async def work(session: Session) -> Liquidity:
        return await session.opened.market.execute(CheckLiquidity(), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(
            {
                "covers": [{"owed": one.owed, "held": one.held, "missing": one.missing} for one in found.covers],
                "stands_still": found.stands_still,
            }
        )
    else:
        for one in found.covers:
            said = f"[red]{one.missing} too little[/red]" if one.missing else "[green]enough[/green]"
            console.print(f"{one.held} at the provider, {one.owed} owed to others: {said}", soft_wrap=True)
        console.print(f"Payouts {'stand still' if found.stands_still else 'move'}.")
    if any(one.missing for one in found.covers):
        raise typer.Exit(1)


@ledger.command("resume")
def resume(
    cause: Annotated[BrakeCause, typer.Argument(help="What money stands still for.")],
    reason: Annotated[str, typer.Option(help="Why it may go on.")],
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Let money go on that stands still; what was found counts as seen."""

    async def then(session: Session, _: None) -> tuple[BrakeView, ...]:
        return await session.opened.market.ask(ListBrakes(), by=session.by)

    command = ReleaseBrake(cause=cause, note=reason)
    shown = act(command, then, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    _show_brakes(shown, as_json=as_json)


def _examined(*, as_json: bool, as_user: str | None) -> tuple[Diagnosis, tuple[StockMismatch, ...]]:
    async def work(session: Session) -> tuple[Diagnosis, tuple[StockMismatch, ...]]:
        market = session.opened.market
        return await market.execute(DiagnoseBooks(), by=session.by), await market.ask(AuditStock(), by=session.by)

    return run(work, as_json=as_json, as_user=as_user)


async def _said(_: Session, names: tuple[str, ...]) -> tuple[str, ...]:
    return names


def _confirmed(found: Diagnosis) -> bool:
    return typer.confirm(f"Post {len(found.proposals)} journals?", default=False)


def _show_diagnosis(found: Diagnosis, stock: tuple[StockMismatch, ...], *, repair: bool) -> None:
    if not found.violations and not stock:
        console.print("[green]The books are sound, and the stock is what was reserved.[/green]")
    for one in found.violations:
        console.print(f"[red]{one.check}[/red]  {one.subject}  {escape(one.detail)}", soft_wrap=True)
    for offer in stock:
        said = f"holds {offer.held}, reserved {offer.reserved}; sold {offer.sold}, committed {offer.committed}"
        console.print(f"[red]stock_matches_reservations[/red]  {offer.offer_id}  {said}", soft_wrap=True)
    if not repair:
        return
    mended = {one.mends for one in found.proposals}
    for proposal in found.proposals:
        console.print(f"[bold]proposed[/bold]  {escape(proposal.name)}  for {proposal.mends.subject}", soft_wrap=True)
        for leg in proposal.journal.transfers:
            console.print(f"  {leg.amount} from {leg.debit.code} to {leg.credit.code}", soft_wrap=True)
    for one in found.violations:
        if one not in mended and not found.proposals:
            console.print(f"{one.check} {one.subject}: {NEEDS_A_PERSON}", soft_wrap=True)


def _show_brakes(found: tuple[BrakeView, ...], *, as_json: bool) -> None:
    if as_json:
        show_json(found)
        return
    if not any(one.released_at is None for one in found):
        console.print("[green]Money moves.[/green]")
    for one in found:
        until = "still on" if one.released_at is None else f"until {one.released_at:%Y-%m-%d %H:%M}"
        console.print(f"[bold]{one.cause.value}[/bold]  since {one.set_at:%Y-%m-%d %H:%M}, {until}", soft_wrap=True)
        for finding in one.findings:
            console.print(f"  {escape(finding)}", soft_wrap=True)
        if one.note is not None:
            console.print(f"  let go by {one.released_by}: {escape(one.note)}", soft_wrap=True)


def _rows(view: JournalView) -> Rows:
    first = (f"{view.posted_at:%Y-%m-%d %H:%M:%S}", view.kind.value, view.source_id)
    return [
        (*(first if number == 0 else ("", "", "")), one.debit, one.credit, str(one.amount))
        for number, one in enumerate(view.transfers)
    ]
