"""The catalogue in memory, and identity as its source of shops, pass the catalogue's conformance classes."""

import pytest

from marketplace_core.catalog.ports import Sellers
from marketplace_core.inmemory.catalog import InMemoryCatalogReader, InMemoryCatalogWork, InMemoryShops
from marketplace_core.inmemory.store import Store
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.catalog import (
    BOB,
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
