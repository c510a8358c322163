"""What a file really is: its type by its first bytes, its measures by its own header."""

from collections.abc import Callable, Mapping
from typing import Final

PIXELS_MAX: Final = 40_000_000
SIDE_PIXELS_MAX: Final = 12_000
HEADER_BYTES_MAX: Final = 512 * 1024
"""How much of a file is read to find its measures; a photograph's metadata may stand before them."""

# The JPEG markers that carry a frame's measures (ISO/IEC 10918-1 table B.1): all start-of-frame kinds, without the
# tables DHT, JPG and DAC that share the range.
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})


def type_of(head: bytes) -> str | None:
    """Return the content type that the first bytes (at least 12) prove, or None for none that we take."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return None


def measures(content_type: str, data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels as the picture's header gives them, or None if it cannot be read.

    ``data`` is the file's beginning, up to ``HEADER_BYTES_MAX`` bytes.
    """
    found = _READERS[content_type](data)
    return found if found and min(found) > 0 else None


def too_large(width: int, height: int) -> bool:
    """Tell whether showing it would cost a browser more memory than a picture is worth."""
    return width > SIDE_PIXELS_MAX or height > SIDE_PIXELS_MAX or width * height > PIXELS_MAX


def _png(data: bytes) -> tuple[int, int] | None:
    if len(data) < 24 or data[12:16] != b"IHDR":
        return None
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _webp(data: bytes) -> tuple[int, int] | None:
    if len(data) < 30:
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    if kind == b"VP8L" and data[20] == 0x2F:
        packed = int.from_bytes(data[21:25], "little")
        return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
    return None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 4 <= len(data):
        if data[position] != 0xFF:
            return None
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
        elif marker in _STANDALONE:
            position += 2
        elif marker in _FRAMES:
            if position + 9 > len(data):
                return None
            return int.from_bytes(data[position + 7 : position + 9]), int.from_bytes(data[position + 5 : position + 7])
        else:
            position += 2 + max(int.from_bytes(data[position + 2 : position + 4]), 2)
    return None


_READERS: Final[Mapping[str, Callable[[bytes], tuple[int, int] | None]]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
}
