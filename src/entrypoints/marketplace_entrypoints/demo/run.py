"""Runs the demonstration: fills the data folder, starts server and worker, shows what there is, ends in order."""

import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import anyio
from rich.console import Console

from marketplace_core.kernel.errors import MarketplaceError
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.composition.surroundings import ShiftedClock
from marketplace_entrypoints.demo.finishing import filmed_items, finish
from marketplace_entrypoints.demo.hands import hands_of
from marketplace_entrypoints.demo.processes import Child, ProcessFailed, free_port, is_taken, processes
from marketplace_entrypoints.demo.seed import is_seeded, seed
from marketplace_entrypoints.demo.show import panel, visit
from marketplace_entrypoints.demo.stocking import in_turns
from marketplace_entrypoints.demo.studio import studio
from marketplace_entrypoints.demo.tell import Teller, teller

PAYOUT_SWEEP_SECONDS: Final = 3.0
LOOK_EVERY_SECONDS: Final = 0.5


async def fill(settings: Settings, tell: Teller) -> None:
    """Fill the data folder unless that was done before; nothing else may have it open meanwhile.

    Raises ``NotTheDemonstration``, and what opening a marketplace raises.
    """
    async with open_marketplace(settings.model_copy(update={"clock": "shifted"})) as opened:
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
    settings = settings.model_copy(update={"data": settings.data.resolve()})
    return _to_the_end(lambda: _demo(settings, videos=videos, as_json=as_json))


async def _demo(settings: Settings, *, videos: bool, as_json: bool) -> None:
    tell = teller()
    if is_taken(settings.host, settings.port):
        raise ProcessFailed(
            f"Port {settings.port} is taken. Choose another: marketplace demo --port {free_port(settings.host)}"
        )
    tell.say(f"The demonstration lives in {settings.data}")
    await fill(settings, tell)
    async with processes(settings, payout_sweep_seconds=PAYOUT_SWEEP_SECONDS) as children:
        async with open_marketplace(settings) as opened, anyio.create_task_group() as group:
            group.start_soon(_watch, children)
            hands = hands_of(opened)
            found = await visit(hands, settings.address)
            if as_json:
                sys.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=2) + "\n")
                sys.stdout.flush()
            else:
                Console(highlight=False).print(panel(found))
            tell.say("Ctrl-C ends it. What you did stays, and is here again at the next start.")
            if videos:
                async with studio(processes=1) as films:
                    await finish(hands, films, tell)
                tell.say(f"All {len(filmed_items())} videos play, and every shop has its page.")
            await anyio.sleep_forever()


async def _watch(children: tuple[Child, ...]) -> None:
    while True:
        for child in children:
            child.require_running()
        await anyio.sleep(LOOK_EVERY_SECONDS)


def _to_the_end(work: Callable[[], Awaitable[None]]) -> int:
    """Run to the end or to a signal; say in a sentence what went wrong, if something did."""
    failures: list[str] = []

    async def main() -> None:
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(_until_signal, group.cancel_scope)
                await work()
                group.cancel_scope.cancel()
        except* (ProcessFailed, MarketplaceError) as refused:
            failures.extend(str(one) for one in _leaves(refused))

    anyio.run(main)
    for failure in failures:
        sys.stderr.write(f"{failure}\n")
    return 1 if failures else 0


def _leaves(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    return [
        leaf
        for one in group.exceptions
        for leaf in (_leaves(one) if isinstance(one, BaseExceptionGroup) else [one])
    ]


async def _until_signal(scope: anyio.CancelScope) -> None:
    with anyio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        async for _ in signals:
            sys.stderr.write("\n")
            scope.cancel()
            return
