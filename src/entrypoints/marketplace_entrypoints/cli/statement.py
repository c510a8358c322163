"""``marketplace payout statement``: what a seller had, what came and went, what they have."""

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table

from marketplace_core.kernel.ids import SellerId
from marketplace_core.payments.books import SellerStatement, ViewStatement
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json
from marketplace_entrypoints.statements import as_csv

Moment = Annotated[datetime, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"])]


def statement(
    since: Moment,
    until: Moment,
    seller: Annotated[str | None, typer.Argument(help="The seller (sel_…); your own shop if left out.")] = None,
    currency: Annotated[str, typer.Option(help="In which currency.")] = "EUR",
    as_table: Annotated[bool, typer.Option("--csv", help="Print a table for spreadsheets.")] = False,
    as_json: Annotated[bool, JsonOption] = False,
    as_user: Annotated[str | None, AsOption] = None,
) -> None:
    """Show a seller's statement over a period (UTC, the end not included): opening, every movement, closing."""

    async def work(session: Session) -> SellerStatement:
        query = ViewStatement(
            seller_id=SellerId(seller) if seller else session.by.own_seller,
            currency=currency,
            since=since.replace(tzinfo=UTC),
            until=until.replace(tzinfo=UTC),
        )
        return await session.opened.market.ask(query, by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
    elif as_table:
        sys.stdout.write(as_csv(found))
    else:
        _show(found)


def _show(found: SellerStatement) -> None:
    table = Table("section", "posted", "fact", "about", "amount", "balance", box=None, pad_edge=False)
    for section in found.sections:
        table.add_row(section.heading.value, "", "opening", "", "", str(section.opening))
        for line in section.lines:
            about = line.seller_order_id or line.payout_id or ""
            table.add_row(
                "", f"{line.posted_at:%Y-%m-%d %H:%M}", line.kind.value, about, str(line.amount), str(line.balance)
            )
        table.add_row("", "", "closing", "", "", str(section.closing))
    console.print(table)
    console.print(f"{found.opening} + {found.movements} = [bold]{found.closing}[/bold]")
