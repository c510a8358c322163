"""What sellers owe: how it is settled (J25 to J27), and what it keeps them from."""

from datetime import timedelta

import pytest

from marketplace_core.inmemory.payment_gateways import InMemoryPayoutGateway
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OrderId, PayoutId
from marketplace_core.payments import (
    JournalKind,
    ListPayouts,
    PaymentPolicy,
    PayoutNotFound,
    PayoutState,
    Proof,
    SecondOperatorNeeded,
    SweepPayouts,
    WrongState,
)
from marketplace_core.payments.debts import (
    DebtArose,
    DebtSettled,
    DecideWriteOff,
    ExceedsDebt,
    FollowShop,
    ListSettlements,
    MalformedSettlement,
    Means,
    Obstacle,
    SellerCannotSell,
    SellingStopped,
    SettlementState,
    TakeBackDebt,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.payments import ADA, BOB, EUR, a_share, euros
from tests.core.payments.faults import AFTER, FaultyPayouts
from tests.core.payments.owing import in_debt, order, settle, standing
from tests.core.payments.refunding import DEBT_ADA, PAYABLE_ADA, PSP, SECOND, SELLER_ADA, give_back, journals_of, of_ada
from tests.core.payments.till import OPERATOR, Till, a_till

BAD_DEBT = accounts.bad_debt(EUR)


async def test_a_write_off_is_the_platforms_loss(till: Till) -> None:
    await in_debt(till)

    done = await settle(till, Means.WRITE_OFF, 4_000)

    assert done.state is SettlementState.BOOKED
    assert (await till.balance(DEBT_ADA), await till.balance(BAD_DEBT)) == (400, 4_000)
    assert await journals_of(till, done.settlement_id) == [JournalKind.DEBT_WRITTEN_OFF]
    assert await till.sound()


async def test_no_more_is_written_off_than_is_owed_and_never_without_a_reason(till: Till) -> None:
    await in_debt(till)

    with pytest.raises(ExceedsDebt) as refused:
        await settle(till, Means.WRITE_OFF, 4_401)
    assert refused.value.facts["debt_minor"] == 4_400
    for minor, note in ((0, "x"), (-5, "x"), (100, " "), (100, "x" * 501)):
        with pytest.raises(MalformedSettlement):
            await settle(till, Means.WRITE_OFF, minor, note=note)
    assert await till.balance(DEBT_ADA) == 4_400


async def test_a_large_write_off_takes_a_second_operator() -> None:
    till = a_till(policy=PaymentPolicy(write_off_four_eyes_minor=4_000))
    await in_debt(till)

    asked = await settle(till, Means.WRITE_OFF, 4_000)
    decide = DecideWriteOff(settlement_id=asked.settlement_id, approve=True)
    with pytest.raises(SecondOperatorNeeded):
        await till.market.execute(decide, by=OPERATOR)
    assert (asked.state, await till.balance(DEBT_ADA)) == (SettlementState.REQUESTED, 4_400)
    assert await till.market.execute(decide, by=SECOND) is SettlementState.BOOKED

    assert await till.market.execute(decide, by=SECOND) is SettlementState.BOOKED
    with pytest.raises(WrongState):
        await till.market.execute(DecideWriteOff(settlement_id=asked.settlement_id, approve=False), by=SECOND)
    assert await till.balance(DEBT_ADA) == 400
    refused = await settle(till, Means.WRITE_OFF, 399)
    assert refused.state is SettlementState.BOOKED
    assert await till.sound()


async def test_a_write_off_that_was_asked_for_is_looked_at_again_when_it_is_decided() -> None:
    till = a_till(policy=PaymentPolicy(write_off_four_eyes_minor=1))
    await in_debt(till)
    one, two = [await settle(till, Means.WRITE_OFF, 4_400) for _ in range(2)]

    await till.market.execute(DecideWriteOff(settlement_id=one.settlement_id, approve=True), by=SECOND)
    with pytest.raises(ExceedsDebt):
        await till.market.execute(DecideWriteOff(settlement_id=two.settlement_id, approve=True), by=SECOND)
    rejected = await till.market.execute(DecideWriteOff(settlement_id=two.settlement_id, approve=False), by=OPERATOR)

    assert (rejected, await till.balance(BAD_DEBT)) == (SettlementState.REJECTED, 4_400)
    found = await till.market.ask(ListSettlements(seller_id=ADA), by=OPERATOR)
    assert [one.state for one in found.items] == [SettlementState.REJECTED, SettlementState.BOOKED]


async def test_a_top_up_pays_the_debt_and_what_exceeds_it_is_the_sellers_again(till: Till) -> None:
    await in_debt(till)
    before = await till.balance(PSP)

    done = await settle(till, Means.TOP_UP, 5_000, note="bank 1")
    till.provider.balances["platform", EUR] += 5_000

    assert (await till.balance(DEBT_ADA), await till.balance(PAYABLE_ADA)) == (0, 600)
    assert await till.balance(PSP) == before + 5_000
    assert await journals_of(till, done.settlement_id) == [JournalKind.SELLER_TOPPED_UP]
    await till.pass_time(hours=1)
    payouts = (await till.market.ask(ListPayouts(seller_id=ADA), by=OPERATOR)).items
    assert [one.amount for one in payouts] == [euros(600), euros(5_780)]
    assert await till.sound()


async def test_money_that_arrived_once_is_booked_once(till: Till) -> None:
    await in_debt(till)
    await settle(till, Means.TOP_UP, 100, note="bank 1")

    with pytest.raises(WrongState):
        await settle(till, Means.TOP_UP, 100, note=" bank 1 ")

    assert await till.balance(DEBT_ADA) == 4_300


async def test_the_provider_takes_back_what_the_sellers_own_balance_has(till: Till) -> None:
    payout_id = await in_debt(till)
    account = next(iter(till.provider.transfers.values())).account
    till.provider.balances[account, EUR] += 3_000

    asked = await settle(till, Means.REVERSAL, 3_000, payout_id=payout_id)
    await till.settle()

    assert asked.state is SettlementState.REQUESTED
    assert await till.balance(DEBT_ADA) == 1_400
    assert await journals_of(till, asked.settlement_id) == [JournalKind.DEBT_REPAID]
    assert (
        await till.market.execute(TakeBackDebt(settlement_id=asked.settlement_id), by=SYSTEM) is SettlementState.BOOKED
    )
    assert till.provider.balances[account, EUR] == 0
    assert await till.sound()


async def test_a_provider_that_refuses_changes_nothing(till: Till) -> None:
    payout_id = await in_debt(till)

    asked = await settle(till, Means.REVERSAL, 3_000, payout_id=payout_id)
    await till.settle()

    (shown,) = (await till.market.ask(ListSettlements(), by=OPERATOR)).items
    assert (shown.settlement_id, shown.state) == (asked.settlement_id, SettlementState.REJECTED)
    assert shown.refusal == "insufficient_funds"
    assert await till.balance(DEBT_ADA) == 4_400
    assert await till.sound()


@pytest.mark.parametrize("wait", [timedelta(minutes=30), timedelta(hours=30)], ids=["soon", "after the key's life"])
async def test_an_answer_that_was_lost_is_found_and_nothing_is_taken_twice(wait: timedelta) -> None:
    clock = FrozenClock()
    provider = InMemoryPaymentProvider(clock)
    gateway = FaultyPayouts(InMemoryPayoutGateway(provider))
    till = a_till(clock=clock, provider=provider, payouts=gateway)
    payout_id = await in_debt(till)
    account = next(iter(provider.transfers.values())).account
    provider.balances[account, EUR] += 5_000
    gateway.faults.plan("reverse", AFTER)
    asked = await settle(till, Means.REVERSAL, 2_000, payout_id=payout_id)
    await till.settle()
    assert await till.balance(DEBT_ADA) == 4_400

    clock.advance(wait)
    await till.settle()

    assert await till.balance(DEBT_ADA) == 2_400
    assert provider.balances[account, EUR] == 3_000
    assert await journals_of(till, asked.settlement_id) == [JournalKind.DEBT_REPAID]


async def test_only_a_paid_payout_of_the_seller_is_taken_back(till: Till) -> None:
    payout_id = await in_debt(till)
    for wrong in (None, PayoutId("pyt_none")):
        with pytest.raises(PayoutNotFound):
            await settle(till, Means.REVERSAL, 100, payout_id=wrong)
    with pytest.raises(ExceedsDebt):
        await settle(till, Means.REVERSAL, 100, payout_id=payout_id, seller_id=BOB)
    till.provider.return_payout(payout_id, "account_closed")
    await till.settle()
    with pytest.raises(WrongState):
        await settle(till, Means.REVERSAL, 100, payout_id=payout_id)


async def test_a_debt_has_a_date_and_the_seller_is_told_once(till: Till) -> None:
    await in_debt(till)
    began = till.clock.now()

    seen = await standing(till, SELLER_ADA)
    assert (seen.debt, seen.debt_since, seen.debt_due) == (euros(4_400), began, began + timedelta(days=60))
    assert (seen.can_sell, seen.can_be_paid, seen.obstacles) == (True, False, (Obstacle.DEBT,))
    await order(till, 2, 1_000)
    await till.pass_time(days=59, hours=23)
    await order(till, 3, 1_000)
    assert len(till.events(DebtArose)) == 1

    await till.pass_time(hours=1)
    with pytest.raises(SellerCannotSell) as refused:
        await order(till, 4, 1_000)
    assert (refused.value.facts["seller_id"], refused.value.facts["reason"]) == (ADA, "debt_too_old")
    (stopped,) = till.events(SellingStopped)
    assert stopped.debt == euros(4_400)

    await settle(till, Means.TOP_UP, 4_400)
    await order(till, 5, 1_000)
    await till.settle()
    assert len(till.events(DebtSettled)) == 1
    assert ((await standing(till)).can_sell, (await standing(till)).debt_since) == (True, None)
    assert not any(kind == "payments.review_debt" for kind, _ in till.timers())


async def test_too_large_a_debt_stops_selling_at_once_and_the_whole_order_is_refused() -> None:
    till = a_till(policy=PaymentPolicy(debt_hard_minor=4_400))
    await in_debt(till)

    with pytest.raises(SellerCannotSell) as refused:
        await till.open((a_share("sor_8", BOB, 500), a_share("sor_9", ADA, 500)), OrderId("ord_9"))

    assert refused.value.facts["reason"] == "debt_too_large"
    assert Obstacle.DEBT_TOO_LARGE in (await standing(till)).obstacles
    await order(till, 10, 500, BOB)


async def test_what_becomes_payable_ends_a_debt_too(till: Till) -> None:
    await in_debt(till)
    await till.paid((a_share("sor_2", ADA, 10_000),), OrderId("ord_2"))
    await till.deliver("sor_2")
    await till.settle()

    assert (await till.balance(DEBT_ADA), await till.balance(PAYABLE_ADA)) == (0, 8_800 - 4_400)
    assert len(till.events(DebtSettled)) == 1


async def test_a_payout_that_was_not_sent_pays_what_the_seller_has_come_to_owe() -> None:
    till = a_till(policy=PaymentPolicy(debt_soft_minor=1_000))
    await till.paid()
    await till.paid((a_share("sor_other", BOB, 50_000),), OrderId("ord_other"))
    await till.accounts()
    await till.deliver("sor_ada")
    await till.settle()
    await till.market.execute(SweepPayouts(), by=OPERATOR)
    await give_back(till, of_ada(5_000))
    assert await till.balance(DEBT_ADA) == 4_400

    await till.settle()

    (payout,) = (await till.market.ask(ListPayouts(seller_id=ADA), by=OPERATOR)).items
    assert payout.state is PayoutState.CANCELLED
    assert (await till.balance(DEBT_ADA), await till.balance(PAYABLE_ADA)) == (0, 5_780 - 4_400)
    assert await till.sound()


async def test_a_suspended_shop_is_released_to_and_not_paid_until_it_may_go_on(till: Till) -> None:
    await till.paid()
    await till.accounts()
    await till.market.execute(FollowShop(seller_id=ADA, suspended=True), by=SYSTEM)
    await till.deliver("sor_ada", Proof.BUYER)
    await till.deliver("sor_bob", Proof.BUYER)
    await till.settle()

    assert await till.balance(PAYABLE_ADA) == 5_780
    await till.pass_time(hours=2)
    assert [one.seller_id for one in (await till.market.ask(ListPayouts(), by=OPERATOR)).items] == [BOB]
    with pytest.raises(SellerCannotSell):
        await order(till, 2, 100)
    seen = await standing(till)
    assert (seen.can_sell, seen.can_be_paid, seen.obstacles) == (False, False, (Obstacle.SUSPENDED,))

    await till.market.execute(FollowShop(seller_id=ADA), by=SYSTEM)
    await till.pass_time(hours=1)
    assert len((await till.market.ask(ListPayouts(seller_id=ADA), by=OPERATOR)).items) == 1
    assert await till.sound()


async def test_a_payout_that_was_assembled_before_the_shop_was_suspended_is_held_back(till: Till) -> None:
    await till.paid()
    await till.accounts()
    await till.deliver("sor_ada")
    await till.dispatcher.settle()
    await till.market.execute(SweepPayouts(), by=OPERATOR)
    await till.market.execute(FollowShop(seller_id=ADA, suspended=True), by=SYSTEM)

    await till.settle()

    (payout,) = (await till.market.ask(ListPayouts(seller_id=ADA), by=OPERATOR)).items
    assert (payout.state, payout.failure_code) == (PayoutState.HELD, "seller_suspended")


async def test_whoever_is_not_paid_yet_sells_up_to_a_limit() -> None:
    till = a_till(policy=PaymentPolicy(unverified_held_max_minor=10_000))
    await till.paid((a_share("sor_1", ADA, 6_000),), OrderId("ord_1"))
    await order(till, 2, 4_000)

    with pytest.raises(SellerCannotSell) as refused:
        await order(till, 3, 1)
    assert refused.value.facts["reason"] == "unverified_limit"

    # Released is owed, and counts until it is paid; less commission, there is a little room again.
    await till.deliver("sor_1")
    await till.settle()
    await order(till, 4, 720)
    with pytest.raises(SellerCannotSell):
        await order(till, 5, 1)
    await till.accounts(ADA)
    await order(till, 6, 50_000)


async def test_two_orders_at_once_share_the_limit() -> None:
    till = a_till(policy=PaymentPolicy(unverified_held_max_minor=10_000))
    await order(till, 1, 6_000)
    versions = [one.version for one in till.store.table("payments_seller_standings")]
    await order(till, 2, 4_000)

    assert versions == [1]
    assert [one.version for one in till.store.table("payments_seller_standings")] == [2]


async def test_money_of_sellers_is_for_them_and_operators(till: Till) -> None:
    await in_debt(till)
    for by in (SELLER_ADA,):
        with pytest.raises(Exception, match="may not do that"):
            await settle(till, Means.WRITE_OFF, 100, by=by)
    with pytest.raises(Exception, match="no such"):
        await standing(till, SELLER_ADA, BOB)
