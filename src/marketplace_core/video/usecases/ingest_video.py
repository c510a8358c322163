"""Hand an uploaded file to the video host."""

from datetime import timedelta
from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import VideoId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.video.domain.video import VideoState
from marketplace_core.video.ports import VideoHost, VideoWork
from marketplace_core.video.usecases.reconcile_video import POLL_SECONDS


@frozen(kw_only=True)
class IngestVideo(Command[None]):
    """Let the host make the video playable."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    video_id: VideoId


@frozen(kw_only=True)
class IngestVideoHandler:
    """Hand the file over.

    - The host knows the video by our own id, so asking twice makes one video.
    - If the host is away the hand-over is tried again later; the upload is not lost.
    """

    begin: Begin[VideoWork]
    host: VideoHost
    clock: Clock

    async def __call__(self, command: IngestVideo, by: Actor) -> None:
        """Ingest a video that waits for it; any other is left alone. Raises ``Unavailable``."""
        async with self.begin() as work:
            video = await work.videos.get(command.video_id)
        if video.state is not VideoState.UPLOADED:
            return
        await self.host.ingest(video.video_id, video.upload_key)
        async with self.begin() as work:
            video = await work.videos.get(command.video_id)
            if video.state is VideoState.UPLOADED:
                video.ingest()
                await work.videos.save(video)
                await work.deadlines.set(
                    "video.poll", video.video_id, self.clock.now() + timedelta(seconds=POLL_SECONDS)
                )
