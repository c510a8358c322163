"""``marketplace events``: what was not delivered, and what was published, published again."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final

import typer
from rich.markup import escape
from rich.table import Column, Table

from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, PageRequest
from marketplace_core.operations import ListUndelivered, Mover, PublishEventsAnew, Undelivered, Undeliveries
from marketplace_entrypoints.cli.acting import DryRun, Reason, act, itself
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json

events = typer.Typer(help="Events and provider messages: what is stuck, and what is told again.", no_args_is_help=True)
_AGE: Final = re.compile(r"([0-9]{1,6})([smhd])")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_BACKLOGS: Final = ("consumer", "what", "waiting", "retried", "given up", "oldest", "how the last try ended")
_MOVERS: Final = {
    Mover.WORKER: "a worker, at its next turn",
    Mover.RETRY: "a worker, at {at:%Y-%m-%d %H:%M:%S}",
    Mover.EARLIER: "an earlier event of the same, once it is delivered",
    Mover.PERSON: "you: marketplace dead-letters replay {letter}",
}


def _age(text: str) -> timedelta:
    found = _AGE.fullmatch(text)
    if found is None:
        raise typer.BadParameter("an age is a number and s, m, h or d: 30m, 2h, 1d.")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


@events.command("undelivered")
def undelivered(
    older_than: Annotated[str, typer.Option(help="What has waited for longer: 30m, 1h, 2d.")] = "1h",
    limit: Annotated[int, typer.Option(help="How many of the oldest to show one by one.")] = PAGE_SIZE_DEFAULT,
    as_json: Annotated[bool, JsonOption] = False,
    as_user: Annotated[str | None, AsOption] = None,
) -> None:
    """Show what was not delivered, for whom, since when, and what moves it next. Exits with 1 when something is stuck.

    What was given up is stuck whatever its age.
    """
    age = _age(older_than)

    async def work(session: Session) -> Undeliveries:
        query = ListUndelivered(older_than=age, page=PageRequest(limit=limit))
        return await session.opened.market.ask(query, by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
    else:
        _show(found, older_than)
    if found.backlogs:
        raise typer.Exit(1)


def _show(found: Undeliveries, older_than: str) -> None:
    if not found.backlogs:
        console.print(f"[green]Nothing is stuck:[/green] everything older than {older_than} was delivered.")
        return
    table = Table(*(Column(name, overflow="fold") for name in _BACKLOGS), box=None, pad_edge=False)
    for one in found.backlogs:
        counts = (str(one.waiting), str(one.retried), str(one.given_up))
        table.add_row(
            one.consumer, one.type, *counts, f"{one.oldest_at:%Y-%m-%d %H:%M}", escape(one.error) or "never tried"
        )
    console.print(table)
    for letter in found.letters:
        console.print(f"\n[bold]{escape(letter.letter_id)}[/bold]  {escape(letter.type)}", soft_wrap=True)
        console.print(f"  of {escape(letter.about)}, for {letter.consumer}", soft_wrap=True)
        if letter.attempts:
            console.print(f"  tried {letter.attempts} times: {escape(letter.error)}", soft_wrap=True)
        console.print(f"  moved next by {escape(_moved(letter))}", soft_wrap=True)
    shown, stuck = len(found.letters), sum(one.waiting + one.retried + one.given_up for one in found.backlogs)
    if shown < stuck:
        console.print(f"\nthe oldest {shown} of {stuck}; more with --limit", soft_wrap=True)


def _moved(letter: Undelivered) -> str:
    return _MOVERS[letter.moved_by].format(at=letter.next_try_at, letter=letter.letter_id)


@events.command("rebuild")
def rebuild(
    since: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"], help="From when on (UTC).")
    ] = datetime(1970, 1, 1),  # noqa: DTZ001 - UTC, as the option says
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: Annotated[bool, JsonOption] = False,
    as_user: Annotated[str | None, AsOption] = None,
) -> None:
    """Give the event bus again what it was given before, after it has lost it; who knows an event ignores it."""
    command = PublishEventsAnew(since.replace(tzinfo=UTC))
    done = act(command, itself, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(done)
        return
    console.print(f"{done.events} events were published again.")
