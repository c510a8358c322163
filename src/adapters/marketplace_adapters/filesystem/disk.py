"""Files and what is known of them, on disk. Everything here blocks; the store calls it from threads.

A key never becomes a path: files are named by the key's SHA-256. A file is there from the moment its record is renamed
into place, and the record names the content: readers see the old file or the new one and never a half of either.
"""

import hashlib
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from attrs import frozen

from marketplace_adapters.filesystem.errors import UploadAddressUsed
from marketplace_core.kernel.files import FileMissing, FileStoreUnavailable, StoredFile, is_key

HEAD_BYTES: Final = 64
STALE_SECONDS: Final = 24 * 3_600
"""After this long a half-written file is taken to be abandoned."""


@frozen(kw_only=True)
class Record:
    """What is known of a stored file, and where its content is."""

    file: StoredFile
    content: Path


class Draft:
    """A file that is being written and that nobody sees yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size_bytes = 0
        self.head = b""
        self._digest = hashlib.sha256()
        self._handle: BinaryIO = path.open("xb")

    def append(self, octets: bytes) -> None:
        """Write on."""
        self._handle.write(octets)
        self._digest.update(octets)
        self.size_bytes += len(octets)
        if len(self.head) < HEAD_BYTES:
            self.head = (self.head + octets)[:HEAD_BYTES]

    @property
    def sha256(self) -> str:
        """The SHA-256 of what is written so far."""
        return self._digest.hexdigest()

    def finish(self) -> str:
        """Bring everything onto the disk and return the SHA-256."""
        self._handle.flush()
        os.fsync(self._handle.fileno())
        self._handle.close()
        return self.sha256

    def discard(self) -> None:
        """Forget it."""
        self._handle.close()
        self.path.unlink(missing_ok=True)


class Disk:
    """The folders of one store. Every method raises ``FileStoreUnavailable`` when the disk does not do its work."""

    def __init__(self, folder: Path) -> None:
        self._records = folder / "records"
        self._contents = folder / "contents"
        self._drafts = folder / "drafts"
        self._spent = folder / "spent"

    def prepare(self) -> None:
        """Make the folders, and clear away what earlier processes left half-written."""
        with _troubles():
            for folder in (self._records, self._contents, self._drafts, self._spent):
                folder.mkdir(parents=True, exist_ok=True)
            for draft in self._drafts.iterdir():
                with suppress(FileNotFoundError):
                    if draft.stat().st_mtime < time.time() - STALE_SECONDS:
                        draft.unlink()

    def draft(self) -> Draft:
        """Begin a file."""
        with _troubles():
            return Draft(self._drafts / secrets.token_hex(16))

    def keep(self, key: str, draft: Draft, *, content_type: str) -> StoredFile:
        """Put a finished file under its key, replacing what was there."""
        with _troubles():
            sha256 = draft.finish()
            name = _name(key)
            content = self._contents / name[:2] / f"{name}-{secrets.token_hex(8)}"
            content.parent.mkdir(exist_ok=True)
            draft.path.replace(content)
            file = StoredFile(
                key=key, size_bytes=draft.size_bytes, content_type=content_type, head=draft.head, sha256=sha256
            )
            before = self._record(key)
            try:
                _settle(content.parent)
                self._write_record(file, content)
            except BaseException:
                content.unlink(missing_ok=True)
                raise
            if before is not None:
                before.content.unlink(missing_ok=True)
            return file

    def find(self, key: str) -> Record:
        """Return what is known of a file. Raises ``FileMissing``."""
        with _troubles():
            record = self._record(key) if is_key(key) else None
        if record is None:
            raise FileMissing("There is no such file.")
        return record

    def open(self, key: str) -> BinaryIO:
        """Open a file's content. Raises ``FileMissing``."""
        record = self.find(key)
        with _troubles():
            try:
                return record.content.open("rb")
            except FileNotFoundError:
                raise FileMissing("There is no such file.") from None

    def remove(self, key: str) -> None:
        """Forget a file: its record first."""
        if not is_key(key):
            return
        with _troubles():
            record = self._record(key)
            self._record_path(key).unlink(missing_ok=True)
            if record is not None:
                record.content.unlink(missing_ok=True)

    def spend(self, number: str, expires_at: float, now: float) -> None:
        """Mark a ticket as used. Raises ``UploadAddressUsed`` if it is; forgets tickets that have expired."""
        with _troubles():
            for spent in self._spent.iterdir():
                if float(spent.name.partition("-")[0]) < now:
                    spent.unlink(missing_ok=True)
            try:
                (self._spent / f"{expires_at:.6f}-{number}").open("xb").close()
            except FileExistsError:
                raise UploadAddressUsed("This upload address was used; ask for a new one.") from None
            _settle(self._spent)

    def require_unspent(self, number: str, expires_at: float) -> None:
        """Pass, or raise ``UploadAddressUsed`` if the ticket was used."""
        if (self._spent / f"{expires_at:.6f}-{number}").exists():
            raise UploadAddressUsed("This upload address was used; ask for a new one.")

    def _record_path(self, key: str) -> Path:
        name = _name(key)
        return self._records / name[:2] / f"{name}.json"

    def _record(self, key: str) -> Record | None:
        try:
            said = json.loads(self._record_path(key).read_bytes())
        except FileNotFoundError:
            return None
        file = StoredFile(
            key=said["key"],
            size_bytes=said["size_bytes"],
            content_type=said["content_type"],
            head=bytes.fromhex(said["head"]),
            sha256=said["sha256"],
        )
        return Record(file=file, content=self._contents / said["content"])

    def _write_record(self, file: StoredFile, content: Path) -> None:
        said = {
            "key": file.key,
            "size_bytes": file.size_bytes,
            "content_type": file.content_type,
            "head": file.head.hex(),
            "sha256": file.sha256,
            "content": str(content.relative_to(self._contents)),
        }
        draft = self.draft()
        try:
            draft.append(json.dumps(said).encode())
            draft.finish()
            path = self._record_path(file.key)
            path.parent.mkdir(exist_ok=True)
            draft.path.replace(path)
        except BaseException:
            draft.discard()
            raise
        _settle(path.parent)


def _name(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _settle(folder: Path) -> None:
    """Bring a folder's entries onto the disk, so that a renamed file survives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _troubles() -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        raise FileStoreUnavailable("Files cannot be stored or read right now.") from failure
