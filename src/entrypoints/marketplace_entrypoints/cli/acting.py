"""How money is moved by hand: with a reason that is kept, or as a rehearsal that moves nothing."""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer
from rich.markup import escape

from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.messages import Command
from marketplace_core.pipeline import Foreseen
from marketplace_entrypoints.cli.run import Session, console, run, show_json

ResultT = TypeVar("ResultT")
ViewT = TypeVar("ViewT")
Reason = Annotated[
    str | None, typer.Option("--reason", help="Why; kept with who did it and when. An operator has to say.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what it would do; change nothing.")]


class ReasonRequired(InvalidInput):
    """An operator who moves other people's money says why."""

    code = "cli.reason_required"


def act(
    command: Command[ResultT],
    then: Callable[[Session, ResultT], Awaitable[ViewT]],
    *,
    reason: str | None,
    dry_run: bool,
    as_json: bool,
    as_user: str | None,
    key: str | None = None,
) -> ViewT:
    """Carry out a command and return what ``then`` finds; a rehearsal is shown instead, and ends the process.

    With a ``key`` it is carried out once, however often it is given.
    """

    async def work(session: Session) -> ViewT | Foreseen[ResultT]:
        market = session.opened.market
        if dry_run:
            return await market.rehearse(command, by=session.by)
        if as_user is None and reason is None:
            raise ReasonRequired("Say why with --reason; it is kept with who did it and when.")
        if key is not None:
            return await then(
                session, (await market.execute_once(command, by=session.by, key=key, reason=reason)).result
            )
        return await then(session, await market.execute(command, by=session.by, reason=reason))

    found = run(work, as_json=as_json, as_user=as_user)
    if isinstance(found, Foreseen):
        _show(found, as_json=as_json)
        raise typer.Exit
    return found


async def itself(_: Session, result: ResultT) -> ResultT:
    """Find nothing more: the result says it all."""
    return result


def _show(seen: Foreseen[ResultT], *, as_json: bool) -> None:
    if as_json:
        show_json({"dry_run": True, "steps": seen.steps, "asks": seen.asks, "result": seen.result})
        return
    console.print("[bold]It would:[/bold]")
    for step in seen.steps or ("change nothing",):
        console.print(f"  {escape(step)}", soft_wrap=True)
    if seen.asks is not None:
        console.print(f"  ask the provider ({escape(seen.asks)}); the rest depends on the answer")
    console.print("Nothing was changed.")
