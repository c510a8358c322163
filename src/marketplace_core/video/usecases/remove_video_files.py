"""Remove what a deleted video has left behind."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.files import FileStore
from marketplace_core.kernel.ids import VideoId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.video.domain.video import VideoState
from marketplace_core.video.ports import VideoHost, VideoWork


@frozen(kw_only=True)
class RemoveVideoFiles(Command[None]):
    """Remove what a deleted video has left at the host and in the store."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    video_id: VideoId


@frozen(kw_only=True)
class RemoveVideoFilesHandler:
    """Remove a deleted video's files.

    - Tried again until host and store have both confirmed; never for a video that is not deleted.
    """

    begin: Begin[VideoWork]
    host: VideoHost
    files: FileStore

    async def __call__(self, command: RemoveVideoFiles, by: Actor) -> None:
        """Remove the files. Raises ``Unavailable``."""
        async with self.begin() as work:
            video = await work.videos.get(command.video_id)
        if video.state is VideoState.DELETED:
            await self.host.delete(video.video_id)
            await self.files.delete(video.upload_key)
