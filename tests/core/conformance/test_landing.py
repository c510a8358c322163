"""Seller pages in memory pass landing's conformance classes."""

import pytest

from marketplace_core.inmemory.landing import (
    InMemoryLandingReader,
    InMemoryPageProducts,
    InMemoryPageSellers,
    InMemoryPagesWork,
    InMemoryPageVideos,
)
from marketplace_core.inmemory.store import Store
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.landing import (
    LandingGround,
    PageProductsConformance,
    PageProductsGround,
    PagesConformance,
    PageSellersConformance,
    PageSellersGround,
    PageVideosConformance,
    PageVideosGround,
)
from tests.core.landing.shop import GONE_PRODUCT, GUITAR, HERO, HIDDEN_PRODUCT, LEO, MIA, UNREADY


class TestInMemoryPages(PagesConformance):
    @pytest.fixture
    def ground(self) -> LandingGround:
        store = Store(FrozenClock(), CountingIds())
        return LandingGround(begin=store.begin(InMemoryPagesWork), reader=InMemoryLandingReader(store))


class TestInMemoryPageSellers(PageSellersConformance):
    @pytest.fixture
    def ground(self) -> PageSellersGround:
        return PageSellersGround(source=InMemoryPageSellers(MIA, LEO), sellers=(MIA, LEO))


class TestInMemoryPageVideos(PageVideosConformance):
    @pytest.fixture
    def ground(self) -> PageVideosGround:
        return PageVideosGround(source=InMemoryPageVideos(HERO, UNREADY), videos=(HERO, UNREADY))


class TestInMemoryPageProducts(PageProductsConformance):
    @pytest.fixture
    def ground(self) -> PageProductsGround:
        products = (GUITAR, GONE_PRODUCT, HIDDEN_PRODUCT)
        return PageProductsGround(source=InMemoryPageProducts(*products), products=products)
