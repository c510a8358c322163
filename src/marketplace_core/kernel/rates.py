"""How often somebody may try something: a bucket per subject that fills up evenly.

Rates keep guessers and floods away. They are no part of any decision about money: whoever loses count loses nothing.
"""

from datetime import datetime, timedelta
from typing import Final, Protocol

from attrs import frozen

from marketplace_core.kernel.errors import Unavailable

SUBJECT_LENGTH_MAX: Final = 320


class TooOften(Unavailable):
    """Somebody has tried this too often; the same request may be sent again after a while."""

    code = "kernel.too_often"


class RatesUnavailable(Unavailable):
    """Whoever counts for all processes cannot be reached, or did not answer in time."""

    code = "kernel.rates_unavailable"


@frozen(kw_only=True)
class Rate:
    """At most ``times`` at once, and ``times`` in ``seconds`` in the long run.

    While nobody counts for all processes, each of them counts for itself and lets its part through. What is
    ``open_when_away`` is not counted at all then: turning customers away is worse than a flood.
    """

    name: str
    times: int
    seconds: float
    open_when_away: bool = False

    @property
    def interval(self) -> timedelta:
        """How long it takes until there is room for one more."""
        return timedelta(seconds=self.seconds / self.times)

    def part_of(self, processes: int) -> "Rate":
        """Return what one of so many processes lets through: at least one at once, and its part in the long run."""
        times = max(1, self.times // processes)
        seconds = self.seconds * times * processes / self.times
        return Rate(name=self.name, times=times, seconds=seconds, open_when_away=self.open_when_away)


@frozen(kw_only=True)
class Verdict:
    """Whether one more is allowed, how many are left now, and how long it takes until there is room, until all are."""

    allowed: bool
    limit: int
    left: int
    wait: timedelta = timedelta()
    full_after: timedelta = timedelta()


class RateLimits(Protocol):
    """Counts attempts, by rate and subject. Subjects of different rates have nothing to do with one another."""

    async def take(self, rate: Rate, subject: str) -> Verdict:
        """Count one attempt, unless that is too many; what is refused is not counted. Raises ``RatesUnavailable``."""
        ...

    async def give_back(self, rate: Rate, subject: str) -> None:
        """Count one attempt less: it was a good one. Never below none. Raises ``RatesUnavailable``."""
        ...

    async def state(self) -> str:
        """Tell how it is, at once: ``up``, or ``degraded`` while each process counts for itself. Never fails."""
        ...


def taken(rate: Rate, full_at: datetime | None, now: datetime) -> tuple[Verdict, datetime]:
    """Count one attempt on a bucket that is full again at ``full_at``; return the verdict and when it is then."""
    longest = rate.interval * rate.times
    before = min(max(full_at or now, now), now + longest)  # a clock that was put back keeps nobody out
    after = before + rate.interval
    if after - now > longest + timedelta(microseconds=rate.times):
        return (
            Verdict(allowed=False, limit=rate.times, left=0, wait=after - now - longest, full_after=before - now),
            before,
        )
    left = max(0, int((longest - (after - now)) / rate.interval + 1e-6))
    return Verdict(allowed=True, limit=rate.times, left=left, full_after=after - now), after
