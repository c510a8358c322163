"""Copies of objects on this machine: pictures that are served through us, videos that are made playable here."""

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from marketplace_adapters.s3.objects import Objects
from marketplace_core.kernel.files import StoredFile

IN_USE_SECONDS: Final = 3_600
"""A copy that was asked for so lately is kept, however little room there is: somebody may be reading it."""


class Cache:
    """A folder of copies, the longest unused of which make room for others. All of it blocks."""

    def __init__(self, folder: Path, bytes_max: int) -> None:
        self._folder = folder
        self._bytes_max = bytes_max

    def prepare(self) -> None:
        """Make the folder."""
        self._folder.mkdir(parents=True, exist_ok=True)

    def place(self, key: str, version: str) -> tuple[Path, bool]:
        """Return where the copy of a version of a file is, or goes, and whether it is there; it is in use from now."""
        path = self._folder / hashlib.sha256(f"{key}\n{version}".encode()).hexdigest()
        try:
            os.utime(path)
        except FileNotFoundError:
            return path, False
        return path, True

    def fill(self, objects: Objects, file: StoredFile, path: Path) -> None:
        """Bring the copy here, and make room."""
        objects.download(file.key, file.version, path)
        self._make_room()

    def _make_room(self) -> None:
        copies = []
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError):
                state = path.stat()
                copies.append((state.st_mtime, state.st_size, path))
        left = sum(size for _, size, _ in copies)
        for used_at, size, path in sorted(copies):
            if left <= self._bytes_max or used_at > time.time() - IN_USE_SECONDS:
                return
            path.unlink(missing_ok=True)
            left -= size
