"""The video: from an upload that is awaited to a ladder that any player takes, or to a reason why not."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import define, frozen

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import SellerId, VideoId
from marketplace_core.video.domain.errors import IllegalTransition, UnacceptableSize, UnsupportedType
from marketplace_core.video.domain.events import VideoBecameReady, VideoDeleted, VideoFailed, VideoUploaded

UPLOAD_BYTES_MAX: Final = 2 * 1024**3
PARTS_FROM_BYTES: Final = 200 * 1024 * 1024
"""Files larger than that come in parts, where the store takes parts."""
TYPES: Final = {"video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm", "video/x-matroska": "mkv"}
"""Accepted content types and the file ending that goes with each."""


class VideoState(StrEnum):
    """Where a video stands."""

    AWAITING_UPLOAD = "awaiting_upload"
    UPLOADED = "uploaded"
    INGESTING = "ingesting"
    PROCESSING = "processing"
    READY = "ready"
    FAILED = "failed"
    DELETED = "deleted"


_S: Final = VideoState
TRANSITIONS: Final[Mapping[tuple[VideoState, str], VideoState]] = {
    (_S.AWAITING_UPLOAD, "confirm_upload"): _S.UPLOADED,
    (_S.UPLOADED, "ingest"): _S.INGESTING,
    (_S.INGESTING, "progress"): _S.PROCESSING,
    (_S.PROCESSING, "progress"): _S.PROCESSING,
    **{(state, "finish"): _S.READY for state in (_S.UPLOADED, _S.INGESTING, _S.PROCESSING)},
    **{(state, "fail"): _S.FAILED for state in (_S.AWAITING_UPLOAD, _S.UPLOADED, _S.INGESTING, _S.PROCESSING)},
    **{(state, "delete"): _S.DELETED for state in _S if state is not _S.DELETED},
}
"""(state, verb) → next state; everything else is an ``IllegalTransition``."""

UNFINISHED: Final = frozenset({_S.AWAITING_UPLOAD, _S.UPLOADED, _S.INGESTING, _S.PROCESSING})
UNDER_WAY: Final = frozenset({_S.UPLOADED, _S.INGESTING, _S.PROCESSING})


@frozen(kw_only=True)
class Rendition:
    """One rung of the ladder; ``bandwidth_bps`` is its peak in bits per second."""

    name: str
    width: int
    height: int
    bandwidth_bps: int


@frozen(kw_only=True)
class Playback:
    """Where and what a player plays. Addresses are paths of our own host or absolute."""

    hls_url: str
    poster_url: str
    storyboard_url: str
    duration_ms: int
    width: int
    height: int
    renditions: tuple[Rendition, ...]


@define(kw_only=True, eq=False)
class Video(Aggregate):
    """A seller's video about a ``subject``, a word the video context does not look into."""

    video_id: VideoId
    seller_id: SellerId
    subject: str
    filename: str
    content_type: str
    upload_bytes: int
    upload_key: str
    requested_at: datetime
    state: VideoState = VideoState.AWAITING_UPLOAD
    uploaded_at: datetime | None = None
    progress_percent: int = 0
    reason_code: str | None = None
    reason: str | None = None
    playback: Playback | None = None

    @classmethod
    def request(
        cls,
        *,
        video_id: VideoId,
        seller_id: SellerId,
        subject: str,
        filename: str,
        content_type: str,
        upload_bytes: int,
        now: datetime,
    ) -> "Video":
        """Await an upload. Raises ``UnsupportedType`` and ``UnacceptableSize`` before anything is stored."""
        ending = TYPES.get(content_type)
        if ending is None:
            raise UnsupportedType(
                f"A video is one of {', '.join(sorted(TYPES))}; {content_type[:80]!r} is not.", accepted=sorted(TYPES)
            )
        if not 0 < upload_bytes <= UPLOAD_BYTES_MAX:
            raise UnacceptableSize(
                f"A video file has 1 to {UPLOAD_BYTES_MAX} bytes.", upload_bytes_max=UPLOAD_BYTES_MAX
            )
        return cls(
            video_id=video_id,
            seller_id=seller_id,
            subject=subject,
            filename=filename,
            content_type=content_type,
            upload_bytes=upload_bytes,
            upload_key=f"videos/{video_id.lower()}.{ending}",
            requested_at=now,
        )

    def confirm_upload(self, now: datetime) -> None:
        """The file has arrived; it will be ingested."""
        self._go("confirm_upload")
        self.uploaded_at = now
        self.record(VideoUploaded(video_id=self.video_id, seller_id=self.seller_id, subject=self.subject))

    def require_captionable(self) -> None:
        """Pass while it is being made or is ready. Raises ``IllegalTransition``."""
        if self.state not in UNDER_WAY | {VideoState.READY}:
            raise IllegalTransition(
                f"A video that is {self.state} takes no captions.", state=str(self.state), verb="add_captions"
            )

    def ingest(self) -> None:
        """The host has taken the file."""
        self._go("ingest")

    def progress(self, percent: int) -> None:
        """The host is at work; its progress never runs backwards."""
        self._go("progress")
        self.progress_percent = max(self.progress_percent, min(percent, 100))

    def finish(self, playback: Playback) -> None:
        """It can be played."""
        self._go("finish")
        self.progress_percent = 100
        self.playback = playback
        self.record(
            VideoBecameReady(
                video_id=self.video_id,
                seller_id=self.seller_id,
                subject=self.subject,
                hls_url=playback.hls_url,
                poster_url=playback.poster_url,
                storyboard_url=playback.storyboard_url,
                duration_ms=playback.duration_ms,
                width=playback.width,
                height=playback.height,
            )
        )

    def fail(self, reason_code: str, reason: str) -> None:
        """It will never be playable."""
        self._go("fail")
        self.reason_code = reason_code
        self.reason = reason
        self.record(
            VideoFailed(
                video_id=self.video_id,
                seller_id=self.seller_id,
                subject=self.subject,
                reason_code=reason_code,
                reason=reason,
            )
        )

    def delete(self) -> None:
        """It is gone; a late word from the host does not bring it back."""
        self._go("delete")
        self.playback = None
        self.record(VideoDeleted(video_id=self.video_id, seller_id=self.seller_id, subject=self.subject))

    def _go(self, verb: str) -> None:
        following = TRANSITIONS.get((self.state, verb))
        if following is None:
            raise IllegalTransition(
                f"A video that is {self.state} cannot {verb.replace('_', ' ')}.", state=str(self.state), verb=verb
            )
        self.state = following
