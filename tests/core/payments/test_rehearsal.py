"""A rehearsal shows what a command would do, and does nothing; a reason is kept with what was done."""

import pytest

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.acts import KeptAct, MalformedActReason
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.payments import (
    EscrowNotReleasable,
    FreezeEscrow,
    HoldState,
    PayoutState,
    ReleaseEscrow,
    SendPayout,
    SweepPayouts,
    TrialBalance,
    ViewEscrow,
    ViewPayout,
)
from tests.core.payments.till import ANN, OPERATOR, Till, a_till

ADAS = SellerOrderId("sor_ada")


@pytest.fixture
async def till() -> Till:
    till = a_till()
    await till.accounts()
    await till.paid()
    await till.deliver(ADAS)
    return till


async def test_a_rehearsed_release_shows_what_it_would_book_and_books_nothing(till: Till) -> None:
    before = await till.market.ask(TrialBalance(), by=OPERATOR)

    seen = await till.market.rehearse(ReleaseEscrow(seller_order_id=ADAS), by=OPERATOR)

    assert seen.asks is None
    assert seen.result is not None
    assert seen.result.state is HoldState.RELEASED
    assert [step.partition(":")[0] for step in seen.steps] == [
        "book escrow_released of sor_ada", "save EscrowHold sor_ada as released",
    ]  # fmt: skip
    assert await till.market.ask(TrialBalance(), by=OPERATOR) == before
    assert (await till.market.ask(ViewEscrow(seller_order_id=ADAS), by=OPERATOR)).state is HoldState.HELD
    await till.settle()
    assert (await till.market.ask(ViewEscrow(seller_order_id=ADAS), by=OPERATOR)).state is HoldState.RELEASED


async def test_what_would_be_refused_is_refused(till: Till) -> None:
    with pytest.raises(EscrowNotReleasable):
        await till.market.rehearse(ReleaseEscrow(seller_order_id=SellerOrderId("sor_bob")), by=OPERATOR)
    with pytest.raises(NotAllowed):
        await till.market.rehearse(ReleaseEscrow(seller_order_id=ADAS), by=ANN)


async def test_a_rehearsed_payout_run_looks_at_the_balance_and_claims_nothing(till: Till) -> None:
    await till.settle()

    seen = await till.market.rehearse(SweepPayouts(), by=OPERATOR)

    assert seen.result is not None
    assert len(seen.result.payouts) == 1
    assert any(step.startswith("book payout_assembled") for step in seen.steps)
    assert len(await till.sweep()) == 1


async def test_a_rehearsal_ends_where_the_provider_would_be_asked(till: Till) -> None:
    await till.settle()
    (payout,) = await till.sweep()

    seen = await till.market.rehearse(SendPayout(payout_id=payout), by=SYSTEM)

    assert (seen.asks, seen.result, seen.steps) == (
        "gateway.transfer",
        None,
        (f"save Payout {payout} as transferring",),
    )
    assert (await till.market.ask(ViewPayout(payout_id=payout), by=OPERATOR)).state is PayoutState.READY
    assert till.provider.transfers == {}


async def test_a_reason_is_kept_with_who_did_what(till: Till) -> None:
    await till.market.execute(FreezeEscrow(seller_order_id=ADAS, reason="risk"), by=OPERATOR, reason=" Looks odd. ")

    (act,) = till.store.table("acts").find()
    assert isinstance(act, KeptAct)
    assert (act.actor, act.command, act.about, act.reason) == (
        OPERATOR.principal, "FreezeEscrow", "seller_order_id=sor_ada, reason=risk", "Looks odd.",
    )  # fmt: skip


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
async def test_a_reason_that_says_nothing_or_too_much_is_refused(till: Till, reason: str) -> None:
    with pytest.raises(MalformedActReason):
        await till.market.execute(FreezeEscrow(seller_order_id=ADAS, reason="risk"), by=OPERATOR, reason=reason)

    assert (await till.market.ask(ViewEscrow(seller_order_id=ADAS), by=OPERATOR)).freezes == ()
