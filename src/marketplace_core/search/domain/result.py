"""What an engine finds."""

from typing import Final

from attrs import field, frozen

from marketplace_core.kernel.money import Money
from marketplace_core.search.domain.document import SearchHit
from marketplace_core.search.domain.request import Position

FACET_VALUES_MAX: Final = 50


@frozen(kw_only=True)
class FacetValue:
    """One thing to narrow a search by: the value to filter with, what people call it, how many hits it would leave."""

    value: str
    label: str
    count: int


@frozen(kw_only=True)
class PriceSpan:
    """The lowest and the highest price among the hits of one currency."""

    lowest: Money
    highest: Money


@frozen(kw_only=True)
class Facets:
    """How all hits, not only those of the page, are spread. Values come most frequent first, at most 50 of each kind.

    A hit counts for its category and for every category above it.
    """

    categories: tuple[FacetValue, ...] = ()
    sellers: tuple[FacetValue, ...] = ()
    prices: tuple[PriceSpan, ...] = ()
    in_stock: int = 0
    has_video: int = 0


@frozen(kw_only=True)
class Found:
    """An engine's answer: the hits of the page, all facets, how many hits there are in all, where the page ended."""

    hits: tuple[SearchHit, ...] = ()
    facets: Facets = field(factory=Facets)
    total: int = 0
    ended_at: Position | None = None
    """The position of the last hit, if more follow."""
