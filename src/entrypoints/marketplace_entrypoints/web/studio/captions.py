"""Captions of a video, one file per language."""

from starlette.responses import Response

from marketplace_core.identity import SellerView
from marketplace_core.kernel.errors import InvalidInput, MarketplaceError
from marketplace_core.video import AddCaptions, RemoveCaptions
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.studio.uploads import NoFile, sent
from marketplace_entrypoints.web.studio.videos import own_video, shown_alone
from marketplace_entrypoints.web.studio.words import CAPTION_LANGUAGES
from marketplace_entrypoints.web.visit import Visit


class NotUtf8(InvalidInput):
    """The file is not text in UTF-8."""

    code = "web.not_utf8"

    def __init__(self) -> None:
        super().__init__("The file is not text in UTF-8. Save it as WebVTT in UTF-8.")


async def add(visit: Visit, shop: SellerView) -> Response:
    """Give the video captions, or other ones in a language that is there."""
    view, form = await own_video(visit, shop), await visit.form()
    language = form.text("language")
    try:
        file = sent(form.files.get("captions"))
        if file is None:
            raise NoFile
        text = _text(await file.read())
        label = CAPTION_LANGUAGES.get(language, language)
        await visit.execute(AddCaptions(video_id=view.video_id, language=language, label=label, text=text))
    except MarketplaceError as refusal:
        said = visit.sentence(refusal)
        return await shown_alone(visit, shop, view, status=status_of(refusal), refusal=said, chosen=language)
    return visit.go(f"/studio/videos/{view.video_id}#captions", "captions-saved")


async def remove(visit: Visit, shop: SellerView) -> Response:
    """Take the captions in a language away."""
    view = await own_video(visit, shop)
    await visit.execute(RemoveCaptions(video_id=view.video_id, language=visit.named("language")))
    return visit.go(f"/studio/videos/{view.video_id}#captions", "captions-removed")


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotUtf8 from None
