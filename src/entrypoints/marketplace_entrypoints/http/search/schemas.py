"""The parameters of a search, and its answer."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, PageRequest
from marketplace_core.search import QUERY_LENGTH_MAX, InvalidFilter, Search, SearchFilters, Sort
from marketplace_entrypoints.http.dependencies import MoneyOut, Outgoing


class SearchIn(BaseModel):
    """What to find. Unknown parameters are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    # The length is the core's to refuse, by a code of its own; it is described here.
    q: str = Field(
        default="", description="Words to find", examples=["guitar"], json_schema_extra={"maxLength": QUERY_LENGTH_MAX}
    )
    category: str | None = Field(default=None, max_length=100, description="A category, by id or slug, and all below")
    seller: str | None = Field(default=None, max_length=100, description="A shop, by id or slug")
    price_min: int | None = Field(default=None, ge=0, description="In minor units; needs a currency")
    price_max: int | None = Field(default=None, ge=0, description="In minor units; needs a currency")
    currency: str | None = Field(default=None, pattern="^[A-Z]{3}$", description="Of the price range", examples=["EUR"])
    in_stock: bool = Field(default=False, description="Only what can be had now")
    has_video: bool = Field(default=False, description="Only what has a video")
    sort: Sort | None = Field(default=None, description="Relevance if there are words, otherwise newest first")
    limit: int = Field(default=PAGE_SIZE_DEFAULT, ge=1, le=PAGE_SIZE_MAX)
    cursor: str | None = Field(default=None, max_length=600)

    def query(self) -> Search:
        """Return it as the core's question. Raises ``InvalidFilter``, ``MalformedMoney``."""
        return Search(
            text=self.q,
            filters=SearchFilters(
                category=self.category,
                seller=self.seller,
                price_min=self._money(self.price_min),
                price_max=self._money(self.price_max),
                in_stock=self.in_stock,
                has_video=self.has_video,
            ),
            sort=self.sort,
            page=PageRequest(limit=self.limit, cursor=self.cursor),
        )

    def _money(self, amount_minor: int | None) -> Money | None:
        if amount_minor is None:
            return None
        if self.currency is None:
            raise InvalidFilter("A price range needs a currency.", field="currency")
        return Money(amount_minor, self.currency)


class HitOut(Outgoing):
    """A product found."""

    product_id: str
    seller_id: str
    seller_name: str
    seller_slug: str
    handle: str
    title: str
    price_from: MoneyOut | None
    price_to: MoneyOut | None
    in_stock: bool
    has_video: bool
    image_url: str | None
    poster_url: str | None
    published_at: datetime


class FacetValueOut(Outgoing):
    """One thing to narrow the search by: the value to send, what people call it, how many hits it would leave."""

    value: str
    label: str
    count: int


class PriceSpanOut(Outgoing):
    """The lowest and the highest price in one currency."""

    lowest: MoneyOut
    highest: MoneyOut


class FacetsOut(Outgoing):
    """How all hits are spread, not only those of this page."""

    categories: list[FacetValueOut]
    sellers: list[FacetValueOut]
    prices: list[PriceSpanOut]
    in_stock: int
    has_video: int


class SearchOut(Outgoing):
    """A page of hits; ``degraded`` tells that a simpler engine answered because the usual one is down."""

    hits: list[HitOut]
    facets: FacetsOut
    total: int
    next_cursor: str | None
    degraded: bool


class ReindexedOut(Outgoing):
    """So many products can be found now; so many were taken out; so many changed meanwhile and were caught up with."""

    findable: int
    removed: int
    caught_up: int
