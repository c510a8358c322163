"""Bytes in, to signed addresses; pictures out, with the right type, ranges and cache headers."""

from collections.abc import AsyncIterator
from typing import Annotated, Final, Protocol, cast

from fastapi import APIRouter, Header, Path, Request, Response
from fastapi.responses import FileResponse
from starlette.requests import ClientDisconnect

from marketplace_core.kernel.errors import InvalidInput, NotFound
from marketplace_core.kernel.files import FileMissing, FileStore, StoredFile
from marketplace_entrypoints.http.dependencies import Outgoing

router = APIRouter(tags=["files"])

SHOWN: Final = "images/"
"""Only keys below this are served; other files (the sources of videos) are nobody's to fetch."""
FOREVER: Final = "public, max-age=31536000, immutable"
"""A picture never changes: another one has another key."""
_INERT: Final = {
    "Cache-Control": FOREVER,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_OCTETS: Final = {"schema": {"type": "string", "format": "binary"}}


class UploadInterrupted(InvalidInput):
    """The connection ended before all bytes had arrived; the address may be tried again."""

    code = "http.upload_interrupted"


class NoSuchUpload(NotFound):
    """This marketplace takes no uploads itself: its file store does."""

    code = "http.no_such_upload"


class TakesUploads(Protocol):
    """A file store on this machine, whose upload addresses lead to this door."""

    async def receive(
        self, token: str, *, content_type: str, content_length: int | None, stream: AsyncIterator[bytes]
    ) -> StoredFile:
        """Take the upload that the token permits; refuse any other."""
        ...


class UploadedOut(Outgoing):
    """What arrived."""

    size_bytes: int
    sha256: str


@router.put(
    "/v1/uploads/{token}",
    status_code=201,
    response_model=UploadedOut,
    operation_id="upload_file",
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": _OCTETS}}},
)
async def upload_file(token: Annotated[str, Path(max_length=2_000)], request: Request) -> UploadedOut:
    """Upload to an address of ours: exactly the announced type, at most the announced size, once."""
    files = request.app.state.opened.adapters.files
    if not hasattr(files, "receive"):
        raise NoSuchUpload("Uploads go to the file store's own address.")
    length = request.headers.get("content-length", "")
    try:
        stored = await cast("TakesUploads", files).receive(
            token,
            content_type=request.headers.get("content-type", ""),
            content_length=int(length) if length.isascii() and length.isdigit() else None,
            stream=request.stream(),
        )
    except ClientDisconnect:
        raise UploadInterrupted("The connection ended before all bytes had arrived.") from None
    return UploadedOut.model_validate(stored)


@router.api_route("/media/files/{key:path}", methods=["GET", "HEAD"], include_in_schema=False)
async def view_file(
    key: Annotated[str, Path(max_length=512)],
    request: Request,
    if_none_match: Annotated[str | None, Header(max_length=1_000)] = None,
) -> Response:
    """Serve a picture; byte ranges are answered."""
    files: FileStore = request.app.state.opened.adapters.files
    if not key.startswith(SHOWN):
        raise FileMissing("There is no such file.")
    stored = await files.look(key)
    tag = f'"{stored.sha256}"'
    headers = {**_INERT, "ETag": tag}
    if if_none_match is not None and _names(if_none_match, tag):
        return Response(status_code=304, headers=headers)
    if not stored.content_type.startswith("image/"):
        headers["Content-Disposition"] = "attachment"
    return FileResponse(await files.local_copy(key), media_type=stored.content_type, headers=headers)


def _names(condition: str, tag: str) -> bool:
    return any(part.strip().removeprefix("W/") in (tag, "*") for part in condition.split(","))
