"""Rate limits that one process counts for itself."""

from collections import OrderedDict
from datetime import datetime
from typing import Final, final

from attrs import define, field

from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.rates import Rate, RateLimits, Verdict, taken

SUBJECTS_MAX: Final = 50_000


@final
@define(kw_only=True)
class InMemoryRateLimits(RateLimits):
    """Counts in a table of at most ``subjects_max`` buckets; each of ``processes`` lets its part of a rate through.

    When the table is full, whoever was seen least recently is forgotten.
    """

    clock: Clock
    processes: int = 1
    subjects_max: int = SUBJECTS_MAX
    _full_at: OrderedDict[tuple[str, str], datetime] = field(factory=OrderedDict)

    async def take(self, rate: Rate, subject: str) -> Verdict:
        """Look at the bucket."""
        part, key = rate.part_of(self.processes), (rate.name, subject)
        verdict, full_at = taken(part, self._full_at.get(key), self.clock.now())
        self._full_at[key] = full_at
        self._full_at.move_to_end(key)
        if len(self._full_at) > self.subjects_max:
            self._full_at.popitem(last=False)
        return verdict

    async def give_back(self, rate: Rate, subject: str) -> None:
        """Fill the bucket by one."""
        key = (rate.name, subject)
        if key in self._full_at:
            full_at = self._full_at[key] - rate.part_of(self.processes).interval
            if full_at > self.clock.now():
                self._full_at[key] = full_at
            else:
                del self._full_at[key]

    async def state(self) -> str:
        """Tell that it counts."""
        return "up"
