"""A circuit breaker: what has failed so often in a row is left alone for a while, and then tried by one."""

import time
from collections.abc import Callable

from attrs import define


@define
class Breaker:
    """Opens after ``failures_max`` failures in a row for ``rest_seconds``; then one call tries for all."""

    failures_max: int
    rest_seconds: float
    now: Callable[[], float] = time.monotonic
    _failures: int = 0
    _closed_again_at: float = 0.0
    _trying: bool = False

    def lets(self) -> bool:
        """Tell whether a call may be made. Whoever is let has to say how it ended."""
        if self._failures < self.failures_max:
            return True
        if self._trying or self.now() < self._closed_again_at:
            return False
        self._trying = True
        return True

    def went_well(self) -> None:
        """Forget what failed."""
        self._failures, self._trying = 0, False

    def failed(self) -> None:
        """Count a failure; the last one allowed opens the circuit."""
        self._failures += 1
        self._trying = False
        self._closed_again_at = self.now() + self.rest_seconds

    def gave_up(self) -> None:
        """Take note that a call ended without telling anything: its caller was cancelled."""
        self._trying = False
