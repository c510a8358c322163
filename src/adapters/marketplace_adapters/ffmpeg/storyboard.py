"""Make the preview that a player shows while scrubbing: one sheet of small pictures, cut up by a WebVTT file."""

import math
from fractions import Fraction
from pathlib import Path

from attrs import frozen

from marketplace_adapters.ffmpeg.engine import Engine, EngineFault, EngineTimeout
from marketplace_adapters.ffmpeg.poster import finished_rendition

SHEET_NAME = "storyboard.jpg"
CUES_NAME = "storyboard.vtt"
TILES_MAX = 100
_COLUMNS_MAX = 10
_LONG_SIDE = 160
_INTERVALS_MS = (500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000)
_TIMEOUT_SECONDS = 120.0


@frozen(kw_only=True)
class SheetPlan:
    """How the sheet is laid out: tiles left to right, then down."""

    tiles: int
    interval_ms: int
    columns: int
    rows: int
    tile_width: int
    tile_height: int
    duration_ms: int


def plan_sheet(*, duration_ms: int, frame_rate: Fraction, width: int, height: int) -> SheetPlan:
    """Choose the closest interval that needs at most `TILES_MAX` tiles and is no shorter than one frame."""
    frame_ms = 1000 / frame_rate
    last_frame_ms = max(Fraction(0), duration_ms - frame_ms)
    steps = (*_INTERVALS_MS, math.ceil(duration_ms / TILES_MAX))
    interval_ms = next(step for step in steps if step >= frame_ms and last_frame_ms // step + 1 <= TILES_MAX)
    tiles = int(last_frame_ms // interval_ms) + 1
    columns = min(_COLUMNS_MAX, tiles)
    share = _LONG_SIDE / max(width, height)
    return SheetPlan(
        tiles=tiles,
        interval_ms=interval_ms,
        columns=columns,
        rows=math.ceil(tiles / columns),
        tile_width=max(2, round(width * share / 2) * 2),
        tile_height=max(2, round(height * share / 2) * 2),
        duration_ms=duration_ms,
    )


def render_storyboard(playlist: Path, target: Path, engine: Engine, plan: SheetPlan) -> None:
    """Write `storyboard.jpg` and `storyboard.vtt` into the existing directory `target`; raises `EngineFault`."""
    step = f"{plan.interval_ms / 1000:.3f}"
    picked = f"setpts=PTS-STARTPTS,select='gte(t+0.001,selected_n*{step})'"
    tiled = f"scale={plan.tile_width}:{plan.tile_height}:flags=area,tile={plan.columns}x{plan.rows}"
    arguments = [
        "-y", "-v", "warning", "-threads", str(engine.threads), *finished_rendition(playlist),
        "-an", "-vf", f"{picked},{tiled},format=yuvj420p", "-fps_mode", "passthrough",
        "-frames:v", "1", "-update", "1", "-q:v", "4", "-f", "image2", f"file:{target / SHEET_NAME}",
    ]  # fmt: skip
    try:
        finished = engine.run(arguments, timeout_seconds=_TIMEOUT_SECONDS)
    except EngineTimeout as slow:
        raise EngineFault("Making the storyboard took too long.") from slow
    if finished.returncode != 0 or not (target / SHEET_NAME).is_file():
        raise EngineFault(finished.log[-2000:])
    (target / CUES_NAME).write_text(cues(plan), encoding="utf-8")


def cues(plan: SheetPlan) -> str:
    """Return the WebVTT text: each span of time names its rectangle of the sheet."""
    blocks = ["WEBVTT"]
    for tile in range(plan.tiles):
        begin_ms = tile * plan.interval_ms
        end_ms = plan.duration_ms if tile == plan.tiles - 1 else begin_ms + plan.interval_ms
        left = tile % plan.columns * plan.tile_width
        top = tile // plan.columns * plan.tile_height
        place = f"{SHEET_NAME}#xywh={left},{top},{plan.tile_width},{plan.tile_height}"
        blocks.append(f"{_stamp(begin_ms)} --> {_stamp(end_ms)}\n{place}")
    return "\n\n".join(blocks) + "\n"


def _stamp(at_ms: int) -> str:
    seconds, milliseconds = divmod(at_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"
