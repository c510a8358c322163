"""Videos in memory, and a host that judges a file by its first look."""

from collections.abc import Sequence

import attrs

from marketplace_core.inmemory.store import InMemoryWork, Store, Table
from marketplace_core.kernel.errors import NotFound
from marketplace_core.kernel.files import FileStore
from marketplace_core.kernel.ids import SellerId, VideoId
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.video.domain.captions import Captions
from marketplace_core.video.domain.errors import VideoNotFound
from marketplace_core.video.domain.video import UNFINISHED, Playback, Rendition, Video, VideoState
from marketplace_core.video.ports import CaptionTexts, HostedState, HostedVideo, VideoHost, Videos, VideoWork
from marketplace_core.video.queries import CaptionsView, CaptionTrack, VideoReader, VideoView

_LADDER = (("1080p", 1920, 1080, 5_000_000), ("720p", 1280, 720, 2_800_000), ("360p", 640, 360, 800_000))


class InMemoryVideos(Videos):
    """Videos in a table."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._videos: Table[Video] = store.table("videos")

    async def get(self, video_id: VideoId) -> Video:
        """Return a video. Raises ``VideoNotFound``."""
        video = self._videos.get(video_id)
        if video is None:
            raise VideoNotFound("There is no such video.")
        return video

    async def count_unfinished(self, seller_id: SellerId) -> int:
        """Count the seller's unfinished videos."""
        return sum(video.seller_id == seller_id and video.state in UNFINISHED for video in self._videos)

    async def save(self, video: Video) -> None:
        """Store it."""
        self._store.save(self._videos, video.video_id, video)


class InMemoryCaptionTexts(CaptionTexts):
    """Captions in a table, in the order of their first storing."""

    def __init__(self, store: Store) -> None:
        self._captions = _captions(store)

    async def languages(self, video_id: VideoId) -> Sequence[str]:
        """Filter them."""
        return [one.language for one in self._captions if one.video_id == video_id]

    async def save(self, captions: Captions) -> None:
        """Store them."""
        self._captions.put((captions.video_id, captions.language), captions)

    async def remove(self, video_id: VideoId, language: str) -> bool:
        """Delete them."""
        there = (video_id, language) in self._captions
        self._captions.delete((video_id, language))
        return there

    async def remove_all(self, video_id: VideoId) -> None:
        """Delete all of a video's."""
        for language in await self.languages(video_id):
            self._captions.delete((video_id, language))


class InMemoryVideoWork(InMemoryWork, VideoWork):
    """The unit of work."""

    @property
    def videos(self) -> InMemoryVideos:
        """The videos."""
        return InMemoryVideos(self.store)

    @property
    def captions(self) -> InMemoryCaptionTexts:
        """Their captions."""
        return InMemoryCaptionTexts(self.store)


class InMemoryVideoReader(VideoReader):
    """Answers from the same table."""

    def __init__(self, store: Store) -> None:
        self._videos: Table[Video] = store.table("videos")
        self._captions = _captions(store)

    async def view(self, video_id: VideoId) -> VideoView | None:
        """Return one video, or None."""
        found = await self.views((video_id,))
        return found[0] if found else None

    async def views(self, video_ids: Sequence[VideoId]) -> Sequence[VideoView]:
        """Return the videos that exist."""
        return [
            self._viewed(video)
            for video in self._videos
            if video.video_id in video_ids and video.state is not VideoState.DELETED
        ]

    async def of_seller(self, seller_id: SellerId, subject: str | None, page: PageRequest) -> Page[VideoView]:
        """Return one page, the newest first."""
        own = sorted(
            (
                video
                for video in self._videos
                if video.seller_id == seller_id
                and video.state is not VideoState.DELETED
                and subject in (None, video.subject)
            ),
            key=lambda video: video.video_id,
            reverse=True,
        )
        if page.cursor is not None:
            if not page.cursor.startswith("vid_"):
                raise InvalidCursor("This cursor was not made by the list of videos.")
            own = [video for video in own if video.video_id < page.cursor]
        items = tuple(self._viewed(video) for video in own[: page.limit])
        return Page(items=items, next_cursor=items[-1].video_id if len(own) > page.limit else None)

    async def captions(self, video_id: VideoId, language: str) -> CaptionsView | None:
        """Return them with their video."""
        video, found = self._videos.get(video_id), self._captions.get((video_id, language))
        if video is None or found is None or video.state is VideoState.DELETED:
            return None
        return CaptionsView(
            video_id=video_id,
            seller_id=video.seller_id,
            state=video.state,
            language=found.language,
            label=found.label,
            version=found.version,
            text=found.text,
        )

    def _viewed(self, video: Video) -> VideoView:
        names = [field.name for field in attrs.fields(VideoView) if field.name != "captions"]
        tracks = tuple(
            CaptionTrack.of(video_id=video.video_id, language=one.language, label=one.label, version=one.version)
            for one in self._captions
            if one.video_id == video.video_id
        )
        return VideoView(**{name: getattr(video, name) for name in names}, captions=tracks)


def _captions(store: Store) -> Table[Captions]:
    return store.table("video_captions")


class InMemoryVideoHost(VideoHost):
    """A host that needs no time: it tells by the boxes of an MP4 file whether there is a picture in it."""

    def __init__(self, files: FileStore) -> None:
        self._files = files
        self._hosted: dict[VideoId, HostedVideo] = {}

    async def ingest(self, video_id: VideoId, source_key: str) -> None:
        """Judge the file, once per video."""
        outside_transaction("video_host.ingest")
        if video_id in self._hosted:
            return
        try:
            content = b"".join([piece async for piece in self._files.read(source_key)])
        except NotFound:
            content = b""
        self._hosted[video_id] = _judged(video_id, content)

    async def look(self, video_id: VideoId) -> HostedVideo:
        """Return the verdict."""
        outside_transaction("video_host.look")
        return self._hosted.get(video_id, HostedVideo(state=HostedState.UNKNOWN))

    async def delete(self, video_id: VideoId) -> None:
        """Forget it."""
        outside_transaction("video_host.delete")
        self._hosted.pop(video_id, None)


def _judged(video_id: VideoId, content: bytes) -> HostedVideo:
    if not content:
        return HostedVideo(state=HostedState.FAILED, reason_code="empty_file", reason="The file is empty.")
    if content[4:8] != b"ftyp":
        return HostedVideo(state=HostedState.FAILED, reason_code="not_a_video", reason="The file is not a video.")
    if b"vide" not in content:
        return HostedVideo(
            state=HostedState.FAILED, reason_code="no_video_track", reason="The file has sound but no picture."
        )
    folder = f"/media/videos/{video_id}"
    playback = Playback(
        hls_url=f"{folder}/master.m3u8",
        poster_url=f"{folder}/poster.jpg",
        storyboard_url=f"{folder}/storyboard.vtt",
        duration_ms=2000,
        width=1920,
        height=1080,
        renditions=tuple(
            Rendition(name=name, width=width, height=height, bandwidth_bps=bps) for name, width, height, bps in _LADDER
        ),
    )
    return HostedVideo(state=HostedState.READY, progress_percent=100, playback=playback)
