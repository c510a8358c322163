"""The embedded default: one server process, SQLite, the light generator."""

import argparse
import asyncio
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import attrs

from benchmarks.figures import Figure, table
from benchmarks.filling import filled
from benchmarks.rounds import Measure, measured_round
from benchmarks.servers import bare_framework, running
from benchmarks.surroundings import surroundings, sync_ms


def measure_embedded(options: argparse.Namespace) -> None:
    """Fill a marketplace, serve it, ask it things, say how fast it answered."""
    measure = Measure(connections=options.connections, seconds=options.seconds, warmup=options.warmup)
    with tempfile.TemporaryDirectory(prefix="marketplace-bench-", dir=options.folder) as folder:
        place = Path(folder)
        print(surroundings(place), flush=True)
        stand, counts = asyncio.run(filled(place / "data", options))
        environment = {"MARKETPLACE_DATA": str(place / "data")}
        with (
            running(
                *("marketplace_entrypoints", "serve", "--port", "{port}"),
                ready_at="/health/ready",
                environment=environment,
                log=place / "server.log",
            ) as product,
            bare_framework(product, place, workers=1) as bare,
        ):
            rounds = []
            for number in range(options.rounds):
                rounds.append(measured_round(product, bare, stand, measure))
                print(_said(number, rounds[-1], place), flush=True)
        print(f"\n{table(rounds, counts)}")
    if options.json:
        document = {"rounds": [{kind: attrs.asdict(one) for kind, one in each.items()} for each in rounds]}
        options.json.write_text(json.dumps(document | {"statements": counts}, indent=1), encoding="utf-8")


def _said(number: int, figures: Mapping[str, Figure], folder: Path) -> str:
    each = ", ".join(f"{kind} {one.per_second:,.0f}" for kind, one in figures.items())
    load, sync = os.getloadavg()[0], sync_ms(folder / "probe")
    return f"Round {number + 1} (load {load:.1f}, 4 kB for good in {sync:.2f} ms), per second: {each}"
