"""``marketplace dead-letters`` and ``acts``: what nobody took, and what was done and why."""

from typing import Annotated, Any, Final

import typer
from rich.markup import escape

from marketplace_core.kernel.acts import KeptAct
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, Page, PageRequest
from marketplace_core.operations import DeadLetter, DiscardDeadLetter, ListActs, ListDeadLetters, ReplayDeadLetter
from marketplace_entrypoints.cli.acting import DryRun, Reason, act
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json
from marketplace_entrypoints.cli.tables import Rows, show_page

dead_letters = typer.Typer(
    help="Events and provider messages that were tried in vain and given up.", no_args_is_help=True
)

AsJson = Annotated[bool, JsonOption]
AsUser = Annotated[str | None, AsOption]
Limit = Annotated[int, typer.Option(help="How many.")]
Cursor = Annotated[str | None, typer.Option(help="Continue after an earlier page.")]
LetterArgument = Annotated[str, typer.Argument(metavar="LETTER", help="The letter (event:evt_… or message:…).")]
_LETTERS: Final = ("since", "letter", "type", "about", "tries", "how the last one ended")
_ACTS: Final = ("at", "who", "what", "about", "why")


@dead_letters.command("list")
def list_dead_letters(
    limit: Limit = PAGE_SIZE_DEFAULT, cursor: Cursor = None, as_json: AsJson = False, as_user: AsUser = None
) -> None:
    """List what was given up, and how the last try ended."""

    async def work(session: Session) -> Page[DeadLetter]:
        query = ListDeadLetters(page=PageRequest(limit=limit, cursor=cursor))
        return await session.opened.market.ask(query, by=session.by)

    show_page(run(work, as_json=as_json, as_user=as_user), _LETTERS, _letter_rows, as_json=as_json)


@dead_letters.command("replay")
def replay(
    letter_id: LetterArgument,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Have a letter tried again as if it were new. What was done already is not done twice."""
    command = ReplayDeadLetter(letter_id)
    _decide(command, "will be tried again", reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


@dead_letters.command("discard")
def discard(
    letter_id: LetterArgument,
    reason: Reason = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    as_user: AsUser = None,
) -> None:
    """Give a letter up for good; it stays where it is and counts as done."""
    command = DiscardDeadLetter(letter_id)
    _decide(command, "counts as done", reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)


def acts(
    limit: Limit = PAGE_SIZE_DEFAULT, cursor: Cursor = None, as_json: AsJson = False, as_user: AsUser = None
) -> None:
    """List what people did to other people's money, the newest first: who, when, what, why."""

    async def work(session: Session) -> Page[KeptAct]:
        query = ListActs(page=PageRequest(limit=limit, cursor=cursor))
        return await session.opened.market.ask(query, by=session.by)

    show_page(run(work, as_json=as_json, as_user=as_user), _ACTS, _act_rows, as_json=as_json)


def _decide(
    command: ReplayDeadLetter | DiscardDeadLetter,
    done: str,
    *,
    reason: str | None,
    dry_run: bool,
    as_json: bool,
    as_user: str | None,
) -> None:
    async def then(_: Session, result: None) -> None:
        return result

    asked: Command[Any] = command
    act(asked, then, reason=reason, dry_run=dry_run, as_json=as_json, as_user=as_user)
    if as_json:
        show_json({"letter_id": command.letter_id, "done": done})
        return
    console.print(f"{escape(command.letter_id)} {done}.", soft_wrap=True)


def _letter_rows(one: DeadLetter) -> Rows:
    since = f"{one.since:%Y-%m-%d %H:%M}"
    return [(since, escape(one.letter_id), one.type, escape(one.about), str(one.attempts), escape(one.error))]


def _act_rows(one: KeptAct) -> Rows:
    return [(f"{one.at:%Y-%m-%d %H:%M:%S}", one.actor, one.command, escape(one.about), escape(one.reason))]
