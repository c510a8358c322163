"""The catalogue in memory, and identity as its source of shops, pass the catalogue's conformance classes."""

import pytest

from marketplace_core.bridges.identity_for_catalog import IdentitySellers
from marketplace_core.catalog.ports import Sellers
from marketplace_core.identity import Seller
from marketplace_core.inmemory.catalog import InMemoryCatalogReader, InMemoryCatalogWork, InMemoryShops
from marketplace_core.inmemory.identity import InMemoryIdentityReader, InMemoryIdentityWork
from marketplace_core.inmemory.payments_reader import InMemoryPaymentsReader
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.ids import UserId
from marketplace_core.payments import PaymentPolicy
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.catalog import (
    BOB,
    NOW,
    CatalogGround,
    CategoriesConformance,
    ProductsConformance,
    SellersConformance,
    a_shop,
)
from marketplace_core.testing.conformance.catalog_reader import CatalogReaderConformance
from marketplace_core.testing.conformance.catalog_stock import StockConformance


class InMemory:
    @pytest.fixture
    def ground(self) -> CatalogGround:
        store = Store(FrozenClock(), CountingIds())
        return CatalogGround(begin=store.begin(InMemoryCatalogWork), reader=InMemoryCatalogReader(store))


class TestInMemoryCategories(InMemory, CategoriesConformance):
    pass


class TestInMemoryProducts(InMemory, ProductsConformance):
    pass


class TestInMemoryStock(InMemory, StockConformance):
    pass


class TestInMemoryCatalogReader(InMemory, CatalogReaderConformance):
    pass


class TestInMemoryShops(SellersConformance):
    @pytest.fixture
    def sellers(self) -> Sellers:
        return InMemoryShops(a_shop(), a_shop(BOB, active=False))


class TestIdentityAsTheSourceOfShops(SellersConformance):
    @pytest.fixture
    async def sellers(self) -> Sellers:
        store = Store(FrozenClock(), CountingIds())
        async with store.begin(InMemoryIdentityWork)() as work:
            for shop in (a_shop(), a_shop(BOB)):
                seller = Seller.apply(
                    shop.seller_id,
                    UserId(f"usr_{shop.slug}"),
                    name=shop.name,
                    slug=shop.slug,
                    country="DE",
                    currency=shop.currency,
                    now=NOW,
                )
                if shop.seller_id != BOB:
                    seller.approve()
                await work.sellers.save(seller)
        return IdentitySellers(
            reader=InMemoryIdentityReader(store), debts=InMemoryPaymentsReader(store), policy=PaymentPolicy()
        )
