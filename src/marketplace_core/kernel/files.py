"""Files that people upload: images, videos' sources, exports. Uploads go straight to the store by a signed address."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Protocol

from attrs import field, frozen

from marketplace_core.kernel.errors import NotFound, Unavailable


class FileMissing(NotFound):
    """There is no file under that key."""

    code = "kernel.file_missing"


class FileStoreUnavailable(Unavailable):
    """The store cannot be reached or has no room."""

    code = "kernel.file_store_unavailable"


@frozen(kw_only=True)
class UploadSlot:
    """Where and how to upload one file: send the bytes to ``url`` with ``method`` and exactly these ``headers``."""

    url: str
    method: str
    headers: dict[str, str] = field(factory=dict)
    expires_at: datetime
    upload_bytes_max: int


@frozen(kw_only=True)
class StoredFile:
    """What the store knows of a file without reading it all; ``head`` is its first bytes (at most 64)."""

    key: str
    size_bytes: int
    content_type: str
    head: bytes
    sha256: str


class FileStore(Protocol):
    """Keeps files under keys we make. Keys are relative paths of ``[a-z0-9._/-]``."""

    def open_upload(self, key: str, *, content_type: str, upload_bytes_max: int, expires_at: datetime) -> UploadSlot:
        """Return a signed, expiring address for exactly one upload of that type and at most that size. No network."""
        ...

    async def look(self, key: str) -> StoredFile:
        """Describe a stored file. Raises ``FileMissing``, ``FileStoreUnavailable``."""
        ...

    async def write(self, key: str, content: bytes, *, content_type: str) -> StoredFile:
        """Store bytes of our own making, replacing what was there. Raises ``FileStoreUnavailable``."""
        ...

    def read(self, key: str) -> AsyncIterator[bytes]:
        """Yield the file in pieces of at most 64 KiB. Raises ``FileMissing``, ``FileStoreUnavailable``."""
        ...

    async def local_copy(self, key: str) -> Path:
        """Return a path on this machine where the file can be read; the caller does not change or delete it."""
        ...

    async def delete(self, key: str) -> None:
        """Remove a file; no error if there is none. Raises ``FileStoreUnavailable``."""
        ...

    def public_url(self, key: str) -> str:
        """Return the address under which the file is served to anybody. No network."""
        ...
