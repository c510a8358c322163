"""The port that answers the questions, here and for the contexts next door."""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from attrs import frozen

from marketplace_core.catalog.domain.lifecycle import ProductStatus
from marketplace_core.catalog.queries.views import (
    CategoryView,
    OfferCard,
    ProductCard,
    ProductDocument,
    ProductView,
    StockMismatch,
    StockView,
)
from marketplace_core.kernel.ids import OfferId, ProductId, SellerId
from marketplace_core.kernel.paging import Page, PageRequest

CARDS_MAX: Final = 500
"""How many offers or products may be asked for at once."""
MOVEMENTS_MAX: Final = 50


@frozen(kw_only=True)
class Shelf:
    """Which published products: below a category, of a seller, each an id or a slug, None is all; with a video only.

    A product is ``with_video`` once its video can be played.
    """

    category: str | None = None
    seller: str | None = None
    with_video: bool = False


class CatalogReader(Protocol):
    """Answers in one statement each. Changes nothing; sees committed data, or that of the open transaction."""

    async def offer_cards(self, offer_ids: Sequence[OfferId]) -> Mapping[OfferId, OfferCard]:
        """Return what carts and orders need of these offers (at most ``CARDS_MAX``); unknown ones are left out."""
        ...

    async def product_cards(self, product_ids: Sequence[ProductId]) -> Mapping[ProductId, ProductCard]:
        """Return the cards of these products (at most ``CARDS_MAX``), listed or not; unknown ones are left out."""
        ...

    async def product_document(self, product_id: ProductId) -> ProductDocument | None:
        """Return what search may show of the product; None if buyers do not see it."""
        ...

    async def listed_ids(self, after: ProductId | None, limit: int) -> Sequence[ProductId]:
        """Return at most ``limit`` ids of products that buyers see, ascending, after the given one."""
        ...

    async def product(self, product_id: ProductId) -> ProductView | None:
        """Return everything about a product, whoever may see it; None if there is none."""
        ...

    async def listed(self, shelf: Shelf, page: PageRequest) -> Page[ProductCard]:
        """Return a page of the products that buyers see, the newest publication first. Raises ``InvalidCursor``."""
        ...

    async def of_seller(
        self, seller_id: SellerId, status: ProductStatus | None, page: PageRequest
    ) -> Page[ProductCard]:
        """Return a page of a seller's products in any status, the newest first. Raises ``InvalidCursor``."""
        ...

    async def categories(self) -> tuple[CategoryView, ...]:
        """Return the tree of categories, siblings by name."""
        ...

    async def stock(self, offer_id: OfferId) -> StockView | None:
        """Return the counters of an offer and its last ``MOVEMENTS_MAX`` movements; None if there is none."""
        ...

    async def stock_mismatches(self, limit: int) -> Sequence[StockMismatch]:
        """Return offers whose counters are not what their reservations come to, by id, at most ``limit``."""
        ...
