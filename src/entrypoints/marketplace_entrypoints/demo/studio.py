"""Where pictures and clips are made: in processes of their own, so that nothing else waits for them."""

import asyncio
import multiprocessing
import os
import signal
import zlib
from collections.abc import AsyncGenerator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from marketplace_entrypoints.demo.catalogue import SHOPS, Item
from marketplace_entrypoints.demo.clips import make_clip
from marketplace_entrypoints.demo.hands import Pictures
from marketplace_entrypoints.demo.pictures import make_picture
from marketplace_entrypoints.demo.staging import MORNING, STAGINGS

PROCESSES_MAX: Final = 4
CLIP_SIZE: Final = (1280, 720)
UPRIGHT_SIZE: Final = (720, 1280)
STAGED: Final = {item.handle: STAGINGS[shop.slug] for shop in SHOPS for item in shop.items}


class Studio(Pictures):
    """Draws things and films them; the same thing always looks the same."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool
        self._drawn: dict[tuple[str, int], Future[bytes]] = {}

    def order(self, items: Iterable[Item]) -> None:
        """Begin with the first pictures of these things, in this order."""
        for item in items:
            self._draw(item, 0)

    async def __call__(self, item: Item, view: int) -> bytes:
        """Return one picture of the thing."""
        return await asyncio.wrap_future(self._draw(item, view))

    async def film(self, item: Item, path: Path) -> Path:
        """Make the thing's clip. Raises ``ClipNotMade``."""
        assert item.clip_seconds is not None
        return await asyncio.wrap_future(self._pool.submit(_film, item, path))

    def _draw(self, item: Item, view: int) -> Future[bytes]:
        name = (item.handle, view)
        if name not in self._drawn:
            self._drawn[name] = self._pool.submit(_draw, item, view)
        return self._drawn[name]


@asynccontextmanager
async def studio(processes: int = PROCESSES_MAX) -> AsyncGenerator[Studio]:
    """Open a studio; at its end what was ordered and not begun is dropped."""
    count = max(1, min(processes, os.cpu_count() or 1))
    # Spawned, not forked: this process has threads and an event loop.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_undisturbed)
    try:
        yield Studio(pool)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def frame_of(item: Item) -> tuple[int, int]:
    """Return the size of the thing's clip, in pixels."""
    return UPRIGHT_SIZE if item.is_upright else CLIP_SIZE


def _undisturbed() -> None:
    """Leave Ctrl-C to the process that opened the studio."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _seed(item: Item) -> int:
    return zlib.crc32(item.handle.encode()) + item.look


def _draw(item: Item, view: int) -> bytes:
    return make_picture(seed=_seed(item), title=item.title, hue=item.hue, view=view, subject=item.subject)


def _film(item: Item, path: Path) -> Path:
    return make_clip(
        path,
        seed=_seed(item),
        seconds=item.clip_seconds or 0.0,
        size=frame_of(item),
        title=item.title,
        hue=item.hue,
        subject=item.subject,
        staging=STAGED.get(item.handle, MORNING),
    )
