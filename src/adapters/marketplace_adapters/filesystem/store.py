"""The file store on disk."""

import secrets
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Final, final

from marketplace_adapters._threads import ThreadBridge
from marketplace_adapters.filesystem.disk import Disk, Draft
from marketplace_adapters.filesystem.errors import (
    UploadCutShort,
    UploadExpired,
    UploadTooLarge,
    UploadTypeWrong,
)
from marketplace_adapters.filesystem.tickets import Ticket, read, signed
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.files import (
    FileStore,
    Leftover,
    StoredFile,
    UploadRefused,
    UploadSlot,
    UploadTaken,
    require_key,
)
from marketplace_core.kernel.work import outside_transaction

PIECE_BYTES: Final = 64 * 1024
GATHERED_BYTES: Final = 1024 * 1024
"""How much of an upload is gathered in memory before it is written."""


@final
class FilesystemFileStore(FileStore):
    """Files in a folder. ``base_url`` is where our HTTP door takes uploads, ``secret`` signs their addresses."""

    def __init__(self, disk: Disk, *, secret: bytes, base_url: str, clock: Clock, threads: ThreadBridge) -> None:
        self._disk = disk
        self._secret = secret
        self._base_url = base_url.rstrip("/")
        self._clock = clock
        self._threads = threads

    def open_upload(
        self, key: str, *, content_type: str, upload_bytes_max: int, expires_at: datetime, sha256: str = ""
    ) -> UploadSlot:
        """Return an address that carries its own permission, signed."""
        ticket = Ticket(
            key=require_key(key),
            content_type=content_type,
            upload_bytes_max=upload_bytes_max,
            expires_at=expires_at,
            number=secrets.token_hex(16),
            sha256=sha256,
        )
        return UploadSlot(
            url=f"{self._base_url}/v1/uploads/{signed(ticket, self._secret)}",
            method="PUT",
            headers={"Content-Type": content_type},
            expires_at=expires_at,
            upload_bytes_max=upload_bytes_max,
        )

    async def receive(
        self, token: str, *, content_type: str, content_length: int | None, stream: AsyncIterator[bytes]
    ) -> StoredFile:
        """Take the upload that a token permits: of exactly its type, at most its size, once, in time.

        ``content_type`` and ``content_length`` (bytes, None if not said) are what the request announces. Raises
        ``UploadAddressInvalid``, ``UploadExpired``, ``UploadAddressUsed``, ``UploadTypeWrong``, ``UploadTooLarge``,
        ``UploadCutShort``, ``UploadRefused``, ``FileStoreUnavailable``; a refused upload leaves nothing behind, and the
        address may be tried again.
        """
        outside_transaction("files.receive")
        ticket = read(token, self._secret)
        if content_type != ticket.content_type:
            raise UploadTypeWrong(f"This address takes {ticket.content_type}.", expected=ticket.content_type)
        if content_length is not None and content_length > ticket.upload_bytes_max:
            raise _too_large(ticket)
        await self._threads.run(self._require_valid, ticket)
        draft = await self._threads.run(self._disk.draft)
        try:
            await self._fill(draft, ticket, stream)
            if content_length is not None and draft.size_bytes != content_length:
                raise UploadCutShort(f"{draft.size_bytes} of {content_length} bytes arrived; send them again.")
            return await self._threads.run(self._accept, ticket, draft)
        except BaseException:
            draft.discard()
            raise

    async def receive_file(self, slot: UploadSlot, path: Path) -> StoredFile:
        """Take a file of this machine as if a client had uploaded it to the slot. Raises as ``receive`` does."""
        size_bytes = (await self._threads.run(path.stat)).st_size
        handle = await self._threads.run(path.open, "rb")
        try:
            return await self.receive(
                slot.url.rpartition("/")[2],
                content_type=slot.headers["Content-Type"],
                content_length=size_bytes,
                stream=self._pieces(handle),
            )
        finally:
            handle.close()

    async def open_parts(self, key: str, *, content_type: str, upload_bytes: int, expires_at: datetime) -> UploadSlot:
        """Return a slot as any other: everything is taken in one piece."""
        outside_transaction("files.open_parts")
        return self.open_upload(key, content_type=content_type, upload_bytes_max=upload_bytes, expires_at=expires_at)

    async def arrived(self, key: str, *, content_type: str, upload_bytes_max: int) -> StoredFile:
        """Read the file's record: what was refused was never stored."""
        outside_transaction("files.arrived")
        return (await self._threads.run(self._disk.find, key)).file

    async def take_in(self, file: StoredFile) -> StoredFile:
        """See that it is still the one that was described."""
        outside_transaction("files.take_in")
        stored = (await self._threads.run(self._disk.find, file.key)).file
        if stored != file:
            raise UploadTaken("Another file is stored under that key.")
        return stored

    async def look(self, key: str) -> StoredFile:
        """Read the file's record."""
        outside_transaction("files.look")
        return (await self._threads.run(self._disk.find, key)).file

    async def write(self, key: str, content: bytes, *, content_type: str) -> StoredFile:
        """Write beside, then put in place."""
        outside_transaction("files.write")
        return await self._threads.run(self._write, require_key(key), content, content_type)

    async def read(self, key: str) -> AsyncIterator[bytes]:
        """Read piece by piece."""
        outside_transaction("files.read")
        handle = await self._threads.run(self._disk.open, key)
        try:
            async for piece in self._pieces(handle):
                yield piece
        finally:
            handle.close()

    async def local_copy(self, key: str) -> Path:
        """Return where the file is: no copy is needed."""
        outside_transaction("files.local_copy")
        return (await self._threads.run(self._disk.find, key)).content

    async def delete(self, key: str) -> None:
        """Remove record and content."""
        outside_transaction("files.delete")
        await self._threads.run(self._disk.remove, key)

    async def leftovers(self, older_than: timedelta) -> Sequence[Leftover]:
        """Return none: what was refused was never stored."""
        outside_transaction("files.leftovers")
        return ()

    async def discard(self, leftover: Leftover) -> None:
        """Do nothing: there are none."""
        outside_transaction("files.discard")

    def public_url(self, key: str) -> str:
        """Return the path under which our HTTP door serves the file; it holds whatever the door's address."""
        return f"/media/files/{require_key(key)}"

    async def _pieces(self, handle: BinaryIO) -> AsyncIterator[bytes]:
        while piece := await self._threads.run(handle.read, PIECE_BYTES):
            yield piece

    async def _fill(self, draft: Draft, ticket: Ticket, stream: AsyncIterator[bytes]) -> None:
        gathered = bytearray()
        arrived = 0
        async for piece in stream:
            arrived += len(piece)
            if arrived > ticket.upload_bytes_max:
                raise _too_large(ticket)
            gathered += piece
            if len(gathered) >= GATHERED_BYTES:
                await self._threads.run(draft.append, bytes(gathered))
                gathered.clear()
        await self._threads.run(draft.append, bytes(gathered))

    def _require_valid(self, ticket: Ticket) -> None:
        if self._clock.now() >= ticket.expires_at:
            raise UploadExpired("This upload address has expired; ask for a new one.")
        self._disk.require_unspent(ticket.number, ticket.expires_at.timestamp())

    def _accept(self, ticket: Ticket, draft: Draft) -> StoredFile:
        self._require_valid(ticket)
        if ticket.sha256 not in ("", draft.sha256):
            raise UploadRefused("The bytes have another checksum than was announced; send them again.")
        self._disk.spend(ticket.number, ticket.expires_at.timestamp(), self._clock.now().timestamp())
        return self._disk.keep(ticket.key, draft, content_type=ticket.content_type)

    def _write(self, key: str, content: bytes, content_type: str) -> StoredFile:
        draft = self._disk.draft()
        try:
            draft.append(content)
            return self._disk.keep(key, draft, content_type=content_type)
        except BaseException:
            draft.discard()
            raise


def _too_large(ticket: Ticket) -> UploadTooLarge:
    return UploadTooLarge(
        f"At most {ticket.upload_bytes_max} bytes were announced.", upload_bytes_max=ticket.upload_bytes_max
    )
