"""Tell by its first bytes what a file is, so that only named demuxers ever see what a stranger sent.

Letting ffmpeg guess would also let a playlist or a concat script named `.mp4` make it open other files or addresses.
"""

from attrs import frozen

HEAD_BYTES = 1024
_TRANSPORT_PACKET_BYTES = 188
_MOV_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"styp"})
_STILL_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"})
_SOUND_TAGS = (b"ID3", b"fLaC", b"MThd", b"#!AMR", b".snd")
_SOUND_FRAMES = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9")


@frozen
class Container:
    """A container that may hold a video: its short name and the one ffmpeg demuxer allowed to open it."""

    name: str
    demuxer: str


@frozen
class SoundFile:
    """A container that never holds a video."""


_MARKS: tuple[tuple[bytes, Container], ...] = (
    (b"\x1a\x45\xdf\xa3", Container("matroska", "matroska")),
    (b"OggS", Container("ogg", "ogg")),
    (b"FLV\x01", Container("flv", "flv")),
    (b"\x00\x00\x01\xba", Container("mpeg", "mpeg")),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c", Container("asf", "asf")),
)


def sniff(head: bytes) -> Container | SoundFile | None:
    """Return the container that these first bytes announce, or `None` when they announce no video at all.

    `head` should be the first `HEAD_BYTES` of the file; fewer are fine.
    """
    for mark, container in _MARKS:
        if head.startswith(mark):
            return container
    if head[4:8] in _MOV_BOXES:
        if head[4:8] == b"ftyp" and head[8:12] in _STILL_BRANDS:
            return None
        return Container("mp4", "mov")
    if head.startswith(b"RIFF"):
        kinds: dict[bytes, Container | SoundFile] = {b"AVI ": Container("avi", "avi"), b"WAVE": SoundFile()}
        return kinds.get(head[8:12])
    if _is_transport_stream(head):
        return Container("mpegts", "mpegts")
    if head.startswith(_SOUND_TAGS + _SOUND_FRAMES):
        return SoundFile()
    return None


def _is_transport_stream(head: bytes) -> bool:
    sync = head[: 4 * _TRANSPORT_PACKET_BYTES : _TRANSPORT_PACKET_BYTES]
    return len(sync) >= 3 and set(sync) == {0x47}
