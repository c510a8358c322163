"""Time as an argument: whoever needs the hour asks a ``Clock``."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time, in UTC, aware. Never fails."""

    def now(self) -> datetime:
        """Return the present moment as an aware datetime in UTC."""
        ...


class SystemClock(Clock):
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the machine's time in UTC."""
        return datetime.now(UTC)


class CommonClock(Clock):
    """The time of a marketplace, for all of its processes, whatever the clocks of their machines say.

    Until somebody has told the time it is the machine's. After that it is what was told, and what has gone by since: a
    machine's clock may be wrong, or set back or forth, and nothing happens earlier or later for it. ``gone_by`` counts
    seconds from anywhere, and is never set.
    """

    def __init__(self, gone_by: Callable[[], float], machine: Clock | None = None) -> None:
        self.gone_by = gone_by
        self._machine = machine or SystemClock()
        self._told: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        """Return the time as it was told last, and what has gone by since."""
        if self._told is None:
            return self._machine.now()
        moment, when = self._told
        return moment + timedelta(seconds=self.gone_by() - when)

    def tell(self, moment: datetime, when: float) -> None:
        """Tell that it was this moment when so many seconds had gone by."""
        self._told = (moment, when)
