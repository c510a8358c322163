"""The single bounded bridge to calls that block: so many at once, so many waiting, no more."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import ParamSpec, TypeVar

from marketplace_core.kernel.errors import Unavailable

Params = ParamSpec("Params")
ResultT = TypeVar("ResultT")


class Overloaded(Unavailable):
    """More blocking calls wait than the bridge lets wait; this one was not begun."""

    code = "threads.overloaded"


class ThreadBridge:
    """Runs blocking calls in at most ``threads`` threads while at most ``waiting_max`` others wait.

    A caller that is cancelled gives up its place in the queue; a call that has begun runs to its end.
    """

    def __init__(self, name: str, *, threads: int, waiting_max: int) -> None:
        self._name = name
        self._room = threads + waiting_max
        self._present = 0
        self._counting = threading.Lock()
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name)

    async def run(self, call: Callable[Params, ResultT], *args: Params.args, **kwargs: Params.kwargs) -> ResultT:
        """Run the call in a thread and return what it returns. Raises ``Overloaded``, and what the call raises."""
        with self._counting:
            if self._present >= self._room:
                raise Overloaded(f"Too much to do at once ({self._name}); try again in a moment.")
            self._present += 1
        future = self._pool.submit(call, *args, **kwargs)
        future.add_done_callback(self._gone)
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Let what has begun end, forget what waits."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _gone(self, _: Future[ResultT]) -> None:
        with self._counting:
            self._present -= 1


@asynccontextmanager
async def open_threads(name: str, *, threads: int, waiting_max: int) -> AsyncGenerator[ThreadBridge]:
    """Open a bridge; close it at the end."""
    bridge = ThreadBridge(name, threads=threads, waiting_max=waiting_max)
    try:
        yield bridge
    finally:
        bridge.close()
