"""Why a clip cannot be played: the reasons a seller is shown."""

from enum import StrEnum

from attrs import frozen


class Reason(StrEnum):
    """Stable codes; each is a different thing for the seller to do."""

    EMPTY_FILE = "empty_file"
    NOT_A_VIDEO = "not_a_video"
    NO_VIDEO_TRACK = "no_video_track"
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"
    TOO_SMALL = "too_small"
    DAMAGED = "damaged"
    TIMEOUT = "timeout"
    SOURCE_MISSING = "source_missing"
    ENGINE_FAULT = "engine_fault"
    WORKER_DIED = "worker_died"


@frozen
class Unplayable:
    """The verdict that no video comes of this file, with one sentence for the person who sent it."""

    reason_code: Reason
    sentence: str
