"""What whoever counts attempts promises. Subclass ``RateLimitsConformance`` and override the fixture ``counter``."""

import asyncio
from datetime import timedelta
from typing import Protocol

import pytest

from marketplace_core.kernel.rates import Rate, RateLimits

RATE = Rate(name="guess", times=4, seconds=2.0)
"""Four at once, and one every half second."""


class Counter(Protocol):
    """Whoever counts, and how time goes by there. Nothing is counted at first."""

    @property
    def limits(self) -> RateLimits:
        """The port."""
        ...

    async def another(self) -> RateLimits:
        """Return the same as another process has it; where each counts for itself, the same again."""
        ...

    async def let_pass(self, seconds: float) -> None:
        """Let time go by."""
        ...


@pytest.mark.conformance
class RateLimitsConformance:
    """Override ``counter``."""

    @pytest.fixture
    def counter(self) -> Counter:
        """Return whoever counts."""
        raise NotImplementedError

    async def test_as_many_as_the_rate_says_are_allowed_and_then_no_more(self, counter: Counter) -> None:
        verdicts = [await counter.limits.take(RATE, "ann") for _ in range(6)]

        assert [verdict.allowed for verdict in verdicts] == [True] * 4 + [False] * 2
        assert [verdict.left for verdict in verdicts] == [3, 2, 1, 0, 0, 0]
        assert {verdict.limit for verdict in verdicts} == {4}

    async def test_who_is_refused_is_told_how_long_to_wait_and_is_allowed_then(self, counter: Counter) -> None:
        for _ in range(4):
            await counter.limits.take(RATE, "ann")
        refused = await counter.limits.take(RATE, "ann")
        await counter.let_pass(refused.wait.total_seconds() + 0.02)

        again, too_early = await counter.limits.take(RATE, "ann"), await counter.limits.take(RATE, "ann")

        assert timedelta(0) < refused.wait <= timedelta(seconds=0.5)
        assert timedelta(seconds=1) < refused.full_after <= timedelta(seconds=2)
        assert (again.allowed, too_early.allowed) == (True, False)

    async def test_trying_while_it_is_too_often_does_not_make_the_wait_longer(self, counter: Counter) -> None:
        for _ in range(4):
            await counter.limits.take(RATE, "ann")
        await counter.let_pass(0.25)

        waits = [(await counter.limits.take(RATE, "ann")).wait for _ in range(20)]

        assert max(waits) <= timedelta(seconds=0.26)

    async def test_after_the_whole_time_it_is_as_if_nothing_had_been(self, counter: Counter) -> None:
        for _ in range(4):
            await counter.limits.take(RATE, "ann")
        await counter.let_pass(2.05)

        verdict = await counter.limits.take(RATE, "ann")

        assert (verdict.allowed, verdict.left) == (True, 3)

    async def test_subjects_and_rates_have_nothing_to_do_with_one_another(self, counter: Counter) -> None:
        other = Rate(name="other", times=4, seconds=2.0)
        for _ in range(5):
            await counter.limits.take(RATE, "ann")

        verdicts = [await counter.limits.take(rate, who) for rate, who in ((RATE, "ben"), (other, "ann"), (RATE, ""))]

        assert [(verdict.allowed, verdict.left) for verdict in verdicts] == [(True, 3)] * 3

    async def test_what_was_good_is_given_back_and_never_more_than_was_taken(self, counter: Counter) -> None:
        await counter.limits.take(RATE, "ann")
        await counter.limits.take(RATE, "ann")
        await counter.limits.give_back(RATE, "ann")
        one_less = await counter.limits.take(RATE, "ann")
        for _ in range(9):
            await counter.limits.give_back(RATE, "ann")

        verdicts = [await counter.limits.take(RATE, "ann") for _ in range(5)]

        assert one_less.left == 2
        assert [verdict.allowed for verdict in verdicts] == [True] * 4 + [False]

    async def test_of_many_at_once_as_many_are_allowed_as_of_many_one_by_one(self, counter: Counter) -> None:
        other = await counter.another()
        slow = Rate(name="guess", times=4, seconds=600)

        verdicts = await asyncio.gather(*(each.take(slow, "ann") for each in (counter.limits, other) * 10))

        assert sum(verdict.allowed for verdict in verdicts) == 4

    async def test_who_is_counted_may_be_called_anything(self, counter: Counter) -> None:
        for strange in ("", "a:b", "ann@example.org\r\nDEL x", "Ж" * 300, "\x00", "*", "{x}"):
            assert (await counter.limits.take(RATE, strange)).left == 3

    async def test_whoever_counts_is_up(self, counter: Counter) -> None:
        await counter.limits.take(RATE, "ann")

        assert await counter.limits.state() == "up"
