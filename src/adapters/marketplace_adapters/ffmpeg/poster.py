"""Take the poster out of a finished rendition, so that it shows exactly what the player will."""

import math
from fractions import Fraction
from pathlib import Path

from marketplace_adapters.ffmpeg.engine import Engine, EngineFault, EngineTimeout

_DEFAULT_SHARE = 0.1
_CHOICE_SECONDS = Fraction(1, 2)
_LONG_SIDE_MAX = 1280
_TIMEOUT_SECONDS = 60.0


def last_picture_ms(duration_ms: int, frame_rate: Fraction) -> int:
    """Return a time at which the last picture is surely on screen."""
    return max(0, math.ceil(duration_ms - 1500 / frame_rate))


def default_poster_ms(duration_ms: int) -> int:
    """Return the time to look for a poster when the seller chose none: past a fade-in, before the action is over."""
    return int(duration_ms * _DEFAULT_SHARE)


def render_poster(
    playlist: Path,
    target: Path,
    engine: Engine,
    *,
    duration_ms: int,
    frame_rate: Fraction,
    chosen_ms: int | None = None,
) -> int:
    """Write the poster as a JPEG and return its time in milliseconds.

    A chosen time is kept exactly (but within the clip); without one, the most representative picture shortly after the
    default time is taken. Raises `EngineFault` when no picture comes out.
    """
    if chosen_ms is None:
        at_ms, choice = default_poster_ms(duration_ms), f"thumbnail=n={max(2, round(frame_rate * _CHOICE_SECONDS))},"
    else:
        at_ms, choice = max(0, min(chosen_ms, last_picture_ms(duration_ms, frame_rate))), ""
    log = ""
    for seek_ms in (at_ms, 0):  # should there be nothing at that time after all, the first picture will do
        arguments = _still(playlist, target, engine.threads, seek_ms=seek_ms, choice=choice)
        try:
            log = engine.run(arguments, timeout_seconds=_TIMEOUT_SECONDS).log
        except EngineTimeout as slow:
            raise EngineFault("Taking the poster took too long.") from slow
        if target.is_file() and target.stat().st_size > 0:
            return seek_ms
    raise EngineFault(log[-2000:])


def _still(playlist: Path, target: Path, threads: int, *, seek_ms: int, choice: str) -> list[str]:
    bounds = f"'min({_LONG_SIDE_MAX},iw)':'min({_LONG_SIDE_MAX},ih)'"
    fitted = f"scale={bounds}:force_original_aspect_ratio=decrease:force_divisible_by=2,format=yuvj420p"
    return [
        "-y", "-v", "warning", "-threads", str(threads), *finished_rendition(playlist),
        "-ss", f"{seek_ms / 1000:.3f}", "-an", "-vf", f"{choice}{fitted}",
        "-frames:v", "1", "-update", "1", "-q:v", "3", "-f", "image2", f"file:{target}",
    ]  # fmt: skip


def finished_rendition(playlist: Path) -> list[str]:
    """Return the arguments that open a media playlist of our own making."""
    return ["-protocol_whitelist", "file", "-allowed_extensions", "ALL", "-f", "hls", "-i", f"file:{playlist}"]
