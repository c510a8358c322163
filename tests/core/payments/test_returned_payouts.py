"""Payouts that a bank sends back, payouts that are given up, and reserves that become the seller's."""

from datetime import timedelta

import pytest

from marketplace_core.inmemory.payment_gateways import InMemoryPayoutGateway
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider
from marketplace_core.inmemory.payments import InMemoryPaymentsWork
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import PayoutId, SellerOrderId
from marketplace_core.payments import (
    CancelPayout,
    MatureReserve,
    PaymentPolicy,
    PayoutReturned,
    PayoutState,
    PayoutStuck,
    ProviderRefused,
    ProviderUnavailable,
    ReconcilePayout,
    RefundWish,
    RequestRefund,
    RetryPayout,
    ViewPayout,
    WrongState,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.payments import ADA, EUR
from tests.core.payments.faults import AFTER, BEFORE, FaultyPayouts
from tests.core.payments.till import OPERATOR, ORDER, Till, a_till

PSP, WALLET_ADA = accounts.psp("inmemory", EUR), accounts.wallet(ADA, EUR)
PAYABLE_ADA, RESERVE_ADA = accounts.seller_payable(ADA, EUR), accounts.seller_reserve(ADA, EUR)


async def a_paid_payout(till: Till) -> PayoutId:
    """Pay Ada what was released to her."""
    await till.paid()
    await till.accounts()
    await till.deliver("sor_ada")
    await till.settle()
    (payout_id,) = await till.sweep()
    await till.settle()
    assert await state_of(till, payout_id) is PayoutState.PAID
    return payout_id


async def state_of(till: Till, payout_id: PayoutId) -> PayoutState:
    """Look how a payout stands."""
    return (await till.market.ask(ViewPayout(payout_id=payout_id), by=OPERATOR)).state


async def test_what_the_bank_sends_back_is_paid_again_without_a_second_transfer(till: Till) -> None:
    payout_id = await a_paid_payout(till)
    before = await till.balance(PSP)

    till.provider.return_payout(payout_id, "account_closed")
    await till.settle()
    returned = (await state_of(till, payout_id), await till.balance(WALLET_ADA))
    await till.market.execute(RetryPayout(payout_id=payout_id), by=OPERATOR)
    await till.settle()
    await till.market.execute(ReconcilePayout(payout_id=payout_id), by=OPERATOR)

    assert returned == (PayoutState.RETURNED, 5_780)
    assert [event.reason_code for event in till.events(PayoutReturned)] == ["account_closed"]
    assert await state_of(till, payout_id) is PayoutState.PAID
    assert (await till.balance(WALLET_ADA), await till.balance(PSP)) == (0, before)
    assert len(till.provider.transfers) == 1
    assert await till.sound()


async def test_a_return_is_found_by_asking_when_nobody_tells_us(till: Till) -> None:
    payout_id = await a_paid_payout(till)
    till.provider.return_payout(payout_id, "account_closed")

    await till.dispatcher.settle()
    before = await state_of(till, payout_id)
    for _ in range(2):
        await till.pass_time(days=1)

    assert before is PayoutState.PAID
    assert await state_of(till, payout_id) is PayoutState.RETURNED


async def test_a_stuck_payout_is_brought_back_to_mind(till: Till) -> None:
    payout_id = await a_paid_payout(till)
    till.provider.return_payout(payout_id, "account_closed")
    await till.settle()

    await till.pass_time(days=3)
    await till.pass_time(days=3)

    assert len(till.events(PayoutStuck)) == 2
    await till.market.execute(RetryPayout(payout_id=payout_id), by=OPERATOR)
    assert ("payments.stuck_payout", payout_id) not in till.timers()


async def test_giving_a_returned_payout_up_takes_the_money_back_and_it_is_payable_again(till: Till) -> None:
    payout_id = await a_paid_payout(till)
    till.provider.return_payout(payout_id, "account_closed")
    await till.settle()
    before = await till.balance(PSP)

    await till.market.execute(CancelPayout(payout_id=payout_id), by=OPERATOR)

    assert await state_of(till, payout_id) is PayoutState.CANCELLED
    assert (await till.balance(WALLET_ADA), await till.balance(PSP)) == (0, before + 5_780)
    assert await till.balance(PAYABLE_ADA) == 5_780
    assert await till.sound()
    await till.pass_time(hours=1)
    assert await till.balance(PAYABLE_ADA) == 0
    assert await till.sound()


@pytest.mark.parametrize("hours", [0, 30], ids=["while the key is known", "once the key is forgotten"])
async def test_a_reversal_whose_answer_was_lost_is_not_made_twice(hours: int) -> None:
    till, payout_id, gateway = await a_returned_payout_at_a_faulty_provider()
    gateway.faults.plan("reverse", AFTER)

    with pytest.raises(Exception, match="lost"):
        await till.market.execute(CancelPayout(payout_id=payout_id), by=OPERATOR)
    till.clock.advance(timedelta(hours=hours))
    await till.market.execute(CancelPayout(payout_id=payout_id), by=OPERATOR)

    assert len(till.provider.reversals) == 1
    assert await till.balance(PAYABLE_ADA) == 5_780
    assert await till.sound()


async def test_a_payout_whose_reversal_got_no_answer_is_given_up_by_a_worker() -> None:
    till, payout_id, gateway = await a_returned_payout_at_a_faulty_provider()
    gateway.faults.plan("reverse", AFTER)
    with pytest.raises(Exception, match="lost"):
        await till.market.execute(CancelPayout(payout_id=payout_id), by=OPERATOR)

    await till.pass_time(minutes=1)

    assert await state_of(till, payout_id) is PayoutState.CANCELLED
    assert len(till.provider.reversals) == 1
    assert (await till.balance(PAYABLE_ADA), await till.balance(WALLET_ADA)) == (5_780, 0)
    assert ("payments.give_up_payout", payout_id) not in till.timers()
    assert await till.sound()


async def test_whoever_tries_again_after_all_is_not_given_up() -> None:
    till, payout_id, gateway = await a_returned_payout_at_a_faulty_provider()
    gateway.faults.plan("reverse", BEFORE)
    with pytest.raises(ProviderUnavailable):
        await till.market.execute(CancelPayout(payout_id=payout_id), by=OPERATOR)

    await till.market.execute(RetryPayout(payout_id=payout_id), by=OPERATOR)
    await till.pass_time(days=3)

    assert await state_of(till, payout_id) is PayoutState.PAID
    assert till.provider.reversals == {}
    assert await till.sound()


async def a_returned_payout_at_a_faulty_provider() -> tuple[Till, PayoutId, FaultyPayouts]:
    """Return a payout that came back, and its provider's gateway, which can be made to fail."""
    clock = FrozenClock()
    provider = InMemoryPaymentProvider(clock)
    gateway = FaultyPayouts(InMemoryPayoutGateway(provider))
    till = a_till(clock=clock, provider=provider, payouts=gateway)
    payout_id = await a_paid_payout(till)
    provider.return_payout(payout_id, "account_closed")
    await till.settle()
    return till, payout_id, gateway


async def test_a_reversal_that_is_refused_leaves_the_payout_as_it_was(till: Till) -> None:
    payout_id = await a_paid_payout(till)
    till.provider.return_payout(payout_id, "account_closed")
    await till.settle()
    account = next(iter(till.provider.accounts))
    till.provider.balances[account, EUR] = 0

    with pytest.raises(ProviderRefused):
        await till.market.execute(CancelPayout(payout_id=payout_id), by=OPERATOR)

    assert await state_of(till, payout_id) is PayoutState.RETURNED
    assert await till.balance(WALLET_ADA) == 5_780
    assert ("payments.give_up_payout", payout_id) not in till.timers()


async def test_money_in_the_sellers_account_is_never_payable_again(till: Till) -> None:
    payout_id = await a_paid_payout(till)
    till.provider.return_payout(payout_id, "account_closed")
    await till.settle()
    async with till.store.begin(InMemoryPaymentsWork)() as work:
        payout = await work.payouts.get(payout_id)

    with pytest.raises(WrongState):
        payout.cancel()

    assert payout.state is PayoutState.RETURNED


async def test_a_payout_that_the_bank_has_is_not_given_up(till: Till) -> None:
    payout_id = await a_paid_payout(till)

    with pytest.raises(WrongState):
        await till.market.execute(CancelPayout(payout_id=payout_id), by=OPERATOR)

    assert till.provider.reversals == {}


async def test_a_reserve_becomes_payable_when_its_time_is_over_and_only_what_is_left_of_it() -> None:
    till = a_till(policy=PaymentPolicy(reserve_bps=500))
    await till.paid()
    await till.deliver("sor_ada")
    await till.deliver("sor_bob")
    await till.settle()
    kept = await till.balance(RESERVE_ADA)
    wish = RefundWish(seller_order_id=SellerOrderId("sor_ada"), items_minor=300)
    await till.market.execute(RequestRefund(order_id=ORDER, reason="Late.", wishes=(wish,)), by=OPERATOR)
    await till.settle()
    left = await till.balance(RESERVE_ADA)
    payable = await till.balance(PAYABLE_ADA)

    await till.pass_time(days=29, hours=23)
    early = await till.balance(RESERVE_ADA)
    await till.pass_time(hours=1)

    assert (kept, left, early) == (289, 289 - 264, 289 - 264)
    assert await till.balance(RESERVE_ADA) == 0
    assert await till.balance(PAYABLE_ADA) == payable + 25
    assert await till.sound()


async def test_a_reserve_matures_once() -> None:
    till = a_till(policy=PaymentPolicy(reserve_bps=500))
    await till.paid()
    await till.deliver("sor_ada")
    await till.settle()

    amounts = [
        (await till.market.execute(MatureReserve(release_id="sor_ada:1"), by=SYSTEM)).amount_minor for _ in range(2)
    ]

    assert amounts == [289, 0]
    assert await till.sound()
