"""Runs the demonstration: fills the data folder, starts server and worker, shows what there is, ends in order."""

import json
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import anyio
from rich.console import Console

from marketplace_core.video import VideoState
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.composition.surroundings import ShiftedClock
from marketplace_entrypoints.demo.check.place import Place
from marketplace_entrypoints.demo.check.printed import printed
from marketplace_entrypoints.demo.check.receipt import Receipt
from marketplace_entrypoints.demo.check.steps import StepFailed
from marketplace_entrypoints.demo.check.walk import walk
from marketplace_entrypoints.demo.elsewhere import walk_at
from marketplace_entrypoints.demo.ending import INTERRUPTED, run_to_the_end
from marketplace_entrypoints.demo.finishing import finish
from marketplace_entrypoints.demo.finishing import videos as look
from marketplace_entrypoints.demo.hands import hands_of
from marketplace_entrypoints.demo.processes import Child, ProcessFailed, alone_in, free_port, is_taken, processes
from marketplace_entrypoints.demo.seed import is_seeded, seed
from marketplace_entrypoints.demo.show import panel, visit
from marketplace_entrypoints.demo.stocking import in_turns
from marketplace_entrypoints.demo.studio import studio
from marketplace_entrypoints.demo.tell import Teller, teller

NAME: Final = "Passage"
"""What the demonstration calls itself: an arcade of shops under one roof."""
PAYOUT_SWEEP_SECONDS: Final = 3.0
CHECK_SWEEP_SECONDS: Final = 1.0
LOOK_EVERY_SECONDS: Final = 0.5


async def fill(settings: Settings, tell: Teller) -> None:
    """Fill the marketplace unless that was done before; nothing else may run on it meanwhile.

    An event bus is left out: nobody else listens yet, and what reacts to an event does so here, at once.
    Raises ``NotTheDemonstration``, and what opening a marketplace raises.
    """
    alone = {"clock": "shifted", "event_bus": "outbox"}
    async with open_marketplace(settings.model_copy(update=alone)) as opened:
        hands, clock = hands_of(opened), opened.adapters.around.clock
        assert isinstance(clock, ShiftedClock)
        if await is_seeded(hands):
            return
        clock.shift_file.unlink(missing_ok=True)  # an interrupted run left us in the past
        async with studio() as pictures:
            pictures.order(item for _, item in in_turns())
            await seed(hands, pictures, tell, present=hands.clock.now())
        clock.shift_file.unlink()


def run_demo(settings: Settings, *, videos: bool, as_json: bool) -> int:
    """Run until Ctrl-C or SIGTERM; return the exit code."""
    named = {} if "name" in settings.model_fields_set else {"name": NAME}
    settings = settings.model_copy(update={"data": settings.data.resolve(), **named})
    return run_to_the_end(lambda: _demo(settings, videos=videos, as_json=as_json), when_interrupted=0)


def run_check(settings: Settings, *, as_json: bool) -> int:
    """Walk both journeys on a free port, in a fresh folder unless one was named; return the exit code."""
    if "data" in settings.model_fields_set:
        return _check_in(settings, settings.data, as_json=as_json)
    with tempfile.TemporaryDirectory(prefix="marketplace-check-", ignore_cleanup_errors=True) as folder:
        return _check_in(settings, Path(folder), as_json=as_json)


def _check_in(settings: Settings, folder: Path, *, as_json: bool) -> int:
    changes = {"data": folder.resolve(), "port": free_port(settings.host), "base_url": "", "clock": "shifted"}
    return run_to_the_end(
        lambda: _check(settings.model_copy(update=changes), as_json=as_json), when_interrupted=INTERRUPTED
    )


def run_check_at(place: Place, *, as_json: bool) -> int:
    """Walk both journeys at a demonstration that runs; return the exit code."""

    async def check() -> None:
        write_receipt(await walk_at(place, teller()), as_json=as_json)

    return run_to_the_end(check, when_interrupted=INTERRUPTED)


def run_fill(settings: Settings) -> int:
    """Fill the marketplace that is set up, on which nothing else runs; return the exit code."""

    async def only_fill() -> None:
        with alone_in(settings.data):
            await fill(settings, teller())

    return run_to_the_end(only_fill, when_interrupted=INTERRUPTED)


def run_finish(settings: Settings, *, videos: bool, as_json: bool) -> int:
    """Show the filled marketplace that is set up, and make its videos, whose worker runs; return the exit code."""

    async def only_finish() -> None:
        async with open_marketplace(settings) as opened:
            await _show(opened, teller(), videos=videos, as_json=as_json)

    return run_to_the_end(only_finish, when_interrupted=0)


async def _check(settings: Settings, *, as_json: bool) -> None:
    tell = teller()
    tell.say(f"The demonstration is tried out on port {settings.port}, in {settings.data}")
    with alone_in(settings.data):
        await fill(settings, tell)
        receipt = await _walked(settings, tell)
    write_receipt(receipt, as_json=as_json)


def write_receipt(receipt: Receipt, *, as_json: bool) -> None:
    """Print it on standard output."""
    if as_json:
        write_json(receipt.as_json())
    else:
        Console(highlight=False).print(printed(receipt))


async def _walked(settings: Settings, tell: Teller) -> Receipt:
    async with (
        processes(settings, payout_sweep_seconds=CHECK_SWEEP_SECONDS) as children,
        anyio.create_task_group() as group,
        studio(processes=2) as films,
    ):
        group.start_soon(_watch, children)
        try:
            receipt = await walk(place_of(settings), tell, films)
        except StepFailed as failed:
            errors = [error for child in children for error in child.errors()]
            raise StepFailed(failed.step, "\n".join([failed.why, *errors])) from failed
        group.cancel_scope.cancel()
    return receipt


async def _demo(settings: Settings, *, videos: bool, as_json: bool) -> None:
    tell = teller()
    if is_taken(settings.host, settings.port):
        raise ProcessFailed(
            f"Port {settings.port} is taken. Choose another: marketplace demo --port {free_port(settings.host)}"
        )
    with alone_in(settings.data):
        tell.say(f"The demonstration lives in {settings.data}")
        await fill(settings, tell)
        try:
            await _serve(settings, tell, videos=videos, as_json=as_json)
        finally:
            tell.say("Server and worker have ended; everything is kept for the next start.")


async def _serve(settings: Settings, tell: Teller, *, videos: bool, as_json: bool) -> None:
    async with (
        processes(settings, payout_sweep_seconds=PAYOUT_SWEEP_SECONDS) as children,
        open_marketplace(settings) as opened,
        anyio.create_task_group() as group,
    ):
        group.start_soon(_watch, children)
        tell.say("Ctrl-C ends it.")
        await _show(opened, tell, videos=videos, as_json=as_json)
        await anyio.sleep_forever()


async def _show(opened: OpenMarketplace, tell: Teller, *, videos: bool, as_json: bool) -> None:
    hands = hands_of(opened)
    found = await visit(hands, opened.address)
    if as_json:
        write_json(found.as_json())
    else:
        Console(highlight=False).print(panel(found))
    if videos:
        async with studio(processes=1) as films:
            await finish(hands, films, tell)
        ready = sum(one.video is not None and one.video.state is VideoState.READY for one in await look(hands))
        tell.say(f"{ready} videos play, and their shops have pages: {opened.address}/watch")


def place_of(settings: Settings) -> Place:
    """Return where a demonstration with these settings is, and on what it stands."""
    versions = {"sqlite": f" {sqlite3.sqlite_version}"}
    return Place(
        address=settings.address,
        clock_shift=settings.data / "clock-shift",
        engines=tuple(f"{name}{versions.get(name, '')}" for name in settings.chosen().values()),
    )


def write_json(document: dict[str, Any]) -> None:
    """Print one JSON document on standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    sys.stdout.flush()


async def _watch(children: tuple[Child, ...]) -> None:
    while True:
        for child in children:
            child.require_running()
        await anyio.sleep(LOOK_EVERY_SECONDS)
