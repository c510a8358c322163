"""What the video context needs from outside."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from attrs import frozen

from marketplace_core.kernel.ids import SellerId, VideoId
from marketplace_core.kernel.work import UnitOfWork
from marketplace_core.video.domain.captions import Captions
from marketplace_core.video.domain.video import Playback, Video


class Videos(Protocol):
    """The stored videos."""

    async def get(self, video_id: VideoId) -> Video:
        """Return a video, deleted ones included. Raises ``VideoNotFound``."""
        ...

    async def count_unfinished(self, seller_id: SellerId) -> int:
        """Return how many of the seller's videos are awaited or under way."""
        ...

    async def save(self, video: Video) -> None:
        """Store state and events. Raises ``ConcurrentUpdate``."""
        ...


class CaptionTexts(Protocol):
    """The stored captions."""

    async def languages(self, video_id: VideoId) -> Sequence[str]:
        """Return the languages in which a video has captions, the first added first."""
        ...

    async def save(self, captions: Captions) -> None:
        """Keep captions of a stored video; those in the same language are replaced and keep their place."""
        ...

    async def remove(self, video_id: VideoId, language: str) -> bool:
        """Remove captions and tell whether there were any."""
        ...

    async def remove_all(self, video_id: VideoId) -> None:
        """Remove whatever captions a video has."""
        ...


class VideoWork(UnitOfWork, Protocol):
    """What changes together when a video does."""

    @property
    def videos(self) -> Videos:
        """The videos."""
        ...

    @property
    def captions(self) -> CaptionTexts:
        """Their captions."""
        ...


class HostedState(StrEnum):
    """What a host says of a video."""

    UNKNOWN = "unknown"
    QUEUED = "queued"
    PROCESSING = "processing"
    READY = "ready"
    FAILED = "failed"


@frozen(kw_only=True)
class HostedVideo:
    """A host's present word on one video; ``playback`` when ready, ``reason_code`` and ``reason`` when failed."""

    state: HostedState
    progress_percent: int = 0
    reason_code: str | None = None
    reason: str | None = None
    playback: Playback | None = None


class VideoHost(Protocol):
    """Makes uploaded files playable. Calls are made outside transactions and may be repeated."""

    async def ingest(self, video_id: VideoId, source_key: str) -> None:
        """Start making the stored file playable, under our own id; a second call for the same id changes nothing.

        Raises ``Unavailable``; may be retried.
        """
        ...

    async def look(self, video_id: VideoId) -> HostedVideo:
        """Return the present state. Raises ``Unavailable``; may be retried."""
        ...

    async def delete(self, video_id: VideoId) -> None:
        """Remove the video and everything made from it, even while it is being made; no error if there is none.

        Raises ``Unavailable``; may be retried.
        """
        ...


class Subjects(Protocol):
    """What videos are about, which is another context's business."""

    async def owner(self, subject: str) -> SellerId | None:
        """Return the seller whom the subject belongs to, or None if there is no such subject."""
        ...
