"""Look at an uploaded file: a `Clip`, or the reason why none comes of it.

There is no ffprobe beside the ffmpeg of the wheel, so facts come from `-f framecrc`, whose lines are made to be read by
programs: one header per stream, one line per packet. Only what it lacks (announced duration, rotation, colour) is read
from the log.
"""

import re
from fractions import Fraction
from pathlib import Path

from attrs import frozen

from marketplace_adapters.ffmpeg.clip import Clip, Colour
from marketplace_adapters.ffmpeg.engine import Engine, EngineTimeout
from marketplace_adapters.ffmpeg.packets import PacketListing
from marketplace_adapters.ffmpeg.sniff import HEAD_BYTES, Container, SoundFile, sniff
from marketplace_adapters.ffmpeg.verdict import Reason, Unplayable

_MISSING_MS_MAX = 500
_MISSING_SHARE_MAX = 0.05
_SHORT_SIDE_MIN = 32
_ANNOUNCED = re.compile(r"^  Duration: (\d+):(\d\d):(\d\d)\.(\d+),", re.MULTILINE)
_STREAM = re.compile(r"^  Stream #0:(\d+)[^\n]*?: (Video|Audio): ([^\n]*)$", re.MULTILINE)
_ROTATION = re.compile(r"rotation of (-?\d+(?:\.\d+)?) degrees")


@frozen(kw_only=True)
class Limits:
    """What is accepted before any work is spent on it."""

    upload_bytes_max: int = 2 * 1024**3
    duration_ms_max: int = 10 * 60 * 1000
    pixels_max: int = 8192 * 4320
    probe_timeout_seconds: float = 60.0


def probe(source: Path, engine: Engine, limits: Limits) -> Clip | Unplayable:
    """Say what clip this file is, having read all of it and decoded its first picture.

    Raises `EngineFault` when ffmpeg crashes and `OSError` when it cannot be started.
    """
    container = _admit(source, limits)
    if isinstance(container, Unplayable):
        return container
    try:
        return _look(source, container, engine, limits)
    except EngineTimeout:
        return Unplayable(Reason.TIMEOUT, "Reading the video took too long. Please try another file.")


def input_arguments(source: Path, container: str) -> list[str]:
    """Return the arguments that open this file with the one demuxer its first bytes call for, and nothing beside it."""
    demuxer = {"mp4": "mov"}.get(container, container)
    return ["-protocol_whitelist", "file", "-f", demuxer, "-i", f"file:{source}"]


def _admit(source: Path, limits: Limits) -> Container | Unplayable:
    try:
        size = source.stat().st_size
        with source.open("rb") as opened:
            head = opened.read(HEAD_BYTES)
    except FileNotFoundError:
        return Unplayable(Reason.SOURCE_MISSING, "The uploaded file is no longer there. Please upload it again.")
    if size == 0:
        return Unplayable(Reason.EMPTY_FILE, "The file is empty: the upload may have been interrupted.")
    if size > limits.upload_bytes_max:
        return Unplayable(Reason.TOO_LARGE, f"The file is larger than {_megabytes(limits.upload_bytes_max)} MB.")
    match sniff(head):
        case Container() as container:
            return container
        case SoundFile():
            return Unplayable(Reason.NO_VIDEO_TRACK, "The file holds sound only, no picture.")
        case None:
            return Unplayable(Reason.NOT_A_VIDEO, "The file is not a video that we know, such as MP4, MOV or WebM.")


def _look(source: Path, container: Container, engine: Engine, limits: Limits) -> Clip | Unplayable:
    opening = input_arguments(source, container.name)
    packets = PacketListing()
    # One second beyond the limit is enough to know that a clip is too long.
    bound = f"{limits.duration_ms_max / 1000 + 1:.3f}"
    every = ["-map", "0:V:0?", "-map", "0:a:0?", "-c", "copy", "-t", bound, "-f", "framecrc", "pipe:1"]
    listed = engine.run([*opening, *every], timeout_seconds=limits.probe_timeout_seconds, on_line=packets.take)
    if "Input #0," not in listed.log:
        return _damaged("could not be opened: it is incomplete or damaged")
    video = packets.first("video")
    if video is None:
        return Unplayable(Reason.NO_VIDEO_TRACK, "The file holds no picture that can be shown, only sound or data.")
    if len(video.times) == 0:
        return _damaged("holds no picture")
    audio = packets.first("audio")
    header = _header(listed.log)
    streams = [video] if audio is None or not audio.times else [video, audio]
    # Sound may begin some milliseconds before zero, for its decoder to settle: nobody hears that, and it takes no time.
    starts_at = max(Fraction(0), min(stream.starts_at for stream in streams))
    found_ms = int((max(stream.ends_at for stream in streams) - starts_at) * 1000)
    announced_ms = header.announced_ms
    if packets.overflowed or max(found_ms, announced_ms or 0) > limits.duration_ms_max:
        return Unplayable(Reason.TOO_LONG, f"The video is longer than {_minutes(limits.duration_ms_max)}.")
    missing_ms = (announced_ms or 0) - found_ms
    if missing_ms > max(_MISSING_MS_MAX, (announced_ms or 0) * _MISSING_SHARE_MAX):
        return _damaged("ends early: the upload may have been interrupted")
    if video.pixels > limits.pixels_max:
        return Unplayable(Reason.TOO_LARGE, f"The picture is too large ({video.width}×{video.height} pixels).")
    shown = _first_picture(opening, engine, limits)
    if shown is None:
        return _damaged("cannot be decoded")
    if min(shown.width, shown.height) < _SHORT_SIDE_MIN:
        return Unplayable(Reason.TOO_SMALL, f"The picture is too small ({shown.width}×{shown.height} pixels).")
    return Clip(
        container=container.name,
        duration_ms=max(1, int((video.ends_at - starts_at) * 1000)),
        width=shown.width,
        height=shown.height,
        fps=video.fps,
        steady=video.steady,
        rotation_degrees=header.rotation_degrees,
        has_audio=audio is not None and len(audio.times) > 0 and header.audio_known,
        colour=header.colour,
    )


def _first_picture(opening: list[str], engine: Engine, limits: Limits) -> "_Shown | None":
    """Decode one picture: ffmpeg turns it upright, so that its size is what people see."""
    packets = PacketListing()
    one = ["-map", "0:V:0", "-frames:v", "1", "-f", "framecrc", "pipe:1"]
    arguments = ["-max_pixels", str(limits.pixels_max), "-threads", str(engine.threads), *opening, *one]
    engine.run(arguments, timeout_seconds=limits.probe_timeout_seconds, on_line=packets.take)
    video = packets.first("video")
    if video is None or not video.times:
        return None
    return _Shown(round(video.width * video.pixel_shape), video.height)


def _damaged(what: str) -> Unplayable:
    return Unplayable(Reason.DAMAGED, f"The video {what}. Please export it again and upload the new file.")


def _megabytes(count: int) -> int:
    return count // 1024**2


def _minutes(duration_ms: int) -> str:
    return f"{duration_ms / 60_000:g} minutes" if duration_ms >= 60_000 else f"{duration_ms / 1000:g} seconds"


@frozen
class _Shown:
    width: int
    height: int


@frozen
class _Header:
    announced_ms: int | None
    rotation_degrees: int
    audio_known: bool
    colour: Colour


def _header(log: str) -> _Header:
    """Read what ffmpeg says of its input; every fact is optional, and a lie in it can spoil nothing but this clip."""
    about_input = log.partition("Output #0")[0]
    announced = _ANNOUNCED.search(about_input)
    streams = list(_STREAM.finditer(about_input))
    video = next((line for line in streams if line[2] == "Video" and "(attached pic)" not in line[3]), None)
    audio = next((line for line in streams if line[2] == "Audio"), None)
    rotation = 0
    colour = Colour.SDR
    if video is not None:
        later = [line.start() for line in streams if line.start() > video.start()]
        block = about_input[video.start() : later[0] if later else None]
        turned = _ROTATION.search(block)
        rotation = round(float(turned[1])) % 360 if turned else 0
        colour = Colour.PQ if "smpte2084" in video[3] else Colour.HLG if "arib-std-b67" in video[3] else Colour.SDR
    return _Header(
        announced_ms=_milliseconds(announced) if announced else None,
        rotation_degrees=rotation,
        audio_known=audio is None or not audio[3].startswith("none"),
        colour=colour,
    )


def _milliseconds(stamp: re.Match[str]) -> int:
    hours, minutes, seconds = (int(stamp[group]) for group in (1, 2, 3))
    fraction_ms = int(stamp[4].ljust(3, "0")[:3])
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction_ms
