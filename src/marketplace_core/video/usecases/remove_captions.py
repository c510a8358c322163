"""Remove captions from a video."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import VideoId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.video.domain.captions import canonical_language
from marketplace_core.video.domain.errors import CaptionsNotFound
from marketplace_core.video.ports import VideoWork
from marketplace_core.video.usecases.confirm_upload import own_video


@frozen(kw_only=True)
class RemoveCaptions(Command[None]):
    """Take the captions in a language off a video."""

    permission: ClassVar[Permission] = Permission.SELLER
    video_id: VideoId
    language: str


@frozen(kw_only=True)
class RemoveCaptionsHandler:
    """Remove captions from a video.

    - They are gone at once; when they were the default, the next ones are.
    """

    begin: Begin[VideoWork]

    async def __call__(self, command: RemoveCaptions, by: Actor) -> None:
        """Remove them. Raises ``VideoNotFound``, ``MalformedLanguage``, ``CaptionsNotFound``."""
        language = canonical_language(command.language)
        async with self.begin() as work:
            video = await own_video(work, command.video_id, by)
            if not await work.captions.remove(video.video_id, language):
                raise CaptionsNotFound("The video has no captions in that language.")
