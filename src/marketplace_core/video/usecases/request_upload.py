"""Ask for an address to upload a video to."""

from datetime import datetime, timedelta
from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.files import FileStore, UploadSlot, announced_checksum
from marketplace_core.kernel.ids import IdFactory, SellerId, VideoId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.video.domain.errors import SubjectNotFound, TooManyUploads
from marketplace_core.video.domain.video import PARTS_FROM_BYTES, Video
from marketplace_core.video.ports import Subjects, VideoWork

UPLOAD_MINUTES: Final = 60
UNFINISHED_MAX: Final = 20


@frozen(kw_only=True)
class VideoUpload:
    """The awaited video and where to send its bytes."""

    video_id: VideoId
    slot: UploadSlot


async def slot_for(files: FileStore, video: Video, expires_at: datetime, sha256: str = "") -> UploadSlot:
    """Return where the file of a video goes. Raises ``FileStoreUnavailable``, only for large ones."""
    if video.upload_bytes > PARTS_FROM_BYTES:
        return await files.open_parts(
            video.upload_key, content_type=video.content_type, upload_bytes=video.upload_bytes, expires_at=expires_at
        )
    return files.open_upload(
        video.upload_key,
        content_type=video.content_type,
        upload_bytes_max=video.upload_bytes,
        expires_at=expires_at,
        sha256=sha256,
    )


@frozen(kw_only=True)
class RequestUpload(Command[VideoUpload]):
    """Await a video about ``subject`` from the seller; ``upload_bytes`` is the size of the file to come.

    ``sha256`` may be its checksum; then other bytes are refused.
    """

    permission: ClassVar[Permission] = Permission.SELLER
    seller_id: SellerId
    subject: str
    filename: str
    content_type: str
    upload_bytes: int
    sha256: str = ""


@frozen(kw_only=True)
class RequestUploadHandler:
    """Give out an upload address.

    - Only for something of the seller's own; anything else does not exist.
    - Only types that hold video, of 1 byte to 2 GiB; above 200 MiB in parts, where the store takes parts.
    - At most 20 unfinished videos a seller, so that nobody fills the queue.
    - The address takes one file of that type and size for an hour; without it the video fails as ``upload_expired``.
    """

    begin: Begin[VideoWork]
    files: FileStore
    subjects: Subjects
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: RequestUpload, by: Actor) -> VideoUpload:
        """Await it.

        Raises ``SubjectNotFound``, ``UnsupportedType``, ``UnacceptableSize``, ``TooManyUploads``,
        ``MalformedChecksum``, ``FileStoreUnavailable``.
        """
        by.require_seller(command.seller_id)
        if not 0 < len(command.filename) <= 200:
            raise InvalidInput("A file name has 1 to 200 characters.", field="filename")
        if await self.subjects.owner(command.subject) != command.seller_id:
            raise SubjectNotFound("There is no such thing.")
        sha256, now = announced_checksum(command.sha256), self.clock.now()
        video = Video.request(
            video_id=VideoId(self.ids.new("vid")),
            seller_id=command.seller_id,
            subject=command.subject,
            filename=command.filename,
            content_type=command.content_type,
            upload_bytes=command.upload_bytes,
            now=now,
        )
        expires_at = now + timedelta(minutes=UPLOAD_MINUTES)
        async with self.begin() as work:
            if await work.videos.count_unfinished(command.seller_id) >= UNFINISHED_MAX:
                raise TooManyUploads(f"A shop may have {UNFINISHED_MAX} unfinished videos; let some finish first.")
            await work.videos.save(video)
            await work.deadlines.set("video.upload_expires", video.video_id, expires_at)
        return VideoUpload(video_id=video.video_id, slot=await slot_for(self.files, video, expires_at, sha256))
