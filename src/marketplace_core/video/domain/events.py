"""What happens to videos."""

from attrs import frozen

from marketplace_core.kernel.ids import SellerId, VideoId
from marketplace_core.kernel.messages import Event


@frozen(kw_only=True)
class VideoUploaded(Event):
    """The file is in the store and will be made playable."""

    video_id: VideoId
    seller_id: SellerId
    subject: str


@frozen(kw_only=True)
class VideoBecameReady(Event):
    """The video can be played; ``hls_url`` and the rest are where."""

    video_id: VideoId
    seller_id: SellerId
    subject: str
    hls_url: str
    poster_url: str
    storyboard_url: str
    duration_ms: int
    width: int
    height: int


@frozen(kw_only=True)
class VideoFailed(Event):
    """The video will never be playable; ``reason_code`` says why."""

    video_id: VideoId
    seller_id: SellerId
    subject: str
    reason_code: str
    reason: str


@frozen(kw_only=True)
class VideoDeleted(Event):
    """The video is gone, its files included or soon to be."""

    video_id: VideoId
    seller_id: SellerId
    subject: str
