"""Photos in claims: who may add and see them, what is kept of them, and that it happens once."""

import io
from typing import Any

import pytest
from PIL import Image

from marketplace_core.inmemory.files import InMemoryFileStore
from marketplace_core.kernel.access import ANONYMOUS
from marketplace_core.kernel.errors import NotSignedIn
from marketplace_core.kernel.files import FileMissing, FileStoreUnavailable, StoredFile
from marketplace_core.kernel.ids import ClaimId, ClaimPhotoId
from marketplace_core.kernel.machines import Who
from marketplace_core.payments import WrongState
from marketplace_core.payments.claims import (
    CLAIM_PHOTO_BYTES_MAX,
    CLAIM_PHOTOS_MAX,
    AddClaimPhoto,
    ClaimAnswer,
    ClaimNotFound,
    ClaimPhotoNotFound,
    PhotoRejected,
    ReadClaimPhoto,
    WithdrawClaim,
)
from tests.core.payments.claiming import CUP, answer, claimed_on_delivery, shown
from tests.core.payments.refunding import SELLER_ADA, SELLER_BOB
from tests.core.payments.till import ANN, MALLORY, OPERATOR, Till, a_till

SECRET = b"48.8584 N, 2.2945 E"


def a_photo(shade: int = 0, **options: Any) -> bytes:
    """Return a photograph that tells where it was taken."""
    written = io.BytesIO()
    Image.new("RGB", (40, 30), (shade, 0, 0)).save(written, "JPEG", comment=SECRET, **options)
    return written.getvalue()


async def add(till: Till, claim_id: ClaimId, content: bytes | None = None, by: Any = ANN) -> ClaimPhotoId:
    """Have somebody add a photo."""
    command = AddClaimPhoto(claim_id=claim_id, content=a_photo() if content is None else content)
    return await till.market.execute(command, by=by)


def kept(till: Till) -> list[str]:
    """Return the keys of everything in the file store."""
    return sorted(till.files._files)


async def test_those_concerned_add_photos_and_see_them_bare() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till, (CUP, 1))
    names = [
        await add(till, claim_id, a_photo(shade), by) for shade, by in ((1, ANN), (90, SELLER_ADA), (200, OPERATOR))
    ]

    view = await shown(till, claim_id)
    assert [(one.photo_id, one.who) for one in view.photos] == list(
        zip(names, (Who.BUYER, Who.SELLER, Who.OPERATOR), strict=True)
    )
    for by in (ANN, SELLER_ADA, OPERATOR):
        found = await till.market.ask(ReadClaimPhoto(claim_id=claim_id, photo_id=names[0]), by=by)
        assert found.photo == view.photos[0]
        assert (found.photo.width, found.photo.height, found.photo.size_bytes) == (40, 30, len(found.content))
        assert SECRET not in found.content
        assert Image.open(io.BytesIO(found.content)).size == (40, 30)
    for key in kept(till):
        assert key.startswith("claims/")
        assert SECRET not in b"".join([piece async for piece in till.files.read(key)])


async def test_a_stranger_adds_nothing_and_sees_nothing() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till, (CUP, 1))
    photo_id = await add(till, claim_id)

    for by in (MALLORY, SELLER_BOB):
        with pytest.raises(ClaimNotFound):
            await add(till, claim_id, by=by)
        with pytest.raises(ClaimNotFound):
            await till.market.ask(ReadClaimPhoto(claim_id=claim_id, photo_id=photo_id), by=by)
    with pytest.raises(NotSignedIn):
        await add(till, claim_id, by=ANONYMOUS)
    with pytest.raises(ClaimPhotoNotFound):
        await till.market.ask(ReadClaimPhoto(claim_id=claim_id, photo_id=ClaimPhotoId("cph_none")), by=ANN)
    assert len(kept(till)) == 1


async def test_the_same_picture_twice_is_one_even_after_the_end() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till, (CUP, 1))
    first = await add(till, claim_id, a_photo(quality=90))

    again = await add(till, claim_id, a_photo(quality=90), SELLER_ADA)
    await answer(till, claim_id, ClaimAnswer.AGREE)
    late = await add(till, claim_id, a_photo(quality=90))

    assert {first, again, late} == {first}
    assert (len(kept(till)), len((await shown(till, claim_id)).photos)) == (1, 1)
    with pytest.raises(WrongState):
        await add(till, claim_id, a_photo(77))
    assert len(kept(till)) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not_a_picture"),
        (b"<svg/>", "not_a_picture"),
        (a_photo()[:200], "not_a_picture"),
        (a_photo() + bytes(CLAIM_PHOTO_BYTES_MAX), "too_large"),
    ],
    ids=["nothing", "svg", "torn", "large"],
)
async def test_what_is_no_such_photo_is_refused_and_not_kept(content: bytes, reason: str) -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till, (CUP, 1))

    with pytest.raises(PhotoRejected) as refused:
        await add(till, claim_id, content)

    assert refused.value.facts["reason"] == reason
    assert kept(till) == []


async def test_a_claim_takes_so_many_and_no_more() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till, (CUP, 1))
    for number in range(CLAIM_PHOTOS_MAX):
        await add(till, claim_id, a_photo(number * 12))

    with pytest.raises(PhotoRejected) as refused:
        await add(till, claim_id, a_photo(255))

    assert refused.value.facts["reason"] == "too_many"
    assert len(kept(till)) == CLAIM_PHOTOS_MAX


async def test_a_claim_that_closes_while_a_photo_is_on_its_way_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till, (CUP, 1))
    write = InMemoryFileStore.write

    async def slowly(self: InMemoryFileStore, key: str, content: bytes, *, content_type: str) -> StoredFile:
        stored = await write(self, key, content, content_type=content_type)
        await till.market.execute(WithdrawClaim(claim_id=claim_id), by=ANN)
        return stored

    monkeypatch.setattr(InMemoryFileStore, "write", slowly)
    with pytest.raises(WrongState):
        await add(till, claim_id)

    assert (kept(till), (await shown(till, claim_id)).photos) == ([], ())


async def test_two_who_add_the_same_picture_at_once_add_one(monkeypatch: pytest.MonkeyPatch) -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till, (CUP, 1))
    write, others = InMemoryFileStore.write, [SELLER_ADA]

    async def overtaken(self: InMemoryFileStore, key: str, content: bytes, *, content_type: str) -> StoredFile:
        stored = await write(self, key, content, content_type=content_type)
        if others:
            await add(till, claim_id, by=others.pop())
        return stored

    monkeypatch.setattr(InMemoryFileStore, "write", overtaken)
    name = await add(till, claim_id)

    (photo,) = (await shown(till, claim_id)).photos
    assert (photo.photo_id, photo.who, len(kept(till))) == (name, Who.SELLER, 1)


async def test_a_store_without_room_leaves_no_photo_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till, (CUP, 1))

    async def full(self: InMemoryFileStore, key: str, content: bytes, *, content_type: str) -> StoredFile:
        raise FileStoreUnavailable("There is no room.")

    monkeypatch.setattr(InMemoryFileStore, "write", full)
    with pytest.raises(FileStoreUnavailable):
        await add(till, claim_id)
    assert (await shown(till, claim_id)).photos == ()


async def test_a_photo_whose_file_is_lost_is_not_found() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till, (CUP, 1))
    photo_id = await add(till, claim_id)
    (key,) = kept(till)
    await till.files.delete(key)

    with pytest.raises(ClaimPhotoNotFound):
        await till.market.ask(ReadClaimPhoto(claim_id=claim_id, photo_id=photo_id), by=ANN)
    with pytest.raises(FileMissing):
        await till.files.look(key)
