"""``python -m benchmarks``: fill a marketplace, serve it, ask it things, say how fast it answered."""

import argparse
import asyncio
import json
import os
import platform
import sqlite3
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import attrs
import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from benchmarks import journeys
from benchmarks.figures import CEILING, HELLO, Figure, figure, table
from benchmarks.load import Script, drive
from benchmarks.servers import Server, running
from benchmarks.shop import PASSWORD, Stand, fill
from benchmarks.statements import statements
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.logs import log_as_json

Scripts = Callable[[], Sequence[Script]]
"""Makes the scripts of one round: one per connection."""


def main() -> int:
    """Run the benchmark; it ends by itself."""
    options = _options()
    for name in [name for name in os.environ if name.startswith("MARKETPLACE_")]:
        del os.environ[name]
    log_as_json("error")
    with tempfile.TemporaryDirectory(prefix="marketplace-bench-", dir=options.folder) as folder:
        place = Path(folder)
        print(_surroundings(place), flush=True)
        stand, counts = asyncio.run(_prepared(place / "data", options))
        environment = {"MARKETPLACE_DATA": str(place / "data")}
        with running(
            *("marketplace_entrypoints", "serve", "--port", "{port}"),
            ready_at="/health/ready",
            environment=environment,
            log=place / "server.log",
        ) as product:
            page = place / "page.json"
            page.write_bytes(product.send("GET", journeys.list_call().path).raise_for_status().content)
            print(f"A page of the product list is {page.stat().st_size:,} bytes.", flush=True)
            with running(
                *("benchmarks.ceilings", "{port}", str(page)),
                ready_at="/hello",
                environment={},
                log=place / "ceilings.log",
            ) as bare:
                rounds = []
                for number in range(options.rounds):
                    rounds.append(_round(product, bare, stand, options))
                    print(_said(number, rounds[-1], place), flush=True)
        print(f"\n{table(rounds, counts)}")
    if options.json:
        document = {"rounds": [{kind: attrs.asdict(one) for kind, one in each.items()} for each in rounds]}
        options.json.write_text(json.dumps(document | {"statements": counts}, indent=1), encoding="utf-8")
    return 0


async def _prepared(data: Path, options: argparse.Namespace) -> tuple[Stand, Mapping[str, int]]:
    began, done = time.monotonic(), 0

    def advance() -> None:
        nonlocal done
        done += 1
        if done % 100 == 0:
            print(f"\r{done:,} products", end="", file=sys.stderr, flush=True)

    async with open_marketplace(Settings(data=data)) as opened:
        stand = await fill(
            opened, products=options.products, sellers=options.sellers, buyers=options.connections, advance=advance
        )
        print(
            f"\r{options.products:,} products of {options.sellers} sellers, {options.connections} buyers, "
            f"put there through the one door in {time.monotonic() - began:.0f} s.",
            flush=True,
        )
        return stand, await statements(opened, stand)


def _round(product: Server, bare: Server, stand: Stand, options: argparse.Namespace) -> Mapping[str, Figure]:
    """Measure everything once, ceilings first; a slow minute of the machine is slow for all."""
    tokens = [_token(product, buyer) for buyer in stand.buyers]
    count = options.connections
    browsing: dict[str, tuple[Server, list[journeys.Call]]] = {
        HELLO: (bare, [journeys.Call(HELLO, "GET", "/hello", {})]),
        CEILING: (bare, [journeys.Call(CEILING, "GET", "/ready", {})]),
        journeys.LIST: (product, [journeys.list_call()]),
        journeys.SEARCH: (product, [journeys.search_call(word) for word in stand.words]),
        journeys.PRODUCT: (product, [journeys.product_call(product_id) for product_id in stand.product_ids]),
    }
    figures: dict[str, Figure] = {}
    for kind, (server, calls) in browsing.items():
        scripts = [journeys.repeated(calls, place * len(calls) // count) for place in range(count)]
        figures |= _measured(server, scripts, (kind,), options)
    adding = [journeys.adding(stand, place, token) for place, token in enumerate(tokens)]
    figures |= _measured(product, adding, (journeys.ADD,), options)
    fresh = [journeys.checking_out(stand, place, token, _fresh_key) for place, token in enumerate(tokens)]
    figures |= _measured(product, fresh, (journeys.CHECKOUT, journeys.QUOTE, journeys.ORDER), options)
    return figures


def _measured(
    server: Server, scripts: Sequence[Script], kinds: Sequence[str], options: argparse.Namespace
) -> dict[str, Figure]:
    before = server.cpu_seconds
    tally = drive(server.port, scripts, warmup_seconds=options.warmup, measured_seconds=options.seconds)
    after = server.cpu_seconds
    worked = None if before is None or after is None else (after - before) * 1000
    whole = options.warmup + options.seconds
    found: dict[str, Figure] = {}
    for kind in kinds:
        units = max(len(tally.latencies[kind]), 1) * whole / options.seconds
        cpu_ms = worked / units if worked is not None and kind == kinds[0] else None
        found[kind] = figure(tally, kind, cpu_ms=cpu_ms)
    return found


def _token(product: Server, buyer: str) -> str:
    answer = product.send("POST", "/v1/sessions", json={"email": buyer, "password": PASSWORD})
    return str(answer.raise_for_status().json()["access_token"])


def _fresh_key() -> str:
    return f"bench-{uuid.uuid4().hex}"


def _said(number: int, figures: Mapping[str, Figure], folder: Path) -> str:
    each = ", ".join(f"{kind} {one.per_second:,.0f}" for kind, one in figures.items())
    load, sync = os.getloadavg()[0], _sync_ms(folder / "probe")
    return f"Round {number + 1} (load {load:.1f}, 4 kB for good in {sync:.2f} ms), per second: {each}"


def _surroundings(folder: Path) -> str:
    """Say what the figures depend on besides us."""
    return (
        f"{platform.platform()}, {os.cpu_count()} cores (shared with the generator), load {os.getloadavg()[0]:.1f}; "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, uvicorn {uvicorn.__version__} "
        f"with {AutoHTTPProtocol.__name__}; "
        f"putting 4 kB on the disk for good takes {_sync_ms(folder / 'probe'):.2f} ms."
    )


def _sync_ms(file: Path) -> float:
    """Return how long a write that outlasts a power cut takes, which is what every commit waits for."""
    taken = []
    file.write_bytes(bytes(4096))
    with file.open("r+b", buffering=0) as written:
        for _ in range(100):
            began = time.perf_counter()
            os.pwrite(written.fileno(), bytes(4096), 0)
            os.fsync(written.fileno())
            taken.append(time.perf_counter() - began)
    file.unlink()
    return statistics.median(taken) * 1000


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--products", type=int, default=1_000, help="how many products there are")
    parser.add_argument("--sellers", type=int, default=5, help="how many shops share them")
    parser.add_argument("--connections", type=int, default=16, help="how many connections ask at once")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each kind is measured per round")
    parser.add_argument("--warmup", type=float, default=1.0, help="seconds before that, not measured")
    parser.add_argument("--rounds", type=int, default=3, help="how often; the medians are shown")
    parser.add_argument("--folder", type=Path, help="where the temporary data folder goes (a real disk, please)")
    parser.add_argument("--json", type=Path, help="also write every round's figures to this file")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
