"""Pages of a long list, by cursor: stable while rows are added, never an offset."""

from typing import Final, Generic, TypeVar

from attrs import field, frozen

from marketplace_core.kernel.errors import InvalidInput

PAGE_SIZE_DEFAULT: Final = 24
PAGE_SIZE_MAX: Final = 100
Item = TypeVar("Item")


class InvalidCursor(InvalidInput):
    """The cursor was not made by this list."""

    code = "kernel.invalid_cursor"


def _within_limits(_: object, __: object, limit: int) -> None:
    if type(limit) is not int or not 1 <= limit <= PAGE_SIZE_MAX:
        raise InvalidInput(f"A page holds 1 to {PAGE_SIZE_MAX} items.", field="limit")


@frozen(kw_only=True)
class PageRequest:
    """Which page: ``limit`` items (1 to 100) after ``cursor``, an opaque string from the page before."""

    limit: int = field(default=PAGE_SIZE_DEFAULT, validator=_within_limits)
    cursor: str | None = None


@frozen(kw_only=True)
class Page(Generic[Item]):
    """Some items, and the cursor of the next page (``None`` on the last)."""

    items: tuple[Item, ...]
    next_cursor: str | None = None
