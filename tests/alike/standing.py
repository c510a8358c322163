"""Time that stands nearly still unless it is moved: what takes long through one door is not later than through another.

Each deed begins at a moment that is planned, with a fraction of a second that is its own. What it sets for later falls
due within that fraction's reach, before or after any other deed begins, and never while one is under way.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from math import floor
from pathlib import Path
from types import SimpleNamespace
from typing import Final

import pytest
from attrs import define, frozen

from features.drivers.http import HttpDriver
from features.drivers.processes import Process, forked
from marketplace_core.kernel.clock import CommonClock, SystemClock
from marketplace_entrypoints.composition.surroundings import ShiftedClock

BEGINS_AT: Final = datetime(2030, 1, 7, 10, 5, tzinfo=UTC)
"""A Monday morning."""
SLOWER: Final = 10_000
"""So many times slower time goes by itself."""
DEED_SECONDS_MAX: Final = 10.0
"""Longer, and a deed would end in another one's fraction."""
DEEDS_MAX: Final = floor(SLOWER / DEED_SECONDS_MAX) - 1


@frozen
class Standing:
    """The clock of every process of a play, since the machine had counted so many seconds."""

    since: float

    def now(self) -> datetime:
        """Return what has gone by, as little as it is."""
        return BEGINS_AT + timedelta(seconds=(time.monotonic() - self.since) / SLOWER)

    def set(self, patch: pytest.MonkeyPatch) -> None:
        """Let everybody in this process go by it. What is made at one moment is named in the order of its making."""
        for kind in (SystemClock, CommonClock):
            patch.setattr(kind, "now", lambda _: self.now())
        patch.setattr("marketplace_core.kernel.ids.os", SimpleNamespace(urandom=_later_and_later))


def _later_and_later(size: int) -> bytes:
    """Return bytes that grow with the time that the machine counts for all its processes."""
    return time.monotonic_ns().to_bytes(size - 2) + os.urandom(2)


@contextmanager
def standing() -> Iterator[Standing]:
    """Let time stand in this process."""
    clock = Standing(time.monotonic())
    with pytest.MonkeyPatch.context() as patch:
        clock.set(patch)
        yield clock


def _stand(clock: Standing) -> None:
    clock.set(pytest.MonkeyPatch())


class HttpDriverWhereTimeStands(HttpDriver):
    """Its server goes by the same clock."""

    def __init__(self, folder: Path, assign: Callable[[Path], None], clock: Standing) -> None:
        """Open the door."""
        self.clock = clock
        super().__init__(folder, assign)

    def _serve(self, data: Path, environment: Mapping[str, str]) -> Sequence[Process]:
        command = ["serve", "--port", str(self._port)]
        return (forked(command, environment, data / "server.log", partial(_stand, self.clock)),)


@define
class Calendar:
    """Moves the time of a play from deed to deed."""

    shifted: ShiftedClock
    number: int = 0
    began: float = 0.0

    def next(self, seconds: int) -> None:
        """Go to the moment of the next deed, so many seconds on. Raises ``RuntimeError`` if the last took too long."""
        took = time.monotonic() - self.began if self.began else 0.0
        if took > DEED_SECONDS_MAX:
            raise RuntimeError(f"deed {self.number} took {took:.0f} s: what it set for later may fall due too early")
        self.number += 1
        now = self.shifted.now()
        moment = now.replace(microsecond=0) + timedelta(seconds=seconds + self.number / (DEEDS_MAX + 1))
        self.shifted.advance((moment - now).total_seconds())
        self.began = time.monotonic()
