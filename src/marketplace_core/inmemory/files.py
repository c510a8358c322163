"""A file store in memory."""

import hashlib
import shutil
import tempfile
import weakref
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, final

from attrs import evolve, frozen

from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import Conflict, InvalidInput, NotAllowed
from marketplace_core.kernel.files import (
    FileMissing,
    FileStore,
    Leftover,
    StoredFile,
    UploadRefused,
    UploadSlot,
    UploadTaken,
    require_key,
)
from marketplace_core.kernel.work import outside_transaction

HEAD_BYTES: Final = 64
PIECE_BYTES: Final = 64 * 1024


@frozen
class _File:
    content: bytes
    content_type: str


@frozen(kw_only=True)
class _Slot:
    key: str
    content_type: str
    upload_bytes_max: int
    expires_at: datetime
    sha256: str
    used: bool = False


@final
class InMemoryFileStore(FileStore):
    """Files in a dictionary. Uploads go to ``memory:`` addresses by ``upload``."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._files: dict[str, _File] = {}
        self._slots: dict[str, _Slot] = {}
        self._folder: Path | None = None

    def open_upload(
        self, key: str, *, content_type: str, upload_bytes_max: int, expires_at: datetime, sha256: str = ""
    ) -> UploadSlot:
        """Return an address of which this store remembers what it is for."""
        url = f"memory:upload/{len(self._slots) + 1}"
        self._slots[url] = _Slot(
            key=require_key(key),
            content_type=content_type,
            upload_bytes_max=upload_bytes_max,
            expires_at=expires_at,
            sha256=sha256,
        )
        headers = {"Content-Type": content_type}
        return UploadSlot(
            url=url, method="PUT", headers=headers, expires_at=expires_at, upload_bytes_max=upload_bytes_max
        )

    async def upload(self, url: str, content: bytes, *, content_type: str) -> StoredFile:
        """Do what an uploading client does.

        Raises ``NotAllowed`` for an unknown or expired address, ``Conflict`` for a used one, ``InvalidInput`` for
        another type or too many bytes.
        """
        slot = self._slots.get(url)
        if slot is None or slot.expires_at <= self._clock.now():
            raise NotAllowed("This upload address is unknown or has expired.")
        if slot.used:
            raise Conflict("This upload address was used.")
        if content_type != slot.content_type or len(content) > slot.upload_bytes_max:
            raise InvalidInput("These are not the announced bytes.")
        if slot.sha256 not in ("", hashlib.sha256(content).hexdigest()):
            raise UploadRefused("The bytes have another checksum than was announced; send them again.")
        self._slots[url] = evolve(slot, used=True)
        return self._put(slot.key, content, content_type)

    async def open_parts(self, key: str, *, content_type: str, upload_bytes: int, expires_at: datetime) -> UploadSlot:
        """Return a slot as any other: everything is taken in one piece."""
        outside_transaction("files.open_parts")
        return self.open_upload(key, content_type=content_type, upload_bytes_max=upload_bytes, expires_at=expires_at)

    async def arrived(self, key: str, *, content_type: str, upload_bytes_max: int) -> StoredFile:
        """Describe it: what was refused was never stored."""
        outside_transaction("files.arrived")
        return _described(key, self._file(key))

    async def take_in(self, file: StoredFile) -> StoredFile:
        """See that it is still the one that was described."""
        outside_transaction("files.take_in")
        stored = _described(file.key, self._file(file.key))
        if stored != file:
            raise UploadTaken("Another file is stored under that key.")
        return stored

    async def look(self, key: str) -> StoredFile:
        """Describe the file."""
        outside_transaction("files.look")
        file = self._file(key)
        return _described(key, file)

    async def write(self, key: str, content: bytes, *, content_type: str) -> StoredFile:
        """Put the file in."""
        outside_transaction("files.write")
        return self._put(require_key(key), content, content_type)

    async def read(self, key: str) -> AsyncIterator[bytes]:
        """Yield the file in pieces."""
        outside_transaction("files.read")
        content = self._file(key).content
        for start in range(0, len(content), PIECE_BYTES):
            yield content[start : start + PIECE_BYTES]

    async def local_copy(self, key: str) -> Path:
        """Write the file into a folder that lives as long as the store."""
        outside_transaction("files.local_copy")
        file = self._file(key)
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="marketplace-files-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        path = self._folder / hashlib.sha256(key.encode() + file.content).hexdigest()
        path.write_bytes(file.content)
        return path

    async def delete(self, key: str) -> None:
        """Forget the file."""
        outside_transaction("files.delete")
        self._files.pop(key, None)

    async def leftovers(self, older_than: timedelta) -> Sequence[Leftover]:
        """Return none: what was refused was never stored."""
        outside_transaction("files.leftovers")
        return ()

    async def discard(self, leftover: Leftover) -> None:
        """Do nothing: there are none."""
        outside_transaction("files.discard")

    def public_url(self, key: str) -> str:
        """Return a ``memory:`` address."""
        return f"memory:{require_key(key)}"

    def _file(self, key: str) -> _File:
        try:
            return self._files[key]
        except KeyError:
            raise FileMissing("There is no such file.") from None

    def _put(self, key: str, content: bytes, content_type: str) -> StoredFile:
        self._files[key] = _File(content, content_type)
        return _described(key, self._files[key])


def _described(key: str, file: _File) -> StoredFile:
    return StoredFile(
        key=key,
        size_bytes=len(file.content),
        content_type=file.content_type,
        head=file.content[:HEAD_BYTES],
        sha256=hashlib.sha256(file.content).hexdigest(),
    )
