"""Bring many products in at once."""

from collections.abc import Sequence
from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.catalog.domain.category import UNCATEGORISED_SLUG
from marketplace_core.catalog.domain.errors import UnreadableImport
from marketplace_core.catalog.domain.imports import PRODUCTS_MAX, ImportedProduct, ImportReport, ProductDiff, RowError
from marketplace_core.catalog.domain.shop import Shop
from marketplace_core.catalog.domain.slugs import slug_of
from marketplace_core.catalog.ports import CatalogWork, Sellers
from marketplace_core.catalog.usecases.create_product import open_stock
from marketplace_core.catalog.usecases.imported import Filing, Imported, Refused, Workbench
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import IdFactory, SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin

BATCH: Final = 100
ATTEMPTS: Final = 4
IMPORT_REASON: Final = "import"
"""What stands with the movement of a stock that an import corrected."""


@frozen(kw_only=True)
class ImportProducts(Command[ImportReport]):
    """Bring in the products that a file gave; ``errors`` are the faults found while reading it, for the report.

    ``dry_run`` changes nothing and reports what would change.
    """

    permission: ClassVar[Permission] = Permission.SELLER
    seller_id: SellerId
    rows: tuple[ImportedProduct, ...]
    errors: tuple[RowError, ...] = ()
    dry_run: bool = False


@frozen(kw_only=True)
class ImportProductsHandler:
    """Bring many products in at once.

    - A product is found again by its handle, a variant by its SKU or else by its option values: importing the same
      file twice changes nothing.
    - A product with a fault in any of its lines is not imported at all and named with line and reason; the others are.
    - The report says for each product what differs, before anything is written if so asked.
    - Variants that the file does not mention stay as they are; nothing is deleted.
    - An unknown category becomes "uncategorised"; pictures are not fetched.
    - A product that the file calls published is published if everything it needs is there, and stays a draft otherwise.
    """

    begin: Begin[CatalogWork]
    sellers: Sellers
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: ImportProducts, by: Actor) -> ImportReport:
        """Import, a hundred products per transaction. Raises ``UnreadableImport``, ``ShopNotFound``."""
        by.require_seller(command.seller_id)
        if len(command.rows) > PRODUCTS_MAX:
            raise UnreadableImport(f"At most {PRODUCTS_MAX} products are imported at once.")
        shop = await self.sellers.shop(command.seller_id)
        products: list[ProductDiff] = []
        errors = list(command.errors)
        for start in range(0, len(command.rows), BATCH):
            diffs, refused = await self._batch(shop, command.rows[start : start + BATCH], dry_run=command.dry_run)
            products.extend(diffs)
            errors.extend(refused)
        return ImportReport(
            dry_run=command.dry_run,
            products=tuple(products),
            errors=tuple(sorted(errors, key=lambda error: error.line)),
        )

    async def _batch(
        self, shop: Shop, rows: Sequence[ImportedProduct], *, dry_run: bool
    ) -> tuple[Sequence[ProductDiff], Sequence[RowError]]:
        # Earlier batches are committed, so a concurrent update repeats this batch and not the whole command.
        for _ in range(ATTEMPTS - 1):
            try:
                return await self._once(shop, rows, dry_run=dry_run)
            except ConcurrentUpdate:
                continue
        return await self._once(shop, rows, dry_run=dry_run)

    async def _once(
        self, shop: Shop, rows: Sequence[ImportedProduct], *, dry_run: bool
    ) -> tuple[Sequence[ProductDiff], Sequence[RowError]]:
        diffs: list[ProductDiff] = []
        errors: list[RowError] = []
        async with self.begin() as work:
            bench = await self._bench(work, shop, rows)
            finished: list[Imported] = []
            for row in rows:
                try:
                    imported = bench.take(row)
                except Refused as refused:
                    errors.append(refused.error)
                    continue
                diffs.append(imported.diff(dry_run=dry_run))
                finished.append(imported)
            if not dry_run:
                await self._store(work, bench.filing, finished)
        return diffs, errors

    async def _bench(self, work: CatalogWork, shop: Shop, rows: Sequence[ImportedProduct]) -> Workbench:
        present = await work.products.by_handles(shop.seller_id, [row.handle for row in rows])
        offers = [variant.offer.offer_id for product in present.values() for variant in product.variants]
        skus = [variant.sku for row in rows for variant in row.variants if variant.sku]
        slugs = {slug_of(row.category) for row in rows if row.category} | {UNCATEGORISED_SLUG}
        return Workbench(
            shop=shop,
            present=present,
            levels=await work.stock.levels(offers),
            holders=await work.products.holders_of(shop.seller_id, skus),
            filing=Filing(dict(await work.categories.by_slugs(sorted(slugs))), self.ids),
            ids=self.ids,
            now=self.clock.now(),
        )

    async def _store(self, work: CatalogWork, filing: Filing, finished: Sequence[Imported]) -> None:
        if filing.made is not None:
            await work.categories.save(filing.made)
        for imported in finished:
            if imported.product_differs:
                await work.products.save(imported.product)
            await open_stock(work, imported.openings, self.clock)
            for seen, delta in imported.adjustments:
                await work.stock.adjust(seen, delta, reason=IMPORT_REASON, at=self.clock.now())
