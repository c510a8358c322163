"""Where a page ended, as an opaque string."""

import base64
import binascii
import json
from collections.abc import Sequence

from marketplace_core.kernel.paging import InvalidCursor

LENGTH_MAX = 512


def cursor_after(*position: str) -> str:
    """Return the cursor of the list position with these sort values."""
    return base64.urlsafe_b64encode(json.dumps(position, separators=(",", ":")).encode()).decode().rstrip("=")


def position_of(cursor: str, values: int) -> Sequence[str]:
    """Return the sort values of a cursor that has this many. Raises ``InvalidCursor`` for any other string."""
    try:
        if len(cursor) > LENGTH_MAX:
            raise ValueError
        position = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as broken:
        raise InvalidCursor("This cursor was not made by this list.", field="cursor") from broken
    of_strings = isinstance(position, list) and all(isinstance(value, str) for value in position)
    if not of_strings or len(position) != values:
        raise InvalidCursor("This cursor was not made by this list.", field="cursor")
    return tuple(position)
