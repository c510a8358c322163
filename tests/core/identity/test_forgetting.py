"""Guests who never ordered are forgotten once their session cannot be alive any more (ADR 0017)."""

from datetime import timedelta

import pytest

from marketplace_core.identity import ForgetGuests, SessionEnded, StartAsGuest, UserNotFound, ViewUser
from marketplace_core.identity import RefreshSession as Refresh
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.kernel.ids import UserId
from tests.core.identity.door import OPERATOR, Identity


async def start(identity: Identity) -> UserId:
    return (await identity.market.execute(StartAsGuest(), by=ANONYMOUS)).user_id


async def forget(identity: Identity) -> int:
    return (await identity.market.execute(ForgetGuests(), by=SYSTEM)).count


async def test_a_guest_is_forgotten_after_thirty_days_and_not_before(identity: Identity) -> None:
    guest = await identity.market.execute(StartAsGuest(), by=ANONYMOUS)
    identity.clock.advance(timedelta(days=30))

    early = await forget(identity)
    identity.clock.advance(timedelta(hours=1, seconds=1))
    due, again = await forget(identity), await forget(identity)

    assert (early, due, again) == (0, 1, 0)
    assert identity.trade.forgotten == {guest.user_id}
    with pytest.raises(UserNotFound):
        await identity.market.ask(ViewUser(user_id=guest.user_id), by=SYSTEM)
    with pytest.raises(SessionEnded):
        await identity.market.execute(Refresh(refresh_token=guest.refresh_token), by=ANONYMOUS)


async def test_who_ordered_and_who_has_an_account_stays(identity: Identity) -> None:
    account, buyer, idle = await identity.register(), await start(identity), await start(identity)
    identity.trade.ordered.add(buyer)
    identity.clock.advance(timedelta(days=400))
    young = await start(identity)

    count = await forget(identity)

    kept = [await identity.market.ask(ViewUser(user_id=user_id), by=SYSTEM) for user_id in (account, buyer, young)]
    assert (count, len(kept), identity.trade.forgotten) == (1, 3, {idle})


async def test_more_guests_than_fit_into_one_transaction_are_all_looked_at(identity: Identity) -> None:
    guests = [await start(identity) for _ in range(250)]
    identity.trade.ordered.update(guests[:120])
    identity.clock.advance(timedelta(days=31))

    assert await forget(identity) == 130


async def test_nobody_has_guests_forgotten_but_the_marketplace_itself(identity: Identity) -> None:
    with pytest.raises(NotAllowed):
        await identity.market.execute(ForgetGuests(), by=OPERATOR)
