"""What the plugin ``local`` opens counts, for one process of several."""

from datetime import timedelta
from pathlib import Path

import pytest
from attrs import define
from pydantic import ValidationError

from marketplace_adapters.local.plugin import LocalSettings, plugin
from marketplace_core.kernel.plugins import Surroundings
from marketplace_core.kernel.rates import RateLimits
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.rates import RATE, RateLimitsConformance


@define
class LocalCounter:
    clock: FrozenClock
    limits: RateLimits

    async def another(self) -> RateLimits:
        return self.limits

    async def let_pass(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))


def around(clock: FrozenClock) -> Surroundings:
    return Surroundings(data=Path(), clock=clock, ids=CountingIds(), base_url="", secret=lambda name: b"", opened={})


class TestLocalRateLimits(RateLimitsConformance):
    @pytest.fixture
    async def counter(self) -> LocalCounter:
        clock = FrozenClock()
        async with plugin.open(LocalSettings(), around(clock)) as limits:
            return LocalCounter(clock, limits)


async def test_of_two_processes_each_lets_half_through() -> None:
    async with plugin.open(LocalSettings(processes=2), around(FrozenClock())) as limits:
        allowed = [(await limits.take(RATE, "ann")).allowed for _ in range(4)]

    assert allowed == [True, True, False, False]


@pytest.mark.parametrize("processes", [0, -1, 10_000])
def test_there_is_at_least_one_process(processes: int) -> None:
    with pytest.raises(ValidationError):
        LocalSettings(processes=processes)
