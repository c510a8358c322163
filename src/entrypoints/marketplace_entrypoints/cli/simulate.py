"""``marketplace simulate``: what the marketplace does when things go wrong, played and told."""

from importlib import import_module
from pathlib import Path
from typing import Annotated, Final

import anyio
import typer

from marketplace_core.kernel.errors import InvalidInput, MarketplaceError
from marketplace_entrypoints.cli.run import JsonOption, refuse, show_json
from marketplace_entrypoints.logs import log_as_json
from marketplace_entrypoints.problems import exit_code_of

SCENES: Final = "marketplace_entrypoints.simulation"
"""Loaded when it is asked for: every other command starts sooner without it."""


class UnknownScene(InvalidInput):
    """There is no such scene; ``scenes`` names those there are."""

    code = "simulation.unknown_scene"


def simulate(
    scene: Annotated[
        list[str] | None, typer.Option(help="Only this scene; may be given repeatedly. All of them by default.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Where the numbers come from: the same seed tells the same.")] = 1,
    feature: Annotated[
        Path | None, typer.Option(help="Play the scenarios of a feature file instead (in a clone).", exists=True)
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="Only name the scenes.")] = False,
    as_json: Annotated[bool, JsonOption] = False,
) -> None:
    """Play scenes: the whole marketplace in this process, in a folder of its own, on a clock that only scenes move.

    Every step is told with all that it booked and mailed; at the end the books are audited and compared with the
    payment provider's. Ends with 1 if anything that had to be true was not.
    """
    log_as_json("error")
    try:
        if feature is None:
            _play(scene, seed, listed=listed, as_json=as_json)
        elif import_module(f"{SCENES}.features").play(feature, as_json=as_json):
            raise typer.Exit(1)
    except MarketplaceError as refusal:
        refuse(refusal, as_json=as_json)
        raise typer.Exit(exit_code_of(refusal)) from None


def _play(scene: list[str] | None, seed: int, *, listed: bool, as_json: bool) -> None:
    titles = {name: one.title for name, one in import_module(f"{SCENES}.scenes").SCENES.items()}
    if listed:
        _show_titles(titles, as_json=as_json)
        return
    names = scene or list(titles)
    unknown = [name for name in names if name not in titles]
    if unknown:
        raise UnknownScene(f"There is no scene {unknown[0]!r}: {', '.join(titles)}.", scenes=list(titles))
    play = import_module(f"{SCENES}.play").play
    played = [anyio.run(play, name, seed) for name in names]
    if as_json:
        show_json([one.as_json() for one in played])
    else:
        typer.echo("\n\n".join("\n".join(one.lines()) for one in played))
    if not all(one.holds for one in played):
        raise typer.Exit(1)


def _show_titles(titles: dict[str, str], *, as_json: bool) -> None:
    if as_json:
        show_json(titles)
    else:
        typer.echo("\n".join(f"{name:<28}{title}" for name, title in titles.items()))
