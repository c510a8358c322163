"""Payouts that an operator wants to look at before they are sent."""

import pytest

from marketplace_core.payments import HoldPayout, PayoutState, RetryPayout, ViewPayout, WrongState
from marketplace_core.payments.domain import timers
from tests.core.payments.till import OPERATOR, a_till


async def test_a_payout_that_is_held_back_waits_until_somebody_lets_it_go() -> None:
    till = a_till()
    await till.accounts()
    await till.released()
    payout, other = await till.sweep()

    assert await till.market.execute(HoldPayout(payout_id=payout), by=OPERATOR) is PayoutState.HELD
    await till.settle()

    held = await till.market.ask(ViewPayout(payout_id=payout), by=OPERATOR)
    assert (held.state, held.failure_code) == (PayoutState.HELD, "held_by_operator")
    assert (timers.STUCK_PAYOUT, payout) in till.timers()
    assert await till.sound()
    with pytest.raises(WrongState):
        await till.market.execute(HoldPayout(payout_id=other), by=OPERATOR)

    await till.market.execute(RetryPayout(payout_id=payout), by=OPERATOR)
    await till.settle()

    assert (await till.market.ask(ViewPayout(payout_id=payout), by=OPERATOR)).state is not PayoutState.HELD
