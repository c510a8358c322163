"""The cart in memory passes the cart's conformance classes."""

from datetime import timedelta

import attrs
import pytest

from marketplace_core.bridges.identity_for_cart import IdentityGuests
from marketplace_core.identity import IdentifyActor, RegisterUser, SignIn, SignOut, StartAsGuest, answers, handlers
from marketplace_core.inmemory.cart import InMemoryCartReader, InMemoryCartsWork, InMemoryGuests, InMemoryOffers
from marketplace_core.inmemory.credentials import InMemoryAccessTokens, InMemoryPasswords
from marketplace_core.inmemory.identity import (
    InMemoryGuestTrade,
    InMemoryIdentityReader,
    InMemoryIdentityWork,
    InMemoryShopTrade,
)
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.access import ANONYMOUS
from marketplace_core.kernel.ids import UserId
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.cart import (
    CartGround,
    CartsConformance,
    GuestsConformance,
    GuestsGround,
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


class TestInMemoryGuests(GuestsConformance):
    @pytest.fixture
    def ground(self) -> GuestsGround:
        guests = InMemoryGuests()
        guests.by_token["token"] = UserId("usr_0001")
        return GuestsGround(guests=guests, guest_id=UserId("usr_0001"), token="token", other_tokens=("another",))


class TestIdentityGuests(GuestsConformance):
    @pytest.fixture
    async def ground(self) -> GuestsGround:
        clock, ids, tokens = FrozenClock(), CountingIds(), InMemoryAccessTokens()
        store = Store(clock, ids)
        reader = InMemoryIdentityReader(store)
        begin = store.begin(InMemoryIdentityWork)
        table = handlers(
            begin=begin,
            passwords=InMemoryPasswords(),
            access_tokens=tokens,
            trade=InMemoryGuestTrade(),
            shops=InMemoryShopTrade(),
            clock=clock,
            ids=ids,
        )
        password = "a long walk by the sea"
        register = RegisterUser(email="ann@example.org", password=password, name="Ann")
        await table[RegisterUser](register, ANONYMOUS)
        account = await table[SignIn](SignIn(email="ann@example.org", password=password), ANONYMOUS)
        old = await table[StartAsGuest](StartAsGuest(), ANONYMOUS)
        clock.advance(timedelta(minutes=10))
        ended = await table[StartAsGuest](StartAsGuest(), ANONYMOUS)
        await table[SignOut](SignOut(refresh_token=ended.refresh_token), ANONYMOUS)
        again = await table[SignIn](SignIn(email="ann@example.org", password=password), ANONYMOUS)
        guest = await table[StartAsGuest](StartAsGuest(), ANONYMOUS)
        identify = answers(reader=reader, access_tokens=tokens, shops=InMemoryShopTrade(), clock=clock)[IdentifyActor]
        return GuestsGround(
            guests=IdentityGuests(reader=reader, identify=identify),
            guest_id=guest.user_id,
            token=guest.access_token,
            other_tokens=(
                account.access_token,
                again.access_token,
                again.refresh_token,
                old.access_token,
                ended.access_token,
                guest.refresh_token,
            ),
        )
