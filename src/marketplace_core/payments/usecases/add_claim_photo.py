"""Add a photo to a claim: somebody concerned shows something."""

import hashlib
from typing import ClassVar

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.bare_pictures import BarePicture, bare_picture
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.files import FileStore
from marketplace_core.kernel.ids import ClaimId, ClaimPhotoId, IdFactory
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.payments.domain.claim_parts import CLAIM_PHOTO_BYTES_MAX, ClaimPhoto, photo_key
from marketplace_core.payments.domain.errors import PhotoRejected
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.claiming import party_in


@frozen(kw_only=True)
class AddClaimPhoto(Command[ClaimPhotoId]):
    """Show something in a claim; everybody concerned sees it. ``content`` is the file as it was taken."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    claim_id: ClaimId
    content: bytes = field(repr=False)


@frozen(kw_only=True)
class AddClaimPhotoHandler:
    """Add a photo to a claim.

    - The buyer, the shop and operators may, as long as it is open; it takes 20 photos.
    - JPEG, PNG and WebP of at most 8 MiB and 40 million pixels, told by their bytes; a name proves nothing.
    - Where and when it was taken, and with what, is taken out before it is kept; which way up it is stays.
    - The same picture again is the one that is there. It moves no date.
    - Only those concerned can look at it; nothing serves it to anybody else.
    """

    begin: Begin[PaymentsWork]
    files: FileStore
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: AddClaimPhoto, by: Actor) -> ClaimPhotoId:
        """Carry it out. Raises ``ClaimNotFound``, ``PhotoRejected``, ``WrongState``, ``FileStoreUnavailable``."""
        picture, sha256 = _examined(command.content)
        async with self.begin() as work:
            claim = await work.claims.get(command.claim_id)
            who = party_in(claim, by)
            known = claim.check_takes_photo(sha256)
        if known is not None:
            return known
        photo = ClaimPhoto(
            photo_id=ClaimPhotoId(self.ids.new("cph")),
            who=who,
            content_type=picture.content_type,
            size_bytes=len(picture.content),
            width=picture.width,
            height=picture.height,
            sha256=sha256,
            added_at=self.clock.now(),
        )
        key = photo_key(command.claim_id, photo.photo_id)
        await self.files.write(key, picture.content, content_type=picture.content_type)
        try:
            async with self.begin() as work:
                claim = await work.claims.get(command.claim_id)
                kept = claim.add_photo(photo)
                await work.claims.save(claim)
        except MarketplaceError:
            await self.files.delete(key)
            raise
        if kept != photo.photo_id:
            await self.files.delete(key)
        return kept


def _examined(content: bytes) -> tuple[BarePicture, str]:
    if len(content) > CLAIM_PHOTO_BYTES_MAX:
        raise PhotoRejected(f"A photo has at most {CLAIM_PHOTO_BYTES_MAX} bytes.", reason="too_large")
    picture = bare_picture(content)
    if picture is None:
        raise PhotoRejected("This is no JPEG, PNG or WebP that can be shown.", reason="not_a_picture")
    return picture, hashlib.sha256(picture.content).hexdigest()
