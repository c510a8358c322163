"""Questions about videos."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Protocol

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.ids import SellerId, VideoId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.paging import Page, PageRequest
from marketplace_core.video.domain.errors import VideoNotFound
from marketplace_core.video.domain.video import Playback, VideoState


@frozen(kw_only=True)
class VideoView:
    """A video as its seller sees it."""

    video_id: VideoId
    seller_id: SellerId
    subject: str
    filename: str
    state: VideoState
    progress_percent: int
    reason_code: str | None
    reason: str | None
    playback: Playback | None
    requested_at: datetime


class VideoReader(Protocol):
    """Answers about videos; deleted ones do not exist. One statement each."""

    async def view(self, video_id: VideoId) -> VideoView | None:
        """Return one video, or None."""
        ...

    async def views(self, video_ids: Sequence[VideoId]) -> Sequence[VideoView]:
        """Return the videos that exist, in no particular order."""
        ...

    async def of_seller(self, seller_id: SellerId, subject: str | None, page: PageRequest) -> Page[VideoView]:
        """Return the seller's videos, the newest first, those about one subject if given. Raises ``InvalidCursor``."""
        ...


@frozen(kw_only=True)
class ViewVideo(Query[VideoView]):
    """Look at one video: its seller and operators always, everybody once it is ready."""

    permission: ClassVar[Permission] = Permission.ANYONE
    video_id: VideoId


@frozen(kw_only=True)
class ViewVideoHandler:
    """Show a video."""

    reader: VideoReader

    async def __call__(self, query: ViewVideo, by: Actor) -> VideoView:
        """Return the video. Raises ``VideoNotFound``."""
        view = await self.reader.view(query.video_id)
        own = view is not None and (by.seller_id == view.seller_id or by.roles & {Role.OPERATOR, Role.SYSTEM})
        if view is None or not (own or view.state is VideoState.READY):
            raise VideoNotFound("There is no such video.")
        return view


@frozen(kw_only=True)
class ListVideos(Query[Page[VideoView]]):
    """List a seller's own videos, the newest first, those about one subject if given."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_id: SellerId
    subject: str | None = None
    page: PageRequest = PageRequest()


@frozen(kw_only=True)
class ListVideosHandler:
    """List a seller's videos."""

    reader: VideoReader

    async def __call__(self, query: ListVideos, by: Actor) -> Page[VideoView]:
        """Return one page."""
        by.require_seller(query.seller_id)
        return await self.reader.of_seller(query.seller_id, query.subject, query.page)
