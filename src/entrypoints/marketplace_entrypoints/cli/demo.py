"""``marketplace demo``: everything at once, filled with a small believable world."""

from enum import StrEnum
from importlib import import_module
from typing import Annotated, Final

import typer

from marketplace_entrypoints.cli.run import JsonOption, told
from marketplace_entrypoints.composition.settings import Settings


class Part(StrEnum):
    """What can be done of the demonstration by itself."""

    FILL = "fill"
    FINISH = "finish"


RUNNER: Final = "marketplace_entrypoints.demo.run"
"""Loaded when it is asked for: it draws and films, and every other command starts sooner without that."""


def demo(
    check: Annotated[
        bool, typer.Option("--check", help="Walk both journeys over HTTP, print a receipt, and end.")
    ] = False,
    at: Annotated[
        str | None,
        typer.Option(help="With --check: walk at a demonstration that runs, at an address or as a file describes it."),
    ] = None,
    part: Annotated[
        Part | None, typer.Option(help="Only fill the marketplace that is set up, or only finish it while it runs.")
    ] = None,
    videos: Annotated[bool, typer.Option("--videos/--no-videos", help="Make product videos in the background.")] = True,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port to listen on; --check takes a free one.")
    ] = None,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Start server and worker with a small believable seed in it: shops, products, videos, two weeks of orders.

    The data folder is filled once and kept; name it by MARKETPLACE_DATA. Ctrl-C ends both processes.

    With --check both journeys are walked over HTTP as outsiders would, on a free port and in a fresh folder unless
    MARKETPLACE_DATA names one. It ends with a receipt and exit code 0, or with the name of the step that failed and 1.
    With --at they are walked at a demonstration that runs already. Steps that need time to pass move its clock by the
    file that its description names; without that file they are left out, and the receipt says so.

    A marketplace of several processes is filled by --part fill before they start (its clock is in the past meanwhile),
    and given videos and pages by --part finish once they run.
    """
    if at is not None and not check:
        raise typer.BadParameter("--at says where to --check.", param_hint="--at")
    if check and part is not None:
        raise typer.BadParameter("--check does all of it.", param_hint="--part")
    runner = import_module(RUNNER)
    if at is not None:
        with told(as_json=as_json):
            place = runner.Place.named(at)
        raise typer.Exit(runner.run_check_at(place, as_json=as_json))
    settings = Settings()
    if check:
        raise typer.Exit(runner.run_check(settings, as_json=as_json))
    if part is Part.FILL:
        raise typer.Exit(runner.run_fill(settings))
    if part is Part.FINISH:
        raise typer.Exit(runner.run_finish(settings, videos=videos, as_json=as_json))
    if port is not None:
        settings = settings.model_copy(update={"port": port})
    raise typer.Exit(runner.run_demo(settings, videos=videos, as_json=as_json))
