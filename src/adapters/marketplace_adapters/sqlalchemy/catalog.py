"""The catalogue in SQL: unit of work and collections."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, final

from sqlalchemy import ColumnElement, and_, false, insert, or_, select, true, update
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.catalog_reader import SqlCatalogReader
from marketplace_adapters.sqlalchemy.catalog_rows import (
    category_of,
    category_values,
    offer_values,
    product_of,
    product_values,
    variant_values,
)
from marketplace_adapters.sqlalchemy.catalog_stock import SqlStock
from marketplace_adapters.sqlalchemy.duplicates import is_duplicate
from marketplace_adapters.sqlalchemy.statements import list_of_one, to_change, upsert
from marketplace_adapters.sqlalchemy.tables.catalog import REMOVED, categories, offers, products, variants
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.catalog import (
    Category,
    CategoryNotFound,
    CategorySlugTaken,
    HandleTaken,
    OfferNotFound,
    Product,
    ProductNotFound,
    ProductStatus,
    Shop,
    SkuTaken,
)
from marketplace_core.catalog.ports import CatalogWork, Categories, Products
from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.ids import OfferId, ProductId, SellerId

__all__ = ["SqlCatalogReader", "SqlCatalogWork", "SqlCategories", "SqlProducts", "SqlStock"]


@final
class SqlCategories(Categories):
    """Categories, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def named(self, name: str) -> Category:
        """Return a category by id or slug."""
        here = or_(categories.c.category_id == name, categories.c.slug == name)
        row = await self._work.connection.row(select(categories).where(here))
        if row is None:
            raise CategoryNotFound
        return category_of(row)

    async def by_slugs(self, slugs: Sequence[str]) -> Mapping[str, Category]:
        """Return categories by slug."""
        rows = await self._work.connection.rows(select(categories).where(categories.c.slug.in_(slugs)))
        return {row.slug: category_of(row) for row in rows}

    async def save(self, category: Category) -> None:
        """Store it unless its slug is taken."""
        try:
            key = {"category_id": category.category_id}
            await self._work.save(categories, key, category, category_values(category))
        except IntegrityError as broken:
            if not is_duplicate(broken):
                raise
            raise CategorySlugTaken(category.slug) from broken


@final
class SqlProducts(Products):
    """Products with their variants and offers, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, product_id: ProductId, by: Actor) -> Product:
        """Return a product of the actor."""
        for product in await self._where(products.c.product_id == product_id, _managed_by(by)):
            return product
        raise ProductNotFound

    async def with_offer(self, offer_id: OfferId, by: Actor) -> Product:
        """Return a product of the actor by one of its offers."""
        holder = select(offers.c.product_id).where(offers.c.offer_id == offer_id).scalar_subquery()
        for product in await self._where(products.c.product_id == holder, _managed_by(by)):
            return product
        raise OfferNotFound

    async def by_handles(self, seller_id: SellerId, handles: Sequence[str]) -> Mapping[str, Product]:
        """Return a seller's products by handle."""
        found = await self._where(products.c.seller_id == seller_id, products.c.handle.in_(handles))
        return {product.handle: product for product in found}

    async def holders_of(self, seller_id: SellerId, skus: Sequence[str]) -> Mapping[str, ProductId]:
        """Return whose a seller's SKUs are."""
        statement = select(variants.c.sku, variants.c.product_id)
        here = (variants.c.seller_id == seller_id, variants.c.sku.in_(skus))
        return {row.sku: row.product_id for row in await self._work.connection.rows(statement.where(*here))}

    async def handles_like(self, seller_id: SellerId, stem: str) -> frozenset[str]:
        """Return the stem and its numbered likes: the range of the stem's own index entries, then exactly."""
        numbered = (products.c.handle >= f"{stem}-0") & (products.c.handle < f"{stem}-:")
        here = (products.c.seller_id == seller_id, or_(products.c.handle == stem, numbered))
        alike = re.compile(rf"{re.escape(stem)}(-\d+)?")
        rows = await self._work.connection.rows(select(products.c.handle).where(*here))
        return frozenset(row.handle for row in rows if alike.fullmatch(row.handle))

    async def not_following(self, shop: Shop, limit: int) -> Sequence[Product]:
        """Return products whose copies of the shop's facts are out of date."""
        behind = or_(
            products.c.seller_name != shop.name,
            products.c.seller_slug != shop.slug,
            products.c.on_hold.is_(shop.active),
            products.c.status != ProductStatus.ARCHIVED.value if shop.closed else false(),
        )
        ids = select(products.c.product_id).where(products.c.seller_id == shop.seller_id, behind).limit(limit)
        return await self._where(products.c.product_id.in_(ids))

    async def save(self, product: Product) -> None:
        """Store the product's row, then its variants and offers."""
        is_new = product.version == 0
        try:
            key = {"product_id": product.product_id}
            async with self._work.connection.attempt():
                await self._work.save(products, key, product, product_values(product))
        except IntegrityError as broken:
            if not is_duplicate(broken):
                raise
            raise HandleTaken(product.handle) from broken
        await self._save_variants(product, is_new=is_new)

    async def _save_variants(self, product: Product, *, is_new: bool) -> None:
        connection = self._work.connection
        if not is_new:
            # SKUs and options may have moved from one variant to another: none is taken while they are written one by
            # one. What is not written again is removed: its rows stay for its stock movements, unpriced and unnamed.
            own = list_of_one(variants.c.variant_id)
            emptied = update(variants).where(variants.c.product_id == product.product_id)
            await connection.run(emptied.values(sku=None, position=REMOVED, options=own))
            await connection.run(update(offers).where(offers.c.product_id == product.product_id).values(price_minor=0))
        if not product.variants:
            return
        try:
            async with connection.attempt():
                await connection.run(_stored(variants, "variant_id", is_new=is_new), variant_values(product))
        except IntegrityError as broken:
            taken = await self.holders_of(product.seller_id, [each.sku for each in product.variants if each.sku])
            for sku, holder in taken.items():
                if holder != product.product_id:
                    raise SkuTaken(sku) from broken
            raise
        await connection.run(_stored(offers, "offer_id", is_new=is_new), offer_values(product))

    async def _where(self, *here: ColumnElement[bool]) -> Sequence[Product]:
        chosen = to_change(select(products).where(*here).order_by(products.c.product_id))
        rows = await self._work.connection.rows(chosen)
        if not rows:
            return []
        priced = select(variants, offers.c.offer_id, offers.c.price_minor).join(
            offers, offers.c.variant_id == variants.c.variant_id
        )
        of_these = and_(variants.c.product_id.in_([row.product_id for row in rows]), variants.c.position != REMOVED)
        forms = await self._work.connection.rows(priced.where(of_these).order_by(variants.c.position))
        return [product_of(row, [form for form in forms if form.product_id == row.product_id]) for row in rows]


@final
class SqlCatalogWork(SqlWork, CatalogWork):
    """The unit of work."""

    @property
    def categories(self) -> SqlCategories:
        """The tree of categories."""
        return SqlCategories(self)

    @property
    def products(self) -> SqlProducts:
        """The products."""
        return SqlProducts(self)

    @property
    def stock(self) -> SqlStock:
        """The counters."""
        return SqlStock(self)


def _managed_by(actor: Actor) -> ColumnElement[bool]:
    if actor.roles & {Role.OPERATOR, Role.SYSTEM}:
        return true()
    return products.c.seller_id == (actor.seller_id or "")


def _stored(table: Any, key: str, *, is_new: bool) -> Any:
    if is_new:
        return insert(table)
    fresh = upsert(table)
    changes = {column.name: fresh.excluded[column.name] for column in table.columns if column.name != key}
    return fresh.on_conflict_do_update(index_elements=[key], set_=changes)
