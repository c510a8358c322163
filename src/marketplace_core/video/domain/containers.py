"""Whether a file could be a film at all, by its first bytes; whoever makes it playable looks closer."""

from typing import Final

_MARKS: Final = (
    b"\x1a\x45\xdf\xa3",  # Matroska, WebM
    b"OggS",
    b"FLV\x01",
    b"\x00\x00\x01\xba",  # MPEG program stream
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",  # ASF
    b"RIFF",
    b"\x47",  # MPEG transport stream
    b"ID3",  # sound only, which is told as such
    b"fLaC",
    b"\xff\xfb",
    b"\xff\xf3",
    b"\xff\xf2",
    b"\xff\xf1",
    b"\xff\xf9",
)
_BOXES: Final = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"styp"})


def begins_like_a_video(head: bytes) -> bool:
    """Tell whether the first bytes (at least 12) are those of a container that holds film or sound."""
    return head[4:8] in _BOXES or head.startswith(_MARKS)
