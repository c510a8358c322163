"""Transfers that the provider refuses: the account is restricted, the balance does not reach, or it does not say."""

from marketplace_core.payments import (
    CancelPayout,
    PayoutFailed,
    PayoutPaid,
    PayoutState,
    PayoutStuck,
    RetryPayout,
    ViewPayout,
)
from marketplace_core.testing.payments import ADA, EUR
from tests.core.payments.paying import PAYABLE_ADA, state_of
from tests.core.payments.till import OPERATOR, Till


async def test_a_restricted_account_gives_the_money_back_and_is_not_tried_again_and_again(till: Till) -> None:
    await till.accounts(ADA)
    await till.released()
    till.provider.restrict(ADA)
    (payout_id,) = await till.sweep()

    await till.settle()
    idle = [await till.sweep() for _ in range(3)]

    assert await state_of(till, payout_id) is PayoutState.CANCELLED
    assert idle == [(), (), ()]
    assert await till.balance(PAYABLE_ADA) == 5_780
    assert [event.reason_code for event in till.events(PayoutFailed)] == ["account_restricted"]
    assert await till.sound()


async def test_an_account_that_is_allowed_again_is_paid_in_the_next_run(till: Till) -> None:
    await till.accounts(ADA)
    await till.released()
    till.provider.restrict(ADA)
    await till.sweep()
    await till.settle()

    till.provider.restrict(ADA, payouts_enabled=True)
    await till.settle()
    await till.pass_time(hours=1)

    assert [event.seller_id for event in till.events(PayoutPaid)] == [ADA]
    assert await till.sound()


async def test_a_balance_that_does_not_reach_is_tried_a_bounded_number_of_times(till: Till) -> None:
    await till.accounts(ADA)
    await till.released()
    (payout_id,) = await till.sweep()
    till.provider.pending[EUR] = till.provider.balances.pop(("platform", EUR))

    attempts = []
    for _ in range(16):
        await till.pass_time(hours=1)
        attempts.append((await till.market.ask(ViewPayout(payout_id=payout_id), by=OPERATOR)).attempt)

    view = await till.market.ask(ViewPayout(payout_id=payout_id), by=OPERATOR)
    assert attempts == [2, 3, 3, 4, 4, 4, 4, *[5] * 9]
    assert (view.state, view.attempt, view.failure_code) == (PayoutState.TRANSFER_FAILED, 5, "insufficient_funds")
    assert [event.reason_code for event in till.events(PayoutStuck)] == ["insufficient_funds"]
    assert await till.sound()


async def test_a_transfer_that_is_refused_again_and_again_waits_for_an_operator_and_is_not_assembled_anew(
    till: Till,
) -> None:
    await till.accounts(ADA)
    await till.released()
    (payout_id,) = await till.sweep()
    till.provider.pending[EUR] = till.provider.balances.pop(("platform", EUR))
    for _ in range(24):
        await till.pass_time(hours=1)
    till.provider.balances["platform", EUR] = till.provider.pending.pop(EUR)

    for _ in range(30):
        await till.pass_time(days=1)
    waits = till.store.table("payments_payouts").find()
    await till.market.execute(RetryPayout(payout_id=payout_id), by=OPERATOR)
    await till.settle()

    assert [row.state for row in waits] == [PayoutState.TRANSFER_FAILED]
    assert len(till.events(PayoutStuck)) == 11
    assert [event.payout_id for event in till.events(PayoutPaid)] == [payout_id]
    assert await till.sound()


async def test_an_operator_may_give_a_refused_payout_up(till: Till) -> None:
    await till.accounts(ADA)
    await till.released()
    (payout_id,) = await till.sweep()
    till.provider.pending[EUR] = till.provider.balances.pop(("platform", EUR))
    for _ in range(24):
        await till.pass_time(hours=1)

    await till.market.execute(CancelPayout(payout_id=payout_id), by=OPERATOR)

    assert await state_of(till, payout_id) is PayoutState.CANCELLED
    assert await till.balance(PAYABLE_ADA) == 5_780
    assert await till.sound()
