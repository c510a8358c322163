"""Playlists, segments, posters and storyboards of the embedded video host."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import FileResponse

from marketplace_core.kernel.errors import NotFound

router = APIRouter(prefix="/media/videos", tags=["media"])

TYPES: Final = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".jpg": "image/jpeg",
    ".vtt": "text/vtt; charset=utf-8",
}
FOREVER: Final = "public, max-age=31536000, immutable"
"""A finished video never changes; another version is another video."""


class MediaNotFound(NotFound):
    """There is no such file, or not any more."""

    code = "media.not_found"


@router.api_route("/{video_id}/{name:path}", methods=["GET", "HEAD"], include_in_schema=False)
async def video_file(
    request: Request, video_id: Annotated[str, Path(max_length=64)], name: Annotated[str, Path(max_length=200)]
) -> FileResponse:
    """Serve one file of a ready video; byte ranges are answered."""
    path = request.app.state.opened.video_file(video_id, name)
    if path is None or path.suffix not in TYPES:
        raise MediaNotFound("There is no such file.")
    headers = {
        "Cache-Control": FOREVER,
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return FileResponse(path, media_type=TYPES[path.suffix], headers=headers)
