"""Where a page of hits ended, as an opaque string that only the same search accepts."""

import base64
import binascii
import hashlib
import json
import math
from typing import Any, Final

import attrs

from marketplace_core.kernel.paging import InvalidCursor
from marketplace_core.search.domain.request import Position, SearchFilters, Sort

CURSOR_LENGTH_MAX: Final = 512
_AMOUNT_MAX: Final = 2**63 - 1
_SHAPES: Final[dict[Sort, tuple[type, ...]]] = {
    Sort.RELEVANCE: (float, str),
    Sort.NEWEST: (str, str),
    Sort.PRICE_UP: (str, int, str),
    Sort.PRICE_DOWN: (str, int, str),
}


def search_digest(text: str, filters: SearchFilters, sort: Sort, engine: str = "") -> str:
    """Return a short name of a search, to recognise its own cursors by; ``engine`` if only that one's will do."""
    bounds = [attrs.astuple(bound) if bound else None for bound in (filters.price_min, filters.price_max)]
    asked = [text, filters.category, filters.seller, bounds, filters.in_stock, filters.has_video, sort.value]
    asked += [engine] if engine else []
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:16]


def cursor_of(position: Position, digest: str) -> str:
    """Write a position down."""
    document = json.dumps([digest, *position.values], separators=(",", ":"))
    return base64.urlsafe_b64encode(document.encode()).decode().rstrip("=")


def position_of(cursor: str, digest: str, sort: Sort) -> Position:
    """Read a position. Raises ``InvalidCursor`` for anything that this search did not write."""
    parts = _parts_of(cursor)
    shape = _SHAPES[sort]
    if parts[:1] != [digest] or len(parts) != len(shape) + 1:
        raise InvalidCursor("This cursor was not made by this search.", field="cursor")
    if not all(_fits(value, kind) for value, kind in zip(parts[1:], shape, strict=True)):
        raise InvalidCursor("This cursor was not made by this search.", field="cursor")
    return Position(tuple(parts[1:]))


def was_written_by(cursor: str, digest: str) -> bool:
    """Tell whether a search of that digest wrote a cursor. Raises ``InvalidCursor`` for what no search did."""
    return _parts_of(cursor)[:1] == [digest]


def _parts_of(cursor: str) -> list[Any]:
    try:
        if len(cursor) > CURSOR_LENGTH_MAX:
            raise ValueError
        parts = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError) as broken:
        raise InvalidCursor("This cursor was not made by this search.", field="cursor") from broken
    return parts if isinstance(parts, list) else []


def _fits(value: Any, kind: type) -> bool:
    if type(value) is not kind:
        return False
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, int) or abs(value) <= _AMOUNT_MAX
