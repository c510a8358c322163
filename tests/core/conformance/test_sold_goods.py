"""The orders, through their bridge, and their stand-in are what payments ask about goods."""

import pytest

from marketplace_core.bridges.orders_for_payments import OrdersSoldGoods
from marketplace_core.inmemory.orders import InMemoryOrdersReader, InMemoryOrdersWork
from marketplace_core.inmemory.sold_goods import InMemorySoldGoods
from marketplace_core.inmemory.store import Store
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.orders import OrdersGround, a_placed_order
from marketplace_core.testing.conformance.sold_goods import SOLD, THE_LINE, SoldGoodsConformance, SoldGoodsGround


class TestOrdersSoldGoods(SoldGoodsConformance):
    @pytest.fixture
    async def ground(self) -> SoldGoodsGround:
        store = Store(FrozenClock(), CountingIds())
        orders = OrdersGround(begin=store.begin(InMemoryOrdersWork), reader=InMemoryOrdersReader(store))
        await orders.save(*a_placed_order())
        return SoldGoodsGround(goods=OrdersSoldGoods(reader=orders.reader))


class TestInMemorySoldGoods(SoldGoodsConformance):
    @pytest.fixture
    def ground(self) -> SoldGoodsGround:
        return SoldGoodsGround(goods=InMemorySoldGoods({SOLD: (THE_LINE,)}))
