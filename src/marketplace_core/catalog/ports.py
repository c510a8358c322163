"""What the catalogue needs from outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from marketplace_core.catalog.domain.category import Category
from marketplace_core.catalog.domain.product import Product
from marketplace_core.catalog.domain.shop import Shop
from marketplace_core.catalog.domain.stock import StockLevel, StockLine
from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.ids import OfferId, OrderId, ProductId, SellerId
from marketplace_core.kernel.work import UnitOfWork


class Categories(Protocol):
    """The tree of categories."""

    async def named(self, name: str) -> Category:
        """Return the category with this id or slug. Raises ``CategoryNotFound``."""
        ...

    async def by_slugs(self, slugs: Sequence[str]) -> Mapping[str, Category]:
        """Return the categories with these slugs, by slug; unknown ones are left out."""
        ...

    async def save(self, category: Category) -> None:
        """Store the category. Raises ``CategorySlugTaken``, ``ConcurrentUpdate``."""
        ...


class Products(Protocol):
    """The products of all sellers. A product that is not the actor's to manage does not exist for them."""

    async def get(self, product_id: ProductId, by: Actor) -> Product:
        """Return the product if the actor is its seller, an operator or the system. Raises ``ProductNotFound``."""
        ...

    async def with_offer(self, offer_id: OfferId, by: Actor) -> Product:
        """Return the product that the offer belongs to, for the same actors. Raises ``OfferNotFound``."""
        ...

    async def by_handles(self, seller_id: SellerId, handles: Sequence[str]) -> Mapping[str, Product]:
        """Return the seller's products with these handles, by handle; unknown ones are left out."""
        ...

    async def holders_of(self, seller_id: SellerId, skus: Sequence[str]) -> Mapping[str, ProductId]:
        """Return which of the seller's products have a variant with these SKUs, by SKU; unknown ones are left out."""
        ...

    async def handles_like(self, seller_id: SellerId, stem: str) -> frozenset[str]:
        """Return the seller's handles that are the stem, or the stem followed by a hyphen and a number."""
        ...

    async def not_following(self, shop: Shop, limit: int) -> Sequence[Product]:
        """Return at most ``limit`` products of the shop whose copies of its facts are out of date."""
        ...

    async def save(self, product: Product) -> None:
        """Store the product and its events. Raises ``HandleTaken``, ``SkuTaken``, ``ConcurrentUpdate``."""
        ...


class Stock(Protocol):
    """The counters of all offers. Each change is checked and made in one step, and leaves a movement behind.

    Events are stored in the same transaction: ``StockChanged`` after an adjustment, and when orders use up the last
    unit of an offer or bring one back.
    """

    async def open(self, level: StockLevel, *, at: datetime) -> None:
        """Start counting a new offer with the units on hand."""
        ...

    async def levels(self, offer_ids: Sequence[OfferId]) -> Mapping[OfferId, StockLevel]:
        """Return the counters of these offers; unknown ones are left out."""
        ...

    async def adjust(self, seen: StockLevel, by: int, *, reason: str, at: datetime) -> StockLevel:
        """Add units (or take them away) and return the counters.

        Raises ``ConcurrentUpdate`` if the units on hand are no longer as seen, ``StockTooLow`` if orders hold more now.
        """
        ...

    async def hold(self, order_id: OrderId, lines: Sequence[StockLine], *, at: datetime) -> None:
        """Hold units for an order: all lines or none, one conditional step per offer in the given order.

        Holding the same lines again for the same order does nothing, unless they were released meanwhile. Raises
        ``OutOfStock`` naming every short line, ``HeldOtherwise`` if the order holds stock for other lines.
        """
        ...

    async def hold_part(self, order_id: OrderId, lines: Sequence[StockLine], *, at: datetime) -> bool:
        """Hold those of an order's lines that it does not have, all or none; tell whether it has them all now.

        ``lines`` are ascending by offer, one per offer.
        """
        ...

    async def restock(self, order_id: OrderId, lines: Sequence[StockLine], *, at: datetime) -> None:
        """Make so many of the units available that the order has taken; each call counts.

        Raises ``StockNotHeld`` for more than it has taken.
        """
        ...

    async def commit(self, order_id: OrderId, *, at: datetime) -> None:
        """Turn what the order holds into sold; again does nothing. Raises ``StockNotHeld`` if it holds nothing."""
        ...

    async def release(self, order_id: OrderId, *, at: datetime) -> None:
        """Give back what the order still holds; what is sold stays sold, and nothing held is no error."""
        ...


class CatalogWork(UnitOfWork, Protocol):
    """What of the catalogue changes together."""

    @property
    def categories(self) -> Categories:
        """The tree of categories."""
        ...

    @property
    def products(self) -> Products:
        """The products."""
        ...

    @property
    def stock(self) -> Stock:
        """The counters."""
        ...


class Sellers(Protocol):
    """Who sells."""

    async def shop(self, seller_id: SellerId) -> Shop:
        """Return the shop as it stands now. Raises ``ShopNotFound``. May be called inside a transaction."""
        ...
