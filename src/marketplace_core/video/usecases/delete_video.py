"""Delete a video."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import VideoId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.video.ports import VideoWork
from marketplace_core.video.usecases.confirm_upload import own_video


@frozen(kw_only=True)
class DeleteVideo(Command[None]):
    """Delete the video, its source and everything made from it."""

    permission: ClassVar[Permission] = Permission.SELLER
    video_id: VideoId


@frozen(kw_only=True)
class DeleteVideoHandler:
    """Delete a video.

    - It stops being offered at once, and its captions are gone; its files follow in the background.
    - Deleting works while the video is still being made.
    """

    begin: Begin[VideoWork]
    clock: Clock

    async def __call__(self, command: DeleteVideo, by: Actor) -> None:
        """Mark the video deleted and let its files be removed. Raises ``VideoNotFound``."""
        async with self.begin() as work:
            video = await own_video(work, command.video_id, by)
            video.delete()
            await work.videos.save(video)
            await work.captions.remove_all(video.video_id)
            for kind in ("video.upload_expires", "video.ingest", "video.poll"):
                await work.deadlines.cancel(kind, video.video_id)
            await work.deadlines.set("video.remove_files", video.video_id, self.clock.now())
