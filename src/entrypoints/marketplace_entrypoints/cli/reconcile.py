"""``marketplace reconcile``: our books and the payment provider's own."""

from typing import Annotated

import typer
from rich.markup import escape

from marketplace_core.payments.comparing import (
    BookRow,
    Comparison,
    KeptComparison,
    ReconcileBooks,
    ViewLastComparison,
)
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json


def reconcile(
    last: Annotated[
        bool, typer.Option("--last", help="Show what was found the last time, and compare nothing.")
    ] = False,
    as_json: Annotated[bool, JsonOption] = False,
    as_user: Annotated[str | None, AsOption] = None,
) -> None:
    """Compare our books with the payment provider's own, naming both rows. Exits with 1 when they differ.

    What was found is kept; operators get a mail about what was not there the time before. The books are not changed.
    While money moves, news that are still on their way show up as well: they are gone the next time.
    """
    if last:
        _look(as_json=as_json, as_user=as_user)
        return

    async def work(session: Session) -> Comparison:
        return await session.opened.market.execute(ReconcileBooks(), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
    else:
        _show(found)
    if found.discrepancies:
        raise typer.Exit(1)


def _look(*, as_json: bool, as_user: str | None) -> None:
    async def work(session: Session) -> KeptComparison:
        return await session.opened.market.ask(ViewLastComparison(), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
    else:
        took = (found.compared_at - found.began_at).total_seconds()
        console.print(
            f"Compared at {found.compared_at:%Y-%m-%d %H:%M} by {escape(found.compared_by)}, in {took:.1f} seconds.",
            soft_wrap=True,
        )
        _show(found)
        for name in found.fresh:
            console.print(f"[bold]new[/bold]  {escape(name)}", soft_wrap=True)
    if found.counts:
        raise typer.Exit(1)


def _show(found: Comparison | KeptComparison) -> None:
    read = f"{found.our_rows} rows here, {found.their_rows} at {found.provider}"
    if not found.discrepancies:
        console.print(f"[green]Both books say the same:[/green] {read}.", soft_wrap=True)
        return
    for one in found.discrepancies:
        console.print(f"[red]{one.kind.value}[/red]  {one.entry.value}", soft_wrap=True)
        console.print(f"  here:  {_told(one.ours)}", soft_wrap=True)
        console.print(f"  there: {_told(one.theirs)}", soft_wrap=True)
        console.print(f"  {one.advice}", soft_wrap=True)
    counted = sum(count for _, count in found.counts) if isinstance(found, KeptComparison) else len(found.discrepancies)
    console.print(f"{counted} differences; {read}.", soft_wrap=True)


def _told(row: BookRow | None) -> str:
    if row is None:
        return "nothing"
    fee = None if row.fee is None else f"fee {row.fee}"
    parts = (row.name, row.reference, row.about, row.state, None if row.amount is None else str(row.amount), fee)
    return escape("  ".join(part for part in parts if part))
