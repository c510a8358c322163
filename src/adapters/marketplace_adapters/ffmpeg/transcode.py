"""Make the HLS ladder of a clip in one run of ffmpeg: one decode, three encodes, keyframes at the same instants."""

from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import frozen

from marketplace_adapters.ffmpeg.clip import Clip, Colour
from marketplace_adapters.ffmpeg.engine import Engine, EngineFault, EngineTimeout, Finished
from marketplace_adapters.ffmpeg.ladder import SEGMENT_SECONDS, Rung, ladder
from marketplace_adapters.ffmpeg.playlist import (
    INIT_NAME,
    MASTER_NAME,
    MEDIA_NAME,
    PlaylistBroken,
    Rendition,
    master_playlist,
    measure,
)
from marketplace_adapters.ffmpeg.probe import input_arguments
from marketplace_adapters.ffmpeg.verdict import Reason, Unplayable

_KEYFRAME_FRAMES_MAX = 600
_ERROR_SHARE_MAX = "0.25"
_LOST_MS_MAX = 1000
_LOST_SHARE_MAX = 0.1
_OUR_FAULTS = (
    "No space left on device",
    "Disk quota exceeded",
    "Read-only file system",
    "Permission denied",
    "Cannot allocate memory",
)
_TO_SDR = (
    "zscale=transfer=linear:npl=100,format=gbrpf32le,zscale=primaries=bt709,tonemap=hable:desat=0,"
    "zscale=transfer=bt709:matrix=bt709:range=tv,"
)


@frozen(kw_only=True)
class Pace:
    """How long a transcode may take: a fixed part and a part per second of the clip."""

    timeout_seconds_base: float = 120.0
    timeout_seconds_per_second: float = 30.0

    def timeout_seconds(self, clip: Clip) -> float:
        """Return the time that this clip is given."""
        return self.timeout_seconds_base + self.timeout_seconds_per_second * clip.duration_ms / 1000


def transcode(
    source: Path,
    clip: Clip,
    target: Path,
    engine: Engine,
    *,
    pace: Pace,
    on_percent: Callable[[int], None],
) -> tuple[Rendition, ...] | Unplayable:
    """Write `master.m3u8` and one directory per rendition into the existing directory `target`.

    Raises `EngineFault` when the machine is to blame (disk full, not allowed), `OSError` when ffmpeg cannot be started.
    """
    rungs = ladder(clip)
    for index in range(len(rungs)):
        (target / f"v{index}").mkdir()
    arguments = transcode_arguments(source.absolute(), clip, rungs, threads=engine.threads)
    try:
        finished = engine.run(
            arguments,
            timeout_seconds=pace.timeout_seconds(clip),
            working_directory=target,
            on_line=_Progress(clip.duration_ms, on_percent).take,
        )
    except EngineTimeout:
        return Unplayable(Reason.TIMEOUT, "Preparing the video took too long. A shorter file will be quicker.")
    if finished.returncode != 0:
        return _blame(finished)
    try:
        renditions = tuple(_measured(target / f"v{index}", rung, clip) for index, rung in enumerate(rungs))
    except PlaylistBroken:
        return _blame(finished)
    lost_ms = clip.duration_ms - min(rendition.duration_ms for rendition in renditions)
    if lost_ms > max(_LOST_MS_MAX, clip.duration_ms * _LOST_SHARE_MAX):
        return _damaged("Part of the video cannot be decoded.")
    (target / MASTER_NAME).write_text(master_playlist(renditions, clip.frame_rate), encoding="utf-8")
    return renditions


def transcode_arguments(source: Path, clip: Clip, rungs: Sequence[Rung], *, threads: int) -> list[str]:
    """Return ffmpeg's arguments for the whole ladder, to be run in the directory that it is for.

    Names are relative because ffmpeg takes every percent sign in the name of a segment for a pattern.
    Every rendition is fed the same evenly spaced pictures and forced to a keyframe at the same instants, so that a
    player may change between them at any segment. Titles, places and chapters of the source are left out: a phone
    writes where it was filmed.
    """
    arguments = [
        "-v", "warning", "-progress", "pipe:1", "-stats_period", "0.5",
        "-max_error_rate", _ERROR_SHARE_MAX, "-filter_complex_threads", str(threads),
        "-threads", str(threads), *input_arguments(source, clip.container),
        "-filter_complex", _pictures(clip, rungs),
    ]  # fmt: skip
    for index, rung in enumerate(rungs):
        arguments += _rendition(clip, rung, index, threads)
    return arguments


def _pictures(clip: Clip, rungs: Sequence[Rung]) -> str:
    rate = clip.frame_rate
    mapped = "" if clip.colour is Colour.SDR else _TO_SDR
    branches = "".join(f"[p{index}]" for index in range(len(rungs)))
    scaled = ";".join(
        f"[p{index}]scale={rung.width}:{rung.height}:flags=bicubic,setsar=1,format=yuv420p[v{index}]"
        for index, rung in enumerate(rungs)
    )
    return f"[0:V:0]fps={rate.numerator}/{rate.denominator}:start_time=0,{mapped}split={len(rungs)}{branches};{scaled}"


def _rendition(clip: Clip, rung: Rung, index: int, threads: int) -> list[str]:
    directory = f"v{index}"
    most = rung.video_bits_per_second_max
    video = [
        "-map", f"[v{index}]", "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-crf", "22",
        "-maxrate", str(most), "-bufsize", str(most * 2), "-threads", str(threads),
        "-force_key_frames", f"expr:gte(t,n_forced*{SEGMENT_SECONDS})",
        "-g", str(_KEYFRAME_FRAMES_MAX), "-sc_threshold", "0",
    ]  # fmt: skip
    audio = [
        "-map", "0:a:0", "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000",
        "-af", "aresample=async=1:first_pts=0",
    ] if clip.has_audio else []  # fmt: skip
    container = [
        "-t", f"{clip.duration_ms / 1000:.3f}", "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact",
        "-f", "hls", "-hls_time", str(SEGMENT_SECONDS), "-hls_list_size", "0", "-hls_playlist_type", "vod",
        "-hls_segment_type", "fmp4", "-hls_flags", "independent_segments", "-hls_fmp4_init_filename", INIT_NAME,
        "-hls_segment_filename", f"{directory}/seg_%05d.m4s", f"{directory}/{MEDIA_NAME}",
    ]  # fmt: skip
    return [*video, *audio, *container]


def _blame(finished: Finished) -> Unplayable:
    if any(fault in finished.log for fault in _OUR_FAULTS):
        raise EngineFault(finished.log[-2000:])
    return _damaged("The video cannot be decoded.")


def _damaged(sentence: str) -> Unplayable:
    return Unplayable(Reason.DAMAGED, f"{sentence} Please export it again and upload the new file.")


def _measured(directory: Path, rung: Rung, clip: Clip) -> Rendition:
    return measure(directory, name=rung.name, width=rung.width, height=rung.height, has_audio=clip.has_audio)


class _Progress:
    """Turns the lines of `-progress` into whole per cents that never go back."""

    def __init__(self, duration_ms: int, on_percent: Callable[[int], None]) -> None:
        self._duration_ms = duration_ms
        self._on_percent = on_percent
        self._percent = -1

    def take(self, line: str) -> None:
        name, _, value = line.partition("=")
        if name != "out_time_us" or not value.strip().lstrip("-").isdigit():
            return
        percent = max(0, min(100, int(value) * 100 // (self._duration_ms * 1000)))
        if percent > self._percent:
            self._percent = percent
            self._on_percent(percent)
