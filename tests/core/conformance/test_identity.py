"""Identity in memory passes identity's conformance classes."""

import pytest

from marketplace_core.bridges.trade_for_identity import OrdersAndCarts, OrdersAndMoney
from marketplace_core.cart.usecases.forget_carts import ForgetCartsHandler
from marketplace_core.identity import ShopMatters
from marketplace_core.identity.ports import SystemSecrets
from marketplace_core.inmemory.cart import InMemoryCartReader, InMemoryCartsWork
from marketplace_core.inmemory.credentials import InMemoryAccessTokens, InMemoryPasswords
from marketplace_core.inmemory.identity import (
    InMemoryGuestTrade,
    InMemoryIdentityReader,
    InMemoryIdentityWork,
    InMemoryShopTrade,
)
from marketplace_core.inmemory.machinery import InMemoryOutbox
from marketplace_core.inmemory.orders import InMemoryOrdersReader, InMemoryOrdersWork
from marketplace_core.inmemory.payments_reader import InMemoryPaymentsReader
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.cart import a_cart
from marketplace_core.testing.conformance.credentials import (
    AccessTokensConformance,
    PasswordsConformance,
    RefreshSecretsConformance,
)
from marketplace_core.testing.conformance.identity import (
    GuestTradeConformance,
    GuestTradeGround,
    IdentityGround,
    SellersConformance,
    ShopTradeConformance,
    ShopTradeGround,
    UsersConformance,
)
from marketplace_core.testing.conformance.identity_reader import IdentityReaderConformance
from marketplace_core.testing.conformance.identity_sessions import TokenFamiliesConformance
from marketplace_core.testing.conformance.orders import ADA, ANN, a_placed_order


@pytest.fixture
def ground() -> IdentityGround:
    store = Store(FrozenClock(), CountingIds())
    return IdentityGround(
        begin=store.begin(InMemoryIdentityWork), reader=InMemoryIdentityReader(store), outbox=InMemoryOutbox(store)
    )


class TestInMemoryUsers(UsersConformance):
    @pytest.fixture
    def ground(self, ground: IdentityGround) -> IdentityGround:
        return ground


class TestInMemorySellers(SellersConformance):
    @pytest.fixture
    def ground(self, ground: IdentityGround) -> IdentityGround:
        return ground


class TestInMemoryTokenFamilies(TokenFamiliesConformance):
    @pytest.fixture
    def ground(self, ground: IdentityGround) -> IdentityGround:
        return ground


class TestInMemoryIdentityReader(IdentityReaderConformance):
    @pytest.fixture
    def ground(self, ground: IdentityGround) -> IdentityGround:
        return ground


class TestInMemoryGuestTrade(GuestTradeConformance):
    @pytest.fixture
    def ground(self) -> GuestTradeGround:
        trade, buyer = InMemoryGuestTrade(), UserId("usr_0001")
        trade.ordered.add(buyer)

        async def has_cart(guest_id: UserId) -> bool:
            return guest_id not in trade.forgotten

        return GuestTradeGround(
            trade=trade,
            begin=Store(FrozenClock(), CountingIds()).begin(InMemoryIdentityWork),
            buyer_ids=(buyer,),
            idle_ids=(UserId("usr_0002"), UserId("usr_0003")),
            has_cart=has_cart,
        )


class TestOrdersAndCarts(GuestTradeConformance):
    @pytest.fixture
    async def ground(self) -> GuestTradeGround:
        store = Store(FrozenClock(), CountingIds())
        begin, reader = store.begin(InMemoryCartsWork), InMemoryCartReader(store)
        idle = (UserId("usr_0002"), UserId("usr_0003"))
        order, parts = a_placed_order(1, ANN)
        async with store.begin(InMemoryOrdersWork)() as work:
            await work.orders.save(order)
            for part in parts:
                await work.seller_orders.save(part)
        async with begin() as carts:
            for guest_id in idle:
                await carts.carts.save(a_cart(f"crt_{guest_id}", guest_id))

        async def has_cart(guest_id: UserId) -> bool:
            return await reader.open_cart(guest_id) is not None

        return GuestTradeGround(
            trade=OrdersAndCarts(orders=InMemoryOrdersReader(store), forget_carts=ForgetCartsHandler(begin=begin)),
            begin=begin,
            buyer_ids=(ANN,),
            idle_ids=idle,
            has_cart=has_cart,
        )


class TestInMemoryShopTrade(ShopTradeConformance):
    @pytest.fixture
    def ground(self) -> ShopTradeGround:
        trade = InMemoryShopTrade()
        trade.open[ADA] = ShopMatters(orders=("sor_1",))
        return ShopTradeGround(trade=trade, busy=ADA, orders=("sor_1",), idle=SellerId("sel_idle"))


class TestOrdersAndMoney(ShopTradeConformance):
    @pytest.fixture
    async def ground(self) -> ShopTradeGround:
        store = Store(FrozenClock(), CountingIds())
        order, parts = a_placed_order(1, ANN)
        async with store.begin(InMemoryOrdersWork)() as work:
            await work.orders.save(order)
            for part in parts:
                await work.seller_orders.save(part)
        return ShopTradeGround(
            trade=OrdersAndMoney(orders=InMemoryOrdersReader(store), payments=InMemoryPaymentsReader(store)),
            busy=ADA,
            orders=tuple(part.seller_order_id for part in parts if part.seller_id == ADA),
            idle=SellerId("sel_idle"),
        )


class TestInMemoryPasswords(PasswordsConformance):
    @pytest.fixture
    def passwords(self) -> InMemoryPasswords:
        return InMemoryPasswords()


class TestInMemoryAccessTokens(AccessTokensConformance):
    @pytest.fixture
    def access_tokens(self) -> InMemoryAccessTokens:
        return InMemoryAccessTokens()

    @pytest.fixture
    def foreign(self) -> InMemoryAccessTokens:
        return InMemoryAccessTokens()


class TestSystemSecrets(RefreshSecretsConformance):
    @pytest.fixture
    def secrets(self) -> SystemSecrets:
        return SystemSecrets()
