"""The event bus is away for minutes while people buy: when it is back, what waited is done by itself, in order, once.

``python -m tests.outages.backlog [SECONDS] [RATE] [WORKERS]``: so many checkouts in a second, on PostgreSQL, with
workers in processes of their own. The last line has the figures. The exit code is 1 if a checkout failed, an event was
lost, doubled or came in the wrong order, something still waited a minute after, or the books do not agree.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

import asyncpg
from attrs import define, field

from features.drivers.processes import Process, forked
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from tests.adapters.nats.server import NatsServer
from tests.coherence import findings
from tests.databases import BESIDE, Postgres, a_server, books_of, folders_on_postgres
from tests.load.deeds import Worker
from tests.load.run import prepare
from tests.logs import log_only
from tests.outages.rig import DRAINED_WITHIN_SECONDS, LEFT, UNCOUNTED, WRONG, a_buyer

BUYERS: Final = 16
GIVEN_UP_AFTER_SECONDS: Final = 1_800.0
"""Even who is far too slow is waited for: it is told how slow, and nothing may be lost for it."""
WAITS: Final = (
    LEFT,
    "SELECT count(*) FROM provider_messages WHERE processed_at IS NULL",
    "SELECT count(*) FROM orders_orders WHERE state <> 'confirmed'",
    "SELECT count(*) FROM notifications_mails WHERE state = 'queued'",
)
STOP_SECONDS: Final = 30.0
Count: TypeAlias = Callable[..., Awaitable[int]]


@define
class Backlog:
    """What came of it."""

    away_seconds: float
    seconds: list[float] = field(factory=list)
    """How long each checkout took."""
    failed: list[str] = field(factory=list)
    waited: int = 0
    """Events that waited when the bus came back."""
    drained_seconds: float = 0.0
    violations: list[str] = field(factory=list)

    def __str__(self) -> str:
        """Say it in one line."""
        p95 = statistics.quantiles(self.seconds, n=20)[-1]
        return (
            f"event bus away for {self.away_seconds:.0f} s: {len(self.seconds)} of"
            f" {len(self.seconds) + len(self.failed)} checkouts, {len(self.seconds) / self.away_seconds:.1f} a second,"
            f" p95 {p95 * 1000:.0f} ms; {self.waited} events waited, all was done after {self.drained_seconds:.1f} s,"
            f" {len(self.seconds) / self.drained_seconds:.0f} orders a second; {len(self.violations)} violations"
        )


async def _count(data: Path, *questions: str) -> int:
    """Ask the database, while others work, and return the sum of the answers."""
    connection = await asyncpg.connect((data / BESIDE).read_text().replace("+asyncpg", ""))
    try:
        return sum([await connection.fetchval(question) for question in questions])
    finally:
        await connection.close()


async def run(folder: Path, server: Postgres, *, seconds: float, rate: float, workers: int) -> Backlog:
    """Have the bus away for so long, and everybody buy at this rate."""
    log_only()
    data, bus = folder / "data", NatsServer(folder / "nats")
    with folders_on_postgres(server) as assign:
        assign(data)
        await prepare(data, BUYERS)
        await asyncio.to_thread(bus.start)
        nats = {"servers": bus.address, "timeout_seconds": 2, "wait_seconds": 0.2}
        settings = Settings(data=data, clock="shifted", event_bus="nats", rates=UNCOUNTED, adapters={"nats": nats})
        try:
            with _working(data, bus, workers):
                async with open_marketplace(settings) as opened:
                    return await _suffer(opened, data, bus, seconds, rate)
        finally:
            bus.stop()


async def _suffer(opened: OpenMarketplace, data: Path, bus: NatsServer, seconds: float, rate: float) -> Backlog:
    count, backlog = partial(_count, data), Backlog(seconds)
    buyers = [await a_buyer(opened, data, number) for number in range(BUYERS)]
    for buyer in buyers:  # whatever is done at the first time is done
        await buyer.buy()
    await _until_done(count)
    bus.stop()
    await _buy(opened, buyers, backlog, rate, count)
    backlog.waited = await count(LEFT)
    await asyncio.to_thread(bus.start)
    backlog.drained_seconds = await _until_done(count)
    with books_of(data) as books:
        told = {what: books.execute(ask).fetchone()[0] for what, ask in {"left": LEFT, **WRONG}.items()}
    backlog.violations += [f"{number} {what}" for what, number in told.items() if number]
    backlog.violations += [f"a checkout failed: {one}" for one in backlog.failed]
    if backlog.drained_seconds > DRAINED_WITHIN_SECONDS:
        backlog.violations.append(f"the backlog was not gone {DRAINED_WITHIN_SECONDS:.0f} s after")
    backlog.violations += findings(data)
    return backlog


async def _buy(opened: OpenMarketplace, buyers: list[Worker], backlog: Backlog, rate: float, count: Count) -> None:
    """Begin a checkout whenever one is due, as long as somebody is free; whoever is late is not made up for."""
    began, resting = time.monotonic(), asyncio.Queue[Worker]()
    for buyer in buyers:
        resting.put_nowait(buyer)

    async def one(buyer: Worker) -> None:
        at = time.perf_counter()
        try:
            await opened.tries.checkout(buyer.buyer.principal)
            await buyer.buy()
        except Exception as failure:  # noqa: BLE001 - it is counted
            backlog.failed.append(repr(failure))
        else:
            backlog.seconds.append(time.perf_counter() - at)
        resting.put_nowait(buyer)

    async with asyncio.TaskGroup() as group:
        told = began
        while (now := time.monotonic()) - began < backlog.away_seconds:
            group.create_task(one(await resting.get()))
            if now - told > 10:
                told = now
                _tell(f"{now - began:.0f} s: {len(backlog.seconds)} checkouts, {await count(LEFT)} events wait")
            await asyncio.sleep(max(0.0, 1 / rate - (time.monotonic() - now)))
    backlog.away_seconds = time.monotonic() - began


async def _until_done(count: Count) -> float:
    began = told = time.monotonic()
    while left := await count(*WAITS):
        now = time.monotonic()
        if now - began > GIVEN_UP_AFTER_SECONDS:
            break
        if now - told > 10:
            told = now
            _tell(f"{now - began:.0f} s: {left} things wait")
        await asyncio.sleep(0.1)
    return time.monotonic() - began


@contextmanager
def _working(data: Path, bus: NatsServer, workers: int) -> Iterator[None]:
    environment = {
        "MARKETPLACE_DATA": str(data),
        "MARKETPLACE_CLOCK": "shifted",
        "MARKETPLACE_EVENT_BUS": "nats",
        "MARKETPLACE_ADAPTERS__NATS__SERVERS": bus.address,
    }
    crew: list[Process] = []
    try:
        crew += [forked(["worker"], environment, data / f"worker-{number}.log") for number in range(workers)]
        yield
    finally:
        for worker in crew:
            worker.terminate()
        for worker in crew:
            worker.wait(timeout=STOP_SECONDS)


def _tell(said: str) -> None:
    print(said, file=sys.stderr, flush=True)


def main(seconds: int = 600, rate: int = 10, workers: int = 1) -> int:
    """Run it and print the figures."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        server = stack.enter_context(a_server(f"backlog{os.getpid()}"))
        backlog = asyncio.run(run(Path(folder), server, seconds=seconds, rate=rate, workers=workers))
    for violation in backlog.violations[:20]:
        print(f"VIOLATION {violation}")
    print(backlog)
    return 1 if backlog.violations else 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
