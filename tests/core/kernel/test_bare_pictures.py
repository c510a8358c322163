"""Pictures lose what was written into them besides the picture, and nothing of the picture."""

import io
import struct
from typing import Any

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from marketplace_core.kernel.bare_pictures import bare_picture

SECRET = b"48.8584 N, 2.2945 E"
ORIENTATION, MAKER, GPS, NORTH = 0x0112, 0x010F, 0x8825, 1


def drawn(kind: str, **options: Any) -> bytes:
    """Return a picture of many colours, 40 wide and 30 high."""
    image = Image.effect_noise((40, 30), 60).convert("RGB")
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """Return what a telephone writes: who made it, where, and which way up it was held."""
    told = Image.Exif()
    told[ORIENTATION] = orientation
    told[MAKER] = SECRET.decode()
    told.get_ifd(GPS)[NORTH] = SECRET.decode()
    return told


def told_png() -> bytes:
    said = PngInfo()
    said.add_text("Author", SECRET.decode())
    said.add_itxt("Comment", SECRET.decode(), zip=False)
    return drawn("PNG", pnginfo=said, exif=exif())


TOLD = {
    "jpeg": drawn("JPEG", exif=exif(), comment=SECRET, quality=90),
    "progressive": drawn("JPEG", exif=exif(), progressive=True, quality=90),
    "restarts": drawn("JPEG", exif=exif(), restart_marker_rows=1, quality=90),
    "png": told_png(),
    "webp": drawn("WEBP", exif=exif(), xmp=SECRET, quality=90),
    "lossless webp": drawn("WEBP", exif=exif(), xmp=SECRET, lossless=True),
}


@pytest.mark.parametrize("content", TOLD.values(), ids=TOLD.keys())
def test_nothing_is_left_but_the_picture(content: bytes) -> None:
    bare = bare_picture(content)

    assert bare is not None
    assert SECRET in content
    assert SECRET not in bare.content
    with Image.open(io.BytesIO(bare.content)) as shown, Image.open(io.BytesIO(content)) as before:
        assert shown.tobytes() == before.tobytes()
        assert (bare.width, bare.height) == shown.size == (40, 30)
        assert bare.content_type == Image.MIME[str(shown.format)]
        assert dict(shown.getexif()) == {}
        assert "xmp" not in shown.info


@pytest.mark.parametrize("kind", ["webp", "lossless webp"])
def test_the_header_of_a_webp_announces_nothing_that_is_gone(kind: str) -> None:
    bare = bare_picture(TOLD[kind])

    assert bare is not None
    assert TOLD[kind][12:16] == bare.content[12:16] == b"VP8X"
    assert (TOLD[kind][20] & 0x0C, bare.content[20] & 0x0C) == (0x0C, 0)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_which_way_up_a_photograph_is_stays_known(orientation: int) -> None:
    bare = bare_picture(drawn("JPEG", exif=exif(orientation)))

    assert bare is not None
    with Image.open(io.BytesIO(bare.content)) as shown:
        assert dict(shown.getexif()) == ({} if orientation == 1 else {ORIENTATION: orientation})


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_colours_stay_what_they_were(kind: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    bare = bare_picture(drawn(kind, icc_profile=profile))

    assert bare is not None
    with Image.open(io.BytesIO(bare.content)) as shown:
        assert shown.info["icc_profile"] == profile


@pytest.mark.parametrize("content", TOLD.values(), ids=TOLD.keys())
def test_what_hangs_on_behind_the_picture_falls_off(content: bytes) -> None:
    bare, longer = bare_picture(content), bare_picture(content + b"PK\x03\x04" + SECRET + b"\xff\xd9")

    assert bare is not None
    assert longer == bare


@pytest.mark.parametrize("content", TOLD.values(), ids=TOLD.keys())
def test_what_is_not_whole_is_no_picture(content: bytes) -> None:
    for length in range(0, len(content), 7):
        cut = bare_picture(content[:length])
        assert cut is None, length


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + bytes(60),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7" + bytes(60),
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"<script>alert(1)</script>" * 9,
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBBI", 13, b"IHDR", 20_000, 20_000, 8, 2, 0, 0, 0, 0),
    ],
    ids=["nothing", "gif", "svg", "pdf", "disguised", "too large"],
)
def test_what_is_none_is_refused(content: bytes) -> None:
    assert bare_picture(content) is None


def test_an_orientation_that_makes_no_sense_is_forgotten() -> None:
    told = drawn("JPEG", exif=exif(6))
    at = told.index(b"Exif\0\0") + 6
    for broken in (told[at : at + 4] + b"\xff\xff\xff\xff", b"XX" + told[at + 2 : at + 8], b"MM\0*" + bytes(4)):
        bare = bare_picture(told[:at] + broken + told[at + 8 :])
        assert bare is not None
        with Image.open(io.BytesIO(bare.content)) as shown:
            assert shown.getexif().get(ORIENTATION) is None
