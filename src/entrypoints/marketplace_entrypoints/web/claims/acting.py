"""What everybody concerned does in a claim: says something, and shows photos."""

from typing import Final

from starlette.responses import Response

from marketplace_core.kernel.errors import ErrorKind, MarketplaceError
from marketplace_core.kernel.ids import ClaimId, ClaimPhotoId
from marketplace_core.payments.claims import AddClaimPhoto, AddToClaim, ClaimView, ReadClaimPhoto, ViewClaim
from marketplace_entrypoints.claim_photos import photo_answer
from marketplace_entrypoints.web.forms import Form
from marketplace_entrypoints.web.visit import Visit

AT_ONCE: Final = 4
"""How many photos a form may carry."""
_SAID_WHERE_THEY_STAND: Final = frozenset(
    {ErrorKind.INVALID, ErrorKind.RULE_BROKEN, ErrorKind.CONFLICT, ErrorKind.UNAVAILABLE}
)


def named(visit: Visit) -> ClaimId:
    """Return the claim that the path names."""
    return ClaimId(visit.named("claim_id"))


async def look(visit: Visit) -> ClaimView:
    """Return the claim that the path names. Raises ``ClaimNotFound`` for a claim of others."""
    return await visit.ask(ViewClaim(claim_id=named(visit)))


async def photo(visit: Visit) -> Response:
    """Show a photo to somebody concerned."""
    question = ReadClaimPhoto(claim_id=named(visit), photo_id=ClaimPhotoId(visit.named("photo_id")))
    return photo_answer(await visit.ask(question))


async def say(visit: Visit, form: Form) -> None:
    """Say something; what is wrong with it stands in the form afterwards."""
    text = form.text("text", required=True)
    if form.fits:
        try:
            await visit.execute_once(AddToClaim(claim_id=named(visit), text=text), form)
        except MarketplaceError as refusal:
            complain(visit, form, refusal)


async def show_photos(visit: Visit, form: Form) -> None:
    """Add the photos of a form one by one; the first that is refused ends it and is told in the form."""
    files = [file for file in form.all_files("photos") if file.filename]
    if not files:
        form.errors["photos"] = visit.language.say("Please choose a file first.")
    elif len(files) > AT_ONCE:
        form.errors["photos"] = visit.language.say("At most four photos at a time, please.")
    for file in files if form.fits else ():
        try:
            await visit.execute(AddClaimPhoto(claim_id=named(visit), content=await file.read()))
        except MarketplaceError as refusal:
            complain(visit, form, refusal)
            return


def complain(visit: Visit, form: Form, refusal: MarketplaceError) -> None:
    """Write a refusal into the form; one that leaves nothing to show there is raised."""
    if refusal.kind not in _SAID_WHERE_THEY_STAND:
        raise refusal
    form.refusal = visit.sentence(refusal)
