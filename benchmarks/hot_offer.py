"""``python -m benchmarks.hot_offer``: many buy one offer at once, or one of eight: what one row of stock costs.

Both in turns, in one run, on a PostgreSQL server of its own that makes every commit durable. *Hold* holds one unit in a
transaction of its own and does nothing else: what the row can do. *Order* is a whole order: into the cart, quote, order
with its payment opened, stock held last. The last line has the ratios.
"""

import argparse
import asyncio
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from itertools import cycle
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final
from uuid import uuid4

from attrs import frozen

from benchmarks.shop import fill
from marketplace_core.cart import AddToCart
from marketplace_core.catalog import HoldStock, StockLine
from marketplace_core.identity import IdentifyUser
from marketplace_core.kernel.access import SYSTEM, Actor
from marketplace_core.kernel.ids import OfferId, OrderId
from marketplace_core.orders import PlaceOrder, QuoteCheckout
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.logs import log_as_json
from tests.bazaar.bazaar import HOME
from tests.databases import folders_on_postgres
from tests.outages.server import own_server

SPREAD: Final = 8
"""Over so many offers the same sales are spread, which is what buckets would do."""
KINDS: Final = ("hold", "order")


@frozen(kw_only=True)
class Asked:
    """What all processes do next: one kind of work, at so many offers, for so long."""

    kind: str
    offers: int
    seconds: float


@frozen(kw_only=True)
class Buyers:
    """The buyers of one process."""

    opened: OpenMarketplace
    people: tuple[Actor, ...]
    offers: tuple[OfferId, ...]

    async def measured(self, asked: Asked) -> list[float]:
        """Do it, all at once, again and again; return how many seconds each time took."""
        work: Callable[[Actor, OfferId], Awaitable[None]] = self._hold if asked.kind == "hold" else self._order
        ends_at = time.perf_counter() + asked.seconds

        async def one(person: Actor, offers: Sequence[OfferId]) -> list[float]:
            took: list[float] = []
            for offer_id in cycle(offers):
                began = time.perf_counter()
                if began > ends_at:
                    break
                await work(person, offer_id)
                took.append(time.perf_counter() - began)
            return took

        chosen = self.offers[: asked.offers]
        turned = (chosen[number % len(chosen) :] + chosen[: number % len(chosen)] for number in range(len(self.people)))
        done = await asyncio.gather(*(one(person, offers) for person, offers in zip(self.people, turned, strict=True)))
        return [seconds for each in done for seconds in each]

    async def _hold(self, _: Actor, offer_id: OfferId) -> None:
        line = StockLine(offer_id=offer_id, quantity=1)
        await self.opened.market.execute(HoldStock(order_id=OrderId(f"ord_{uuid4().hex}"), lines=(line,)), by=SYSTEM)

    async def _order(self, buyer: Actor, offer_id: OfferId) -> None:
        market = self.opened.market
        await market.execute(AddToCart(offer_id=offer_id, quantity=1), by=buyer)
        quote = await market.ask(QuoteCheckout(), by=buyer)
        command = PlaceOrder(quote_hash=quote.quote_hash, address=HOME, request_key=f"key-{uuid4().hex}")
        await market.execute(command, by=buyer)


@asynccontextmanager
async def _opened(data: Path) -> AsyncGenerator[OpenMarketplace]:
    log_as_json("error")
    async with open_marketplace(Settings(data=data)) as opened:
        yield opened


async def _prepare(data: Path, buyers: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    async with _opened(data) as opened:
        stand = await fill(opened, products=SPREAD, sellers=1, buyers=buyers)
        return stand.buyers, stand.offers_by_seller[0]


def _process(data: Path, buyers: Sequence[str], offers: Sequence[str], line: Connection) -> None:
    async def main() -> None:
        async with _opened(data) as opened:
            people = [await opened.market.ask(IdentifyUser(user=one), by=SYSTEM) for one in buyers]
            here = Buyers(opened=opened, people=tuple(people), offers=tuple(map(OfferId, offers)))
            while (asked := await asyncio.to_thread(line.recv)) is not None:
                line.send(await here.measured(asked))

    asyncio.run(main())


def _together(lines: Sequence[Connection], asked: Asked) -> list[float]:
    for line in lines:
        line.send(asked)
    return [seconds for line in lines for seconds in line.recv()]


def _said(took: list[float], seconds: float) -> str:
    took.sort()
    p50_ms, p99_ms = took[len(took) // 2] * 1_000, took[len(took) * 99 // 100] * 1_000
    return f"{len(took) / seconds:.0f}/s, p50 {p50_ms:.0f} ms, p99 {p99_ms:.0f} ms"


def measure(data: Path, options: argparse.Namespace) -> str:
    """Measure both kinds at one offer and at several, in turns; return the last line."""
    buyers, offers = asyncio.run(_prepare(data, options.buyers))
    spawn = multiprocessing.get_context("spawn")
    pipes = [spawn.Pipe() for _ in range(options.processes)]
    crowd = [
        spawn.Process(target=_process, args=(data, buyers[number :: options.processes], offers, theirs))
        for number, (_, theirs) in enumerate(pipes)
    ]
    for one in crowd:
        one.start()
    lines = [ours for ours, _ in pipes]
    ratios: dict[str, list[float]] = {kind: [] for kind in KINDS}
    rates: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for kind in KINDS:
        _together(lines, Asked(kind=kind, offers=SPREAD, seconds=options.warmup))
    for number in range(options.rounds):
        for kind in KINDS:
            per_second = {}
            for spread in (1, SPREAD) if number % 2 else (SPREAD, 1):
                took = _together(lines, Asked(kind=kind, offers=spread, seconds=options.seconds))
                per_second[spread] = len(took) / options.seconds
                print(f"round {number + 1}: {kind}, {spread} offers: {_said(took, options.seconds)}", flush=True)
            ratios[kind].append(per_second[SPREAD] / per_second[1])
            rates[kind].append(per_second[1])
    for line in lines:
        line.send(None)
    for one in crowd:
        one.join()
    return "; ".join(
        f"{kind}: {statistics.median(rates[kind]):.0f}/s of one offer,"
        f" {SPREAD} offers {statistics.median(ratios[kind]):.2f} times that"
        for kind in KINDS
    )


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hot_offer", description=__doc__)
    parser.add_argument("--buyers", type=int, default=64, help="how many buy at once")
    parser.add_argument("--processes", type=int, default=2, help="in how many processes")
    parser.add_argument("--rounds", type=int, default=4, help="how often; the medians are shown")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each is measured per round")
    parser.add_argument("--warmup", type=float, default=2.0, help="seconds before that, not measured")
    parser.add_argument("--folder", type=Path, help="where server and data folder go (a real disk, please)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="marketplace-hot-", dir=options.folder) as name:
        folder = Path(name)
        folder.chmod(0o755)
        with own_server(folder) as server, folders_on_postgres(server.postgres) as assign:
            assign(folder / "data")
            print(f"{options.buyers} buyers in {options.processes} processes, PostgreSQL {server.postgres.version}")
            print(measure(folder / "data", options))
    return 0


if __name__ == "__main__":
    sys.exit(main())
