"""What is found in the books makes money to sellers stand still, refunds go on, and an operator lets it go."""

from datetime import timedelta

import pytest
from attrs import evolve

from marketplace_core.inmemory.ledger import AccountRow, account_table
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.payments import (
    BooksDoNotBalance,
    HoldState,
    ListBrakes,
    MalformedReason,
    MoneyPaused,
    PayoutState,
    RefundState,
    RefundWish,
    ReleaseEscrow,
    RequestRefund,
    ViewEscrow,
    ViewPayout,
    ViewRefund,
)
from marketplace_core.payments.books import BrakeCause, BrakeNotFound, InspectBooks, ReleaseBrake
from tests.core.payments.till import OPERATOR, ORDER, Till, a_till

ADAS, BOBS = SellerOrderId("sor_ada"), SellerOrderId("sor_bob")


def corrupt(till: Till, code: str = "escrow:sor_bob:EUR", minor: int = 1) -> None:
    """Change a kept balance as no transfer would."""
    table = account_table(till.store)
    row: AccountRow | None = table.get(code)
    assert row is not None
    table.put(code, evolve(row, credits_minor=row.credits_minor + minor))


@pytest.fixture
async def till() -> Till:
    till = a_till()
    await till.accounts()
    await till.paid()
    return till


async def inspected(till: Till) -> bool:
    return (await till.market.execute(InspectBooks(), by=OPERATOR)).stands_still


async def let_go(till: Till, note: str = "A test.") -> None:
    await till.market.execute(ReleaseBrake(cause=BrakeCause.AUDIT, note=note), by=OPERATOR)


async def state_of(till: Till, part: SellerOrderId) -> HoldState:
    return (await till.market.ask(ViewEscrow(seller_order_id=part), by=OPERATOR)).state


async def test_sound_books_set_no_brake(till: Till) -> None:
    assert not await inspected(till)
    assert await till.market.ask(ListBrakes(), by=OPERATOR) == ()


async def test_while_the_brake_is_on_nothing_is_released_and_refunds_go_on(till: Till) -> None:
    await till.deliver(ADAS)
    corrupt(till)
    assert await inspected(till)

    await till.settle()
    assert await state_of(till, ADAS) is HoldState.HELD
    with pytest.raises(MoneyPaused):
        await till.market.execute(ReleaseEscrow(seller_order_id=ADAS), by=OPERATOR)

    wish = RefundWish(seller_order_id=ADAS, items_minor=500, delivery_minor=0)
    asked = await till.market.execute(RequestRefund(order_id=ORDER, reason="Chipped.", wishes=(wish,)), by=OPERATOR)
    await till.settle()
    refund = await till.market.ask(ViewRefund(refund_id=asked.refund_id), by=OPERATOR)
    assert refund.state is RefundState.SUCCEEDED

    await let_go(till)
    await till.pass_time(minutes=10)
    assert await state_of(till, ADAS) is HoldState.RELEASED


async def test_what_waits_at_the_providers_limit_waits_on_and_ends_later(till: Till) -> None:
    await till.deliver(ADAS)
    corrupt(till)
    await inspected(till)

    await till.pass_time(days=400)
    assert await state_of(till, ADAS) is HoldState.HELD
    await let_go(till)
    await till.pass_time(minutes=20)

    assert await state_of(till, ADAS) is HoldState.RELEASED


async def test_a_payout_that_was_not_begun_waits_and_one_that_was_is_brought_to_its_end(till: Till) -> None:
    await till.deliver(ADAS)
    await till.settle()
    (payout,) = await till.sweep()
    corrupt(till)
    await inspected(till)

    await till.settle()
    assert (await till.market.ask(ViewPayout(payout_id=payout), by=OPERATOR)).state is PayoutState.READY
    with pytest.raises(BooksDoNotBalance):
        await till.sweep()
    await let_go(till)
    await till.pass_time(minutes=10)

    assert (await till.market.ask(ViewPayout(payout_id=payout), by=OPERATOR)).state is not PayoutState.READY


async def test_what_was_let_go_sets_the_brake_no_more_and_anything_else_does(till: Till) -> None:
    corrupt(till)
    assert await inspected(till)
    assert await inspected(till)
    await let_go(till, " Known since Monday. ")

    assert not await inspected(till)
    till.provider.pending["EUR"] = 1  # what the corruption pretends is owed
    assert await till.sweep() == ()
    corrupt(till, "escrow:sor_ada:EUR")

    assert await inspected(till)
    on, before = await till.market.ask(ListBrakes(), by=OPERATOR)
    assert (on.released_at, before.note, before.released_by) == (None, "Known since Monday.", OPERATOR.principal)
    assert "balance_drift escrow:sor_ada:EUR" in on.findings
    assert "balance_drift escrow:sor_ada:EUR" not in before.findings


async def test_a_brake_stays_on_though_the_books_are_sound_again(till: Till) -> None:
    corrupt(till)
    await inspected(till)
    corrupt(till, minor=-1)

    with pytest.raises(MoneyPaused):
        await till.sweep()


async def test_a_brake_is_let_go_once_and_with_a_reason(till: Till) -> None:
    with pytest.raises(BrakeNotFound):
        await let_go(till)
    corrupt(till)
    await inspected(till)
    with pytest.raises(MalformedReason):
        await let_go(till, "  ")
    await let_go(till)
    with pytest.raises(BrakeNotFound):
        await let_go(till)


async def test_a_payout_run_sets_the_brake_by_itself(till: Till) -> None:
    till.clock.advance(timedelta(days=1))
    corrupt(till)

    with pytest.raises(BooksDoNotBalance):
        await till.sweep()

    (on,) = await till.market.ask(ListBrakes(), by=OPERATOR)
    assert on.released_at is None
