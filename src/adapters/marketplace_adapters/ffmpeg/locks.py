"""Locks that vanish with the process that held them, however it ended: `flock` on a file, as on Linux and macOS."""

import fcntl
import os
import time
from pathlib import Path

from attrs import define, field

_POLL_SECONDS = 0.02


@define
class FileLock:
    """One lock on one file, held from `take` until `release` or the end of the process."""

    path: Path
    _descriptor: int | None = field(default=None, init=False)

    def take(self) -> bool:
        """Take the lock if nobody holds it and say whether it is ours now.

        The directory must exist: raises `FileNotFoundError` when it does not.
        """
        if self._descriptor is not None:
            return True
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        if self.still_there():
            return True
        self.release()  # the file was removed between opening and locking: that lock protects nothing
        return False

    def take_within(self, timeout_seconds: float) -> bool:
        """Take the lock as soon as it is free, and say whether that was within this time."""
        deadline = time.monotonic() + timeout_seconds
        while not self.take():
            if time.monotonic() >= deadline:
                return False
            time.sleep(_POLL_SECONDS)
        return True

    @classmethod
    def inherited(cls, path: Path, descriptor: int) -> "FileLock":
        """Return the lock that our parent took and handed over as this open file."""
        os.set_inheritable(descriptor, False)
        lock = cls(path)
        lock._descriptor = descriptor
        return lock

    @property
    def descriptor(self) -> int:
        """The open file that is the lock, to hand over to a child; raises `RuntimeError` when it is not held."""
        if self._descriptor is None:
            raise RuntimeError(f"the lock {self.path} is not held")
        return self._descriptor

    def still_there(self) -> bool:
        """Say whether the file that we hold is still the one at its path."""
        if self._descriptor is None:
            return False
        held = os.fstat(self._descriptor)
        try:
            named = self.path.stat()
        except FileNotFoundError:
            return False
        return (held.st_dev, held.st_ino) == (named.st_dev, named.st_ino)

    def release(self) -> None:
        """Let go of the lock, except for a child that it was handed to; harmless when it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def is_held(path: Path) -> bool:
    """Say whether some process holds the lock at this path; false when there is no such file."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
