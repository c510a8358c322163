"""``marketplace demo``: everything at once, filled with a small believable world."""

from importlib import import_module
from typing import Annotated, Final

import typer

from marketplace_entrypoints.cli.run import JsonOption
from marketplace_entrypoints.composition.settings import Settings

RUNNER: Final = "marketplace_entrypoints.demo.run"
"""Loaded when it is asked for: it draws and films, and every other command starts sooner without that."""


def demo(
    check: Annotated[
        bool, typer.Option("--check", help="Walk both journeys over HTTP, print a receipt, and end.")
    ] = False,
    videos: Annotated[bool, typer.Option("--videos/--no-videos", help="Make product videos in the background.")] = True,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port to listen on; --check takes a free one.")
    ] = None,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Start server and worker with a small believable world in it: shops, products, videos, two weeks of orders.

    The data folder is filled once and kept; name it by MARKETPLACE_DATA. Ctrl-C ends both processes.

    With --check both journeys are walked over HTTP as outsiders would, on a free port and in a fresh folder unless
    MARKETPLACE_DATA names one. It ends with a receipt and exit code 0, or with the name of the step that failed and 1.
    """
    runner = import_module(RUNNER)
    settings = Settings()
    if check:
        raise typer.Exit(runner.run_check(settings, as_json=as_json))
    if port is not None:
        settings = settings.model_copy(update={"port": port})
    raise typer.Exit(runner.run_demo(settings, videos=videos, as_json=as_json))
