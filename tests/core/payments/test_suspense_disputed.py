"""Money that does not fit its order, and a card dispute about it: the buyer has it back once, by either way."""

import pytest
from attrs import evolve

from marketplace_core.inmemory.payment_gateways import InMemoryPaymentGateway
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider, Terms
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import PaymentId
from marketplace_core.payments import (
    AcceptCapture,
    GiveBack,
    PaymentState,
    ReconcileDisputes,
    ReconcilePayment,
    RefundExceedsRemaining,
    RefundState,
    SettleRefund,
    ViewDispute,
    ViewPayment,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.conformance.payment_provider import SUCCEEDS
from marketplace_core.testing.payments import EUR, euros
from tests.core.payments.disputing import LOSSES, S, decided, dispute_of, disputed, reference_of
from tests.core.payments.faults import FaultyPayments
from tests.core.payments.refunding import (
    ESCROW_ADA,
    ESCROW_BOB,
    fails,
    goes_through,
    late,
    misfit,
    refunds,
    states,
)
from tests.core.payments.till import OPERATOR, Till, a_till

R = RefundState


@pytest.fixture
def till() -> Till:
    """Return a till whose provider takes its time with refunds, so that they can still fail."""
    return a_till(terms=Terms(holds_refunds=True))


async def waits(till: Till, payment_id: PaymentId) -> int:
    """Return what waits in suspense of a payment, in minor units."""
    return await till.balance(accounts.suspense(payment_id, EUR))


async def lost(till: Till, payment_id: PaymentId, amount_minor: int) -> str:
    """Have the buyer's bank take so much back, and keep it."""
    reference = await disputed(till, payment_id, amount_minor)
    await decided(till, reference, S.LOST)
    return reference


@pytest.mark.parametrize("amount_minor", [6_000, 10_000, 11_000])
async def test_of_what_was_to_go_back_and_could_not_be_sent_a_lost_dispute_leaves_the_rest(
    till: Till, amount_minor: int
) -> None:
    payment_id = await misfit(till)
    await fails(till)
    reference = await disputed(till, payment_id, amount_minor)
    while_open = await waits(till, payment_id)

    await decided(till, reference, S.LOST)
    of_dispute = await waits(till, payment_id)
    await till.pass_time(days=1)
    await goes_through(till)

    rest = max(0, 10_000 - amount_minor)
    assert (while_open, of_dispute, await waits(till, payment_id)) == (10_000, rest, 0)
    assert states(till) == [R.FAILED, R.SUCCEEDED if rest else R.REJECTED]
    assert refunds(till)[-1].amount == euros(rest or 10_000)
    assert await till.balance(LOSSES) == max(0, amount_minor - 10_000)
    view = await till.market.ask(ViewDispute(dispute_id=dispute_of(till).dispute_id), by=OPERATOR)
    assert (view.suspended, view.platform) == (euros(10_000 - rest), euros(max(0, amount_minor - 10_000)))
    assert not [row for row in till.timers() if row[0] == "payments.repeat_refund"]
    assert till.failures == []
    assert await till.sound()


async def test_nothing_is_left_for_other_means_of_what_the_network_has_given_back(till: Till) -> None:
    payment_id = await misfit(till)
    due = await fails(till)
    await lost(till, payment_id, 10_000)

    with pytest.raises(RefundExceedsRemaining):
        await till.market.execute(SettleRefund(refund_id=due, how="SEPA 4711"), by=OPERATOR)

    assert await till.sound()


@pytest.mark.parametrize("amount_minor", [6_000, 10_000])
async def test_only_the_rest_goes_back_if_the_dispute_was_lost_before_anybody_decided(
    till: Till, amount_minor: int
) -> None:
    payment_id = await late(till)
    await lost(till, payment_id, amount_minor)

    await till.market.execute(GiveBack(payment_id=payment_id), by=SYSTEM)
    await goes_through(till)

    rest = 10_000 - amount_minor
    assert [one.amount for one in refunds(till)] == ([euros(rest)] if rest else [])
    assert (await waits(till, payment_id), await till.balance(LOSSES)) == (0, 0)
    assert (await till.market.ask(ViewPayment(payment_id=payment_id), by=OPERATOR)).state is PaymentState.CANCELLED
    assert await till.sound()


async def test_what_an_open_dispute_may_take_is_not_kept_for_the_order(till: Till) -> None:
    payment_id = await late(till)
    reference = await disputed(till, payment_id, 1)

    meanwhile = await till.market.execute(AcceptCapture(payment_id=payment_id), by=SYSTEM)
    await decided(till, reference, S.WON)
    after = await till.market.execute(AcceptCapture(payment_id=payment_id), by=SYSTEM)

    assert (meanwhile, after) == (False, True)
    assert (await till.balance(ESCROW_ADA), await till.balance(ESCROW_BOB)) == (6_500, 3_500)
    assert await till.sound()


async def test_money_of_which_a_dispute_was_lost_is_not_kept_for_the_order(till: Till) -> None:
    payment_id = await late(till)
    await lost(till, payment_id, 1)

    assert not await till.market.execute(AcceptCapture(payment_id=payment_id), by=SYSTEM)
    assert (await waits(till, payment_id), await till.balance(LOSSES)) == (9_999, 0)
    assert await till.sound()


async def test_what_came_beyond_the_price_bears_what_falls_on_no_seller() -> None:
    clock = FrozenClock()
    provider = InMemoryPaymentProvider(clock, terms=Terms(holds_refunds=True))
    gateway = FaultyPayments(InMemoryPaymentGateway(provider))
    till = a_till(clock=clock, provider=provider, payments=gateway)
    payment_id = await till.open()
    till.provider.pay(await till.request(payment_id), SUCCEEDS)
    gateway.change = lambda answer: evolve(answer, captured=euros(10_250), fee=euros(165))
    await till.market.execute(ReconcilePayment(payment_id=payment_id), by=SYSTEM)
    await till.market.execute(AcceptCapture(payment_id=payment_id), by=SYSTEM)
    await fails(till)

    await lost(till, payment_id, 10_250)
    await till.pass_time(days=1)

    assert (dispute_of(till).excess_minor, dispute_of(till).suspended_minor) == (250, 250)
    assert (await waits(till, payment_id), await till.balance(LOSSES)) == (0, 0)
    assert states(till) == [R.FAILED, R.REJECTED]
    assert await till.sound()


async def test_a_dispute_that_is_turned_round_owes_it_anew(till: Till) -> None:
    payment_id = await misfit(till)
    await fails(till)
    reference = await lost(till, payment_id, 6_000)

    await decided(till, reference, S.WON)
    await till.pass_time(days=1)
    await goes_through(till)

    assert sorted(one.amount.amount_minor for one in refunds(till) if one.state is R.SUCCEEDED) == [4_000, 6_000]
    assert (await waits(till, payment_id), await till.balance(LOSSES)) == (0, 0)
    assert await till.sound()


async def test_turned_round_before_anybody_decided_it_waits_again(till: Till) -> None:
    payment_id = await late(till)
    reference = await lost(till, payment_id, 6_000)

    await decided(till, reference, S.WON)

    assert (await waits(till, payment_id), refunds(till)) == (10_000, [])
    assert await till.sound()
    assert await till.market.execute(AcceptCapture(payment_id=payment_id), by=SYSTEM)
    assert await till.sound()


async def test_what_the_network_refunds_itself_is_not_refunded_again(till: Till) -> None:
    payment_id = await late(till)
    reference = till.network.open(reference_of(till, payment_id), euros(10_000), state=S.PREVENTED)
    await till.settle()

    await till.market.execute(GiveBack(payment_id=payment_id), by=SYSTEM)

    assert reference
    assert (await waits(till, payment_id), refunds(till)) == (0, [])
    assert await till.balance(LOSSES) == 0
    assert await till.sound()


async def test_what_the_network_refunded_of_suspense_counts_as_taken(till: Till) -> None:
    payment_id = await late(till)

    till.network.open(reference_of(till, payment_id), euros(6_000), state=S.PREVENTED)
    await till.settle()

    assert (dispute_of(till).suspended_minor, dispute_of(till).fallen_minor) == (6_000, 6_000)


async def test_a_refund_on_its_way_that_fails_after_the_dispute_is_lost_is_not_made_again(till: Till) -> None:
    payment_id = await misfit(till)
    await till.settle()
    till.network.open(reference_of(till, payment_id), euros(10_000), state=S.LOST)
    await till.market.execute(ReconcileDisputes(payment_id=payment_id), by=OPERATOR)
    before = await till.balance(LOSSES)

    await till.settle()
    await till.pass_time(days=1)

    assert (before, await till.balance(LOSSES)) == (10_000, 0)
    assert states(till) == [R.FAILED, R.REJECTED]
    assert await waits(till, payment_id) == 0
    assert await till.sound()


async def test_two_disputes_take_no_more_than_there_was(till: Till) -> None:
    payment_id = await misfit(till)
    await fails(till)

    await lost(till, payment_id, 6_000)
    till.network.open(reference_of(till, payment_id), euros(6_000), state=S.LOST)
    await till.market.execute(ReconcileDisputes(payment_id=payment_id), by=OPERATOR)
    await till.pass_time(days=1)

    assert (await waits(till, payment_id), await till.balance(LOSSES)) == (0, 2_000)
    assert states(till) == [R.FAILED, R.REJECTED]
    assert await till.sound()
