"""Films of the shop and of its products: sent straight to the file store, followed while they are made, deleted."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Final

from starlette.responses import JSONResponse, Response

from marketplace_core.catalog import ListOwnProducts, ProductCard, ProductStatus
from marketplace_core.identity import SellerView
from marketplace_core.kernel.errors import MarketplaceError, NotFound
from marketplace_core.kernel.ids import VideoId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.video import (
    ConfirmUpload,
    DeleteVideo,
    ListVideos,
    RequestUpload,
    VideoState,
    VideoUpload,
    VideoView,
    ViewVideo,
)
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.studio.rooms import told, turned
from marketplace_entrypoints.web.studio.showing import PRODUCT, VIDEO_TYPES, shown_video, shown_videos
from marketplace_entrypoints.web.studio.uploads import NoFile, pass_on, sent, type_of
from marketplace_entrypoints.web.studio.words import CAPTION_LANGUAGES
from marketplace_entrypoints.web.visit import Visit

VIDEOS: Final = 24
LOOKED_AT: Final = 100
"""How many of the newest videos are looked at for failed ones, and how many products can be chosen from."""
SHOP: Final = "shop:"
_UNNAMED: Final[Mapping[str, str]] = {".mkv": "video/x-matroska", ".mov": "video/quicktime", ".mp4": "video/mp4"}
"""Types of files that some browsers have no name for."""


class NoSuchVideo(NotFound):
    """There is no such video in the seller's own shop."""

    code = "web.no_such_video"

    def __init__(self) -> None:
        super().__init__("There is no such video in your shop.")


async def videos(visit: Visit, shop: SellerView) -> Response:
    """Show them, the newest first, or those of the newest hundred that failed."""
    return await _videos(visit, shop)


async def announce(visit: Visit, shop: SellerView) -> Response:
    """Tell a script where to send a file."""
    form = await visit.form()
    filename = form.text("filename")
    upload = await _asked(
        visit,
        shop,
        form.text("subject"),
        filename,
        form.text("content_type"),
        form.whole("upload_bytes", 0),
        form.text("sha256"),
    )
    path = f"/studio/videos/{upload.video_id}"
    return JSONResponse(
        {**told(visit, upload.slot), "confirm": f"{path}/confirmation", "abandon": f"{path}/abandonment"}
    )


async def confirm(visit: Visit, shop: SellerView) -> Response:
    """Take in what a script has sent, and answer with the video's row."""
    view = await own_video(visit, shop)
    await visit.execute(ConfirmUpload(video_id=view.video_id))
    return await row(visit, shop)


async def abandon(visit: Visit, shop: SellerView) -> Response:
    """Wait no longer for a file that a script stopped sending."""
    view = await own_video(visit, shop)
    if view.state is VideoState.AWAITING_UPLOAD:
        await visit.execute(DeleteVideo(video_id=view.video_id))
    return JSONResponse({})


async def row(visit: Visit, shop: SellerView) -> Response:
    """Show one video as it stands in a list."""
    view = await own_video(visit, shop)
    return visit.page(
        "studio/video_piece.html", video=shown_video(view), titles=titles_of(await _products(visit, shop))
    )


async def add(visit: Visit, shop: SellerView) -> Response:
    """Take a small file out of a plain form."""
    form = await visit.form()
    try:
        file = sent(form.files.get("video"))
        if file is None:
            raise NoFile
        upload = await _asked(visit, shop, form.text("subject"), str(file.filename), type_of(file), file.size or 0)
        await pass_on(visit, upload.slot, file)
        await visit.execute(ConfirmUpload(video_id=upload.video_id))
    except MarketplaceError as refusal:
        return await _videos(visit, shop, status=status_of(refusal), refusal=visit.sentence(refusal))
    return visit.go("/studio/videos", "video-received")


async def video(visit: Visit, shop: SellerView) -> Response:
    """Show one video with all that is known of it."""
    return await shown_alone(visit, shop, await own_video(visit, shop))


async def shown_alone(
    visit: Visit, shop: SellerView, view: VideoView, *, status: int = 200, refusal: str = "", chosen: str = ""
) -> Response:
    """Show the page of one video, with what was refused of its captions."""
    return visit.page(
        "studio/video.html",
        status=status,
        player=True,
        shop=shop,
        video=shown_video(view),
        titles=titles_of(await _products(visit, shop)),
        languages_offered=CAPTION_LANGUAGES,
        captionable=view.state is not VideoState.FAILED,
        refusal=refusal,
        chosen=chosen or visit.language.code,
    )


async def delete(visit: Visit, shop: SellerView) -> Response:
    """Delete it."""
    view = await own_video(visit, shop)
    await visit.execute(DeleteVideo(video_id=view.video_id))
    return visit.go("/studio/videos", "video-deleted")


async def own_video(visit: Visit, shop: SellerView) -> VideoView:
    """Return the video that the path names. Raises ``NotFound`` for another shop's too."""
    view = await visit.ask(ViewVideo(video_id=VideoId(visit.named("video_id"))))
    if view.seller_id != shop.seller_id:
        raise NoSuchVideo
    return view


def titles_of(products: Sequence[ProductCard]) -> Mapping[str, str]:
    """Return the title of each product."""
    return {card.product_id: card.title for card in products}


async def _videos(visit: Visit, shop: SellerView, *, status: int = 200, refusal: str = "") -> Response:
    failed = visit.asked("state") == VideoState.FAILED.value
    found = await visit.ask(ListVideos(seller_id=shop.seller_id, page=turned(visit, LOOKED_AT if failed else VIDEOS)))
    products = await _products(visit, shop)
    chosen = f"{PRODUCT}{visit.asked('product')}" if visit.asked("product") else f"{SHOP}{shop.seller_id}"
    return visit.page(
        "studio/videos.html",
        status=status,
        shop=shop,
        videos=shown_videos(view for view in found.items if not failed or view.state is VideoState.FAILED),
        next_cursor=None if failed else found.next_cursor,
        failed=failed,
        titles=titles_of(products),
        subjects=_subjects(visit, shop, products),
        chosen=chosen,
        video_types=VIDEO_TYPES,
        refusal=refusal,
    )


async def _asked(
    visit: Visit, shop: SellerView, subject: str, filename: str, content_type: str, upload_bytes: int, sha256: str = ""
) -> VideoUpload:
    command = RequestUpload(
        seller_id=shop.seller_id,
        subject=subject,
        filename=filename[-200:],
        content_type=content_type or _UNNAMED.get(PurePath(filename).suffix.casefold(), ""),
        upload_bytes=upload_bytes,
        sha256=sha256,
    )
    return await visit.execute(command)


async def _products(visit: Visit, shop: SellerView) -> Sequence[ProductCard]:
    asked = ListOwnProducts(seller_id=shop.seller_id, page=PageRequest(limit=LOOKED_AT))
    return (await visit.ask(asked)).items


def _subjects(visit: Visit, shop: SellerView, products: Sequence[ProductCard]) -> Sequence[tuple[str, str]]:
    offered = [card for card in products if card.status is not ProductStatus.ARCHIVED]
    own = (f"{SHOP}{shop.seller_id}", visit.language.say("The shop itself, for its page"))
    return [own, *((f"{PRODUCT}{card.product_id}", card.title) for card in offered)]
