"""Give up on an upload that never came."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import VideoId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.video.domain.video import VideoState
from marketplace_core.video.ports import VideoWork


@frozen(kw_only=True)
class ExpireUpload(Command[None]):
    """The upload address has expired."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    video_id: VideoId


@frozen(kw_only=True)
class ExpireUploadHandler:
    """End the wait for an upload.

    - A video whose file has not been confirmed fails as ``upload_expired``; any other is left alone.
    """

    begin: Begin[VideoWork]

    async def __call__(self, command: ExpireUpload, by: Actor) -> None:
        """Fail the video if it is still awaited."""
        async with self.begin() as work:
            video = await work.videos.get(command.video_id)
            if video.state is VideoState.AWAITING_UPLOAD:
                video.fail("upload_expired", "The file was not uploaded in time.")
                await work.videos.save(video)
