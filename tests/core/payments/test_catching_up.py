"""Every message of the provider is lost, and the money ends right all the same: the provider is asked what happened."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

import pytest

from marketplace_core.inmemory.payment_news import InMemoryProviderNews
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.kernel.ids import PayoutId, RefundId
from marketplace_core.kernel.inbox import Inbox, ProviderMessage
from marketplace_core.kernel.queues import Begun
from marketplace_core.payments import (
    DisputeState,
    ListDisputes,
    ListJournals,
    ListPayouts,
    ListRefunds,
    PayoutState,
    ProviderUnavailable,
    RefundState,
    RefundWish,
    RequestRefund,
)
from marketplace_core.payments.comparing import BooksNotReadable, CatchUp, CaughtUp, CompareBooks
from marketplace_core.payments.ports import ProviderNews
from marketplace_core.testing.payments import euros
from tests.core.payments.till import ANN, OPERATOR, ORDER, SHARES, Till, a_till

OVERLAP: Final = timedelta(hours=3)


class Nowhere(Inbox):
    """Where every message is lost."""

    async def remember(self, message: ProviderMessage, now: datetime) -> bool:
        """Drop it."""
        return True

    async def begin(self, now: datetime, *, left: bool = False) -> Begun[ProviderMessage] | None:
        """Nobody reads what is not there."""
        return None

    async def any_left(self, now: datetime) -> bool:
        """Nobody reads what is not there."""
        return False

    async def processed(self, message: ProviderMessage, now: datetime) -> None:
        """Nobody reads what is not there."""

    async def failed(self, message: ProviderMessage, error: str, retry_at: datetime | None) -> None:
        """Nobody reads what is not there."""


@pytest.fixture
async def till() -> Till:
    """A till that hears nothing, whose order is paid and whose sellers have their money."""
    till = a_till(post=Nowhere())
    await till.accounts()
    await till.released()
    assert len(await till.sweep()) == 2
    for _ in range(5):
        await till.pass_time(hours=6)
    assert (await caught_up(till)).found == 0
    return till


async def caught_up(till: Till, since: datetime | None = None) -> CaughtUp:
    """Ask what happened, and let it be looked into."""
    found = await till.market.execute(CatchUp(since=since), by=OPERATOR)
    await till.settle()
    return found


async def differences(till: Till) -> set[str]:
    """Return how our books and the provider's differ."""
    return {one.kind.value for one in (await till.market.ask(CompareBooks(), by=OPERATOR)).discrepancies}


async def a_lost_dispute(till: Till) -> None:
    """Take all of it back, and decide for the buyer."""
    reference = till.network.open(next(iter(till.provider.all_payments)), euros(10_000))
    till.network.move(reference, DisputeState.LOST)


async def a_dispute_won_after_it_was_lost(till: Till) -> None:
    """Take it back, decide for the buyer, have that looked into, and turn it round."""
    await a_lost_dispute(till)
    await caught_up(till)
    (dispute,) = (await till.market.ask(ListDisputes(), by=OPERATOR)).items
    assert dispute.state is DisputeState.LOST
    await till.pass_time(hours=24)
    till.network.move(next(iter(till.network.disputes)), DisputeState.WON, returns_fee=True)


async def a_returned_payout(till: Till) -> None:
    """Send back what a bank had."""
    payout = next(iter(till.provider.bank_payouts.values()))
    till.provider.return_payout(PayoutId(payout.payout_id), "account_closed")


async def a_bounced_refund(till: Till) -> None:
    """Give back a little, and have it come back."""
    till.provider.balances["platform", "EUR"] += 500
    wish = RefundWish(seller_order_id=SHARES[0].seller_order_id, items_minor=300)
    await till.market.execute(RequestRefund(order_id=ORDER, reason="Chipped.", wishes=(wish,)), by=OPERATOR)
    await till.settle()
    (refund,) = (await till.market.ask(ListRefunds(), by=OPERATOR)).items
    assert refund.state is RefundState.SUCCEEDED
    till.provider.balances["platform", "EUR"] -= 500
    till.provider.fail_refund(RefundId(refund.refund_id), "expired_or_canceled_card")


@pytest.mark.parametrize(
    "happens", [a_lost_dispute, a_dispute_won_after_it_was_lost, a_returned_payout, a_bounced_refund]
)
async def test_what_no_message_told_is_found_and_the_books_say_the_same(
    till: Till, happens: Callable[[Till], Awaitable[None]]
) -> None:
    await happens(till)
    unheard = await differences(till)
    await till.settle()
    still_unheard = await differences(till)

    found = await caught_up(till)
    journals = (await till.market.ask(ListJournals(), by=OPERATOR)).items
    again = await caught_up(till)

    assert unheard == still_unheard != set()
    assert found.found >= found.new > 0
    assert await differences(till) == set()
    assert (again.found > 0, again.new) == (True, 0)
    assert (await till.market.ask(ListJournals(), by=OPERATOR)).items == journals
    assert await till.sound()
    assert till.failures == []


async def test_what_was_found_is_what_a_message_would_have_led_to(till: Till) -> None:
    await a_returned_payout(till)
    await a_lost_dispute(till)

    await caught_up(till)

    states = [payout.state for payout in (await till.market.ask(ListPayouts(), by=OPERATOR)).items]
    (dispute,) = (await till.market.ask(ListDisputes(), by=OPERATOR)).items
    assert sorted(states, key=str) == [PayoutState.PAID, PayoutState.RETURNED]
    assert dispute.state is DisputeState.LOST


async def test_however_long_nobody_looked_nothing_is_missed(till: Till) -> None:
    before = till.clock.now()
    await till.pass_time(days=1)
    await a_lost_dispute(till)
    await till.pass_time(days=200)

    found = await caught_up(till)

    assert (found.since, found.until) == (before - OVERLAP, till.clock.now())
    assert found.new > 0


async def test_the_first_look_goes_a_month_back() -> None:
    till = a_till()

    found = await caught_up(till)

    assert found.since == till.clock.now() - timedelta(days=30)


async def test_who_looks_at_the_last_hour_only_has_not_looked_at_the_rest(till: Till) -> None:
    before = till.clock.now()
    await till.pass_time(days=1)
    await a_lost_dispute(till)
    await till.pass_time(days=1)

    late = await caught_up(till, since=till.clock.now() - timedelta(hours=1))
    found = await caught_up(till)

    assert late.found == 0
    assert (found.since, found.new > 0) == (before - OVERLAP, True)


async def test_who_looks_further_back_has_looked(till: Till) -> None:
    await till.pass_time(days=1)
    now = till.clock.now()

    await caught_up(till, since=now - timedelta(days=90))

    assert (await caught_up(till)).since == now - OVERLAP


class Away(ProviderNews):
    """A provider that does not answer at first."""

    def __init__(self, behind: ProviderNews) -> None:
        self.behind = behind
        self.is_away = True

    @property
    def provider(self) -> str:
        """Its name."""
        return self.behind.provider

    async def since(self, moment: datetime) -> Sequence[ProviderMessage]:
        """Answer, or not."""
        if self.is_away:
            raise ProviderUnavailable("It is away.")
        return await self.behind.since(moment)


async def test_a_look_at_a_provider_that_is_away_was_none() -> None:
    till = a_till()
    news = Away(InMemoryProviderNews(till.provider))
    till = a_till(clock=till.clock, store=till.store, provider=till.provider, news=news)
    since = till.clock.now() - timedelta(days=30)
    with pytest.raises(ProviderUnavailable):
        await caught_up(till)
    till.clock.advance(timedelta(hours=5))
    news.is_away = False

    assert (await caught_up(till)).since == since + timedelta(hours=5)


async def test_a_clock_that_went_back_is_no_gap(till: Till) -> None:
    now = till.clock.now()
    till.clock.advance(timedelta(days=2))
    await caught_up(till)
    till.clock.advance(-timedelta(days=2))

    assert (await caught_up(till)).since == now - OVERLAP


async def test_only_operators_and_the_system_ask(till: Till) -> None:
    with pytest.raises(NotAllowed):
        await till.market.execute(CatchUp(), by=ANN)


async def test_a_provider_that_does_not_say_what_happened_is_not_taken_for_one_where_nothing_did() -> None:
    till = a_till(news=None)

    with pytest.raises(BooksNotReadable):
        await caught_up(till)
