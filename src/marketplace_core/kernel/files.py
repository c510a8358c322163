"""Files that people upload: images, videos' sources, exports. Uploads go straight to the store by a signed address."""

import re
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from attrs import field, frozen

from marketplace_core.kernel.errors import Conflict, InvalidInput, NotFound, Unavailable

_SHA256: Final = re.compile(r"[0-9A-Fa-f]{64}")
_KEY: Final = re.compile(r"(?!.*(?:^|/)\.{0,2}(?:/|$))[a-z0-9._/-]{1,512}")


class FileMissing(NotFound):
    """There is no file under that key."""

    code = "kernel.file_missing"


class FileStoreUnavailable(Unavailable):
    """The store cannot be reached or has no room."""

    code = "kernel.file_store_unavailable"


class UploadRefused(InvalidInput):
    """What was uploaded is not what was announced; it was thrown away, and the right bytes may be sent."""

    code = "kernel.upload_refused"


class UploadTaken(Conflict):
    """Something else was taken in under that key already; it stays."""

    code = "kernel.upload_taken"


class MalformedChecksum(InvalidInput):
    """The announced checksum is none."""

    code = "kernel.malformed_checksum"


def is_key(key: str) -> bool:
    """Tell whether a text is a key: a relative path of ``[a-z0-9._/-]`` without empty or dotted steps."""
    return _KEY.fullmatch(key) is not None


def announced_checksum(sha256: str) -> str:
    """Return an announced SHA-256 in small letters, or nothing. Raises ``MalformedChecksum``."""
    if sha256 and not _SHA256.fullmatch(sha256):
        raise MalformedChecksum("A SHA-256 is told in 64 hexadecimal digits.", field="sha256")
    return sha256.lower()


def require_key(key: str) -> str:
    """Return the key. Raises ``ValueError`` for what is none: a mistake of ours, not of a user."""
    if not is_key(key):
        raise ValueError(f"{key!r} is not a key: a relative path of a-z, 0-9, '.', '_', '-'")
    return key


@frozen(kw_only=True)
class UploadPart:
    """One part of a large file: so many bytes, from the first on, go to ``url`` with PUT. ``sent`` ones are there."""

    number: int
    url: str
    first_byte: int
    size_bytes: int
    sent: bool


@frozen(kw_only=True)
class UploadSlot:
    """Where and how to upload one file.

    Send the bytes to ``url`` with ``method`` and exactly these ``headers``. With ``fields`` they are the part ``file``
    of a form (multipart/form-data), after those fields. With ``parts`` each of them goes to its own address instead,
    in any order.
    """

    url: str
    method: str
    headers: dict[str, str] = field(factory=dict)
    fields: dict[str, str] = field(factory=dict)
    parts: tuple[UploadPart, ...] = ()
    expires_at: datetime
    upload_bytes_max: int


@frozen(kw_only=True)
class StoredFile:
    """What the store knows of a file; ``head`` is its first bytes (at most 64).

    ``sha256`` is empty for files too large to be read through when they came. ``version`` tells apart what was
    uploaded under one key, where a store has a word for it.
    """

    key: str
    size_bytes: int
    content_type: str
    head: bytes
    sha256: str
    version: str = ""


@frozen(kw_only=True)
class Leftover:
    """An upload that was never taken in, or parts that were never put together, and how long they have been there.

    ``upload_id`` tells unfinished uploads in parts of one key apart; it is empty for what came whole.
    """

    key: str
    size_bytes: int
    age: timedelta
    upload_id: str = ""


class FileStore(Protocol):
    """Keeps files under keys we make. Keys are relative paths of ``[a-z0-9._/-]``.

    What was uploaded is not stored yet: it has ``arrived``, is looked at, and is ``taken in`` or deleted.
    """

    def open_upload(
        self, key: str, *, content_type: str, upload_bytes_max: int, expires_at: datetime, sha256: str = ""
    ) -> UploadSlot:
        """Return a signed, expiring address for exactly one upload of that type and at most that size. No network.

        Some stores take exactly that size and nothing less. ``sha256`` (hexadecimal) is what the file will have, if
        that is known.
        """
        ...

    async def open_parts(self, key: str, *, content_type: str, upload_bytes: int, expires_at: datetime) -> UploadSlot:
        """Return a slot for a large file of exactly that size; called again, for what is still to be sent of it.

        Where a store takes everything in one piece, it is a slot as any other. Raises ``FileStoreUnavailable``.
        """
        ...

    async def arrived(self, key: str, *, content_type: str, upload_bytes_max: int) -> StoredFile:
        """Describe what was uploaded, or taken in before.

        Raises ``FileMissing`` (also while parts are missing), ``UploadRefused`` for other bytes than were announced,
        ``UploadTaken``, ``FileStoreUnavailable``.
        """
        ...

    async def take_in(self, file: StoredFile) -> StoredFile:
        """Store exactly what was described by ``arrived``; done twice, it is done once.

        Raises ``FileMissing``, ``UploadTaken`` when something else came since, ``FileStoreUnavailable``.
        """
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
        """Remove a file and whatever was uploaded for it; no error if there is none.

        Raises ``FileStoreUnavailable``.
        """
        ...

    async def leftovers(self, older_than: timedelta) -> Sequence[Leftover]:
        """Return uploads that were not taken in for longer than that, by key; at most some thousands.

        A store that takes an upload only when it is as announced has none. Raises ``FileStoreUnavailable``.
        """
        ...

    async def discard(self, leftover: Leftover) -> None:
        """Remove it, unless it was taken in or replaced meanwhile. Raises ``FileStoreUnavailable``."""
        ...

    def public_url(self, key: str) -> str:
        """Return the address under which the file is served to anybody. No network."""
        ...
