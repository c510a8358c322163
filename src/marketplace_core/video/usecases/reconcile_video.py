"""Ask the host how far a video is."""

from datetime import timedelta
from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import VideoId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.video.domain.video import UNDER_WAY, Video
from marketplace_core.video.ports import HostedState, HostedVideo, VideoHost, VideoWork

POLL_SECONDS: Final = 1
PROCESSING_HOURS_MAX: Final = 6
"""After that a video that is still not ready has failed; measured from the confirmed upload."""


@frozen(kw_only=True)
class ReconcileVideo(Command[None]):
    """Look at the host's present state of a video and follow it."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    video_id: VideoId


@frozen(kw_only=True)
class ReconcileVideoHandler:
    """Follow the host.

    - The host's present state counts, not the order in which words arrive; a late word on a deleted video is ignored.
    - While the video is under way it is looked at again every second.
    - A video the host has lost is handed over again; one that is not ready after six hours has failed as ``timeout``.
    """

    begin: Begin[VideoWork]
    host: VideoHost
    clock: Clock

    async def __call__(self, command: ReconcileVideo, by: Actor) -> None:
        """Apply the host's state. Raises ``Unavailable``."""
        async with self.begin() as work:
            video = await work.videos.get(command.video_id)
        if video.state not in UNDER_WAY:
            return
        hosted = await self.host.look(command.video_id)
        if hosted.state is HostedState.UNKNOWN:
            await self.host.ingest(video.video_id, video.upload_key)
        now = self.clock.now()
        async with self.begin() as work:
            video = await work.videos.get(command.video_id)
            if video.state not in UNDER_WAY:
                return
            too_late = video.uploaded_at is not None and now - video.uploaded_at > timedelta(hours=PROCESSING_HOURS_MAX)
            _follow(video, hosted, too_late=too_late)
            await work.videos.save(video)
            if video.state in UNDER_WAY:
                await work.deadlines.set("video.poll", video.video_id, now + timedelta(seconds=POLL_SECONDS))


def _follow(video: Video, hosted: HostedVideo, *, too_late: bool) -> None:
    if hosted.state is HostedState.READY and hosted.playback is not None:
        video.finish(hosted.playback)
    elif hosted.state is HostedState.FAILED:
        video.fail(hosted.reason_code or "failed", hosted.reason or "The video could not be made playable.")
    elif too_late:
        video.fail("timeout", "Making the video playable took too long; upload it again.")
    elif hosted.state is HostedState.PROCESSING:
        if video.state == "uploaded":
            video.ingest()
        video.progress(hosted.progress_percent)
