"""Kill the marketplace at every point of an order's life, start it again, and see that it converges: ``./dev sweep``.

Each stage runs once undisturbed, which counts its points and shows how it ends. Then, for every point, a process is
killed there with SIGKILL; another one lets the workers work until they rest, and lets the clients send again what was
not answered. After both there must be nothing wrong, and after the second all must be as if nothing had happened. For a
sample of the points the process that recovers is killed as well.
"""

import argparse
import asyncio
import logging
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import structlog
from attrs import frozen

from features.drivers.names import until_five_past
from marketplace_entrypoints.composition.surroundings import ShiftedClock
from tests.databases import a_server
from tests.sweep.places import Places
from tests.sweep.points import Points
from tests.sweep.shop import STEP, open_shop
from tests.sweep.stages import STAGES, Stage
from tests.sweep.state import State, state, violations

PROCESSES: Final = 2
AGAIN_EVERY: Final = 5
"""Every fifth recovery is killed, too."""
DROP_MAX: Final = 0.1
TOLD_EVERY: Final = 20
MEMORY: Final = Path("/dev/shm")


@frozen(kw_only=True)
class Image:
    """A folder as a stage finds it, and how the stage ends when nobody disturbs it.

    ``taken_at`` is when it was left, in seconds of this machine: whoever goes on from it goes on from that moment.
    """

    stage: str
    before: Path
    taken_at: float
    points: tuple[str, ...]
    end: State


@frozen(kw_only=True)
class Strike:
    """One point at which one process dies, and perhaps one at which the next one does; 0 spares it."""

    image: Image
    at: int
    again_at: int = 0

    def __str__(self) -> str:
        name = self.image.points[self.at - 1]
        again = f", and its successor at its point {self.again_at}" if self.again_at else ""
        return f"{self.image.stage}, point {self.at} ({name}){again}"


def in_a_process(work: Callable[[], None]) -> int:
    """Do something in a process of its own; return its exit code, or minus the signal that killed it."""
    process = os.fork()
    if process == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:  # noqa: BLE001 - it must not return into what was forked
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def walk(data: Path, stage: Stage, points: Points) -> None:
    """Go through a stage."""

    async def go() -> None:
        async with open_shop(data, points) as shop:
            await stage.go(shop)

    asyncio.run(go())


def recover(data: Path, image: Image, points: Points) -> None:
    """Let the workers of a fresh process work until they rest, then the clients; complain of whatever is wrong."""

    async def go() -> None:
        async with open_shop(data, points) as shop:
            shop.pass_time(STEP)
            await shop.rest()
            _complain("with the workers alone", violations(data))
            await STAGES[image.stage].go(shop)
            _complain("with the clients again", violations(data, image.end))

    asyncio.run(go())


def _complain(when: str, found: Sequence[str]) -> None:
    if found:
        raise AssertionError(f"{when}: " + "; ".join(found))


def strike(one: Strike, folder: Path, places: Places) -> str:
    """Kill and recover; return what went wrong, or nothing."""
    data, said = folder / "data", folder / "said"
    places.copy(one.image.before, data)
    places.enter(data)
    _go_back_to(one.image.taken_at, data)

    def victim() -> None:
        walk(data, STAGES[one.image.stage], Points(one.at))

    def successor(kill_at: int) -> Callable[[], None]:
        def work() -> None:
            sys.stderr = said.open("w")
            recover(data, one.image, Points(kill_at))

        return work

    ended = in_a_process(victim)
    if ended != -signal.SIGKILL:
        return f"{one}: the point was not reached, the process ended with {ended}"
    ended = in_a_process(successor(one.again_at))
    if one.again_at and ended == -signal.SIGKILL:
        ended = in_a_process(successor(0))
    return "" if ended == 0 else f"{one}: {said.read_text().strip()}"


def needed(stages: Sequence[str]) -> set[str]:
    """Return the stages and those that they begin after; all, if none is named."""
    found = set(stages or STAGES)
    while before := {after for name in found if (after := STAGES[name].after) is not None} - found:
        found |= before
    return found


def images(folder: Path, places: Places, stages: Sequence[str] = ()) -> Iterator[Image]:
    """Go through every stage undisturbed, or through those that some need."""
    furnished = folder / "furnished"

    async def furnish() -> None:
        async with open_shop(furnished, Points()) as shop:
            await shop.furnish()

    places.make(furnished)
    places.enter(furnished)
    clock = _clock(furnished)
    clock.advance(until_five_past(clock))  # no payouts leave by themselves in the minutes that a stage takes
    asyncio.run(furnish())
    ends: dict[str | None, tuple[Path, float]] = {None: (furnished, time.time())}
    for name, stage in ((name, STAGES[name]) for name in STAGES if name in needed(stages)):
        (before, taken_at), after, points = ends[stage.after], folder / name, Points()
        places.copy(before, after)
        places.enter(after)
        _go_back_to(taken_at, after)
        walk(after, stage, points)
        _complain(f"{name}, undisturbed", violations(after))
        ends[name] = (after, time.time())
        yield Image(stage=name, before=before, taken_at=taken_at, points=tuple(points.passed), end=state(after))


def _clock(data: Path) -> ShiftedClock:
    return ShiftedClock(data / "clock-shift")


def _go_back_to(moment: float, data: Path) -> None:
    _clock(data).advance(moment - time.time())


def lost_points(found: Sequence[Image]) -> list[str]:
    """Return the stages that have lost a tenth of their points or more."""
    return [
        f"{image.stage} has {len(image.points)} points; {STAGES[image.stage].points} were counted once"
        for image in found
        if len(image.points) < STAGES[image.stage].points * (1 - DROP_MAX)
    ]


def planned(found: Sequence[Image], *, sample: int | None, seed: int, stages: Sequence[str] = ()) -> list[Strike]:
    """Return the strikes: at every point, or at so many of them; of some stages, if any are named."""
    chance = random.Random(seed)
    every = [
        Strike(image=image, at=at, again_at=chance.randint(1, len(image.points)) if at % AGAIN_EVERY == 0 else 0)
        for image in found
        if not stages or image.stage in stages
        for at in range(1, len(image.points) + 1)
    ]
    return every if sample is None else chance.sample(every, min(sample, len(every)))


def struck(strikes: Sequence[Strike], folder: Path, places: Places) -> Iterator[str]:
    """Carry out the strikes in several processes; yield what went wrong with each, as they end."""
    context = get_context("fork")
    told: Any = context.SimpleQueue()

    def some(first: int) -> None:
        for one in strikes[first::PROCESSES]:
            told.put(strike(one, folder / f"struck-{first}", places))

    processes = [context.Process(target=some, args=(first,)) for first in range(PROCESSES)]
    for process in processes:
        process.start()
    for _ in strikes:
        yield told.get()
    for process in processes:
        process.join()


@contextmanager
def a_folder() -> Iterator[Path]:
    """Make a folder, in memory if there is one: an image is copied for every point."""
    with tempfile.TemporaryDirectory(prefix="sweep-", dir=MEMORY if MEMORY.is_dir() else None) as name:
        yield Path(name)


@contextmanager
def places_on(database: str) -> Iterator[Places]:
    """Have a server, if that is where databases are to be."""
    if database == "sqlite":
        yield Places()
        return
    with a_server(f"sweep{os.getpid()}") as server:
        yield Places(server)


def sweep(*, sample: int | None, seed: int, stages: Sequence[str] = (), database: str = "sqlite") -> int:
    """Run it all; return the exit code."""
    started, wrong = time.monotonic(), 0
    with a_folder() as folder, places_on(database) as places:
        found = list(images(folder, places, stages))
        for image in found:
            print(f"{image.stage}: {len(image.points)} points", flush=True)
        strikes = planned(found, sample=sample, seed=seed, stages=stages)
        for number, failure in enumerate(struck(strikes, folder, places), 1):
            if failure:
                wrong += 1
                print(f"\nNOT CONVERGED {failure}\n", flush=True)
            if number % TOLD_EVERY == 0 or number == len(strikes):
                print(f"{number} of {len(strikes)} after {time.monotonic() - started:.0f} s", flush=True)
    lost = lost_points(found)
    for complaint in lost:
        print(complaint)
    print(f"{database}: {len(strikes)} points, {len(strikes) - wrong} converged")
    return 1 if wrong or lost else 0


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="./dev sweep", description=__doc__)
    parser.add_argument("--sample", type=int, help="strike at so many points instead of all")
    parser.add_argument("--stage", action="append", choices=STAGES, default=[], help="strike in this stage alone")
    parser.add_argument("--seed", type=int, default=0, help="chooses the sample and where recoveries are struck")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite", help="where it is all kept")
    chosen = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    return sweep(sample=chosen.sample, seed=chosen.seed, stages=chosen.stage, database=chosen.database)


if __name__ == "__main__":
    sys.exit(main())
