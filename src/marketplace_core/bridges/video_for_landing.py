"""Videos as seller pages need them."""

from collections.abc import Collection, Mapping

from attrs import frozen

from marketplace_core.kernel.ids import VideoId
from marketplace_core.landing import PageVideo
from marketplace_core.landing.ports import PageVideos
from marketplace_core.video import VideoReader, VideoState, VideoView


@frozen(kw_only=True)
class HostedPageVideos(PageVideos):
    """Videos as the video context has them; deleted ones do not exist."""

    reader: VideoReader

    async def look(self, video_ids: Collection[VideoId]) -> Mapping[VideoId, PageVideo]:
        """Read them."""
        if not video_ids:
            return {}
        return {view.video_id: _shown(view) for view in await self.reader.views(sorted(video_ids))}


def _shown(view: VideoView) -> PageVideo:
    ready, playback = view.state is VideoState.READY, view.playback
    if playback is None:
        return PageVideo(video_id=view.video_id, seller_id=view.seller_id, ready=False)
    return PageVideo(
        video_id=view.video_id,
        seller_id=view.seller_id,
        ready=ready,
        poster_url=playback.poster_url,
        hls_url=playback.hls_url if ready else None,
        duration_ms=playback.duration_ms,
        width=playback.width,
        height=playback.height,
    )
