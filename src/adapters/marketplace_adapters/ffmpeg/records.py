"""The files of a job directory as values and as JSON: what was asked (`job.json`), how it stands (`status.json`)."""

import json
import os
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import attrs
from attrs import field, frozen

from marketplace_adapters.ffmpeg.clip import Clip, Colour
from marketplace_adapters.ffmpeg.playlist import Rendition
from marketplace_adapters.ffmpeg.probe import Limits
from marketplace_adapters.ffmpeg.transcode import Pace
from marketplace_adapters.ffmpeg.verdict import Reason

JOB_NAME = "job.json"
STATUS_NAME = "status.json"


class State(StrEnum):
    """Where a job stands; the last two are final."""

    QUEUED = "queued"
    PROCESSING = "processing"
    READY = "ready"
    FAILED = "failed"

    @property
    def is_final(self) -> bool:
        """Say whether nothing more will happen by itself."""
        return self in (State.READY, State.FAILED)


@frozen(kw_only=True)
class Options:
    """How a job is to be done; `ffmpeg` names a program other than the wheel's."""

    limits: Limits = field(factory=Limits)
    pace: Pace = field(factory=Pace)
    threads: int = 2
    poster_time_ms: int | None = None
    ffmpeg: str | None = None


@frozen(kw_only=True)
class Job:
    """What was asked: `source` is absolute or relative to the job's directory."""

    source: str
    submitted_at_ns: int
    slots_directory: str
    slots: int
    options: Options


@frozen(kw_only=True)
class Storyboard:
    """The scrubbing preview; `cues` is the WebVTT file, relative to the job's directory."""

    cues: str
    sheet: str
    tiles: int
    interval_ms: int


@frozen(kw_only=True)
class Prepared:
    """What a ready job offers; paths are relative to the job's directory."""

    clip: Clip
    renditions: tuple[Rendition, ...]
    master: str
    poster: str
    poster_time_ms: int
    storyboard: Storyboard


@frozen(kw_only=True)
class Status:
    """How a job stands; `clip` is known before the rest is ready."""

    state: State
    updated_at: str
    progress_percent: int = 0
    attempts: int = 0
    worker_pid: int | None = None
    reason_code: Reason | None = None
    reason: str | None = None
    clip: Clip | None = None
    renditions: tuple[Rendition, ...] = ()
    master: str | None = None
    poster: str | None = None
    poster_time_ms: int | None = None
    storyboard: Storyboard | None = None


def timestamp() -> str:
    """Return the present instant as ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def write_record(path: Path, record: Job | Status | Prepared) -> None:
    """Write the record so that a reader, or a machine that lost power, sees the old one or the new one, whole.

    Raises `FileNotFoundError` when the directory is gone: it is never made here.
    """
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with unfinished.open("w", encoding="utf-8") as opened:
        json.dump(attrs.asdict(record), opened, ensure_ascii=False, indent=1)
        opened.flush()
        os.fsync(opened.fileno())
    unfinished.replace(path)
    sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Make the names in this directory survive a loss of power."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_job(path: Path) -> Job:
    """Read `job.json`."""
    written = _load(path)
    options = _known(Options, written["options"])
    options["limits"] = Limits(**_known(Limits, options["limits"]))
    options["pace"] = Pace(**_known(Pace, options["pace"]))
    return Job(**{**_known(Job, written), "options": Options(**options)})


def read_status(path: Path) -> Status:
    """Read `status.json`."""
    written = _known(Status, _load(path))
    written["state"] = State(written["state"])
    written["reason_code"] = Reason(written["reason_code"]) if written["reason_code"] else None
    written["clip"] = _clip(written["clip"]) if written["clip"] else None
    written["renditions"] = _renditions(written["renditions"])
    written["storyboard"] = _storyboard(written["storyboard"]) if written["storyboard"] else None
    return Status(**written)


def read_prepared(path: Path) -> Prepared:
    """Read the record that finished output carries with it."""
    written = _known(Prepared, _load(path))
    written["clip"] = _clip(written["clip"])
    written["renditions"] = _renditions(written["renditions"])
    written["storyboard"] = _storyboard(written["storyboard"])
    return Prepared(**written)


def _clip(written: dict[str, Any]) -> Clip:
    return Clip(**{**_known(Clip, written), "colour": Colour(written["colour"])})


def _renditions(written: list[dict[str, Any]]) -> tuple[Rendition, ...]:
    return tuple(Rendition(**_known(Rendition, one)) for one in written)


def _storyboard(written: dict[str, Any]) -> Storyboard:
    return Storyboard(**_known(Storyboard, written))


def _load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _known(kind: type[attrs.AttrsInstance], written: dict[str, Any]) -> dict[str, Any]:
    """Keep the fields that this version knows, so that a newer one may have added some."""
    names = {attribute.name for attribute in attrs.fields(kind)}
    return {name: value for name, value in written.items() if name in names}
