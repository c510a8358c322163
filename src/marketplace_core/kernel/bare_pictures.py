"""A picture without what a camera, a telephone or an editor wrote into it: places, names, times, thumbnails.

The pixels are left as they are, and so is what their colours need. Of a photograph's Exif one thing stays: which way up
it is (tag 0x0112), or it would lie on its side.
"""

from collections.abc import Callable, Mapping
from typing import Final, Literal

from attrs import field, frozen

from marketplace_core.kernel.pictures import HEADER_BYTES_MAX, measures, too_large, type_of

_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_JFIF, _EXIF, _ICC, _ADOBE, _LAST_APPLICATION = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF
_RESTARTS: Final = frozenset(range(0xD0, 0xD8))
_UPRIGHT: Final = 1
_ORIENTATION, _SHORT = 0x0112, 3
_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYS"}
)
_WEBP_KEPT: Final = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_WEBP_TOLD: Final = 0x08 | 0x04
"""The flags of the extended header that announce Exif and XMP (WebP container specification)."""


@frozen(kw_only=True)
class BarePicture:
    """A picture as it may be passed on: what it really is, its size in pixels, and its bytes."""

    content_type: str
    width: int
    height: int
    content: bytes = field(repr=False)


def bare_picture(content: bytes) -> BarePicture | None:
    """Return the picture bare, or None if it is no JPEG, PNG or WebP, not whole, or too large to be shown."""
    content_type = type_of(content)
    size = measures(content_type, content[:HEADER_BYTES_MAX]) if content_type else None
    if content_type is None or size is None or too_large(*size):
        return None
    bare = _BARED[content_type](content)
    if bare is None:
        return None
    return BarePicture(content_type=content_type, width=size[0], height=size[1], content=bare)


def _jpeg(data: bytes) -> bytes | None:
    """Walk the segments (ISO/IEC 10918-1 annex B); what follows the end of the image is dropped."""
    kept, position, orientation, scanned = bytearray(), 2, _UPRIGHT, False
    while position + 2 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
        elif marker == _END:
            return b"\xff\xd8" + _turned(orientation) + bytes(kept) + b"\xff\xd9" if scanned else None
        elif marker in _RESTARTS or marker == 0x01:
            position += 2
        else:
            end = position + 2 + int.from_bytes(data[position + 2 : position + 4])
            segment = data[position:end]
            if end > len(data) or len(segment) < 4:
                return None
            if marker == _EXIF:
                orientation = _orientation(segment[4:]) or orientation
            if _is_kept(marker, segment):
                kept += segment
            position = end
            if marker == _SCAN:
                scanned, position = True, _after_scan(data, end)
                kept += data[end:position]
    return None


def _is_kept(marker: int, segment: bytes) -> bool:
    if marker == _ICC:
        return segment[4:].startswith(b"ICC_PROFILE\0")
    return marker in {_JFIF, _ADOBE} or not (_JFIF <= marker <= _LAST_APPLICATION or marker == _COMMENT)


def _after_scan(data: bytes, position: int) -> int:
    """Return where the entropy-coded data ends: at the first marker that is neither stuffed nor a restart."""
    while (position := data.find(b"\xff", position)) >= 0:
        following = data[position + 1 : position + 2]
        if following and following[0] not in {0x00, *_RESTARTS}:
            return position
        position += 2
    return len(data)


def _orientation(exif: bytes) -> int | None:
    """Return the orientation (1 to 8) of the first directory (Exif 2.32, 4.6.2), or None."""
    if not exif.startswith((b"Exif\0\0MM", b"Exif\0\0II")):
        return None
    tiff = exif[6:]
    order: Literal["big", "little"] = "big" if tiff.startswith(b"MM") else "little"

    def number(start: int, length: int) -> int:
        return int.from_bytes(tiff[start : start + length], order)

    directory = number(4, 4)
    for entry in range(directory + 2, directory + 2 + 12 * number(directory, 2), 12):
        if entry + 12 > len(tiff):
            return None
        if (number(entry, 2), number(entry + 2, 2)) == (_ORIENTATION, _SHORT):
            found = number(entry + 8, 2)
            return found if 1 <= found <= 8 else None
    return None


def _turned(orientation: int) -> bytes:
    """Return a segment that says nothing but which way up the picture is; nothing if it is upright."""
    if orientation == _UPRIGHT:
        return b""
    entry = _ORIENTATION.to_bytes(2) + _SHORT.to_bytes(2) + (1).to_bytes(4) + orientation.to_bytes(2) + b"\0\0"
    exif = b"Exif\0\0" + b"MM\0*" + (8).to_bytes(4) + (1).to_bytes(2) + entry + (0).to_bytes(4)
    return b"\xff\xe1" + (len(exif) + 2).to_bytes(2) + exif


def _png(data: bytes) -> bytes | None:
    """Walk the chunks (PNG specification, 5.3): length, name, content, checksum."""
    kept, position = bytearray(_PNG_HEAD), len(_PNG_HEAD)
    while position + 12 <= len(data):
        end = position + 12 + int.from_bytes(data[position : position + 4])
        name = data[position + 4 : position + 8]
        if end > len(data):
            return None
        if name in _PNG_KEPT:
            kept += data[position:end]
        if name == b"IEND":
            return bytes(kept)
        position = end
    return None


def _webp(data: bytes) -> bytes | None:
    """Walk the chunks of the RIFF container: name, length, content, padded to an even length."""
    kept, position = bytearray(), 12
    until = 8 + int.from_bytes(data[4:8], "little")
    if until > len(data):
        return None
    while position + 8 <= until:
        name, length = data[position : position + 4], int.from_bytes(data[position + 4 : position + 8], "little")
        end = position + 8 + length + length % 2
        if end > until:
            return None
        if name in _WEBP_KEPT:
            chunk = bytearray(data[position:end])
            if name == b"VP8X":
                chunk[8] &= ~_WEBP_TOLD
            kept += chunk
        position = end
    return b"RIFF" + (len(kept) + 4).to_bytes(4, "little") + b"WEBP" + bytes(kept) if kept else None


_BARED: Final[Mapping[str, Callable[[bytes], bytes | None]]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
}
