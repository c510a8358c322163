"""The clock, the secrets and the folder that adapters are given."""

import os
import secrets
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from attrs import field, frozen

from marketplace_core.kernel.clock import Clock, CommonClock, SystemClock
from marketplace_core.kernel.ids import IdFactory, TimeOrderedIds
from marketplace_core.kernel.plugins import Surroundings, UnsafeSetting
from marketplace_entrypoints.composition.settings import Settings


@frozen
class ShiftedClock(Clock):
    """A clock plus the seconds written in a file, so that several processes travel in time together."""

    shift_file: Path
    beneath: Clock = field(factory=SystemClock)

    def now(self) -> datetime:
        """Return the shifted time."""
        return self.beneath.now() + timedelta(seconds=self.shift_seconds)

    @property
    def shift_seconds(self) -> float:
        """The present shift; 0 without a file."""
        try:
            return float(self.shift_file.read_text())
        except FileNotFoundError:
            return 0.0

    def advance(self, seconds: float) -> None:
        """Move all processes that share the file."""
        fresh = self.shift_file.with_suffix(".new")
        fresh.write_text(str(self.shift_seconds + seconds))
        fresh.replace(self.shift_file)


@frozen
class SecretFiles:
    """Secrets in files that only this user can read, made on first use."""

    folder: Path

    def __call__(self, name: str) -> bytes:
        """Return the secret of that name: 32 bytes, the same ever after."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.folder / name
        try:
            handle = os.open(self.folder / f".{name}.{os.getpid()}", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb") as fresh:
                fresh.write(secrets.token_bytes(32))
            os.link(self.folder / f".{name}.{os.getpid()}", path)  # fails if somebody was first: theirs is used
        except FileExistsError:
            pass
        finally:
            (self.folder / f".{name}.{os.getpid()}").unlink(missing_ok=True)
        return path.read_bytes()


def surroundings(
    settings: Settings, opened: Mapping[str, Any], *, clock: Clock | None = None, ids: IdFactory | None = None
) -> Surroundings:
    """Return what the adapters of this process are given. Raises ``UnsafeSetting``.

    Whoever simulates gives a ``clock`` and ``ids`` of their own.
    """
    production = settings.mode == "production"
    if production and settings.clock != "system":
        raise UnsafeSetting("A shifted clock moves money at the wrong time: production runs on the system clock.")
    common = CommonClock(time.monotonic) if clock is None else None
    clock = clock or clock_of(settings, common)
    return Surroundings(
        data=settings.data,
        clock=clock,
        ids=ids or TimeOrderedIds(clock),
        base_url=settings.address,
        secret=SecretFiles(settings.data / "secrets"),
        opened=opened,
        production=production,
        common_clock=common,
    )


def clock_of(settings: Settings, beneath: Clock | None = None) -> Clock:
    """Return the configured clock, which goes by another one: the machine's, unless one is given."""
    beneath = beneath or SystemClock()
    return ShiftedClock(settings.data / "clock-shift", beneath) if settings.clock == "shifted" else beneath
