"""The production engines: PostgreSQL on a disk, several server processes, Locust, which looks at every answer."""

import argparse
import asyncio
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from attrs import evolve

from benchmarks.backbone import Backbone, backbone
from benchmarks.figures import table
from benchmarks.filling import counted, filled
from benchmarks.paying import bought, measured_payments, paid_table, settle
from benchmarks.rounds import Measure, measured_round, tokens_of
from benchmarks.scenario_table import Round, day_table, scenario_table
from benchmarks.scenarios import CEILINGS, Played, Stage
from benchmarks.servers import Server, bare_framework, running
from benchmarks.shop import Stand
from benchmarks.steps import measured_steps, steps_table
from benchmarks.surroundings import surroundings, sync_ms

UNLIMITED: Final = {"MARKETPLACE_RATES": json.dumps({"checkout": {"times": 1_000_000, "seconds": 1}})}
"""Sixteen buyers order here as often as thousands do in a shop."""


def measure_production(options: argparse.Namespace) -> None:
    """Fill a marketplace on PostgreSQL, or use one that was filled before; play every scenario, print both tables."""
    with ExitStack() as stack:
        place = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(dir=options.folder)))
        place.mkdir(parents=True, exist_ok=True)
        behind = stack.enter_context(backbone(place))
        os.environ.update(behind.environment)
        stand, counts = _stand(behind, place, options)
        behind.be_durable()
        print(surroundings(place, f"PostgreSQL {behind.server.version}"), flush=True)
        product = stack.enter_context(_served(behind, place, options.workers))
        keeping = stack.enter_context(_served(behind, place, options.workers, MARKETPLACE_PUBLIC_SECONDS="1"))
        bare = stack.enter_context(bare_framework(product, place, options.workers))
        if options.payments:
            settle(place)
            orders = bought(product, stand, tokens_of(product, stand))
            print(
                f"Each step by itself, one process:\n\n{steps_table(measured_steps(behind, place), orders)}\n",
                flush=True,
            )
            paid = [measured_payments(product, behind, place, stand, options.workers) for _ in range(options.rounds)]
            print(f"\nWith {options.workers} workers behind:\n\n{paid_table(paid)}\n", flush=True)
        stage = Stage(
            folder=place,
            users=options.connections,
            seconds=options.seconds,
            warmup=options.warmup,
            database=behind.pid,
        )
        if options.day:
            minute, moments = evolve(stage, seconds=60.0), range(options.day)
            day = [_played_once("Mixed", minute, keeping, stand, place) for _ in moments]
            print(f"\nA mixed day, public answers kept for a second:\n\n{day_table(day)}\n", flush=True)
        played: list[Round] = [_played(stage, product, bare, stand, options, place) for _ in range(options.rounds)]
        print(f"\nLocust, {options.workers} workers:\n\n{scenario_table(played, counts)}", flush=True)
        measure = Measure(connections=options.connections, seconds=options.seconds, warmup=options.warmup)
        light = [
            measured_round(product, bare, stand, measure, keeping)
            for _ in range(options.rounds if options.light else 0)
        ]
        if light:
            print(f"\nThe light generator, {options.workers} workers:\n\n{table(light, counts)}")


def _stand(behind: Backbone, place: Path, options: argparse.Namespace) -> tuple[Stand, dict[str, int]]:
    data, file = place / "data", place / "stand.json"
    if file.exists():
        stand = Stand.kept(file)
        return stand, dict(asyncio.run(counted(data, stand)))
    behind.hurry()
    stand, counts = asyncio.run(filled(data, options))
    stand.keep(file)
    return stand, dict(counts)


@contextmanager
def _served(behind: Backbone, place: Path, workers: int, **settings: str) -> Iterator[Server]:
    with running(
        *("marketplace_entrypoints", "serve", "--port", "{port}", "--workers", str(workers)),
        ready_at="/health/ready",
        environment={"MARKETPLACE_DATA": str(place / "data"), **UNLIMITED, **behind.environment, **settings},
        log=place / f"server{len(settings)}.log",
    ) as server:
        yield server


def _played(
    stage: Stage, product: Server, bare: Server, stand: Stand, options: argparse.Namespace, place: Path
) -> Round:
    """Play every scenario once, ceilings first, each with fresh tokens."""
    return {
        **{name: _played_once(name, stage, bare, stand, place, signed_in_at=product) for name in CEILINGS},
        **{name: _played_once(name, stage, product, stand, place) for name in options.scenarios},
    }


def _played_once(
    scenario: str, stage: Stage, server: Server, stand: Stand, place: Path, *, signed_in_at: Server | None = None
) -> Played:
    (place / "tokens.json").write_text(json.dumps(tokens_of(signed_in_at or server, stand)))
    one = stage.play(scenario, server)
    print(
        f"{scenario}: {one.whole.answers / one.seconds:,.0f}/s, {one.whole.errors} errors "
        f"(load {os.getloadavg()[0]:.1f}, 4 kB for good in {sync_ms(place / 'probe'):.2f} ms, "
        f"largest process {one.memory_mb or 0:.0f} MB)",
        flush=True,
    )
    if one.whole.errors:
        print(stage.failures(scenario), flush=True)
    return one
