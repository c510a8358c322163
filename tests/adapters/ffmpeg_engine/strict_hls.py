"""A small HLS reader that refuses what a player might only forgive."""

import re
from pathlib import Path

from attrs import frozen

_ATTRIBUTE = re.compile(r'([A-Z0-9-]+)=("[^"]*"|[^,]*)(?:,|$)')


@frozen
class Variant:
    bandwidth: int
    average_bandwidth: int
    width: int
    height: int
    frame_rate: float
    codecs: tuple[str, ...]
    playlist: Path


@frozen
class Segment:
    seconds: float
    file: Path


@frozen
class Media:
    init: Path
    target_seconds: int
    segments: tuple[Segment, ...]

    @property
    def seconds(self) -> float:
        return sum(segment.seconds for segment in self.segments)


def read_master(path: Path) -> tuple[Variant, ...]:
    lines = _lines(path)
    assert "#EXT-X-INDEPENDENT-SEGMENTS" in lines
    variants = []
    for index, line in enumerate(lines):
        if not line.startswith("#EXT-X-STREAM-INF:"):
            continue
        facts = {name: value.strip('"') for name, value in _ATTRIBUTE.findall(line.partition(":")[2])}
        width, height = facts["RESOLUTION"].split("x")
        playlist = path.parent / lines[index + 1]
        assert playlist.is_file(), playlist
        variants.append(
            Variant(
                bandwidth=int(facts["BANDWIDTH"]),
                average_bandwidth=int(facts["AVERAGE-BANDWIDTH"]),
                width=int(width),
                height=int(height),
                frame_rate=float(facts["FRAME-RATE"]),
                codecs=tuple(facts["CODECS"].split(",")),
                playlist=playlist,
            )
        )
    return tuple(variants)


def read_media(path: Path) -> Media:
    lines = _lines(path)
    assert lines[-1] == "#EXT-X-ENDLIST"
    assert "#EXT-X-PLAYLIST-TYPE:VOD" in lines
    [mapped] = [line for line in lines if line.startswith("#EXT-X-MAP:")]
    [target] = [line for line in lines if line.startswith("#EXT-X-TARGETDURATION:")]
    init = path.parent / mapped.partition('URI="')[2].rstrip('"')
    segments = tuple(
        Segment(float(line.removeprefix("#EXTINF:").rstrip(",")), path.parent / lines[index + 1])
        for index, line in enumerate(lines)
        if line.startswith("#EXTINF:")
    )
    media = Media(init, int(target.partition(":")[2]), segments)
    assert init.is_file()
    assert segments
    for segment in segments:
        assert segment.file.is_file()
        assert round(segment.seconds) <= media.target_seconds
    return media


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#EXTM3U"
    assert any(line.startswith("#EXT-X-VERSION:") and int(line.partition(":")[2]) >= 6 for line in lines)
    return lines
