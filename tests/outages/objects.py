"""Object storage that fails while people buy: pictures and uploads wait, checkout does not know of it."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import anyio

from features.drivers.names import free_port
from marketplace_core.kernel.errors import Unavailable
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.worker.loops import LOOPS, chosen, work
from tests.adapters.s3.server import S3Server
from tests.load.run import prepare
from tests.logs import log_only
from tests.outages.proxy import Fault, Wire
from tests.outages.rig import UNCOUNTED, Outage, Town, a_buyer, compared

ALL: Final = tuple(Fault)
SOME: Final = (Fault.NONE, Fault.HANG)
PHOTO: Final = b"\x89PNG\r\n\x1a\n"
NOTICED_SECONDS: Final = 20.0
STORAGE: Final = "storage"
SLOWER_THAN_ANY: Final = {"timeout_seconds": 1.0, "deadline_seconds": 2.0}
"""The store has less time than a slow wire takes, so that slow is as good as away."""


@asynccontextmanager
async def town(folder: Path) -> AsyncGenerator[Town]:
    """Open a marketplace whose files are in a bucket behind a wire."""
    log_only()
    data = folder / "data"
    await prepare(data, 1)
    server = S3Server(folder / "s3")
    await asyncio.to_thread(server.start)
    wire = Wire(free_port(), server.port)
    await wire.open()
    said = server.said(endpoint=f"http://127.0.0.1:{wire.port}", **SLOWER_THAN_ANY)
    settings = Settings(rates=UNCOUNTED, data=data, clock="shifted", file_store="s3", adapters={"s3": said})
    stopping = anyio.Event()
    try:
        async with open_marketplace(settings) as opened, anyio.create_task_group() as group:
            group.start_soon(work, opened, stopping, chosen(opened, LOOPS, payout_sweep_seconds=3600.0))
            yield Town(data, opened, server, {STORAGE: wire}, await a_buyer(opened, data))
            stopping.set()
    finally:
        await wire.close()
        server.stop()


async def run(folder: Path, times: int, faults: tuple[Fault, ...] = ALL) -> list[Outage]:
    """Let everything go wrong, one after the other, while somebody keeps asking for a file."""
    async with town(folder) as here:
        return compared([await _suffered(here, fault, times) for fault in faults])


async def _suffered(here: Town, fault: Fault, times: int) -> Outage:
    answers: list[bool] = []

    async def ask_on() -> None:
        while True:
            answers.append(await _kept(here))
            await asyncio.sleep(0.05)

    async def end() -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(NOTICED_SECONDS):
                while fault is not Fault.NONE and all(answers):  # noqa: ASYNC110 - the answers are counted elsewhere
                    await asyncio.sleep(0.05)
        await here.wires[STORAGE].suffer(Fault.NONE)

    asking = asyncio.create_task(ask_on())
    outage = await here.suffer(fault.value, times, lambda: here.wires[STORAGE].suffer(fault), end)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    if fault is not Fault.NONE and all(answers):
        outage.violations.append("nobody who asked for a file noticed the trouble")
    if not await _kept_again(here):
        outage.violations.append("the store was of no use afterwards")
    return outage


async def _kept(here: Town) -> bool:
    """Tell whether a file could be kept; a store in trouble is said to be."""
    try:
        await here.opened.adapters.files.write("claims/clm-1/cph-1", PHOTO, content_type="image/png")
    except Unavailable:
        return False
    return True


async def _kept_again(here: Town) -> bool:
    for _ in range(100):
        if await _kept(here):
            return True
        await asyncio.sleep(0.1)
    return False
