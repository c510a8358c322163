"""``marketplace events``: what was published, published again."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from marketplace_core.operations import PublishEventsAnew
from marketplace_entrypoints.cli.acting import DryRun, Reason, act, itself
from marketplace_entrypoints.cli.run import AsOption, JsonOption, console, show_json

events = typer.Typer(help="Events on their way to other programs.", no_args_is_help=True)


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
