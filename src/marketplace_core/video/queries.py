"""Questions about videos."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Protocol

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.ids import SellerId, VideoId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.paging import Page, PageRequest
from marketplace_core.video.domain.captions import canonical_language
from marketplace_core.video.domain.errors import CaptionsNotFound, VideoNotFound
from marketplace_core.video.domain.video import Playback, VideoState


@frozen(kw_only=True)
class CaptionTrack:
    """Captions that a player may show; ``url`` is a path of our own host and names this very text."""

    language: str
    label: str
    url: str

    @classmethod
    def of(cls, *, video_id: VideoId, language: str, label: str, version: str) -> "CaptionTrack":
        """Say where they are."""
        return cls(language=language, label=label, url=f"/media/captions/{video_id}/{language}.vtt?v={version}")


@frozen(kw_only=True)
class CaptionsView:
    """Captions themselves, and of which video; ``text`` is WebVTT, ``version`` names it."""

    video_id: VideoId
    seller_id: SellerId
    state: VideoState
    language: str
    label: str
    version: str
    text: str


@frozen(kw_only=True)
class VideoView:
    """A video as its seller sees it. The first of ``captions`` is the default."""

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
    captions: tuple[CaptionTrack, ...]


class VideoReader(Protocol):
    """Answers about videos; deleted ones do not exist. One statement each."""

    async def view(self, video_id: VideoId) -> VideoView | None:
        """Return one video, or None."""
        ...

    async def views(self, video_ids: Sequence[VideoId]) -> Sequence[VideoView]:
        """Return the videos that exist, in no particular order."""
        ...

    async def captions(self, video_id: VideoId, language: str) -> CaptionsView | None:
        """Return a video's captions in a language, or None."""
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
        if view is None or not _may_see(view, by):
            raise VideoNotFound("There is no such video.")
        return view


@frozen(kw_only=True)
class ViewCaptions(Query[CaptionsView]):
    """Read a video's captions in a language: who may see the video may read them."""

    permission: ClassVar[Permission] = Permission.ANYONE
    video_id: VideoId
    language: str


@frozen(kw_only=True)
class ViewCaptionsHandler:
    """Show captions."""

    reader: VideoReader

    async def __call__(self, query: ViewCaptions, by: Actor) -> CaptionsView:
        """Return them. Raises ``CaptionsNotFound``, ``MalformedLanguage``."""
        view = await self.reader.captions(query.video_id, canonical_language(query.language))
        if view is None or not _may_see(view, by):
            raise CaptionsNotFound("There are no such captions.")
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


def _may_see(view: VideoView | CaptionsView, by: Actor) -> bool:
    own = by.seller_id == view.seller_id or bool(by.roles & {Role.OPERATOR, Role.SYSTEM})
    return own or view.state is VideoState.READY
