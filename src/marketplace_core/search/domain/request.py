"""What is asked of an engine: words, filters, an order, and where to go on."""

from enum import Enum

from attrs import field, frozen

from marketplace_core.kernel.money import Money
from marketplace_core.search.domain.errors import InvalidFilter
from marketplace_core.search.domain.words import Term


class Sort(Enum):
    """In which order hits come. Prices of different currencies are not compared: those come one after the other."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    PRICE_UP = "price_up"
    PRICE_DOWN = "price_down"


@frozen(kw_only=True)
class SearchFilters:
    """What hits must be like; all given conditions hold at once.

    ``category`` (anything below it included) and ``seller`` are an identifier or a slug. A product is within a price
    range if any of its prices may be; both ends belong to it and have one currency. ``in_stock`` and ``has_video``
    leave out what has none. Raises ``InvalidFilter``.
    """

    category: str | None = None
    seller: str | None = None
    price_min: Money | None = None
    price_max: Money | None = None
    in_stock: bool = False
    has_video: bool = False

    def __attrs_post_init__(self) -> None:
        for bound in (self.price_min, self.price_max):
            if bound is not None and bound.amount_minor < 0:
                raise InvalidFilter("A price is not negative.", field="price")
        if self.price_min and self.price_max:
            if self.price_min.currency != self.price_max.currency:
                raise InvalidFilter("Both ends of a price range have one currency.", field="price")
            if self.price_max < self.price_min:
                raise InvalidFilter("A price range begins at its lower end.", field="price")

    @property
    def currency(self) -> str | None:
        """The currency of the price range, if there is one."""
        bound = self.price_min if self.price_min is not None else self.price_max
        return bound.currency if bound is not None else None


@frozen
class Position:
    """After which hit a page begins: the values it was sorted by, its own identifier the last of them."""

    values: tuple[str | int | float, ...]


@frozen(kw_only=True)
class SearchRequest:
    """A search as an engine gets it; ``fruitless`` means that something was asked for that holds no word at all."""

    terms: tuple[Term, ...] = ()
    fruitless: bool = False
    filters: SearchFilters = field(factory=SearchFilters)
    sort: Sort = Sort.NEWEST
    limit: int
    after: Position | None = None
