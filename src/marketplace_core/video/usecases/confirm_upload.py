"""Say that a video's upload is done."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import NotFound
from marketplace_core.kernel.files import FileMissing, FileStore
from marketplace_core.kernel.ids import VideoId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.video.domain.containers import begins_like_a_video
from marketplace_core.video.domain.errors import NotUploadedYet, VideoNotFound
from marketplace_core.video.domain.video import Video, VideoState
from marketplace_core.video.ports import VideoWork


async def own_video(work: VideoWork, video_id: VideoId, by: Actor) -> Video:
    """Return a video that is the actor's business. Raises ``VideoNotFound`` for anybody else's."""
    video = await work.videos.get(video_id)
    if video.state is VideoState.DELETED:
        raise VideoNotFound("There is no such video.")
    try:
        by.require_seller(video.seller_id)
    except NotFound as foreign:
        raise VideoNotFound("There is no such video.") from foreign
    return video


@frozen(kw_only=True)
class ConfirmUpload(Command[VideoState]):
    """The bytes are sent; take the file in."""

    permission: ClassVar[Permission] = Permission.SELLER
    video_id: VideoId


@frozen(kw_only=True)
class ConfirmUploadHandler:
    """Take an uploaded file in.

    - The store is asked whether the file is there; a word alone is not believed.
    - What does not begin like a video fails at once, and its file is thrown away.
    - From then on the video is made playable in the background.
    - Confirming twice changes nothing.
    """

    begin: Begin[VideoWork]
    files: FileStore
    clock: Clock

    async def __call__(self, command: ConfirmUpload, by: Actor) -> VideoState:
        """Confirm and return the present state.

        Raises ``VideoNotFound``, ``NotUploadedYet``, ``UploadRefused``, ``UploadTaken``, ``FileStoreUnavailable``.
        """
        async with self.begin() as work:
            video = await own_video(work, command.video_id, by)
        if video.state is not VideoState.AWAITING_UPLOAD:
            return video.state
        try:
            stored = await self.files.arrived(
                video.upload_key, content_type=video.content_type, upload_bytes_max=video.upload_bytes
            )
            could_play = stored.size_bytes == 0 or begins_like_a_video(stored.head)
            if could_play:
                await self.files.take_in(stored)
        except FileMissing as missing:
            raise NotUploadedYet("The file has not arrived; send it to the upload address first.") from missing
        async with self.begin() as work:
            video = await own_video(work, command.video_id, by)
            if video.state is VideoState.AWAITING_UPLOAD:
                if could_play:
                    video.confirm_upload(self.clock.now())
                    await work.deadlines.set("video.ingest", video.video_id, self.clock.now())
                else:
                    video.fail("not_a_video", "The file is not a video.")
                await work.videos.save(video)
                await work.deadlines.cancel("video.upload_expires", video.video_id)
        if not could_play:
            await self.files.delete(video.upload_key)
        return video.state
