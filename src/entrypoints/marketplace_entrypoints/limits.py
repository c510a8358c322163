"""How much may be sent to which path."""

import re
from typing import Final

BODY_BYTES_MAX: Final = 1024 * 1024
PHOTOS_BYTES_MAX: Final = 36 * 1024 * 1024
"""What a form with photos of a claim may hold: four of the largest, and what is around them."""
UPLOAD_PREFIX: Final = "/v1/uploads/"
"""Uploads are bounded by their signed slot, not by the limit of a body."""
_PHOTOS: Final = re.compile(r"/(?:v1/|studio/|console/)?claims/[^/]{1,64}/photos")


def body_bytes_max(path: str) -> int | None:
    """Return how many bytes a path takes; None where something else bounds them."""
    if path.startswith(UPLOAD_PREFIX):
        return None
    return PHOTOS_BYTES_MAX if _PHOTOS.fullmatch(path) else BODY_BYTES_MAX
