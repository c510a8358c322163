"""One process that counts for itself keeps the promises of rate limits, and lets its part through."""

from datetime import timedelta

import pytest
from attrs import define

from marketplace_core.inmemory.rates import InMemoryRateLimits
from marketplace_core.kernel.rates import Rate
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.conformance.rates import RATE, RateLimitsConformance


@define
class InMemoryCounter:
    clock: FrozenClock
    limits: InMemoryRateLimits

    async def another(self) -> InMemoryRateLimits:
        return self.limits

    async def let_pass(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))


class TestInMemoryRateLimits(RateLimitsConformance):
    @pytest.fixture
    def counter(self) -> InMemoryCounter:
        clock = FrozenClock()
        return InMemoryCounter(clock, InMemoryRateLimits(clock=clock))


@pytest.mark.parametrize(
    ("processes", "at_once", "in_a_minute"), [(1, 10, 19), (2, 5, 9), (3, 3, 6), (4, 2, 4), (20, 1, 1)]
)
async def test_each_of_several_processes_lets_its_part_through(processes: int, at_once: int, in_a_minute: int) -> None:
    clock = FrozenClock()
    limits = InMemoryRateLimits(clock=clock, processes=processes)
    rate = Rate(name="guess", times=10, seconds=60)

    first = [(await limits.take(rate, "ann")).allowed for _ in range(20)]
    later = []
    for _ in range(59):
        clock.advance(timedelta(seconds=1))
        later.append((await limits.take(rate, "ann")).allowed)

    assert sum(first) == at_once
    assert sum(first) + sum(later) == in_a_minute


async def test_a_clock_that_is_put_back_keeps_nobody_out_for_long() -> None:
    clock = FrozenClock()
    limits = InMemoryRateLimits(clock=clock)
    for _ in range(5):
        await limits.take(RATE, "ann")
    clock.advance(timedelta(days=-1))

    refused = await limits.take(RATE, "ann")

    assert refused.wait <= timedelta(seconds=0.5)


async def test_a_crowd_of_strangers_takes_no_more_memory_than_there_is_and_forgets_who_was_seen_last() -> None:
    limits = InMemoryRateLimits(clock=FrozenClock(), subjects_max=100)
    for _ in range(5):
        await limits.take(RATE, "ann")
    for number in range(99):
        await limits.take(RATE, f"stranger {number}")
    await limits.take(RATE, "ann")
    for number in range(50):
        await limits.take(RATE, f"somebody {number}")
    still_refused = await limits.take(RATE, "ann")
    for number in range(1_000):
        await limits.take(RATE, f"another {number}")

    assert not still_refused.allowed
    assert len(limits._full_at) == 100
