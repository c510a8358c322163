"""Refunds that the marketplace's own rules demand and that failed before such refunds were made again."""

import pytest
from attrs import evolve

from marketplace_core.inmemory.payments import InMemoryPaymentsWork
from marketplace_core.kernel.machines import Who
from marketplace_core.payments import ApproveRefund, EscrowNotReleasable, Refund, RefundStillOwed, ReleaseEscrow
from tests.core.payments.refunding import SOR_ADA, fails, give_back, goes_through, misfit, of_ada, refunds, states
from tests.core.payments.test_refunds_due import R, called_off, freezes, till
from tests.core.payments.till import OPERATOR, Till

__all__ = ["till"]


async def from_before(till: Till, failed: Refund) -> None:
    """Forget what was made of a failure, as it was before anything was; and have the failure looked at."""
    due = refunds(till)[-1]
    till.store.table("payments_refunds").delete(due.refund_id)
    async with till.store.begin(InMemoryPaymentsWork)() as work:
        await work.deadlines.cancel("payments.repeat_refund", due.refund_id)
        await work.deadlines.set("payments.repeat_refund", failed.refund_id, till.clock.now())
        for part in failed.parts:
            hold = await work.holds.get(part.seller_order_id)
            hold.unfreeze(due.freeze_reason, Who.SYSTEM)
            await work.holds.save(hold)


async def test_one_that_failed_before_there_were_any_is_due_and_an_operator_decides(till: Till) -> None:
    await called_off(till)
    (failed, _) = refunds(till)
    await from_before(till, failed)
    before = (states(till), await freezes(till))

    await till.settle()
    due = refunds(till)[-1]
    for _ in range(2):
        await till.pass_time(days=3)
    waiting = states(till)
    with pytest.raises(EscrowNotReleasable):
        await till.market.execute(ReleaseEscrow(seller_order_id=SOR_ADA), by=OPERATOR)
    await till.market.execute(ApproveRefund(refund_id=due.refund_id), by=OPERATOR)
    await goes_through(till)

    assert before == ([R.FAILED], set())
    assert (waiting, due.amount, due.repeated_after) == ([R.FAILED, R.DUE], failed.amount, None)
    assert [event.refund_id for event in till.events(RefundStillOwed)] == [due.refund_id] * 3
    assert states(till) == [R.FAILED, R.SUCCEEDED]
    assert await till.sound()


async def test_one_that_failed_before_is_not_due_when_nothing_of_it_is_left(till: Till) -> None:
    await called_off(till)
    (failed, _) = refunds(till)
    await from_before(till, failed)
    till.provider.terms = evolve(till.provider.terms, holds_refunds=False)
    await give_back(till, of_ada(6_000, 500))

    await till.settle()

    assert R.DUE not in states(till)
    assert not [kind for kind, _ in till.timers() if kind == "payments.repeat_refund"]
    assert till.failures == []


async def test_money_that_fits_no_order_and_did_not_go_back_before_is_due_as_long_as_it_is_there(till: Till) -> None:
    await misfit(till)
    await fails(till)
    (failed, _) = refunds(till)
    await from_before(till, failed)

    await till.settle()

    assert states(till) == [R.FAILED, R.DUE]
    assert refunds(till)[-1].repeated_after is None
    assert await till.sound()
