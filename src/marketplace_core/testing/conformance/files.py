"""What every file store must do."""

import contextlib
import hashlib
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from attrs import frozen

from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.files import FileMissing, FileStore, StoredFile, UploadRefused, UploadSlot
from marketplace_core.kernel.work import transaction_open
from marketplace_core.testing.clock import FrozenClock

KEY = "images/prd-1/img-1"
CONTENT = bytes(range(256)) * 1_000
PIECE_BYTES_MAX = 64 * 1024


@frozen(kw_only=True)
class FileGround:
    """An empty store, its clock, and how a client uploads: by slot, content and the type it claims.

    ``lasting`` is how long an address lives that is waited out; ``pass_by`` is how that time goes by, where the store
    looks at another clock than ours.
    """

    files: FileStore
    clock: FrozenClock
    upload: Callable[[UploadSlot, bytes, str], Awaitable[object]]
    lasting: timedelta = timedelta(minutes=10)
    pass_by: Callable[[timedelta], Awaitable[None]] | None = None

    def slot(
        self,
        key: str = KEY,
        *,
        upload_bytes_max: int = len(CONTENT),
        lasting: timedelta = timedelta(minutes=10),
        sha256: str = "",
    ) -> UploadSlot:
        """Open an upload of a PNG."""
        return self.files.open_upload(
            key,
            content_type="image/png",
            upload_bytes_max=upload_bytes_max,
            expires_at=self.clock.now() + lasting,
            sha256=sha256,
        )

    async def outlast(self) -> None:
        """Let the time of a waited-out address go by."""
        if self.pass_by is None:
            self.clock.advance(self.lasting)
        else:
            await self.pass_by(self.lasting)

    async def bring(self, slot: UploadSlot, content: bytes, key: str = KEY) -> StoredFile:
        """Upload a PNG and take it in."""
        await self.upload(slot, content, "image/png")
        return await self.files.take_in(await self.arrived(key, slot.upload_bytes_max))

    async def arrived(self, key: str = KEY, upload_bytes_max: int = len(CONTENT)) -> StoredFile:
        """Describe what came."""
        return await self.files.arrived(key, content_type="image/png", upload_bytes_max=upload_bytes_max)


async def _content(files: FileStore, key: str) -> bytes:
    pieces = [piece async for piece in files.read(key)]
    assert all(0 < len(piece) <= PIECE_BYTES_MAX for piece in pieces)
    return b"".join(pieces)


@pytest.mark.conformance
class FileStoreConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> FileGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_what_is_written_can_be_looked_at_and_read(self, ground: FileGround) -> None:
        """Whole, in pieces, and as a file of this machine."""
        written = await ground.files.write(KEY, CONTENT, content_type="image/webp")

        looked = await ground.files.look(KEY)
        path = await ground.files.local_copy(KEY)

        assert looked == written
        assert (looked.key, looked.size_bytes, looked.content_type) == (KEY, len(CONTENT), "image/webp")
        assert looked.head == CONTENT[:64]
        assert looked.sha256 == hashlib.sha256(CONTENT).hexdigest()
        assert await _content(ground.files, KEY) == CONTENT
        assert path.read_bytes() == CONTENT

    async def test_writing_again_replaces(self, ground: FileGround) -> None:
        """Content and type."""
        await ground.files.write(KEY, b"old", content_type="image/png")

        await ground.files.write(KEY, b"new!", content_type="image/jpeg")

        looked = await ground.files.look(KEY)
        assert (looked.size_bytes, looked.content_type) == (4, "image/jpeg")
        assert await _content(ground.files, KEY) == b"new!"

    async def test_an_empty_file_is_a_file(self, ground: FileGround) -> None:
        """It has no pieces."""
        await ground.files.write(KEY, b"", content_type="text/plain")

        assert (await ground.files.look(KEY)).head == b""
        assert await _content(ground.files, KEY) == b""

    @pytest.mark.parametrize(
        "key", ["images/nothing", "../secret", "/etc/passwd", "", "images/../../secret", "IMAGES", "a\0b"]
    )
    async def test_a_missing_file_is_missing_whatever_its_name(self, ground: FileGround, key: str) -> None:
        """A name that is no key is the name of no file."""
        with pytest.raises(FileMissing):
            await ground.files.look(key)
        with pytest.raises(FileMissing):
            await ground.files.local_copy(key)
        with pytest.raises(FileMissing):
            await _content(ground.files, key)
        await ground.files.delete(key)

    @pytest.mark.parametrize(
        "key", ["", "/a", "a/", "a//b", "../a", "a/../b", "a/./b", ".", "A", "a b", "ä", "a\\b", "a" * 600]
    )
    async def test_nothing_is_stored_under_a_name_that_is_no_key(self, ground: FileGround, key: str) -> None:
        """That is a mistake of ours, not of a user."""
        with pytest.raises(ValueError, match="key"):
            await ground.files.write(key, b"x", content_type="text/plain")
        with pytest.raises(ValueError, match="key"):
            ground.slot(key)

    async def test_a_deleted_file_is_gone(self, ground: FileGround) -> None:
        """Deleting it again is no error."""
        await ground.files.write(KEY, CONTENT, content_type="image/png")

        await ground.files.delete(KEY)
        await ground.files.delete(KEY)

        with pytest.raises(FileMissing):
            await ground.files.look(KEY)

    async def test_a_client_uploads_what_was_announced(self, ground: FileGround) -> None:
        """Nothing is there before; what has arrived is described, and stored when it is taken in."""
        slot = ground.slot()
        with pytest.raises(FileMissing):
            await ground.files.look(KEY)
        with pytest.raises(FileMissing):
            await ground.arrived()

        await ground.upload(slot, CONTENT, "image/png")
        arrived = await ground.arrived()
        taken = await ground.files.take_in(arrived)

        assert (arrived.size_bytes, arrived.content_type, arrived.head) == (len(CONTENT), "image/png", CONTENT[:64])
        assert arrived.sha256 == hashlib.sha256(CONTENT).hexdigest()
        assert await ground.files.look(KEY) == taken
        assert (taken.key, taken.size_bytes, taken.content_type) == (KEY, len(CONTENT), "image/png")
        assert (taken.head, taken.sha256) == (arrived.head, arrived.sha256)
        assert await _content(ground.files, KEY) == CONTENT
        assert slot.upload_bytes_max == len(CONTENT)
        assert slot.expires_at == ground.clock.now() + timedelta(minutes=10)

    async def test_taking_in_again_changes_nothing(self, ground: FileGround) -> None:
        """Whoever lost the answer asks again, from the start or from where it was."""
        await ground.upload(ground.slot(), CONTENT, "image/png")
        arrived = await ground.arrived()
        taken = await ground.files.take_in(arrived)

        assert await ground.files.take_in(arrived) == taken
        assert await ground.files.take_in(await ground.arrived()) == taken
        assert await _content(ground.files, KEY) == CONTENT

    @pytest.mark.parametrize(
        ("content", "content_type"), [(CONTENT + b"x", "image/png"), (CONTENT, "image/jpeg"), (CONTENT, "")]
    )
    async def test_an_upload_of_anything_else_is_refused(
        self, ground: FileGround, content: bytes, content_type: str
    ) -> None:
        """And leaves nothing behind; the announced one may still come."""
        slot = ground.slot()

        with pytest.raises(MarketplaceError):
            await ground.upload(slot, content, content_type)
            await ground.arrived()

        with pytest.raises(FileMissing):
            await ground.arrived()
        with pytest.raises(FileMissing):
            await ground.files.look(KEY)
        await ground.bring(slot, CONTENT)

    async def test_bytes_with_another_checksum_than_announced_are_refused(self, ground: FileGround) -> None:
        """A byte that was lost on the way is noticed; the right ones may still come."""
        slot = ground.slot(sha256=hashlib.sha256(CONTENT).hexdigest())

        with pytest.raises(UploadRefused):
            await ground.bring(slot, CONTENT[:-1] + b"?")

        with pytest.raises(FileMissing):
            await ground.arrived()
        await ground.bring(slot, CONTENT)

    async def test_an_address_takes_one_upload(self, ground: FileGround) -> None:
        """What was taken in is never replaced."""
        slot = ground.slot(upload_bytes_max=5)
        await ground.bring(slot, b"first")

        with pytest.raises(MarketplaceError):
            await ground.bring(slot, b"other")

        assert await _content(ground.files, KEY) == b"first"
        assert await ground.arrived() == await ground.files.look(KEY)

    async def test_what_was_not_looked_at_is_not_taken_in(self, ground: FileGround) -> None:
        """Other bytes that came in between are refused, in the same words wherever they are noticed."""
        slot = ground.slot(upload_bytes_max=5)
        await ground.upload(slot, b"first", "image/png")
        arrived = await ground.arrived()

        with pytest.raises(MarketplaceError):
            await ground.upload(slot, b"other", "image/png")
            await ground.files.take_in(arrived)

        with contextlib.suppress(FileMissing):
            assert await _content(ground.files, KEY) == b"first"

    async def test_an_address_expires(self, ground: FileGround) -> None:
        """At the very moment it says."""
        slot = ground.slot(lasting=ground.lasting)
        await ground.outlast()

        with pytest.raises(MarketplaceError):
            await ground.upload(slot, CONTENT, "image/png")

        with pytest.raises(FileMissing):
            await ground.arrived()

    async def test_two_addresses_for_two_files(self, ground: FileGround) -> None:
        """Each takes its own."""
        first, second = ground.slot("images/a", upload_bytes_max=1), ground.slot("images/b", upload_bytes_max=1)

        await ground.bring(second, b"b", "images/b")
        await ground.bring(first, b"a", "images/a")

        assert await _content(ground.files, "images/a") == b"a"
        assert await _content(ground.files, "images/b") == b"b"

    async def test_what_was_deleted_has_not_arrived(self, ground: FileGround) -> None:
        """Taken in or not."""
        await ground.upload(ground.slot(), CONTENT, "image/png")
        await ground.files.delete(KEY)

        with pytest.raises(FileMissing):
            await ground.arrived()

    async def test_what_came_a_moment_ago_is_not_left_behind(self, ground: FileGround) -> None:
        """Nor is what was taken in, however old it is."""
        await ground.upload(ground.slot(), CONTENT, "image/png")
        assert not await ground.files.leftovers(timedelta(days=1))
        await ground.files.take_in(await ground.arrived())

        assert not await ground.files.leftovers(timedelta(0))
        assert await _content(ground.files, KEY) == CONTENT

    async def test_no_file_is_touched_while_a_transaction_is_open(self, ground: FileGround) -> None:
        """Making an address touches none."""
        with transaction_open():
            ground.slot()
            ground.files.public_url(KEY)
            with pytest.raises(AssertionError):
                await ground.files.look(KEY)
            with pytest.raises(AssertionError):
                await ground.arrived()
            with pytest.raises(AssertionError):
                await ground.files.write(KEY, b"x", content_type="text/plain")
            with pytest.raises(AssertionError):
                await ground.files.delete(KEY)

    async def test_every_file_has_an_address_of_its_own(self, ground: FileGround) -> None:
        """The same each time."""
        assert ground.files.public_url("images/a") == ground.files.public_url("images/a")
        assert ground.files.public_url("images/a") != ground.files.public_url("images/b")
