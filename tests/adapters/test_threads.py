"""The bridge to blocking calls is bounded (performance design: expensive work)."""

import asyncio
import threading
import time

import pytest

from marketplace_adapters._threads import Overloaded, open_threads


class Gate:
    """Counts how many calls are inside at once, and holds them until opened."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.lock = threading.Lock()
        self.inside = self.most = self.entered = 0

    def pass_through(self, value: int) -> int:
        with self.lock:
            self.inside += 1
            self.entered += 1
            self.most = max(self.most, self.inside)
        self.opened.wait(5)
        with self.lock:
            self.inside -= 1
        return value


async def until_entered(gate: Gate, count: int) -> None:
    for _ in range(500):
        if gate.entered >= count:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("nobody entered")


async def test_no_more_than_its_threads_run_and_no_more_than_its_queue_waits() -> None:
    gate = Gate()
    async with open_threads("trial", threads=2, waiting_max=3) as threads:
        tasks = [asyncio.create_task(threads.run(gate.pass_through, number)) for number in range(5)]
        await until_entered(gate, 2)

        with pytest.raises(Overloaded) as refusal:
            await threads.run(gate.pass_through, 5)
        gate.opened.set()

        assert await asyncio.gather(*tasks) == [0, 1, 2, 3, 4]
        assert (gate.most, gate.entered) == (2, 5)
        assert refusal.value.retry_after_seconds == 1
        assert await threads.run(gate.pass_through, 6) == 6


async def test_the_loop_goes_on_meanwhile() -> None:
    async with open_threads("trial", threads=1, waiting_max=1) as threads:
        sleeping = asyncio.create_task(threads.run(time.sleep, 0.05))
        ticks = 0
        while not sleeping.done():
            ticks += 1
            await asyncio.sleep(0.005)

        assert ticks > 3


async def test_a_caller_that_gives_up_frees_its_place() -> None:
    gate = Gate()
    async with open_threads("trial", threads=1, waiting_max=1) as threads:
        first = asyncio.create_task(threads.run(gate.pass_through, 1))
        await until_entered(gate, 1)
        second = asyncio.create_task(threads.run(gate.pass_through, 2))
        await asyncio.sleep(0)

        second.cancel()
        await asyncio.gather(second, return_exceptions=True)
        third = asyncio.create_task(threads.run(gate.pass_through, 3))
        await asyncio.sleep(0)
        gate.opened.set()

        assert (await first, await third) == (1, 3)
        assert gate.entered == 2


async def test_what_the_call_raises_reaches_the_caller() -> None:
    async with open_threads("trial", threads=1, waiting_max=0) as threads:
        with pytest.raises(ZeroDivisionError):
            await threads.run(divmod, 1, 0)

        assert await threads.run(divmod, 7, 2) == (3, 1)
