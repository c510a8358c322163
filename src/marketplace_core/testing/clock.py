"""Time that stands still until told otherwise, and identifiers that count."""

from datetime import UTC, datetime, timedelta

from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory


class FrozenClock(Clock):
    """A clock that moves only by ``advance``."""

    def __init__(self, at: datetime = datetime(2026, 1, 1, 12, tzinfo=UTC)) -> None:
        self._now = at

    def now(self) -> datetime:
        """Return the moment it was set to."""
        return self._now

    def advance(self, by: timedelta) -> None:
        """Move on; a negative step goes back."""
        self._now += by


class CountingIds(IdFactory):
    """Identifiers ``ord_0001``, ``ord_0002`` …, one count per prefix."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def new(self, prefix: str) -> str:
        """Return the next identifier of the prefix."""
        self._counts[prefix] = self._counts.get(prefix, 0) + 1
        return f"{prefix}_{self._counts[prefix]:04d}"
