"""A picture is announced, uploaded, looked at, shown, and cleaned away."""

import hashlib
import io
from datetime import timedelta

import PIL.Image
import pytest

from marketplace_core.catalog import (
    ArchiveProduct,
    ConfirmImage,
    DiscardImage,
    IllegalTransition,
    ImageNotFound,
    ImageNotUploaded,
    ImageRejected,
    ImageState,
    ImageUpload,
    MalformedProduct,
    NotPublishable,
    ProductNotFound,
    PublishProduct,
    RemoveImage,
    RequestImageUpload,
    ViewProduct,
)
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.errors import InvalidInput, NotAllowed
from marketplace_core.kernel.files import FileMissing
from marketplace_core.kernel.ids import ImageId
from marketplace_core.kernel.pictures import HEADER_BYTES_MAX, measures, too_large, type_of
from tests.core.catalog.stand import PNG, PRODUCT, RIVAL, Stand
from tests.core.kernel.test_bare_pictures import GPS, MAKER, ORIENTATION, SECRET, TOLD, drawn, exif

JPEG = (
    b"\xff\xd8\xff\xe1\x01\x02"
    + bytes(256)
    + b"\xff\xff\xc2\x00\x11\x08"
    + (30).to_bytes(2)
    + (40).to_bytes(2)
    + bytes(20)
)
WEBP = b"RIFF\x40\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (39).to_bytes(3, "little") + (29).to_bytes(3, "little") + bytes(9)
WEBP_LOSSY = b"RIFF\x40\0\0\0WEBPVP8 \x30\0\0\0\0\0\0\x9d\x01\x2a" + b"\x28\0\x1e\0" + bytes(9)
WEBP_LOSSLESS = b"RIFF\x40\0\0\0WEBPVP8L\x30\0\0\0\x2f" + (39 | 29 << 14).to_bytes(4, "little") + bytes(9)


async def announced(stand: Stand, content_type: str = "image/png", upload_bytes: int = len(PNG)) -> ImageUpload:
    """Announce a picture of the first product."""
    command = RequestImageUpload(product_id=PRODUCT, content_type=content_type, upload_bytes=upload_bytes)
    return await stand.do(command)


async def uploaded(stand: Stand, content: bytes, content_type: str = "image/png") -> ImageId:
    """Announce and upload a picture, without confirming it."""
    upload = await announced(stand, content_type, len(content))
    await stand.files.upload(upload.slot.url, content, content_type=content_type)
    return upload.image_id


async def confirm(stand: Stand, image_id: ImageId) -> None:
    """Confirm a picture of the first product."""
    await stand.do(ConfirmImage(product_id=PRODUCT, image_id=image_id))


@pytest.mark.parametrize(
    ("content_type", "upload_bytes"),
    [("image/svg+xml", 9), ("text/html", 9), ("", 9), ("image/png", 0), ("image/png", -1), ("image/png", 10_485_761)],
)
async def test_only_pictures_of_a_reasonable_size_are_announced(
    stand: Stand, content_type: str, upload_bytes: int
) -> None:
    await stand.draft()

    with pytest.raises(MalformedProduct):
        await announced(stand, content_type, upload_bytes)


async def test_a_foreign_product_takes_no_picture(stand: Stand) -> None:
    await stand.draft()
    upload = await announced(stand)

    for command in (
        RequestImageUpload(product_id=PRODUCT, content_type="image/png", upload_bytes=9),
        ConfirmImage(product_id=PRODUCT, image_id=upload.image_id),
        RemoveImage(product_id=PRODUCT, image_id=upload.image_id),
    ):
        with pytest.raises(ProductNotFound):
            await stand.do(command, RIVAL)


async def test_the_slot_says_where_to_and_until_when(stand: Stand) -> None:
    await stand.draft()

    upload = await announced(stand)

    assert (upload.slot.method, upload.slot.headers) == ("PUT", {"Content-Type": "image/png"})
    assert upload.slot.upload_bytes_max == len(PNG)
    assert upload.slot.expires_at == stand.clock.now() + timedelta(minutes=10)
    assert stand.timers == [("catalog.discard_image", f"{PRODUCT}/{upload.image_id}")]


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (PNG, "image/png"),
        (drawn("JPEG"), "image/jpeg"),
        (drawn("WEBP"), "image/webp"),
        (drawn("WEBP", lossless=True), "image/webp"),
        (TOLD["webp"], "image/webp"),
    ],
)
async def test_a_picture_is_shown_with_its_measures(stand: Stand, content: bytes, content_type: str) -> None:
    await stand.draft()
    image_id = await uploaded(stand, content, content_type)

    await confirm(stand, image_id)
    await confirm(stand, image_id)

    (image,) = (await stand.ask(ViewProduct(product_id=PRODUCT))).images
    assert (image.state, image.width, image.height, image.content_type) == (ImageState.READY, 40, 30, content_type)
    assert image.url == "memory:images/prd-0001/img-0001"
    assert stand.timers == []


async def test_a_picture_that_has_not_arrived_can_be_confirmed_later(stand: Stand) -> None:
    await stand.draft()
    upload = await announced(stand)

    with pytest.raises(ImageNotUploaded):
        await confirm(stand, upload.image_id)
    await stand.files.upload(upload.slot.url, PNG, content_type="image/png")
    await confirm(stand, upload.image_id)

    with pytest.raises(ImageNotFound):
        await confirm(stand, ImageId("img_other"))


@pytest.mark.parametrize("turned", [1, 6])
async def test_a_photograph_is_shown_without_the_place_and_the_device_and_the_right_way_up(
    stand: Stand, turned: int
) -> None:
    photograph = drawn("JPEG", exif=exif(turned), comment=SECRET, quality=90)
    await stand.draft()
    image_id = await uploaded(stand, photograph, "image/jpeg")

    await confirm(stand, image_id)

    key = "images/prd-0001/img-0001"
    kept = b"".join([piece async for piece in stand.files.read(key)])
    with PIL.Image.open(io.BytesIO(photograph)) as before, PIL.Image.open(io.BytesIO(kept)) as shown:
        assert before.getexif().get_ifd(GPS)
        assert before.getexif()[MAKER] == SECRET.decode()
        assert dict(shown.getexif()) == ({} if turned == 1 else {ORIENTATION: turned})
        assert shown.tobytes() == before.tobytes()
    assert (SECRET in photograph, SECRET in kept) == (True, False)
    (product,) = stand.store.table("catalog_products")
    stored = await stand.files.look(key)
    assert stored.content_type == "image/jpeg"
    assert product.images[0].sha256 == stored.sha256 == hashlib.sha256(kept).hexdigest()


BOMB = PNG[:16] + (60_000).to_bytes(4) + (60_000).to_bytes(4) + PNG[24:]


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (JPEG, "image/png"),
        (b"<svg onload=alert(1)>" + bytes(50), "image/png"),
        (b"<!doctype html><script>" + bytes(50), "image/jpeg"),
        (b"GIF89a" + bytes(50), "image/webp"),
        (PNG[:20], "image/png"),
        (b"\xff\xd8\xff\xd9" + bytes(50), "image/jpeg"),
        (b"\xff\xd8\xff\xe1\xff\xff" + bytes(50), "image/jpeg"),
        (BOMB, "image/png"),
        (PNG[:16] + bytes(8) + PNG[24:], "image/png"),
        (b"x", "image/png"),
        (PNG[:-20], "image/png"),
        (drawn("JPEG")[:-20], "image/jpeg"),
    ],
)
async def test_what_is_no_such_picture_is_thrown_away(stand: Stand, content: bytes, content_type: str) -> None:
    await stand.draft()
    image_id = await uploaded(stand, content, content_type)

    with pytest.raises(ImageRejected) as refusal:
        await confirm(stand, image_id)
    await stand.fire_timers()

    assert isinstance(refusal.value, InvalidInput)
    assert (await stand.ask(ViewProduct(product_id=PRODUCT))).images == ()
    with pytest.raises(FileMissing):
        await stand.files.look("images/prd-0001/img-0001")
    with pytest.raises(NotPublishable):
        await stand.do(PublishProduct(product_id=PRODUCT))


async def test_the_seller_is_told_what_the_file_really_is(stand: Stand) -> None:
    await stand.draft()
    image_id = await uploaded(stand, JPEG, "image/png")

    with pytest.raises(ImageRejected, match="announced as image/png and is image/jpeg"):
        await confirm(stand, image_id)


async def test_a_picture_that_nobody_confirmed_is_cleaned_away(stand: Stand) -> None:
    await stand.draft()
    await uploaded(stand, PNG)

    stand.clock.advance(timedelta(minutes=14))
    await stand.fire_timers()
    before = len((await stand.ask(ViewProduct(product_id=PRODUCT))).images)
    stand.clock.advance(timedelta(minutes=1))
    await stand.fire_timers()

    assert before == 1
    assert (await stand.ask(ViewProduct(product_id=PRODUCT))).images == ()
    with pytest.raises(FileMissing):
        await stand.files.look("images/prd-0001/img-0001")


async def test_a_picture_that_is_shown_is_not_cleaned_away(stand: Stand) -> None:
    await stand.draft()
    image_id = await stand.picture(PRODUCT)

    await stand.do(DiscardImage(product_id=PRODUCT, image_id=image_id), SYSTEM)

    assert (await stand.files.look("images/prd-0001/img-0001")).size_bytes == len(PNG)


async def test_a_picture_that_is_taken_away_leaves_no_file(stand: Stand) -> None:
    await stand.draft()
    image_id = await stand.picture(PRODUCT)

    await stand.do(RemoveImage(product_id=PRODUCT, image_id=image_id))
    await stand.fire_timers()

    with pytest.raises(FileMissing):
        await stand.files.look("images/prd-0001/img-0001")
    with pytest.raises(ImageNotFound):
        await stand.do(RemoveImage(product_id=PRODUCT, image_id=image_id))


async def test_an_archived_product_takes_no_picture_and_leaves_no_file(stand: Stand) -> None:
    await stand.draft()
    image_id = await uploaded(stand, PNG)
    await stand.do(ArchiveProduct(product_id=PRODUCT))

    with pytest.raises(IllegalTransition):
        await confirm(stand, image_id)
    stand.clock.advance(timedelta(minutes=15))
    await stand.fire_timers()

    with pytest.raises(FileMissing):
        await stand.files.look("images/prd-0001/img-0001")


async def test_sellers_do_not_clean_up(stand: Stand) -> None:
    with pytest.raises(NotAllowed):
        await stand.do(DiscardImage(product_id=PRODUCT, image_id=ImageId("img_0001")))


def test_metadata_before_the_measures_does_not_hide_them() -> None:
    segment = b"\xff\xe2\xff\xff" + bytes(65_533)
    photograph = JPEG[:2] + segment * 7 + JPEG[2:]

    assert len(photograph) < HEADER_BYTES_MAX
    assert measures("image/jpeg", photograph) == (40, 30)


@pytest.mark.parametrize("content", [PNG, JPEG, WEBP, WEBP_LOSSY, WEBP_LOSSLESS])
def test_no_beginning_of_a_picture_is_too_short_to_be_looked_at(content: bytes) -> None:
    for length in range(len(content)):
        kind = type_of(content[:length])
        if kind is not None:
            measures(kind, content[:length])


def test_a_picture_is_too_large_by_side_or_by_area() -> None:
    assert [too_large(*size) for size in ((12_000, 3_000), (12_001, 1), (6_400, 6_400), (1, 1))] == [
        False,
        True,
        True,
        False,
    ]
