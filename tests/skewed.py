"""Processes on a machine whose clock is wrong, by the seconds in a file.

The product reads a machine's clock in one place, which is moved here; the file may change while a process runs, as a
clock is set while its machine does.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from features.drivers.processes import Process, Start, forked
from marketplace_core.kernel.clock import SystemClock


def skewed(wrong_by: Path) -> Start:
    """Return what starts processes on such a machine."""

    def start(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Process:
        return forked(command, environment, log, partial(set_wrong, wrong_by))

    return start


def set_wrong(wrong_by: Path) -> None:
    """Set the clock of this process wrong."""
    right = SystemClock.now

    def now(self: SystemClock) -> datetime:
        return right(self) + timedelta(seconds=float(wrong_by.read_text()))

    SystemClock.now = now  # type: ignore[method-assign]
