"""``marketplace mail``: what was written to whom, and what became of it."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from marketplace_core.identity import IdentifyUser
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import MailId
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_core.notifications import (
    ListMails,
    ListOwnMails,
    MailState,
    MailSummary,
    MailView,
    RetryMail,
    ViewMail,
)
from marketplace_entrypoints.cli import suppressions
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json

mail = typer.Typer(help="Mails: read them, send them again, take in what came back.", no_args_is_help=True)
for command in (suppressions.bounce, suppressions.suppressions, suppressions.suppress, suppressions.lift):
    mail.command()(command)
AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
MailArgument = Annotated[str, typer.Argument(metavar="MAIL", help="The mail (mail_…).")]
COLOURS = {MailState.SENT: "green", MailState.FAILED: "red"}


@mail.command("list")
def list_mails(
    to: Annotated[str | None, typer.Option(help="Only mails to this user (e-mail or identifier).")] = None,
    state: Annotated[MailState | None, typer.Option(help="Only mails in this state.")] = None,
    limit: Annotated[int, typer.Option(help="How many.")] = PAGE_SIZE_DEFAULT,
    cursor: Annotated[str | None, typer.Option(help="Continue after an earlier page.")] = None,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """List mails, the newest first: all of them as an operator, your own with --as."""

    async def work(session: Session) -> Page[MailSummary]:
        market, page = session.opened.market, PageRequest(limit=limit, cursor=cursor)
        if as_user is not None and to is None and state is None:
            return await market.ask(ListOwnMails(page=page), by=session.by)
        recipient = None if to is None else (await market.ask(IdentifyUser(user=to), by=SYSTEM)).own_user
        return await market.ask(ListMails(state=state, recipient=recipient, page=page), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    table = Table("queued", "mail", "state", "to", "subject", box=None, pad_edge=False)
    for each in found.items:
        at = f"{each.queued_at:%Y-%m-%d %H:%M}"
        table.add_row(at, each.mail_id, _state(each.state), escape(each.address), escape(each.subject))
    console.print(table)
    if found.next_cursor:
        console.print(f"more: --cursor {found.next_cursor}", soft_wrap=True)


@mail.command("view")
def view(
    mail_id: MailArgument,
    html: Annotated[bool, typer.Option("--html", help="Print the HTML instead of the text.")] = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Read a mail: any as an operator, your own with --as."""

    async def work(session: Session) -> MailView:
        return await session.opened.market.ask(ViewMail(mail_id=MailId(mail_id)), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
    elif html:
        console.out(found.html, highlight=False)
    else:
        _show(found)


@mail.command("retry")
def retry(mail_id: MailArgument, as_json: AsJson = False, as_user: AsUser = None) -> None:
    """Send a mail that failed again, under its own message id."""

    async def work(session: Session) -> MailView:
        market = session.opened.market
        await market.execute(RetryMail(mail_id=MailId(mail_id)), by=session.by)
        return await market.ask(ViewMail(mail_id=MailId(mail_id)), by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
    else:
        _show(found)


def _state(state: MailState) -> str:
    colour = COLOURS.get(state, "yellow")
    return f"[{colour}]{state.value}[/{colour}]"


def _show(found: MailView) -> None:
    console.print(f"[bold]{found.mail_id}[/bold]  {_state(found.state)}  attempts: {found.attempts}")
    if found.last_error:
        console.print(f"[red]{escape(found.last_error)}[/red]", soft_wrap=True)
    console.print(f"To: {escape(found.address)}\nSubject: {escape(found.subject)}\n", soft_wrap=True)
    console.out(found.text, highlight=False)
