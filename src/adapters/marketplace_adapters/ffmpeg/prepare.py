"""Turn one source into everything a player needs, in one directory that appears whole or not at all."""

import os
from collections.abc import Callable
from pathlib import Path

from attrs import evolve, frozen

from marketplace_adapters.ffmpeg.clip import Clip
from marketplace_adapters.ffmpeg.engine import Engine
from marketplace_adapters.ffmpeg.playlist import MASTER_NAME
from marketplace_adapters.ffmpeg.poster import render_poster
from marketplace_adapters.ffmpeg.probe import probe
from marketplace_adapters.ffmpeg.records import Options, Prepared, Storyboard, sync_directory, write_record
from marketplace_adapters.ffmpeg.storyboard import CUES_NAME, SHEET_NAME, plan_sheet, render_storyboard
from marketplace_adapters.ffmpeg.transcode import transcode
from marketplace_adapters.ffmpeg.verdict import Unplayable

PREPARED_NAME = "prepared.json"
_PROBED_PERCENT = 2
_LADDER_PERCENT = 92
_POSTER_PERCENT = 95


@frozen
class Report:
    """What is told on the way: how far it is, and what clip it is once that is known."""

    percent: int
    clip: Clip | None


def prepare(
    source: Path,
    target: Path,
    engine: Engine,
    options: Options,
    *,
    on_report: Callable[[Report], None],
) -> Prepared | Unplayable:
    """Probe, transcode and picture the source into the new directory `target`.

    Work happens in a directory beside `target`, which is renamed at the very end. Raises `EngineFault` and `OSError`
    when the machine is to blame.
    """
    clip = probe(source, engine, options.limits)
    if isinstance(clip, Unplayable):
        return clip
    on_report(Report(_PROBED_PERCENT, clip))
    unfinished = target.with_name(f"{target.name}.unfinished-{os.getpid()}")
    unfinished.mkdir()

    def on_percent(percent: int) -> None:
        on_report(Report(_PROBED_PERCENT + percent * (_LADDER_PERCENT - _PROBED_PERCENT) // 100, clip))

    renditions = transcode(source, clip, unfinished, engine, pace=options.pace, on_percent=on_percent)
    if isinstance(renditions, Unplayable):
        return renditions
    best, *_, smallest = renditions
    # The stills come from what was made, not from what was sent: a picture beyond its last frame does not exist.
    shown = evolve(clip, duration_ms=min(clip.duration_ms, best.duration_ms))
    on_report(Report(_LADDER_PERCENT, clip))
    poster, poster_time_ms = take_poster(
        unfinished, best.playlist, engine, clip=shown, chosen_ms=options.poster_time_ms
    )
    on_report(Report(_POSTER_PERCENT, clip))
    plan = plan_sheet(duration_ms=shown.duration_ms, frame_rate=clip.frame_rate, width=clip.width, height=clip.height)
    render_storyboard(unfinished / smallest.playlist, unfinished, engine, plan)
    prepared = Prepared(
        clip=clip,
        renditions=renditions,
        master=f"{target.name}/{MASTER_NAME}",
        poster=f"{target.name}/{poster}",
        poster_time_ms=poster_time_ms,
        storyboard=Storyboard(
            cues=f"{target.name}/{CUES_NAME}",
            sheet=f"{target.name}/{SHEET_NAME}",
            tiles=plan.tiles,
            interval_ms=plan.interval_ms,
        ),
    )
    write_record(unfinished / PREPARED_NAME, prepared)
    _sync(unfinished)
    unfinished.rename(target)
    sync_directory(target.parent)
    return prepared


def take_poster(
    directory: Path, playlist: str, engine: Engine, *, clip: Clip, chosen_ms: int | None
) -> tuple[str, int]:
    """Write the poster into `directory` and return its name and its time.

    The time is in the name: another choice is another address, so that caches may keep each for ever.
    """
    raw = directory / f"poster.{os.getpid()}.tmp"
    taken_ms = render_poster(
        directory / playlist,
        raw,
        engine,
        duration_ms=clip.duration_ms,
        frame_rate=clip.frame_rate,
        chosen_ms=chosen_ms,
    )
    name = f"poster_{taken_ms}.jpg"
    raw.replace(directory / name)
    return name, taken_ms


def _sync(directory: Path) -> None:
    """Make every file below survive a loss of power before the directory gets the name that says it is finished."""
    for path in [*directory.rglob("*"), directory]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
