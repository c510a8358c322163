"""The bodies of video requests and answers."""

from datetime import datetime

from pydantic import ConfigDict, Field

from marketplace_core.video import VideoState
from marketplace_entrypoints.http.dependencies import Incoming, Outgoing


class VideoUploadIn(Incoming):
    """The file that is to come."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        json_schema_extra={"examples": [{"filename": "cup.mp4", "content_type": "video/mp4", "upload_bytes": 1843200}]},
    )

    filename: str = Field(min_length=1, max_length=200)
    content_type: str = Field(
        min_length=3, max_length=100, description="video/mp4, video/quicktime, video/webm or video/x-matroska"
    )
    upload_bytes: int = Field(ge=0, le=2**40)
    sha256: str = Field(default="", max_length=64, description="Its SHA-256, if known: other bytes are then refused")


class UploadPartOut(Outgoing):
    """One part of a large file: so many bytes, from the first on, go to ``url`` with PUT."""

    number: int
    url: str
    first_byte: int
    size_bytes: int
    sent: bool


class UploadSlotOut(Outgoing):
    """Where and how to send the bytes.

    With ``fields`` they are the part ``file`` of a form (multipart/form-data), after those fields. With ``parts`` each
    of these goes to its own address.
    """

    url: str
    method: str
    headers: dict[str, str]
    fields: dict[str, str]
    parts: list[UploadPartOut]
    expires_at: datetime
    upload_bytes_max: int


class VideoUploadOut(Outgoing):
    """The awaited video and its upload address."""

    video_id: str
    slot: UploadSlotOut


class RenditionOut(Outgoing):
    """One rung of the ladder."""

    name: str
    width: int
    height: int
    bandwidth_bps: int


class PlaybackOut(Outgoing):
    """What a player needs; addresses are relative to this host unless absolute."""

    hls_url: str
    poster_url: str
    storyboard_url: str
    duration_ms: int
    width: int
    height: int
    renditions: list[RenditionOut]


class CaptionTrackOut(Outgoing):
    """Captions that a player may show; the address is relative to this host."""

    language: str
    label: str
    url: str


class VideoOut(Outgoing):
    """A video as its seller sees it; the first of ``captions`` is the default."""

    video_id: str
    seller_id: str
    subject: str
    filename: str
    state: VideoState
    progress_percent: int
    reason_code: str | None
    reason: str | None
    playback: PlaybackOut | None
    requested_at: datetime
    captions: list[CaptionTrackOut]


class VideoPageOut(Outgoing):
    """A page of videos."""

    items: list[VideoOut]
    next_cursor: str | None
