"""The file store in a bucket."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, final
from urllib.parse import urlsplit

from marketplace_adapters.s3.cache import Cache
from marketplace_adapters.s3.connection import S3Connection
from marketplace_adapters.s3.multipart import Multipart, wanted
from marketplace_adapters.s3.objects import Objects, missing
from marketplace_adapters.s3.signing import Signing, part_of, upload_of
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import InvalidInput, NotAllowed
from marketplace_core.kernel.files import (
    FileMissing,
    FileStore,
    FileStoreUnavailable,
    Leftover,
    StoredFile,
    UploadSlot,
    is_key,
    require_key,
)
from marketplace_core.kernel.work import outside_transaction

PIECE_BYTES: Final = 64 * 1024
READ_BYTES: Final = 16 * PIECE_BYTES


class UploadTooLarge(InvalidInput):
    """More bytes than were announced."""

    code = "bucket.upload_too_large"


class UploadExpired(NotAllowed):
    """The address is no longer valid; ask for a new one."""

    code = "bucket.upload_expired"


@final
class S3FileStore(FileStore):
    """Files in a bucket. Uploads land in ``quarantine/`` and are copied under their key when they are taken in.

    ``signer`` signs for browsers, which reach the bucket at ``address``.
    """

    def __init__(self, connection: S3Connection, *, signer: Any, address: str, cache: Cache, clock: Clock) -> None:
        self._connection = connection
        self._settings = connection.settings
        self._objects = Objects(connection.client, self._settings.bucket)
        self._multipart = Multipart(connection.client, self._settings)
        self._signing = Signing(signer, self._settings, clock)
        self._cache = cache
        self._clock = clock
        addresses = (address, self._settings.public_url)
        self.origins = tuple(dict.fromkeys(_origin(address) for address in addresses if address))
        """Where browsers go to beside us: to upload, and to fetch pictures. Pages have to permit it."""

    def open_upload(
        self, key: str, *, content_type: str, upload_bytes_max: int, expires_at: datetime, sha256: str = ""
    ) -> UploadSlot:
        """Return an address of the store, signed."""
        return self._signing.slot(
            require_key(key),
            content_type=content_type,
            upload_bytes_max=upload_bytes_max,
            expires_at=expires_at,
            sha256=sha256,
        )

    async def open_parts(self, key: str, *, content_type: str, upload_bytes: int, expires_at: datetime) -> UploadSlot:
        """Begin, or find what was begun, and sign an address for each part."""
        outside_transaction("files.open_parts")
        upload_id, sizes = await self._connection.run(
            self._multipart.begin, require_key(key), content_type, upload_bytes
        )
        sent = [number for number, size in wanted(self._settings, upload_bytes) if sizes.get(number) == size]
        return self._signing.parts(key, upload_id, upload_bytes=upload_bytes, expires_at=expires_at, sent=sent)

    async def arrived(self, key: str, *, content_type: str, upload_bytes_max: int) -> StoredFile:
        """Put parts together if there are any, and compare what is in quarantine with what was announced."""
        outside_transaction("files.arrived")
        if not is_key(key):
            raise missing()
        return await self._connection.transfer(
            upload_bytes_max, self._arrived, key, content_type=content_type, upload_bytes_max=upload_bytes_max
        )

    async def take_in(self, file: StoredFile) -> StoredFile:
        """Copy it out of quarantine, if it is still the one that was looked at."""
        outside_transaction("files.take_in")
        return await self._connection.transfer(file.size_bytes, self._objects.take_in, file)

    async def receive_file(self, slot: UploadSlot, path: Path) -> None:
        """Put a file of this machine where a browser would have sent it to; it goes through the application's own line.

        Raises ``UploadTooLarge``, ``UploadExpired``, ``FileStoreUnavailable``.
        """
        size_bytes = (await asyncio.to_thread(path.stat)).st_size
        if size_bytes > slot.upload_bytes_max:
            raise UploadTooLarge(f"At most {slot.upload_bytes_max} bytes were announced.")
        if slot.expires_at <= self._clock.now():
            raise UploadExpired("This upload address has expired; ask for a new one.")
        await self._connection.transfer(size_bytes, self._receive, slot, path)

    async def look(self, key: str) -> StoredFile:
        """Ask for the object's head."""
        outside_transaction("files.look")
        if not is_key(key):
            raise missing()
        return await self._connection.run(self._objects.look, key)

    async def write(self, key: str, content: bytes, *, content_type: str) -> StoredFile:
        """Put the object."""
        outside_transaction("files.write")
        return await self._connection.transfer(len(content), self._objects.put, require_key(key), content, content_type)

    async def read(self, key: str) -> AsyncIterator[bytes]:
        """Stream the object."""
        outside_transaction("files.read")
        if not is_key(key):
            raise missing()
        body = await self._connection.run(self._objects.open, key)
        try:
            while octets := await self._connection.run(body.read, READ_BYTES):
                for start in range(0, len(octets), PIECE_BYTES):
                    yield octets[start : start + PIECE_BYTES]
        finally:
            body.close()

    async def local_copy(self, key: str) -> Path:
        """Return a copy on this machine, brought here when it is first asked for."""
        outside_transaction("files.local_copy")
        if not is_key(key):
            raise missing()
        stored = await self._connection.run(self._objects.look, key)
        path, present = await self._connection.run(self._cache.place, key, stored.version)
        if not present:
            await self._connection.transfer(stored.size_bytes, self._cache.fill, self._objects, stored, path)
        return path

    async def delete(self, key: str) -> None:
        """Remove object, upload and parts."""
        outside_transaction("files.delete")
        if is_key(key):
            await self._connection.run(self._delete, key)

    async def leftovers(self, older_than: timedelta) -> Sequence[Leftover]:
        """List what is in quarantine, and the uploads in parts; how old it is, the store's clock tells."""
        outside_transaction("files.leftovers")
        found = await self._connection.run(self._leftovers)
        return sorted((one for one in found if one.age > older_than), key=lambda one: (one.key, one.upload_id))

    async def discard(self, leftover: Leftover) -> None:
        """Abort the upload, or delete the object, after one more look at how old it is."""
        outside_transaction("files.discard")
        if leftover.upload_id:
            await self._connection.run(self._multipart.abort, leftover.key, leftover.upload_id)
        else:
            await self._connection.run(self._objects.discard, leftover)

    async def about(self) -> str:
        """Return what the store says it is. Raises ``FileStoreUnavailable``, also for a bucket that is not there."""
        try:
            return await self._connection.run(self._objects.server)
        except FileMissing:
            raise FileStoreUnavailable(f"There is no bucket {self._settings.bucket!r}.") from None

    def public_url(self, key: str) -> str:
        """Return the address at the bucket's public face, or the path under which our HTTP door serves it."""
        base = self._settings.public_url.rstrip("/")
        return f"{base}/{require_key(key)}" if base else f"/media/files/{require_key(key)}"

    def _leftovers(self) -> list[Leftover]:
        return [*self._objects.leftovers(), *self._multipart.leftovers()]

    def _arrived(self, key: str, *, content_type: str, upload_bytes_max: int) -> StoredFile:
        waiting = self._objects.waiting(key)
        if waiting is None and self._multipart.finish(key, upload_bytes_max):
            waiting = self._objects.waiting(key)
        if waiting is None:
            return self._objects.look(key)
        return self._objects.compared(key, waiting, content_type=content_type, upload_bytes_max=upload_bytes_max)

    def _delete(self, key: str) -> None:
        self._multipart.give_up(key)
        self._objects.delete(key)

    def _receive(self, slot: UploadSlot, path: Path) -> None:
        with path.open("rb") as handle:
            for part in slot.parts:
                if not part.sent:
                    handle.seek(part.first_byte)
                    self._multipart.put(*part_of(part.url, self._settings), handle.read(part.size_bytes))
            if not slot.parts:
                self._objects.send(*upload_of(slot, self._settings), handle)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
