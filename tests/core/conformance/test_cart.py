"""The cart in memory passes the cart's conformance classes."""

import attrs
import pytest

from marketplace_core.inmemory.cart import InMemoryCartReader, InMemoryCartsWork, InMemoryOffers
from marketplace_core.inmemory.store import Store
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.cart import (
    CartGround,
    CartsConformance,
    OffersConformance,
    OffersGround,
    an_offer,
)


class TestInMemoryCarts(CartsConformance):
    @pytest.fixture
    def ground(self) -> CartGround:
        store = Store(FrozenClock(), CountingIds())
        return CartGround(begin=store.begin(InMemoryCartsWork), reader=InMemoryCartReader(store))


class TestInMemoryOffers(OffersConformance):
    @pytest.fixture
    def ground(self) -> OffersGround:
        source = InMemoryOffers()
        offers = (an_offer(1), attrs.evolve(an_offer(2), purchasable=False, reason="unpublished"))
        source.put(*offers)
        return OffersGround(source=source, offers=offers)
