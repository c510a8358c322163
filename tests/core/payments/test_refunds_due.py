"""Refunds that the marketplace's own rules demand and that fail: they are made again, and in the end by an operator."""

import pytest

from marketplace_core.inmemory.payment_provider import Terms
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import PaymentId
from marketplace_core.payments import (
    ApproveRefund,
    CancelRefund,
    EscrowNotReleasable,
    HoldState,
    JournalKind,
    ReconcileDisputes,
    RefundBlockedByDispute,
    RefundExceedsRemaining,
    RefundState,
    RefundStillOwed,
    RejectRefund,
    ReleaseEscrow,
    ReturnShare,
    SettleRefund,
    ViewEscrow,
    WrongState,
)
from marketplace_core.payments.claims import ClaimAnswer, ClaimDecision
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.payments import EUR, euros
from tests.core.payments.claiming import answer, claimed_on_delivery, decide
from tests.core.payments.disputing import S, decided, disputed, reference_of
from tests.core.payments.refunding import (
    ESCROW_ADA,
    PAYABLE_ADA,
    PSP,
    SELLER_ADA,
    SOR_ADA,
    fails,
    give_back,
    goes_through,
    hold_of,
    journals_of,
    misfit,
    of_ada,
    refunds,
    state_of,
    states,
)
from tests.core.payments.till import OPERATOR, Till, a_till

WHOLE = ReturnShare(seller_order_id=SOR_ADA, reason="Declined by the seller.", whole=True)
R = RefundState


@pytest.fixture
def till() -> Till:
    """Return a till whose provider takes its time with refunds, so that they can still fail."""
    return a_till(terms=Terms(holds_refunds=True))


async def called_off(till: Till) -> PaymentId:
    """Have Ada's part called off, and the refund of it fail."""
    payment_id = await till.paid()
    await till.market.execute(WHOLE, by=SYSTEM)
    await fails(till)
    return payment_id


async def freezes(till: Till) -> set[str]:
    """Return why Ada's part is frozen."""
    return set((await till.market.ask(ViewEscrow(seller_order_id=SOR_ADA), by=OPERATOR)).freezes)


async def test_the_refund_of_a_part_that_was_called_off_is_made_again_a_day_after_it_failed(till: Till) -> None:
    await called_off(till)
    due = refunds(till)[-1]
    meanwhile = (states(till), await hold_of(till), await till.balance(ESCROW_ADA), await freezes(till))

    await till.pass_time(hours=23)
    before = states(till)
    await till.pass_time(hours=1)
    under_way = states(till)
    await goes_through(till)

    assert meanwhile == ([R.FAILED, R.DUE], HoldState.FROZEN, 6_500, {due.freeze_reason})
    assert (before, under_way) == ([R.FAILED, R.DUE], [R.FAILED, R.PENDING])
    assert await state_of(till, due.refund_id) is R.SUCCEEDED
    assert await journals_of(till, due.refund_id) == [JournalKind.REFUND_FROM_ESCROW, JournalKind.REFUND_SUCCEEDED]
    assert (await hold_of(till), await till.balance(ESCROW_ADA)) == (HoldState.REFUNDED, 0)
    assert not [kind for kind, _ in till.timers() if kind == "payments.repeat_refund"]
    assert till.failures == []
    assert await till.sound()


async def test_after_four_failures_an_operator_is_told_and_reminded(till: Till) -> None:
    await called_off(till)
    for days in (1, 2, 4):
        await till.pass_time(days=days)
        await fails(till)

    told = len(till.events(RefundStillOwed))
    await till.pass_time(days=9)

    assert states(till) == [R.FAILED] * 4 + [R.DUE]
    assert [one.attempt for one in refunds(till)] == [1, 2, 3, 4, 5]
    assert (told, len(till.events(RefundStillOwed))) == (1, 2)
    await till.pass_time(days=3)
    assert len(till.events(RefundStillOwed)) == 3
    assert await till.balance(ESCROW_ADA) == 6_500
    assert await till.sound()


async def test_an_operator_tries_again_at_once(till: Till) -> None:
    await called_off(till)

    state = await till.market.execute(ApproveRefund(refund_id=refunds(till)[-1].refund_id), by=OPERATOR)
    await till.settle()

    assert (state, states(till)) == (R.APPROVED, [R.FAILED, R.PENDING])
    assert await till.sound()


async def test_an_operator_pays_it_by_other_means(till: Till) -> None:
    await called_off(till)
    due, before = refunds(till)[-1].refund_id, await till.balance(PSP)

    state = await till.market.execute(SettleRefund(refund_id=due, how="SEPA 4711"), by=OPERATOR)
    await till.pass_time(days=2)

    assert (state, states(till)) == (R.SETTLED, [R.FAILED, R.SETTLED])
    assert await journals_of(till, due) == [JournalKind.REFUND_FROM_ESCROW, JournalKind.REFUND_SETTLED]
    assert (await till.balance(ESCROW_ADA), await till.balance(PSP)) == (0, before - 6_500)
    assert await hold_of(till) is HoldState.REFUNDED
    assert due not in till.provider.refunds
    assert await till.sound()


async def test_an_operator_who_refuses_it_lets_the_money_go_its_way(till: Till) -> None:
    await called_off(till)
    due = refunds(till)[-1].refund_id

    await till.market.execute(RejectRefund(refund_id=due, note="The buyer has it in cash."), by=OPERATOR)
    await till.pass_time(days=2)

    assert states(till) == [R.FAILED, R.REJECTED]
    assert (await hold_of(till), await freezes(till)) == (HoldState.HELD, set())
    assert ("payments.hold_deadline", SOR_ADA) in till.timers()
    assert await till.sound()


async def test_neither_does_a_seller_decide_about_it_nor_does_an_operator_call_it_back(till: Till) -> None:
    await till.paid()
    first = await till.market.execute(WHOLE, by=SYSTEM)
    assert first is not None
    with pytest.raises(WrongState):
        await till.market.execute(CancelRefund(refund_id=first), by=OPERATOR)
    due = await fails(till)

    for command in (ApproveRefund(refund_id=due), RejectRefund(refund_id=due, note="No.")):
        with pytest.raises(WrongState):
            await till.market.execute(command, by=SELLER_ADA)

    assert states(till) == [R.FAILED, R.DUE]
    assert await till.sound()


async def test_the_refund_of_a_claim_that_fails_keeps_the_money_from_the_seller(till: Till) -> None:
    claim_id = await claimed_on_delivery(till)
    await till.pass_time(days=4)
    first = refunds(till)[-1].refund_id
    await fails(till)
    await till.pass_time(hours=1)

    meanwhile = await hold_of(till), await till.balance(PAYABLE_ADA)
    with pytest.raises(EscrowNotReleasable):
        await till.market.execute(ReleaseEscrow(seller_order_id=SOR_ADA), by=OPERATOR)
    await till.pass_time(days=1)
    await goes_through(till)

    assert claim_id
    assert meanwhile == (HoldState.FROZEN, 0)
    assert states(till) == [R.FAILED, R.SUCCEEDED]
    assert refunds(till)[0].refund_id == first
    assert await hold_of(till) is HoldState.REFUNDED
    assert await till.sound()


async def test_a_part_of_a_claim_that_fails_is_taken_from_the_seller_again_who_was_paid_the_rest(till: Till) -> None:
    claim_id = await claimed_on_delivery(till)
    await answer(till, claim_id, ClaimAnswer.CONTEST)
    await decide(till, claim_id, ClaimDecision.PARTIAL, 1_000)
    paid = await till.balance(PAYABLE_ADA)
    await fails(till)

    assert (await hold_of(till), await till.balance(ESCROW_ADA)) == (HoldState.FROZEN, 1_000)
    await till.pass_time(days=1)
    await goes_through(till)
    assert (states(till)[-1], await till.balance(ESCROW_ADA)) == (R.SUCCEEDED, 0)
    assert await till.balance(PAYABLE_ADA) == paid
    assert await till.sound()


async def test_money_that_does_not_fit_leaves_suspense_after_all(till: Till) -> None:
    payment_id = await misfit(till)
    suspense = accounts.suspense(payment_id, EUR)
    await fails(till, "lost_or_stolen_card")
    waits = await till.balance(suspense)

    await till.pass_time(days=1)
    under_way = await till.balance(suspense)
    await goes_through(till)

    assert (waits, under_way) == (10_000, 0)
    assert states(till) == [R.FAILED, R.SUCCEEDED]
    assert await journals_of(till, refunds(till)[-1].refund_id) == [
        JournalKind.SUSPENSE_RESOLVED,
        JournalKind.REFUND_SUCCEEDED,
    ]
    assert await till.sound()


async def test_money_that_does_not_fit_is_paid_by_other_means_and_never_refused(till: Till) -> None:
    payment_id = await misfit(till)
    due = await fails(till)
    with pytest.raises(WrongState):
        await till.market.execute(RejectRefund(refund_id=due, note="Ours now."), by=OPERATOR)

    await till.market.execute(SettleRefund(refund_id=due, how="SEPA 4711"), by=OPERATOR)
    await till.settle()

    assert await till.balance(accounts.suspense(payment_id, EUR)) == 0
    assert states(till) == [R.FAILED, R.SETTLED]
    assert await till.sound()


async def test_what_went_back_by_another_way_meanwhile_is_not_owed_again(till: Till) -> None:
    await called_off(till)
    await give_back(till, of_ada(1_500))
    await till.settle()
    await goes_through(till)

    await till.pass_time(days=1)
    await goes_through(till)

    due = next(one for one in refunds(till) if one.attempt == 2)
    assert (due.state, due.amount) == (R.SUCCEEDED, euros(5_000))
    assert await hold_of(till) is HoldState.REFUNDED
    assert await till.sound()


async def test_when_nothing_is_left_it_is_over(till: Till) -> None:
    await called_off(till)
    due = refunds(till)[-1].refund_id
    await give_back(till, of_ada(6_000, 500))

    with pytest.raises(RefundExceedsRemaining):
        await till.market.execute(SettleRefund(refund_id=due, how="SEPA 4711"), by=OPERATOR)
    await till.pass_time(days=1)

    assert await state_of(till, due) is R.REJECTED
    assert not [kind for kind, _ in till.timers() if kind == "payments.repeat_refund"]
    assert till.failures == []
    assert await till.sound()


async def test_while_a_card_dispute_is_open_it_waits_and_ends_with_the_money(till: Till) -> None:
    payment_id = await called_off(till)
    due = refunds(till)[-1].refund_id
    reference = await disputed(till, payment_id, 10_000)
    with pytest.raises(RefundBlockedByDispute):
        await till.market.execute(ApproveRefund(refund_id=due), by=OPERATOR)
    await till.pass_time(days=1)
    waits = states(till)

    await decided(till, reference, S.LOST)
    await till.pass_time(days=3)

    assert (waits, states(till)) == ([R.FAILED, R.DUE], [R.FAILED, R.REJECTED])
    assert await hold_of(till) is HoldState.LOST
    assert await till.sound()


async def test_it_ends_with_the_money_also_when_it_waits_for_an_operator(till: Till) -> None:
    payment_id = await called_off(till)
    for days in (1, 2, 4):
        await till.pass_time(days=days)
        await fails(till)
    reference = await disputed(till, payment_id, 10_000)

    await decided(till, reference, S.LOST)
    await till.pass_time(days=3)

    assert states(till) == [R.FAILED] * 4 + [R.REJECTED]
    assert await till.sound()


async def test_after_a_dispute_that_was_won_it_is_made(till: Till) -> None:
    payment_id = await called_off(till)
    reference = await disputed(till, payment_id, 10_000)
    await till.pass_time(days=1)

    await decided(till, reference, S.WON)
    await till.pass_time(days=3)
    await goes_through(till)

    assert states(till) == [R.FAILED, R.SUCCEEDED]
    assert await till.sound()


async def test_what_a_dispute_calls_back_is_due_when_it_is_over(till: Till) -> None:
    payment_id = await till.paid()
    await till.market.execute(WHOLE, by=SYSTEM)
    reference = till.network.open(reference_of(till, payment_id), euros(10_000))
    await till.market.execute(ReconcileDisputes(payment_id=payment_id), by=OPERATOR)
    called_back = states(till)

    await decided(till, reference, S.WON)
    await till.pass_time(days=3)
    await goes_through(till)

    assert called_back == [R.CANCELLED, R.DUE]
    assert states(till) == [R.CANCELLED, R.SUCCEEDED]
    assert await till.sound()


async def test_what_somebody_chose_to_give_is_not_made_again(till: Till) -> None:
    await till.paid()
    await give_back(till, of_ada(1_500))
    await fails(till)

    assert states(till) == [R.FAILED]
    assert await hold_of(till) is HoldState.HELD
    assert await till.sound()
