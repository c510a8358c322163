"""A photo of a claim as an answer: shown where it is asked for, kept by nobody in between, run by nothing."""

from typing import Final

from starlette.responses import Response

from marketplace_core.payments.claims import ClaimPhotoContent

ENDINGS: Final = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
# Browsers style the document in which they show a picture by itself, inline.
_GUARDED: Final = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def photo_name(found: ClaimPhotoContent) -> str:
    """Return what a photo is called as a file."""
    return f"{found.photo.photo_id}.{ENDINGS[found.photo.content_type]}"


def photo_answer(found: ClaimPhotoContent) -> Response:
    """Return the answer."""
    headers = {**_GUARDED, "Content-Disposition": f'inline; filename="{photo_name(found)}"'}
    return Response(found.content, media_type=found.photo.content_type, headers=headers)
