"""``marketplace ledger``: the books."""

from typing import Annotated, Final

import typer
from rich.table import Table

from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_core.payments import (
    AuditBooks,
    JournalView,
    ListJournals,
    TrialBalance,
    TrialBalanceView,
    Violation,
)
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json
from marketplace_entrypoints.cli.tables import Rows, show_page

ledger = typer.Typer(help="The books: trial balance, journals, audit.", no_args_is_help=True)

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


def _rows(view: JournalView) -> Rows:
    first = (f"{view.posted_at:%Y-%m-%d %H:%M:%S}", view.kind.value, view.source_id)
    return [
        (*(first if number == 0 else ("", "", "")), one.debit, one.credit, str(one.amount))
        for number, one in enumerate(view.transfers)
    ]
