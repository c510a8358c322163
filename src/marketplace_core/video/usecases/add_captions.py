"""Add captions to a video."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import VideoId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.video.domain.captions import Captions, require_room
from marketplace_core.video.ports import VideoWork
from marketplace_core.video.usecases.confirm_upload import own_video


@frozen(kw_only=True)
class AddCaptions(Command[str]):
    """Give a video captions in a language, or other ones; ``text`` is WebVTT."""

    permission: ClassVar[Permission] = Permission.SELLER
    video_id: VideoId
    language: str
    label: str
    text: str


@frozen(kw_only=True)
class AddCaptionsHandler:
    """Add captions to a video.

    - A video that is being made or is ready takes captions in up to 8 languages; the first ones added are the default.
    - Captions in a language that is there already take their place.
    - The text is WebVTT of at most 256 KiB; a line that does not belong into it is refused and named.
    """

    begin: Begin[VideoWork]

    async def __call__(self, command: AddCaptions, by: Actor) -> str:
        """Keep them and return the language's tag.

        Raises ``VideoNotFound``, ``IllegalTransition``, ``MalformedCaptions``, ``MalformedLanguage``,
        ``TooManyCaptions``.
        """
        captions = Captions.write(
            video_id=command.video_id, language=command.language, label=command.label, text=command.text
        )
        async with self.begin() as work:
            video = await own_video(work, command.video_id, by)
            video.require_captionable()
            require_room(await work.captions.languages(video.video_id), captions.language)
            await work.captions.save(captions)
            # Of two at once the second finds another version, and looks again how many there are.
            await work.videos.save(video)
        return captions.language
