"""Read the media playlists that ffmpeg wrote and write the master playlist over them, from measured figures."""

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from attrs import frozen

MASTER_NAME = "master.m3u8"
MEDIA_NAME = "stream.m3u8"
INIT_NAME = "init.mp4"
_AUDIO_CODEC = "mp4a.40.2"
_SEGMENT = re.compile(r"^#EXTINF:([\d.]+),[^\n]*\n([^#\n]+)$", re.MULTILINE)


class PlaylistBroken(Exception):
    """ffmpeg left a playlist that no player would accept."""


@frozen(kw_only=True)
class Rendition:
    """One finished rendition, measured: bandwidths in bits per second, `playlist` relative to the master playlist."""

    name: str
    width: int
    height: int
    bandwidth: int
    average_bandwidth: int
    codecs: str
    segments: int
    duration_ms: int
    playlist: str


def measure(directory: Path, *, name: str, width: int, height: int, has_audio: bool) -> Rendition:
    """Return what the rendition in this directory really is.

    Raises `PlaylistBroken` when its playlist names no segment or one that is missing or empty.
    """
    media = directory / MEDIA_NAME
    listed = _SEGMENT.findall(media.read_text(encoding="utf-8")) if media.exists() else []
    seconds = [float(length) for length, _ in listed]
    files = [directory / uri.strip() for _, uri in listed]
    if not files or any(not file.is_file() or file.stat().st_size == 0 for file in files):
        raise PlaylistBroken(f"{media} names no segments, or segments that are not there.")
    bits = [file.stat().st_size * 8 for file in files]
    # A last segment of one frame would have an absurd rate: it counts with the one before it.
    peaks = [size / length for size, length in zip(bits, seconds, strict=True) if length >= 1.0]
    average = sum(bits) / max(sum(seconds), 0.001)
    return Rendition(
        name=name,
        width=width,
        height=height,
        bandwidth=round(max([average, *peaks])),
        average_bandwidth=round(average),
        codecs=_codecs((directory / INIT_NAME).read_bytes(), has_audio=has_audio),
        segments=len(files),
        duration_ms=round(sum(seconds) * 1000),
        playlist=f"{directory.name}/{MEDIA_NAME}",
    )


def master_playlist(renditions: Sequence[Rendition], frame_rate: Fraction) -> str:
    """Return the text of the master playlist.

    The middle rendition comes first: a player that has measured nothing yet starts with the first one.
    """
    best, *others = renditions
    ordered = [others[0], best, *others[1:]] if others else [best]
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for rendition in ordered:
        facts = (
            f"BANDWIDTH={rendition.bandwidth}",
            f"AVERAGE-BANDWIDTH={rendition.average_bandwidth}",
            f"RESOLUTION={rendition.width}x{rendition.height}",
            f"FRAME-RATE={float(frame_rate):.3f}",
            f'CODECS="{rendition.codecs}"',
        )
        lines += [f"#EXT-X-STREAM-INF:{','.join(facts)}", rendition.playlist]
    return "\n".join(lines) + "\n"


def _codecs(init: bytes, *, has_audio: bool) -> str:
    """Name the codecs in the manner of RFC 6381, with profile and level from the decoder configuration itself."""
    at = init.find(b"avcC")
    configuration = init[at + 4 : at + 8]
    if at < 0 or len(configuration) < 4:
        raise PlaylistBroken("The initialisation segment holds no H.264 decoder configuration.")
    video = f"avc1.{configuration[1:4].hex()}"
    return f"{video},{_AUDIO_CODEC}" if has_audio else video
