"""``marketplace mail bounce`` and its neighbours: mails that came back, and addresses that nothing is sent to."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_core.notifications import (
    LiftSuppression,
    ListSuppressions,
    ReturnedMail,
    SuppressAddress,
    SuppressionView,
    TakeReturnedMail,
)
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json

AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="The e-mail address.")]


def bounce(
    file: Annotated[typer.FileBinaryRead, typer.Argument(help="The report; - reads it from standard input.")],
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Take in a mail that came back, as the mail server wrote it; an alias may pipe them to `mail bounce -`."""
    content = file.read()

    async def work(session: Session) -> ReturnedMail:
        return await session.opened.market.execute(TakeReturnedMail(content=content), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    became = "[red]failed[/red]" if found.failed else "[yellow]late[/yellow]"
    console.print(f"[bold]{found.mail_id}[/bold]  {became}  {escape(found.status)} {escape(found.diagnostic)}")
    if found.suppressed:
        console.print(f"Nothing is sent to {escape(found.address)} any more.", soft_wrap=True)


def suppressions(
    limit: Annotated[int, typer.Option(help="How many.")] = PAGE_SIZE_DEFAULT,
    cursor: Annotated[str | None, typer.Option(help="Continue after an earlier page.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List the addresses that nothing is sent to."""

    async def work(session: Session) -> Page[SuppressionView]:
        query = ListSuppressions(page=PageRequest(limit=limit, cursor=cursor))
        return await session.opened.market.ask(query, by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    table = Table("address", "since", "because", "said", box=None, pad_edge=False)
    for each in found.items:
        table.add_row(escape(each.address), f"{each.since:%Y-%m-%d}", each.reason.value, escape(each.detail))
    console.print(table)
    if found.next_cursor:
        console.print(f"more: --cursor {found.next_cursor}", soft_wrap=True)


def suppress(
    address: Address,
    detail: Annotated[str, typer.Option("--because", help="Why nothing shall be sent there.")],
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Send nothing to an address any more."""

    async def work(session: Session) -> None:
        await session.opened.market.execute(SuppressAddress(address=address, detail=detail), by=session.by)

    run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json({"address": address, "suppressed": True})
    else:
        console.print(f"Nothing is sent to {escape(address)} any more.", soft_wrap=True)


def lift(
    address: Address,
    reason: Annotated[str | None, typer.Option(help="Why; kept with who did it and when.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Send mails to an address again. Those that failed meanwhile are sent with `mail retry`."""

    async def work(session: Session) -> None:
        await session.opened.market.execute(LiftSuppression(address=address), by=session.by, reason=reason)

    run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json({"address": address, "suppressed": False})
    else:
        console.print(f"Mails go to {escape(address)} again.", soft_wrap=True)
