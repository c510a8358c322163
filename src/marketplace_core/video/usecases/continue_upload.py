"""Go on with an upload that was interrupted."""

from datetime import timedelta
from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.files import FileStore
from marketplace_core.kernel.ids import VideoId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.video.domain.errors import IllegalTransition
from marketplace_core.video.domain.video import VideoState
from marketplace_core.video.ports import VideoWork
from marketplace_core.video.usecases.confirm_upload import own_video
from marketplace_core.video.usecases.request_upload import UPLOAD_MINUTES, VideoUpload, slot_for


@frozen(kw_only=True)
class ContinueUpload(Command[VideoUpload]):
    """Get addresses anew for a file that has not arrived."""

    permission: ClassVar[Permission] = Permission.SELLER
    video_id: VideoId


@frozen(kw_only=True)
class ContinueUploadHandler:
    """Go on with an upload that was interrupted.

    - Of a large file, the parts that are there are told; only the others have to be sent.
    - The hour begins anew. What has arrived, failed or was deleted takes no file any more.
    """

    begin: Begin[VideoWork]
    files: FileStore
    clock: Clock

    async def __call__(self, command: ContinueUpload, by: Actor) -> VideoUpload:
        """Give out addresses. Raises ``VideoNotFound``, ``IllegalTransition``, ``FileStoreUnavailable``."""
        expires_at = self.clock.now() + timedelta(minutes=UPLOAD_MINUTES)
        async with self.begin() as work:
            video = await own_video(work, command.video_id, by)
            if video.state is not VideoState.AWAITING_UPLOAD:
                raise IllegalTransition(
                    f"A video that is {video.state} takes no file.", state=str(video.state), verb="continue_upload"
                )
            await work.deadlines.set("video.upload_expires", video.video_id, expires_at)
        return VideoUpload(video_id=video.video_id, slot=await slot_for(self.files, video, expires_at))
