"""Where a page ended, as an opaque string."""

import base64
import binascii
import json
from datetime import UTC, datetime
from typing import Final

from marketplace_core.kernel.paging import InvalidCursor

LENGTH_MAX: Final = 512


def cursor_after(moment: datetime, identifier: str) -> str:
    """Return the cursor of the list position after the item of this moment and id."""
    position = json.dumps([moment.isoformat(), identifier], separators=(",", ":"))
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def moment_and_id_of(cursor: str) -> tuple[datetime, str]:
    """Return the moment and the id that a cursor consists of. Raises ``InvalidCursor`` for any other string."""
    try:
        if len(cursor) > LENGTH_MAX:
            raise ValueError("too long")
        padded = cursor + "=" * (-len(cursor) % 4)
        moment, identifier = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        found = datetime.fromisoformat(moment)
        if found.tzinfo is None or not isinstance(identifier, str):
            raise ValueError("not ours")
        return found.astimezone(UTC), identifier
    except (binascii.Error, TypeError, ValueError, OverflowError) as broken:
        raise InvalidCursor("This cursor was not made by this list.", field="cursor") from broken
