"""The catalogue in memory: unit of work and collections."""

import re
from collections.abc import Mapping, Sequence
from typing import final

from marketplace_core.catalog import (
    Category,
    CategoryNotFound,
    CategorySlugTaken,
    HandleTaken,
    OfferNotFound,
    Product,
    ProductNotFound,
    Shop,
    ShopNotFound,
    SkuTaken,
)
from marketplace_core.catalog.ports import CatalogWork, Categories, Products, Sellers
from marketplace_core.inmemory.catalog_reader import InMemoryCatalogReader
from marketplace_core.inmemory.catalog_stock import InMemoryStock
from marketplace_core.inmemory.store import InMemoryWork, Store, Table
from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.ids import OfferId, ProductId, SellerId

__all__ = [
    "InMemoryCatalogReader",
    "InMemoryCatalogWork",
    "InMemoryCategories",
    "InMemoryProducts",
    "InMemoryShops",
    "InMemoryStock",
]


@final
class InMemoryCategories(Categories):
    """Categories in a table."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows: Table[Category] = store.table("catalog_categories")

    async def named(self, name: str) -> Category:
        """Find it by id, then by slug."""
        for category in self._rows.find(lambda row: name in (row.category_id, row.slug)):
            return category
        raise CategoryNotFound

    async def by_slugs(self, slugs: Sequence[str]) -> Mapping[str, Category]:
        """Find them by slug."""
        return {row.slug: row for row in self._rows.find(lambda row: row.slug in slugs)}

    async def save(self, category: Category) -> None:
        """Store it once its slug is found to be free."""
        if any(row.slug == category.slug and row.category_id != category.category_id for row in self._rows):
            raise CategorySlugTaken(category.slug)
        self._store.save(self._rows, category.category_id, category)


@final
class InMemoryProducts(Products):
    """Products in a table, with their handles, SKUs and offers looked up in tables of their own."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows: Table[Product] = store.table("catalog_products")
        self._handles: Table[ProductId] = store.table("catalog_handles")
        self._skus: Table[ProductId] = store.table("catalog_skus")
        self._offers: Table[ProductId] = store.table("catalog_offers")

    async def get(self, product_id: ProductId, by: Actor) -> Product:
        """Look it up, and whose it is."""
        product = self._rows.get(product_id)
        if product is None or not _manages(by, product.seller_id):
            raise ProductNotFound
        return product

    async def with_offer(self, offer_id: OfferId, by: Actor) -> Product:
        """Look the offer up, then the product."""
        product_id = self._offers.get(offer_id)
        product = self._rows.get(product_id) if product_id else None
        if product is None or not _manages(by, product.seller_id):
            raise OfferNotFound
        return product

    async def by_handles(self, seller_id: SellerId, handles: Sequence[str]) -> Mapping[str, Product]:
        """Look each handle up."""
        ids = {handle: self._handles.get((seller_id, handle)) for handle in handles}
        found = {handle: self._rows.get(product_id) for handle, product_id in ids.items()}
        return {handle: product for handle, product in found.items() if product is not None}

    async def holders_of(self, seller_id: SellerId, skus: Sequence[str]) -> Mapping[str, ProductId]:
        """Look each SKU up."""
        holders = {sku: self._skus.get((seller_id, sku)) for sku in skus}
        return {sku: product_id for sku, product_id in holders.items() if product_id is not None}

    async def handles_like(self, seller_id: SellerId, stem: str) -> frozenset[str]:
        """Compare the seller's handles with the stem."""
        alike = re.compile(rf"{re.escape(stem)}(-\d+)?")
        return frozenset(row.handle for row in self._rows if row.seller_id == seller_id and alike.fullmatch(row.handle))

    async def not_following(self, shop: Shop, limit: int) -> Sequence[Product]:
        """Compare the shop's products with the shop."""
        return self._rows.find(lambda row: row.seller_id == shop.seller_id and not row.follows(shop))[:limit]

    async def save(self, product: Product) -> None:
        """Store it once its handle and SKUs are found to be its own."""
        seller_id, product_id = product.seller_id, product.product_id
        if self._handles.get((seller_id, product.handle)) not in (None, product_id):
            raise HandleTaken(product.handle)
        for sku in _skus(product):
            if self._skus.get((seller_id, sku)) not in (None, product_id):
                raise SkuTaken(sku)
        before = self._rows.get(product_id)
        self._store.save(self._rows, product_id, product)
        for sku in _skus(before) if before else ():
            self._skus.delete((seller_id, sku))
        self._handles.put((seller_id, product.handle), product_id)
        for sku in _skus(product):
            self._skus.put((seller_id, sku), product_id)
        for variant in product.variants:
            self._offers.put(variant.offer.offer_id, product_id)


@final
class InMemoryCatalogWork(InMemoryWork, CatalogWork):
    """What of the catalogue changes together."""

    @property
    def categories(self) -> InMemoryCategories:
        """The tree of categories."""
        return InMemoryCategories(self.store)

    @property
    def products(self) -> InMemoryProducts:
        """The products."""
        return InMemoryProducts(self.store)

    @property
    def stock(self) -> InMemoryStock:
        """The counters."""
        return InMemoryStock(self.store)


@final
class InMemoryShops(Sellers):
    """Shops that a test made up; a marketplace takes them from identity."""

    def __init__(self, *shops: Shop) -> None:
        self._shops = {shop.seller_id: shop for shop in shops}

    def put(self, shop: Shop) -> None:
        """Add a shop, or let it be as given from now on."""
        self._shops[shop.seller_id] = shop

    async def shop(self, seller_id: SellerId) -> Shop:
        """Look it up."""
        try:
            return self._shops[seller_id]
        except KeyError:
            raise ShopNotFound from None


def _manages(by: Actor, seller_id: SellerId) -> bool:
    return by.seller_id == seller_id or bool(by.roles & {Role.OPERATOR, Role.SYSTEM})


def _skus(product: Product) -> Sequence[str]:
    return [variant.sku for variant in product.variants if variant.sku]
