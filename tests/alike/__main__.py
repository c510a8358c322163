"""``python -m tests.alike [STEPS] [SEED…]``: a scenario over HTTP and the command line, on both databases.

Four times the same deeds; the four must end in the same business state, with the same books, here and at the provider.
The last line of each seed has the figures; the exit code is 1 if any two differ.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from features.drivers.cli import CliDriver
from features.drivers.driver import Driver
from features.drivers.http_door import OPERATOR
from marketplace_entrypoints.composition.surroundings import ShiftedClock
from marketplace_entrypoints.logs import log_as_json
from tests.alike.standing import Calendar, HttpDriverWhereTimeStands, Standing, standing
from tests.alike.walk import Walk
from tests.coherence import findings
from tests.databases import Postgres, a_server, folders_on_postgres, marketplaces_in
from tests.sweep.state import State, state

DOORS: Final = ("http", "cli")
DATABASES: Final = ("sqlite", "postgresql")
EACH_ITS_OWN: Final = frozenset({"keys"})
"""What a door writes for itself: under which keys its requests came."""


@frozen
class Ending:
    """How a scenario ended."""

    outcomes: tuple[str, ...]
    state: State
    wrong: tuple[str, ...]
    seconds: float


def played(folder: Path, door: str, server: Postgres | None, *, steps: int, seed: int) -> Ending:
    """Play the scenario through a door; with a server, on PostgreSQL."""
    began, where = time.monotonic(), "sqlite" if server is None else "postgresql"
    with (
        standing() as clock,
        nullcontext(_nowhere) if server is None else folders_on_postgres(server) as assign,
    ):
        with _opened(folder, door, assign, clock) as driver:
            (data,) = marketplaces_in(folder)
            walk = Walk(driver, Calendar(ShiftedClock(data / "clock-shift")), random.Random(seed))
            walk.begin()
            for number in range(1, steps + 1):
                walk.step()
                _tell(f"seed {seed}: {door} on {where}, {number} of {steps} deeds, {time.monotonic() - began:.0f} s")
            driver.pass_time(minutes=3)
        _tell("")
        return Ending(tuple(walk.outcomes), state(data), tuple(findings(data)), time.monotonic() - began)


def _tell(said: str) -> None:
    print(f"\r{said:<70}\r", end="", file=sys.stderr, flush=True)


@contextmanager
def _opened(folder: Path, door: str, assign: Any, clock: Standing) -> Iterator[Driver]:
    if door == "http":
        driver: Driver = HttpDriverWhereTimeStands(folder, assign, clock)
    else:
        driver = CliDriver(folder)
        assign(folder / "data")
    try:
        if door == "cli":
            driver.operators(OPERATOR)  # over HTTP there is one from the start
        yield driver
    finally:
        driver.close()


def _nowhere(data: Path) -> None:
    """Leave the database in the folder."""


def differences(one: Ending, other: Ending, *, same_door: bool) -> list[str]:
    """Return how two endings differ: what came of which deed, and every table, in the words of business."""
    found = [
        f"deed {number}: {mine} | {theirs}"
        for number, (mine, theirs) in enumerate(zip(one.outcomes, other.outcomes, strict=True), 1)
        if mine != theirs
    ][:3]
    for name, rows in one.state.items():
        if rows != other.state[name] and (same_door or name not in EACH_ITS_OWN):
            mine, theirs = _without(rows, other.state[name]), _without(other.state[name], rows)
            found.append(f"{name}: {mine[:3]} | {theirs[:3]}")
    return found


def _without(rows: tuple[Any, ...], others: tuple[Any, ...]) -> list[Any]:
    left = list(others)
    return [row for row in rows if row not in left or left.remove(row)]  # type: ignore[func-returns-value]


def compared(folder: Path, server: Postgres, *, steps: int, seed: int) -> tuple[Mapping[str, Ending], list[str]]:
    """Play it four times; return the endings by door and database, and all that is wrong."""
    endings: dict[str, Ending] = {}
    for door in DOORS:
        for database in DATABASES:
            place = folder / f"{door}-{database}-{seed}"
            place.mkdir()
            there = server if database == "postgresql" else None
            endings[f"{door} on {database}"] = played(place, door, there, steps=steps, seed=seed)
    wrong = [f"{name}: {found}" for name, ending in endings.items() for found in ending.wrong]
    for (first, one), (second, other) in combinations(endings.items(), 2):
        same_door = first.split()[0] == second.split()[0]
        wrong += [f"{first} | {second}: {found}" for found in differences(one, other, same_door=same_door)]
    return endings, wrong


def main(steps: int = 300, *seeds: int) -> int:
    """Run it and print the figures."""
    log_as_json("error")
    failed = 0
    with tempfile.TemporaryDirectory() as folder, a_server(f"alike{os.getpid()}") as server:
        for seed in seeds or (1,):
            endings, wrong = compared(Path(folder), server, steps=steps, seed=seed)
            failed += bool(wrong)
            for one in wrong:
                print(f"DIFFERS {one}")
            first = next(iter(endings.values()))
            done = sum(outcome.endswith(": done") for outcome in first.outcomes)
            took = ", ".join(f"{name} {ending.seconds:.0f} s" for name, ending in endings.items())
            print(
                f"seed {seed}: {steps} deeds, {done} done, {len(first.state['journals'])} journals,"
                f" {len(wrong)} differences; {took}",
                flush=True,
            )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
