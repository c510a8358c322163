"""Orders in memory, and the stand-ins of their neighbours, pass the orders' conformance classes."""

import attrs
import pytest

from marketplace_core.inmemory.orders import InMemoryOrdersReader, InMemoryOrdersWork
from marketplace_core.inmemory.store import InMemoryWork, Store
from marketplace_core.kernel.ids import OfferId
from marketplace_core.orders import FlatRate, FlatTaxes, RemittedBy
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.deliveries import DeliveriesConformance
from marketplace_core.testing.conformance.orders import (
    ANN,
    BEN,
    OrdersConformance,
    OrdersGround,
    OrdersReaderConformance,
    OrdersWorkConformance,
    SellerOrdersConformance,
    an_offer,
)
from marketplace_core.testing.conformance.orders_neighbours import (
    BasketConformance,
    BasketGround,
    CheckoutConformance,
    CheckoutGround,
    QuotesConformance,
    QuotesGround,
)
from marketplace_core.testing.conformance.vouchers import TaxCalculatorConformance, TaxGround, VouchersConformance
from tests.core.orders.neighbours import Provider, TableBasket, TableCheckout, TableQuotes


def _store() -> Store:
    return Store(FrozenClock(), CountingIds())


def _ground() -> OrdersGround:
    store = _store()
    return OrdersGround(begin=store.begin(InMemoryOrdersWork), reader=InMemoryOrdersReader(store))


class TestInMemoryOrders(OrdersConformance):
    @pytest.fixture
    def ground(self) -> OrdersGround:
        return _ground()


class TestInMemorySellerOrders(SellerOrdersConformance):
    @pytest.fixture
    def ground(self) -> OrdersGround:
        return _ground()


class TestInMemoryOrdersWork(OrdersWorkConformance):
    @pytest.fixture
    def ground(self) -> OrdersGround:
        return _ground()


class TestInMemoryOrdersReader(OrdersReaderConformance):
    @pytest.fixture
    def ground(self) -> OrdersGround:
        return _ground()


class TestInMemoryVouchers(VouchersConformance):
    @pytest.fixture
    def ground(self) -> OrdersGround:
        return _ground()


class TestFlatTaxes(TaxCalculatorConformance):
    @pytest.fixture
    def ground(self) -> TaxGround:
        rates = {"US": FlatRate(rate_bps=825), "DE": FlatRate(rate_bps=1_900, remitted_by=RemittedBy.SELLER)}
        return TaxGround(taxes=FlatTaxes(rates), on_top="US", included="DE", untaxed="DK")


class TestInMemoryDeliveries(DeliveriesConformance):
    @pytest.fixture
    def ground(self) -> OrdersGround:
        return _ground()


class TestTableBasket(BasketConformance):
    @pytest.fixture
    def ground(self) -> BasketGround:
        store = _store()
        basket = TableBasket(store)
        basket.fill("crt_0001", ANN, (an_offer(1), 2))
        return BasketGround(basket=basket, begin=store.begin(InMemoryWork), buyer_id=ANN, stranger_id=BEN)


class TestTableQuotes(QuotesConformance):
    @pytest.fixture
    def ground(self) -> QuotesGround:
        store = _store()
        quotes = TableQuotes(store)
        quotes.put(
            an_offer(1, available=5), an_offer(2, available=5), attrs.evolve(an_offer(3), obstacle="unpublished")
        )
        return QuotesGround(
            quotes=quotes,
            begin=store.begin(InMemoryWork),
            on_sale=(OfferId("off_0001"), OfferId("off_0002")),
            withdrawn=OfferId("off_0003"),
        )


class TestTableCheckout(CheckoutConformance):
    @pytest.fixture
    def ground(self) -> CheckoutGround:
        store = _store()
        checkout = TableCheckout(store, Provider())
        return CheckoutGround(
            checkout=checkout, begin=store.begin(InMemoryWork), pay=checkout.pay, dawdle=checkout.dawdle
        )
