"""From released money to the seller's bank, and everything that can stand in between."""

import asyncio
from datetime import timedelta

import pytest
from attrs import evolve

from marketplace_core.inmemory.ledger import AccountRow, account_table
from marketplace_core.inmemory.payment_provider import Terms
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.kernel.ids import OrderId, PayoutId
from marketplace_core.payments import (
    AuditBooks,
    BooksDoNotBalance,
    CancelPayout,
    ListPayouts,
    PaymentPolicy,
    PayoutNotFound,
    PayoutPaid,
    PayoutState,
    ProviderUnavailable,
    ReconcilePayout,
    RetryPayout,
    SendPayout,
    SweepPayouts,
    TrialBalance,
    ViewBalance,
    ViewPayout,
    WrongState,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.payments import ADA, BOB, EUR, a_share, euros
from tests.core.payments.faults import AFTER, BEFORE
from tests.core.payments.paying import PAYABLE_ADA, SELLER_ADA, WALLET_ADA, a_faulty_till, state_of
from tests.core.payments.till import OPERATOR, Till


async def test_released_money_is_paid_at_the_next_run_without_anybody_asking(till: Till) -> None:
    await till.accounts()
    await till.pass_time(hours=2)
    await till.released()

    await till.pass_time(hours=1)

    assert {event.seller_id: event.amount for event in till.events(PayoutPaid)} == {
        ADA: euros(5_780),
        BOB: euros(3_080),
    }
    assert await till.balance(PAYABLE_ADA) == 0
    assert await till.balance(WALLET_ADA) == 0
    assert await till.balance(accounts.psp("inmemory", EUR)) == 9_835 - 5_780 - 3_080
    assert till.failures == []
    assert await till.sound()


async def test_at_the_end_the_platform_has_its_commission_and_the_tax_less_the_fees(till: Till) -> None:
    await till.accounts()
    await till.released()
    await till.pass_time(hours=1)

    view = await till.market.ask(TrialBalance(), by=OPERATOR)

    left = {row.kind.value: row.balance.amount_minor for row in view.rows if row.balance}
    assert left == {"psp": 975, "tax_payable": -190, "commission_revenue": -950, "psp_fees": 165}
    assert view.sums == (euros(0),)


async def test_all_releases_to_a_seller_leave_in_one_payout(till: Till) -> None:
    await till.accounts()
    await till.released()
    await till.pass_time(seconds=1)
    await till.paid([a_share("sor_ada2", ADA, 1_000)], OrderId("ord_2"))
    await till.deliver("sor_ada2")
    await till.settle()

    await till.sweep()

    (view,) = (await till.market.ask(ListPayouts(), by=SELLER_ADA)).items
    assert view.amount == euros(5_780 + 880)
    assert [item.entry_id for item in view.items] == ["sor_ada:1", "sor_ada2:1"]


async def test_less_than_the_minimum_waits(till: Till) -> None:
    await till.accounts()
    await till.paid([a_share("sor_ada", ADA, 100), a_share("sor_bob", BOB, 10_000)])
    for name in ("sor_ada", "sor_bob"):
        await till.deliver(name)
    await till.settle()

    payouts = await till.sweep()

    assert len(payouts) == 1
    assert await till.balance(PAYABLE_ADA) == 88


async def test_a_seller_without_an_account_is_paid_once_there_is_one(till: Till) -> None:
    await till.released()
    await till.pass_time(hours=2)
    nobody = await till.sweep()

    await till.accounts(ADA)
    await till.pass_time(hours=1)

    assert nobody == ()
    assert [event.seller_id for event in till.events(PayoutPaid)] == [ADA]


async def test_many_runs_at_once_make_one_payout(till: Till) -> None:
    await till.accounts()
    await till.released()

    runs = await asyncio.gather(*(till.market.execute(SweepPayouts(), by=OPERATOR) for _ in range(3)))
    await till.settle()

    assert sum(len(run.payouts) for run in runs) == 2
    assert len(till.events(PayoutPaid)) == 2
    assert await till.sound()


async def test_a_violation_in_the_books_stops_every_payout(till: Till) -> None:
    await till.accounts()
    await till.released()
    rows = account_table(till.store)
    forged = rows.get(PAYABLE_ADA.code)
    assert forged is not None
    rows.put(PAYABLE_ADA.code, AccountRow(account=PAYABLE_ADA, credits_minor=forged.credits_minor + 100_000))

    with pytest.raises(BooksDoNotBalance) as stop:
        await till.sweep()

    found = await till.market.ask(AuditBooks(), by=OPERATOR)
    assert stop.value.retry_after_seconds == 600
    assert {one.check for one in found} == {"sum_zero", "balance_drift", "payable_is_unclaimed"}
    assert till.provider.transfers == {}


async def test_nobody_is_paid_more_than_the_platform_has_at_the_provider_and_who_waits_longest_comes_first(
    till: Till,
) -> None:
    await till.accounts()
    await till.paid()
    await till.deliver("sor_bob")
    await till.settle()
    await till.pass_time(seconds=1)
    await till.deliver("sor_ada")
    await till.settle()
    till.provider.pending[EUR] = till.provider.balances["platform", EUR] - 6_000
    till.provider.balances["platform", EUR] = 6_000

    first = await till.sweep()
    till.provider.balances["platform", EUR] += 5_780
    await till.pass_time(hours=1)

    assert [(await till.market.ask(ViewPayout(payout_id=name), by=OPERATOR)).seller_id for name in first] == [BOB]
    assert {event.seller_id for event in till.events(PayoutPaid)} == {ADA, BOB}


async def test_a_seller_may_not_run_payouts(till: Till) -> None:
    with pytest.raises(NotAllowed):
        await till.market.execute(SweepPayouts(), by=SELLER_ADA)


@pytest.mark.parametrize("method", ["transfer", "pay_out"])
@pytest.mark.parametrize("kind", [BEFORE, AFTER])
async def test_a_provider_that_fails_while_paying_pays_once(method: str, kind: str) -> None:
    till, gateway = a_faulty_till()
    await till.accounts()
    await till.released()
    gateway.faults.plan(method, kind, kind)
    await till.sweep()

    for seconds in (0, 1, 5, 30):
        await till.pass_time(seconds=seconds)

    assert len(till.provider.transfers) == len(till.provider.bank_payouts) == 2
    assert len(till.events(PayoutPaid)) == 2
    assert await till.sound()


async def test_after_a_day_without_an_answer_the_provider_is_searched_before_it_is_paid_again() -> None:
    till, gateway = a_faulty_till()
    await till.accounts(ADA)
    await till.released()
    gateway.faults.plan("transfer", AFTER)
    (payout_id,) = await till.sweep()
    with pytest.raises(ProviderUnavailable):
        await till.market.execute(SendPayout(payout_id=payout_id), by=SYSTEM)

    till.clock.advance(timedelta(hours=25))
    await till.settle()

    assert len(till.provider.transfers) == 1
    assert gateway.faults.count("transfer") == 1
    assert await state_of(till, payout_id) is PayoutState.PAID


async def test_a_bank_that_refuses_leaves_the_money_in_the_wallet_and_a_retry_makes_no_second_transfer() -> None:
    till, gateway = a_faulty_till(Terms(bank_delay=timedelta(hours=1)))
    await till.accounts(ADA)
    await till.released()
    (payout_id,) = await till.sweep()
    await till.settle()
    till.provider.fail_payout(payout_id, "account_closed")
    await till.settle()
    failed = await till.market.ask(ViewPayout(payout_id=payout_id), by=OPERATOR)
    in_wallet = await till.balance(WALLET_ADA)

    await till.market.execute(RetryPayout(payout_id=payout_id), by=OPERATOR)
    await till.settle()
    await till.pass_time(hours=1)

    assert (failed.state, failed.failure_code, in_wallet) == (PayoutState.FAILED, "account_closed", 5_780)
    assert await state_of(till, payout_id) is PayoutState.PAID
    assert gateway.faults.count("transfer") == 1
    assert [key for method, key in gateway.faults.calls if method == "pay_out"] == [
        f"payout:{payout_id}:1",
        f"payout:{payout_id}:2",
    ]
    assert await till.sound()


async def test_a_bank_payout_under_way_is_not_paid_yet_and_its_arrival_is_noticed_without_a_message() -> None:
    till, _ = a_faulty_till(Terms(bank_delay=timedelta(hours=2)))
    await till.accounts(ADA)
    await till.released()
    (payout_id,) = await till.sweep()
    await till.settle()
    on_the_way = await state_of(till, payout_id)
    balance = await till.market.ask(ViewBalance(seller_id=ADA), by=SELLER_ADA)

    till.clock.advance(timedelta(hours=2))
    await till.dispatcher.settle()

    assert on_the_way is PayoutState.IN_TRANSIT
    assert (balance.balances[0].payable, balance.balances[0].in_payout) == (euros(0), euros(5_780))
    assert await state_of(till, payout_id) is PayoutState.PAID


async def test_a_paid_payout_is_booked_once_however_often_the_provider_says_so(till: Till) -> None:
    await till.accounts(ADA)
    await till.released()
    (payout_id,) = await till.sweep()
    await till.settle()

    for _ in range(3):
        await till.market.execute(ReconcilePayout(payout_id=payout_id), by=SYSTEM)

    assert len(till.events(PayoutPaid)) == 1
    assert await till.sound()


async def test_an_answer_about_another_amount_stops_the_payout_until_somebody_has_looked() -> None:
    till, gateway = a_faulty_till()
    await till.accounts(ADA)
    await till.released()
    gateway.change_transfer = lambda answer: evolve(answer, amount=euros(1))
    (payout_id,) = await till.sweep()

    await till.settle()

    view = await till.market.ask(ViewPayout(payout_id=payout_id), by=OPERATOR)
    assert (view.state, view.failure_code) == (PayoutState.HELD, "provider_mismatch")
    assert await till.balance(WALLET_ADA) == 0
    with pytest.raises(WrongState):
        await till.market.execute(CancelPayout(payout_id=payout_id), by=OPERATOR)
    gateway.change_transfer = lambda answer: answer
    await till.market.execute(RetryPayout(payout_id=payout_id), by=OPERATOR)
    await till.settle()
    assert await state_of(till, payout_id) is PayoutState.PAID
    assert len(till.provider.transfers) == 1


async def test_a_payout_that_was_not_sent_can_be_cancelled_and_its_releases_are_free_again_once(till: Till) -> None:
    await till.accounts(ADA)
    await till.released()
    (payout_id,) = await till.sweep()

    for _ in range(2):
        await till.market.execute(CancelPayout(payout_id=payout_id), by=OPERATOR)
    back = await till.balance(PAYABLE_ADA)
    (again,) = await till.sweep()
    await till.settle()

    assert back == 5_780
    assert await state_of(till, payout_id) is PayoutState.CANCELLED
    assert await state_of(till, again) is PayoutState.PAID
    assert await till.sound()


async def test_a_paid_payout_is_neither_cancelled_nor_retried(till: Till) -> None:
    await till.accounts(ADA)
    await till.released()
    (payout_id,) = await till.sweep()
    await till.settle()

    for command in (CancelPayout(payout_id=payout_id), RetryPayout(payout_id=payout_id)):
        with pytest.raises(WrongState):
            await till.market.execute(command, by=OPERATOR)


async def test_a_foreign_payout_looks_like_a_missing_one(till: Till) -> None:
    await till.accounts(BOB)
    await till.released()
    (payout_id,) = await till.sweep()

    for name in (payout_id, PayoutId("pyt_none")):
        with pytest.raises(PayoutNotFound, match="There is no such payout"):
            await till.market.ask(ViewPayout(payout_id=name), by=SELLER_ADA)

    assert (await till.market.ask(ListPayouts(), by=SELLER_ADA)).items == ()


async def test_runs_come_at_whole_hours_and_a_stream_of_releases_does_not_push_them_away(till: Till) -> None:
    policy = PaymentPolicy()
    now = till.clock.now() + timedelta(minutes=20)

    runs = {policy.next_payout_run(now + timedelta(minutes=minutes)) for minutes in range(39)}

    assert runs == {till.clock.now() + timedelta(hours=1)}
    assert policy.next_payout_run(till.clock.now()) == till.clock.now() + timedelta(hours=1)
