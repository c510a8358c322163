"""``serve`` and ``worker``: the processes of the product. ``db``: its storage."""

import signal
from typing import Annotated

import anyio
import typer

from marketplace_entrypoints.cli.reloading import serve_reloading
from marketplace_entrypoints.cli.run import JsonOption, Session, apart, console, run, show_json, told
from marketplace_entrypoints.composition.adapters import migrate as bring_up_to_date
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.logs import log_as_json
from marketplace_entrypoints.server import serve as serve_doors
from marketplace_entrypoints.worker.loops import chosen, loops_of, work

db = typer.Typer(help="The storage: its schema and its state.", no_args_is_help=True)


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    roles: Annotated[
        str | None, typer.Option(help="What to answer for, with commas: catalog,search. Everything when not given.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="How many processes answer at this address.")] = 1,
    reload: Annotated[
        bool, typer.Option("--reload", help="From a clone: serve and work, both anew whenever a source changes.")
    ] = False,
) -> None:
    """Serve the pages and the HTTP door until SIGTERM or Ctrl-C. Background work is the worker's."""
    settings = Settings()
    if reload and workers > 1:
        raise typer.BadParameter("--reload serves in one process; it takes no --workers.", param_hint="--workers")
    if reload:
        given = {"--host": host, "--port": port, "--roles": roles}
        serve_reloading([word for name, value in given.items() if value is not None for word in (name, str(value))])
        return
    changes = {name: value for name, value in {"host": host, "port": port, "roles": roles}.items() if value is not None}
    with told():
        serve_doors(settings.model_copy(update=changes), workers)


def worker(
    once: Annotated[bool, typer.Option("--once", help="Do everything that is due now, then end.")] = False,
    loops: Annotated[
        str | None, typer.Option(help="What to do, with commas: outbox,deadlines. Everything when not given.")
    ] = None,
    payout_sweep_seconds: Annotated[float, typer.Option(help="Seconds between two payout sweeps.")] = 3600.0,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Relay events, read the provider inbox, fire deadlines, sweep payouts; until SIGTERM or Ctrl-C.

    With --once everything that is due now is done, and the command ends.
    """
    if once:
        if loops is not None:
            raise typer.BadParameter("--once does everything that is due; it takes no --loops.", param_hint="--loops")

        async def settle(session: Session) -> int:
            done = await session.opened.provider_housekeeping()
            return done + await session.opened.dispatcher.settle()

        done = run(settle, as_json=as_json)
        if as_json:
            show_json({"done": done})
        else:
            console.print(f"{done} things were due and are done.")
        return
    settings = Settings()
    with told(as_json=as_json):
        only = loops_of(settings.loops if loops is None else loops)
    log_as_json(settings.log_level)

    async def until_stopped() -> None:
        stopping = anyio.Event()
        async with open_marketplace(settings) as opened:
            these = chosen(opened, only, payout_sweep_seconds=payout_sweep_seconds)
            async with anyio.create_task_group() as group:
                group.start_soon(_stop_on_signal, stopping)
                await work(opened, stopping, these)
                group.cancel_scope.cancel()

    apart(until_stopped, as_json=as_json)


async def _stop_on_signal(stopping: anyio.Event) -> None:
    with anyio.open_signal_receiver(signal.SIGTERM, signal.SIGINT) as signals:
        async for _ in signals:
            stopping.set()
            return


@db.command("migrate")
def migrate(as_json: Annotated[bool, JsonOption] = False) -> None:
    """Bring the schema up to date, as its owner. The embedded database does so by itself whenever it is opened."""
    apart(lambda: bring_up_to_date(Settings()), as_json=as_json)

    async def work_on(session: Session) -> str:
        revision: str = session.opened.adapters.persistence.revision
        return revision

    revision = run(work_on, as_json=as_json)
    if as_json:
        show_json({"revision": revision})
    else:
        console.print(f"The schema is at revision {revision}.")


@db.command("status")
def status(as_json: Annotated[bool, JsonOption] = False) -> None:
    """Show what waits: events, deadlines."""

    async def work_on(session: Session) -> dict[str, object]:
        persistence = session.opened.adapters.persistence
        upcoming = await persistence.deadlines.upcoming(20)
        return {
            "revision": persistence.revision,
            "outbox": await persistence.outbox.state(),
            "next_deadlines": list(upcoming),
        }

    found = run(work_on, as_json=as_json)
    if as_json:
        show_json(found)
        return
    console.print(f"Revision {found['revision']}. Outbox: {found['outbox']}.")
    for deadline in found["next_deadlines"]:  # type: ignore[attr-defined]
        console.print(f"{deadline.due_at:%Y-%m-%d %H:%M:%S}  {deadline.kind}  {deadline.subject}")
