"""Captions, as a player's ``<track>`` asks for them."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Response

from marketplace_core.kernel.access import ANONYMOUS
from marketplace_core.kernel.ids import VideoId
from marketplace_core.video import ViewCaptions
from marketplace_entrypoints.http.dependencies import By, Market

router = APIRouter(prefix="/media/captions", tags=["media"])

FOREVER: Final = "public, max-age=31536000, immutable"
"""An address with the version of its text never shows another text."""


@router.api_route("/{video_id}/{language}.vtt", methods=["GET", "HEAD"], include_in_schema=False)
async def captions_file(
    video_id: Annotated[str, Path(max_length=64)],
    language: Annotated[str, Path(max_length=64)],
    market: Market,
    by: By,
    v: Annotated[str | None, Query(max_length=64)] = None,
) -> Response:
    """Serve captions to whoever may see the video."""
    found = await market.ask(ViewCaptions(video_id=VideoId(video_id), language=language), by=by)
    kept = v == found.version and by.principal == ANONYMOUS.principal
    headers = {
        "Cache-Control": FOREVER if kept else "private, no-cache",
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return Response(found.text, media_type="text/vtt; charset=utf-8", headers=headers)
