"""Buyers who look for things and buy, and a search engine that fails: all are answered, and nobody who buys notices.

A search that the engine does not answer in time is answered by the database, and says so. When the engine is back it is
used again by itself, and the index has what changed meanwhile.
"""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import anyio
from attrs import define

from features.drivers.names import free_port
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM
from marketplace_core.search import Reindex, Search, SearchResults, VerifyIndex
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.worker.loops import LOOPS, chosen, work
from tests.adapters.meilisearch.server import MeilisearchServer
from tests.coherence import findings
from tests.load.deeds import Worker
from tests.load.run import SHOPS, prepare
from tests.logs import log_only
from tests.outages.proxy import Fault, Wire
from tests.outages.rig import DRAINED_WITHIN_SECONDS, SLOWER_SECONDS_MAX, SLOWER_TIMES_MAX, Outage, a_buyer

SEARCH_SECONDS: Final = 0.5
ANSWERED_WITHIN_SECONDS: Final = SEARCH_SECONDS + 1.0
"""The limit, the database's own answer, and a busy machine."""


@define
class Market:
    """An open marketplace with a search engine behind a wire, and somebody who looks and buys."""

    data: Path
    opened: OpenMarketplace
    wire: Wire
    buyer: Worker

    async def suffer(self, fault: Fault, times: int) -> Outage:
        """Let the wire fail, look and buy so many times, let it end, and see when the index is as it should be.

        A busy machine may be too slow for the engine without any trouble: that it answers is seen at the end.
        """
        await self.wire.suffer(fault)
        seconds, failed, violations = [], [], []
        for _ in range(times):
            began = time.perf_counter()
            found = await self._look()
            looked = time.perf_counter() - began
            if found.total != len(SHOPS) or (fault is not Fault.NONE and not found.degraded):
                violations.append(f"{found.total} products were found, degraded: {found.degraded}")
            if looked > ANSWERED_WITHIN_SECONDS:
                violations.append(f"a search took {looked:.2f} s")
            began = time.perf_counter()
            try:
                await self.buyer.buy()
            except Exception as failure:  # noqa: BLE001 - it is counted
                failed.append(repr(failure))
            seconds.append(time.perf_counter() - began)
        await self.wire.suffer(Fault.NONE)
        drained = await self._until_it_is_as_before()
        outage = Outage(fault.value, times - len(failed), failed, seconds, drained)
        outage.violations += violations + [f"a checkout failed: {one}" for one in failed]
        if drained > DRAINED_WITHIN_SECONDS:
            outage.violations.append("the index is not as it should be")
        outage.violations += findings(self.data)
        return outage

    async def _look(self) -> SearchResults:
        return await self.opened.market.ask(Search(text="something"), by=ANONYMOUS)

    async def _until_it_is_as_before(self) -> float:
        over = time.monotonic()
        while time.monotonic() - over <= DRAINED_WITHIN_SECONDS:
            self.opened.adapters.around.clock.advance(30)  # type: ignore[attr-defined]
            state = await self.opened.adapters.persistence.outbox.state()
            if not state.waiting and not (await self._look()).degraded:
                verified = await self.opened.market.ask(VerifyIndex(), by=SYSTEM)
                if not verified.size:
                    break
            await asyncio.sleep(0.2)
        return time.monotonic() - over


@asynccontextmanager
async def market(folder: Path) -> AsyncGenerator[Market]:
    """Open it all; close it all."""
    log_only()
    data = folder / "data"
    await prepare(data, 1)
    server = MeilisearchServer(folder / "meilisearch")
    await asyncio.to_thread(server.start)
    wire = Wire(free_port(), server.port)
    await wire.open()
    engine = {
        "url": f"http://127.0.0.1:{wire.port}",
        "search_seconds": SEARCH_SECONDS,
        "request_seconds": 1,
        "rest_seconds": 1,
    }
    settings = Settings(data=data, clock="shifted", search_engine="meilisearch", adapters={"meilisearch": engine})
    stopping = anyio.Event()
    try:
        async with open_marketplace(settings) as opened, anyio.create_task_group() as group:
            await opened.market.execute(Reindex(), by=SYSTEM)
            group.start_soon(work, opened, stopping, chosen(opened, LOOPS, payout_sweep_seconds=3600.0))
            yield Market(data, opened, wire, await a_buyer(opened, data))
            stopping.set()
    finally:
        await wire.close()
        server.stop()


async def run(folder: Path, times: int, faults: tuple[Fault, ...] = tuple(Fault)) -> list[Outage]:
    """Let every fault happen, one after the other; the first of the list is what it is like when nothing does."""
    async with market(folder) as here:
        outages = [await here.suffer(fault, times) for fault in faults]
    usual = outages[0].p95
    for outage in outages[1:]:
        if outage.p95 > max(usual * SLOWER_TIMES_MAX, usual + SLOWER_SECONDS_MAX):
            outage.violations.append(f"checkouts took {outage.p95:.2f} s, {usual:.2f} s without the trouble")
    return outages
