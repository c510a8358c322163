"""The file store on disk passes the conformance class, and takes only what it signed."""

import asyncio
import base64
import json
import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from attrs import frozen

from marketplace_adapters._threads import open_threads
from marketplace_adapters.filesystem.disk import Disk
from marketplace_adapters.filesystem.errors import (
    UploadAddressInvalid,
    UploadAddressUsed,
    UploadCutShort,
    UploadExpired,
    UploadTooLarge,
    UploadTypeWrong,
)
from marketplace_adapters.filesystem.plugin import plugin
from marketplace_adapters.filesystem.store import FilesystemFileStore
from marketplace_core.kernel.files import FileMissing, FileStoreUnavailable, UploadSlot
from marketplace_core.kernel.plugins import Surroundings
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.files import FileGround, FileStoreConformance

KEY = "images/prd-1/img-1"


async def pieces(content: bytes, size: int = 50_000) -> AsyncIterator[bytes]:
    """Bring bytes as a request does."""
    for start in range(0, len(content), size):
        yield content[start : start + size]


def names(folder: Path) -> list[str]:
    """Return what is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def token_of(slot: UploadSlot) -> str:
    """Return the last step of the address."""
    return slot.url.rpartition("/")[2]


@frozen(kw_only=True)
class Shelf:
    """A store on disk."""

    folder: Path
    clock: FrozenClock
    files: FilesystemFileStore

    def slot(self, *, upload_bytes_max: int = 10) -> UploadSlot:
        """Open an upload of a PNG for ten minutes."""
        expires_at = self.clock.now() + timedelta(minutes=10)
        return self.files.open_upload(
            KEY, content_type="image/png", upload_bytes_max=upload_bytes_max, expires_at=expires_at
        )

    async def receive(self, token: str, content: bytes = b"1234567890", *, length: int | None = None) -> None:
        """Upload a PNG."""
        await self.files.receive(token, content_type="image/png", content_length=length, stream=pieces(content))

    def left(self) -> list[str]:
        """Return the names of all half-written files."""
        return names(self.folder / "drafts")


@pytest.fixture
async def shelf(tmp_path: Path) -> AsyncIterator[Shelf]:
    clock = FrozenClock()
    disk = Disk(tmp_path / "files")
    disk.prepare()
    async with open_threads("files", threads=2, waiting_max=50) as threads:
        files = FilesystemFileStore(
            disk, secret=b"s" * 32, base_url="http://shop.example/", clock=clock, threads=threads
        )
        yield Shelf(folder=tmp_path / "files", clock=clock, files=files)


class TestFilesystem(FileStoreConformance):
    @pytest.fixture
    def ground(self, shelf: Shelf) -> FileGround:
        async def upload(slot: UploadSlot, content: bytes, content_type: str) -> None:
            await shelf.files.receive(
                token_of(slot), content_type=content_type, content_length=len(content), stream=pieces(content)
            )

        return FileGround(files=shelf.files, clock=shelf.clock, upload=upload)


async def test_the_slot_tells_a_client_everything(shelf: Shelf) -> None:
    slot = shelf.slot()

    assert slot.url.startswith("http://shop.example/v1/uploads/")
    assert (slot.method, slot.headers) == ("PUT", {"Content-Type": "image/png"})
    assert set(token_of(slot)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")


async def test_every_changed_character_of_an_address_is_noticed(shelf: Shelf) -> None:
    token = token_of(shelf.slot())

    for position in range(len(token)):
        for other in ("A" if token[position] != "A" else "B", ""):
            changed = token[:position] + other + token[position + 1 :]
            with pytest.raises(UploadAddressInvalid):
                await shelf.receive(changed)

    await shelf.receive(token)


@pytest.mark.parametrize("token", ["", ".", "a.b", "ä.ö", "x" * 3_000, "..", "e30.", "\0", "=.="])
async def test_what_is_no_address_is_refused(shelf: Shelf, token: str) -> None:
    with pytest.raises(UploadAddressInvalid):
        await shelf.receive(token)


async def test_another_key_cannot_be_signed_without_the_secret(shelf: Shelf) -> None:
    said, _, signature = token_of(shelf.slot()).partition(".")
    fields = json.loads(base64.urlsafe_b64decode(said + "=="))
    fields[0] = "images/other"
    forged = base64.urlsafe_b64encode(json.dumps(fields, separators=(",", ":")).encode()).decode().rstrip("=")

    with pytest.raises(UploadAddressInvalid):
        await shelf.receive(f"{forged}.{signature}")


async def test_each_refusal_says_why(shelf: Shelf) -> None:
    token = token_of(shelf.slot())

    with pytest.raises(UploadTypeWrong):
        await shelf.files.receive(token, content_type="text/html", content_length=1, stream=pieces(b"x"))
    with pytest.raises(UploadTooLarge):
        await shelf.receive(token, b"", length=11)
    with pytest.raises(UploadTooLarge):
        await shelf.receive(token, b"12345678901")
    with pytest.raises(UploadCutShort):
        await shelf.receive(token, b"123", length=4)
    assert shelf.left() == []

    await shelf.receive(token, length=10)
    with pytest.raises(UploadAddressUsed):
        await shelf.receive(token)
    shelf.clock.advance(timedelta(minutes=10))
    with pytest.raises(UploadExpired):
        await shelf.receive(token)
    assert shelf.left() == []


async def test_an_upload_that_outlives_its_address_is_refused(shelf: Shelf) -> None:
    async def slow() -> AsyncIterator[bytes]:
        yield b"12345"
        shelf.clock.advance(timedelta(minutes=10))
        yield b"67890"

    with pytest.raises(UploadExpired):
        await shelf.files.receive(token_of(shelf.slot()), content_type="image/png", content_length=None, stream=slow())

    assert shelf.left() == []
    with pytest.raises(FileMissing):
        await shelf.files.look(KEY)


async def test_a_client_that_goes_away_leaves_nothing_and_may_come_back(shelf: Shelf) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"12345"
        raise ConnectionResetError

    slot = shelf.slot()
    with pytest.raises(ConnectionResetError):
        await shelf.files.receive(token_of(slot), content_type="image/png", content_length=10, stream=broken())

    assert shelf.left() == []
    await shelf.receive(token_of(slot))


async def test_of_twenty_uploads_to_one_address_at_once_one_is_taken(shelf: Shelf) -> None:
    token = token_of(shelf.slot())
    uploads = [shelf.receive(token, str(number).encode() * 5) for number in range(20)]

    outcomes = await asyncio.gather(*uploads, return_exceptions=True)

    assert outcomes.count(None) == 1
    assert sum(isinstance(outcome, UploadAddressUsed) for outcome in outcomes) == 19
    assert (await shelf.files.look(KEY)).head == str(outcomes.index(None)).encode() * 5
    assert shelf.left() == []


async def test_a_used_address_stays_used_after_its_file_is_deleted(shelf: Shelf) -> None:
    token = token_of(shelf.slot())
    await shelf.receive(token)
    await shelf.files.delete(KEY)

    with pytest.raises(UploadAddressUsed):
        await shelf.receive(token)


async def test_marks_of_used_addresses_are_forgotten_once_expired(shelf: Shelf) -> None:
    for _ in range(3):
        await shelf.receive(token_of(shelf.slot()))
    before = len(names(shelf.folder / "spent"))
    shelf.clock.advance(timedelta(minutes=11))
    await shelf.receive(token_of(shelf.slot()))

    assert before == 3
    assert len(names(shelf.folder / "spent")) == 1


async def test_a_large_upload_is_written_in_portions(shelf: Shelf) -> None:
    content = os.urandom(3_500_000)

    await shelf.receive(token_of(shelf.slot(upload_bytes_max=len(content))), content, length=len(content))

    assert (await shelf.files.local_copy(KEY)).read_bytes() == content


async def test_a_file_of_this_machine_is_taken_like_an_upload(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "cup.png"
    path.write_bytes(b"1234567890")
    slot = shelf.slot()

    await shelf.files.receive_file(slot, path)

    assert (await shelf.files.look(KEY)).size_bytes == 10
    with pytest.raises(UploadAddressUsed):
        await shelf.files.receive_file(slot, path)
    path.write_bytes(b"12345678901")
    with pytest.raises(UploadTooLarge):
        await shelf.files.receive_file(shelf.slot(), path)


async def test_a_replaced_file_leaves_no_old_content(shelf: Shelf) -> None:
    for content in (b"old", b"new"):
        await shelf.files.write(KEY, content, content_type="text/plain")
    await shelf.files.write("other", b"x", content_type="text/plain")
    await shelf.files.delete("other")

    contents = [path for path in (shelf.folder / "contents").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in contents] == [b"new"]


async def test_a_reader_finishes_what_it_began_though_the_file_is_replaced(shelf: Shelf) -> None:
    await shelf.files.write(KEY, b"a" * 200_000, content_type="text/plain")

    read = b""
    async for piece in shelf.files.read(KEY):
        read += piece
        await shelf.files.write(KEY, b"b" * 200_000, content_type="text/plain")

    assert read == b"a" * 200_000


async def test_nothing_is_written_outside_the_folder(shelf: Shelf, tmp_path: Path) -> None:
    for key in ("a", "a/b", "a/b/c", "x" * 500):
        await shelf.files.write(key, b"x", content_type="text/plain")

    assert names(tmp_path) == ["files"]
    assert {len(path.name) for path in (shelf.folder / "records").rglob("*.json")} == {64 + len(".json")}
    assert (await shelf.files.look("a")).key == "a"


async def test_a_full_disk_is_an_outage_and_not_a_half_file(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    await shelf.files.write(KEY, b"old", content_type="text/plain")

    for syncs in range(3):
        done: list[int] = []

        def full(handle: int, syncs: int = syncs, done: list[int] = done) -> None:
            done.append(handle)
            if len(done) > syncs:
                raise OSError(28, "No space left on device")

        with monkeypatch.context() as broken:
            broken.setattr("os.fsync", full)
            with pytest.raises(FileStoreUnavailable):
                await shelf.files.write(KEY, b"new", content_type="text/plain")

    assert (await shelf.files.look(KEY)).head == b"old"
    assert shelf.left() == []
    contents = [path.read_bytes() for path in (shelf.folder / "contents").rglob("*") if path.is_file()]
    assert contents == [b"old"]


async def test_the_plugin_opens_a_store_in_the_data_folder_and_clears_old_drafts(tmp_path: Path) -> None:
    around = Surroundings(
        data=tmp_path,
        clock=FrozenClock(),
        ids=CountingIds(),
        base_url="http://localhost",
        secret=lambda name: name.encode().ljust(32),
        opened={},
    )
    drafts = tmp_path / "files" / "drafts"
    drafts.mkdir(parents=True)
    for name, moment in (("old", 1_000_000_000), ("young", None)):
        (drafts / name).touch()
        os.utime(drafts / name, None if moment is None else (moment, moment))

    async with plugin.open(plugin.settings(), around) as files:
        await files.write(KEY, b"x", content_type="text/plain")

    assert names(drafts) == ["young"]
    assert files.public_url(KEY) == f"/media/files/{KEY}"
