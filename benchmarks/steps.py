"""What a paid order costs those who work on it: each step called by itself, in this process, until nothing is left."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final

import uvloop
from attrs import frozen

from benchmarks.backbone import Backbone
from benchmarks.processes import cpu_seconds
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from marketplace_entrypoints.composition.settings import Settings

SECONDS_TO_MS: Final = 1_000


@frozen(kw_only=True)
class Step:
    """One step: how many things it did, and the milliseconds of all of them together."""

    name: str
    things: int
    python_ms: float
    database_ms: float | None
    took_ms: float


def measured_steps(behind: Backbone, place: Path) -> list[Step]:
    """Do what follows from orders that were paid while nobody worked; nothing else may be due."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_measured(behind, place))


def steps_table(steps: Sequence[Step], orders: int) -> str:
    """Return milliseconds per thing as a Markdown table."""
    lines = [
        "| what follows from a paid order | of an order | Python ms | PostgreSQL ms | beginning to end ms |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for step in steps:
        database = "" if step.database_ms is None else f"{step.database_ms / step.things:.1f}"
        figures = (f"{step.things / orders:.1f}", f"{step.python_ms / step.things:.1f}", database)
        lines.append(f"| {step.name} | {' | '.join(figures)} | {step.took_ms / step.things:.1f} |")
    return "\n".join(lines)


async def _measured(behind: Backbone, place: Path) -> list[Step]:
    async with open_marketplace(Settings(data=place / "data")) as opened:
        found = [await _step(behind, name, do) for name, do in _in_order(opened)]
    return [step for step in found if step.things]


def _in_order(opened: OpenMarketplace) -> Sequence[tuple[str, Callable[[], Awaitable[int]]]]:
    dispatcher = opened.dispatcher
    return (
        ("events of the order", dispatcher.relay_events),
        ("deliveries of FakePay, the provider", opened.provider_housekeeping),
        ("messages of the provider", dispatcher.read_inbox),
        ("events of the payment", dispatcher.relay_events),
        ("timers: mails sent", dispatcher.fire_deadlines),
    )


async def _step(behind: Backbone, name: str, do: Callable[[], Awaitable[int]]) -> Step:
    began, worked, answered = time.perf_counter(), time.process_time(), cpu_seconds(behind.pid)
    things = 0
    while done := await do():
        things += done
    now, worked_till, answered_till = time.perf_counter(), time.process_time(), cpu_seconds(behind.pid)
    return Step(
        name=name,
        things=things,
        python_ms=(worked_till - worked) * SECONDS_TO_MS,
        database_ms=None if answered is None or answered_till is None else (answered_till - answered) * SECONDS_TO_MS,
        took_ms=(now - began) * SECONDS_TO_MS,
    )
