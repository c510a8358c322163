"""Card disputes: whom they fall on, what the network decides, in whatever order it says so."""

import itertools
from datetime import timedelta

import pytest

from marketplace_core.inmemory.payment_provider import Terms
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.kernel.ids import DisputeId, OrderId, PaymentId
from marketplace_core.payments import (
    AcceptDispute,
    AnswerDispute,
    DisputeLost,
    DisputeNotFound,
    DisputeOpened,
    DisputePrevented,
    DisputeState,
    DisputeWarned,
    DisputeWon,
    EvidenceDue,
    HoldState,
    JournalKind,
    MalformedEvidence,
    PaymentPolicy,
    Proof,
    ReconcileDisputes,
    RefundBlockedByDispute,
    RefundState,
    RetryPayout,
    WrongState,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.payments.domain.dispute import Dispute
from marketplace_core.testing.payments import ADA, BOB, EUR, a_share, euros
from tests.core.payments.refunding import (
    COMMISSION,
    DEBT_ADA,
    ESCROW_ADA,
    ESCROW_BOB,
    FEE_OF_THE_EXAMPLE,
    PAYABLE_ADA,
    PSP,
    RESERVE_ADA,
    SOR_ADA,
    SOR_BOB,
    THE_EXAMPLE,
    VAT,
    give_back,
    hold_of,
    journals_of,
    of_ada,
    state_of,
)
from tests.core.payments.till import ANN, OPERATOR, Till, a_till

S = DisputeState
PAYABLE_BOB, LOSSES, FEES = accounts.seller_payable(BOB, EUR), accounts.dispute_losses(EUR), accounts.dispute_fees(EUR)


def dispute_of(till: Till) -> Dispute:
    """Return the one dispute there is."""
    (dispute,) = till.store.table("payments_disputes")
    assert isinstance(dispute, Dispute)
    return dispute


def reference_of(till: Till, payment_id: PaymentId) -> str:
    """Return the provider's name of a payment."""
    return next(one.reference for one in till.provider.all_payments.values() if one.payment_id == payment_id)


async def disputed(till: Till, payment_id: PaymentId, amount_minor: int, state: DisputeState = S.NEEDS_RESPONSE) -> str:
    """Have the buyer's bank take some of a payment back."""
    reference = till.network.open(reference_of(till, payment_id), euros(amount_minor), state=state)
    await till.settle()
    return reference


async def decided(till: Till, reference: str, state: DisputeState, *, returns_fee: bool = False) -> None:
    """Have the network decide."""
    till.network.move(reference, state, returns_fee=returns_fee)
    await till.settle()


async def test_the_worked_example_to_the_cent() -> None:
    till = a_till(policy=THE_EXAMPLE, terms=FEE_OF_THE_EXAMPLE)
    payment_id = await till.paid()
    await till.accounts(ADA)
    await give_back(till, of_ada(1_500))
    await till.settle()
    await till.deliver("sor_ada")
    await till.deliver("sor_bob")
    await till.settle()
    (payout_id,) = await till.sweep()
    await till.settle()
    paid = await till.balance(PSP)
    till.provider.return_payout(payout_id, "account_closed")
    await till.settle()
    await till.market.execute(RetryPayout(payout_id=payout_id), by=OPERATOR)
    await till.settle()
    assert (paid, await till.balance(PSP)) == (3_943, 3_943)

    till.network.open(reference_of(till, payment_id), euros(2_000))
    await till.settle()
    await decided(till, "im_dp_1", S.LOST)
    dispute = dispute_of(till)

    assert {part.seller_order_id: part.split.amount for part in dispute.parts} == {SOR_ADA: 1_176, SOR_BOB: 824}
    assert await till.balance(PSP) == 443
    assert await till.sound()


async def test_a_dispute_about_one_sellers_order_after_the_payout_as_in_the_example() -> None:
    till = a_till(policy=THE_EXAMPLE, terms=Terms(fee_bps=0, fee_fixed_minor=0))
    await till.accounts(ADA)
    payment_id = await till.paid((a_share("sor_ada", ADA, 4_500, 500),))
    await till.deliver("sor_ada")
    await till.settle()
    await till.sweep()
    await till.settle()

    reference = await disputed(till, payment_id, 2_000)
    await decided(till, reference, S.LOST)
    lost = [await till.balance(one) for one in (COMMISSION, VAT, RESERVE_ADA, DEBT_ADA)]
    await till.paid((a_share("sor_next", ADA, 4_000),), OrderId("ord_2"))
    await till.deliver("sor_next")
    await till.settle()

    assert lost == [250, 50, 0, 1_537]
    assert (await till.balance(PAYABLE_ADA), await till.balance(DEBT_ADA)) == (1_807, 0)
    assert await till.balance(RESERVE_ADA) == 176
    assert await till.balance(FEES) == 1_500
    assert await till.sound()


async def test_a_warning_freezes_and_moves_no_money(till: Till) -> None:
    payment_id = await till.paid()
    before = await till.balance(PSP)

    reference = await disputed(till, payment_id, 2_000, S.WARNING)
    frozen = [await hold_of(till, one) for one in (SOR_ADA, SOR_BOB)]
    await decided(till, reference, S.WARNING_CLOSED)

    assert frozen == [HoldState.FROZEN] * 2
    assert [await hold_of(till, one) for one in (SOR_ADA, SOR_BOB)] == [HoldState.HELD] * 2
    assert await till.balance(PSP) == before
    assert len(till.events(DisputeWarned)) == 1
    assert await till.sound()


async def test_it_falls_on_the_sellers_in_proportion_and_parcels_go_on(till: Till) -> None:
    payment_id = await till.paid()
    await till.deliver("sor_bob", Proof.SELLER)

    await disputed(till, payment_id, 1_000)

    dispute = dispute_of(till)
    assert (await till.balance(ESCROW_ADA), await till.balance(ESCROW_BOB)) == (5_850, 3_150)
    assert await till.balance(accounts.escrow_disputed(dispute.dispute_id, EUR)) == 1_000
    assert await till.balance(accounts.dispute_receivable(dispute.dispute_id, EUR)) == 1_000
    assert await till.balance(FEES) == 1_500
    assert [await hold_of(till, one) for one in (SOR_ADA, SOR_BOB)] == [HoldState.FROZEN] * 2
    assert len(till.events(DisputeOpened)) == 1
    assert await till.sound()


async def test_won_before_release_everything_is_where_it_was(till: Till) -> None:
    payment_id = await till.paid()
    before = await till.balance(PSP)
    reference = await disputed(till, payment_id, 10_000)

    await decided(till, reference, S.UNDER_REVIEW)
    await decided(till, reference, S.WON, returns_fee=True)

    assert (await till.balance(ESCROW_ADA), await till.balance(ESCROW_BOB)) == (6_500, 3_500)
    assert (await till.balance(PSP), await till.balance(FEES)) == (before, 0)
    assert [await hold_of(till, one) for one in (SOR_ADA, SOR_BOB)] == [HoldState.HELD] * 2
    assert len(till.events(DisputeWon)) == 1
    assert await till.sound()


async def test_what_fell_due_meanwhile_is_released_once_it_is_won(till: Till) -> None:
    payment_id = await till.paid()
    reference = await disputed(till, payment_id, 10_000)
    await till.deliver("sor_ada")
    await till.settle()
    meanwhile = await till.balance(PAYABLE_ADA)

    await decided(till, reference, S.WON)
    await till.settle()

    assert meanwhile == 0
    assert await till.balance(PAYABLE_ADA) == 5_780
    assert await till.sound()


async def test_lost_before_release_the_escrow_is_gone_and_the_rest_is_released(till: Till) -> None:
    payment_id = await till.paid()
    reference = await disputed(till, payment_id, 1_000)

    await decided(till, reference, S.LOST)
    await till.deliver("sor_ada")
    await till.settle()

    assert await till.balance(ESCROW_BOB) == 3_150
    assert await till.balance(PAYABLE_ADA) == 5_850 - (535 + 107)
    assert await till.balance(LOSSES) == 0
    assert await till.sound()


async def test_a_hold_that_is_lost_whole_ends(till: Till) -> None:
    payment_id = await till.paid()
    reference = await disputed(till, payment_id, 10_000)

    await decided(till, reference, S.LOST)

    assert [await hold_of(till, one) for one in (SOR_ADA, SOR_BOB)] == [HoldState.LOST] * 2
    assert len(till.events(DisputeLost)) == 1
    assert await till.sound()


async def test_more_than_the_payment_is_the_platforms(till: Till) -> None:
    payment_id = await till.paid()
    reference = await disputed(till, payment_id, 10_700)

    await decided(till, reference, S.LOST)

    assert await till.balance(LOSSES) == 700
    assert await till.balance(DEBT_ADA) == 0
    assert await till.sound()


async def test_after_release_what_is_payable_is_set_aside_and_what_was_too_much_comes_back(till: Till) -> None:
    payment_id = await till.paid((a_share("sor_ada", ADA, 6_500),))
    await till.deliver("sor_ada")
    await till.settle()
    payable = await till.balance(PAYABLE_ADA)

    reference = await disputed(till, payment_id, 2_000)
    parked = await till.balance(accounts.seller_dispute_hold(dispute_of(till).dispute_id, EUR))
    meanwhile = await till.balance(PAYABLE_ADA)
    await decided(till, reference, S.LOST)

    assert (parked, meanwhile) == (2_000, payable - 2_000)
    assert await till.balance(PAYABLE_ADA) == payable - 2_000 + 240
    assert (await till.balance(COMMISSION), await till.balance(VAT)) == (450, 90)
    assert await till.sound()


async def test_won_after_release_what_was_set_aside_is_payable_again(till: Till) -> None:
    await till.accounts(ADA)
    await till.paid((a_share("sor_other", BOB, 9_000),), OrderId("ord_2"))
    payment_id = await till.paid((a_share("sor_ada", ADA, 6_500),))
    await till.deliver("sor_ada")
    await till.settle()
    payable = await till.balance(PAYABLE_ADA)

    reference = await disputed(till, payment_id, 2_000)
    (during,) = await till.sweep()
    await till.settle()
    await decided(till, reference, S.WON)

    assert await till.balance(PAYABLE_ADA) == 2_000
    assert payable - 2_000 > 0
    assert during
    assert await till.sound()


async def test_a_protected_seller_bears_nothing() -> None:
    till = a_till(policy=PaymentPolicy(protects_tracked_sellers=True))
    payment_id = await till.paid((a_share("sor_ada", ADA, 6_500),))
    await till.deliver("sor_ada", Proof.CARRIER)
    await till.pass_time(hours=72)
    payable = await till.balance(PAYABLE_ADA)

    reference = await disputed(till, payment_id, 2_000)
    await decided(till, reference, S.LOST)

    assert await till.balance(PAYABLE_ADA) == payable
    assert await till.balance(LOSSES) == 2_000 - 240
    assert await till.sound()


async def test_the_fee_may_be_passed_on() -> None:
    till = a_till(policy=PaymentPolicy(charges_dispute_fee=True))
    payment_id = await till.paid((a_share("sor_ada", ADA, 6_500),))
    reference = await disputed(till, payment_id, 2_000)

    await decided(till, reference, S.LOST)

    assert (await till.balance(FEES), await till.balance(DEBT_ADA)) == (0, 1_500)
    assert await till.sound()


async def test_no_refund_of_money_that_a_dispute_decides_about(till: Till) -> None:
    payment_id = await till.paid()
    reference = await disputed(till, payment_id, 10_000)

    with pytest.raises(RefundBlockedByDispute):
        await give_back(till, of_ada(100))
    await decided(till, reference, S.WON)

    assert (await give_back(till, of_ada(100))).state is RefundState.APPROVED


async def test_a_refund_that_was_not_asked_for_yet_is_called_back(till: Till) -> None:
    payment_id = await till.paid()
    asked = await give_back(till, of_ada(1_000))
    till.network.open(reference_of(till, payment_id), euros(10_000))

    await till.market.execute(ReconcileDisputes(payment_id=payment_id), by=OPERATOR)
    await till.settle()

    assert await state_of(till, asked.refund_id) is RefundState.CANCELLED
    assert till.provider.refunds == {}
    assert dispute_of(till).excess_minor == 0
    assert await till.sound()


async def test_a_refund_on_its_way_that_fails_falls_to_the_dispute() -> None:
    till = a_till(terms=Terms(holds_refunds=True))
    payment_id = await till.paid()
    asked = await give_back(till, of_ada(1_000))
    await till.settle()
    reference = await disputed(till, payment_id, 10_000)
    before = dispute_of(till).excess_minor

    till.provider.fail_refund(asked.refund_id, "charge_for_pending_refund_disputed")
    await till.settle()
    after = dispute_of(till).excess_minor
    await decided(till, reference, S.LOST)

    assert (before, after) == (1_000, 0)
    assert await till.balance(LOSSES) == 0
    assert await hold_of(till) is HoldState.LOST
    assert await till.sound()


STORY = (S.WARNING, S.NEEDS_RESPONSE, S.UNDER_REVIEW)


@pytest.mark.parametrize("end", [S.WON, S.LOST])
@pytest.mark.parametrize("looks", list(itertools.product([True, False], repeat=3)))
async def test_however_many_looks_were_missed_the_end_is_the_same(
    till: Till, looks: tuple[bool, ...], end: DisputeState
) -> None:
    payment_id = await till.paid()
    before = await till.balance(PSP)
    reference = till.network.open(reference_of(till, payment_id), euros(3_000), state=S.WARNING)
    for state, look in zip(STORY, looks, strict=True):
        till.network.move(reference, state)
        if look:
            await till.market.execute(ReconcileDisputes(payment_id=payment_id), by=OPERATOR)

    till.network.move(reference, end)
    for _ in range(3):
        await till.market.execute(ReconcileDisputes(payment_id=payment_id), by=OPERATOR)
    await till.settle()

    assert dispute_of(till).state is end
    assert await till.balance(PSP) == before - 1_500 - (3_000 if end is S.LOST else 0)
    assert await till.balance(accounts.dispute_receivable(dispute_of(till).dispute_id, EUR)) == 0
    assert await till.sound()


async def test_settled_by_the_network_it_is_a_refund_in_the_books(till: Till) -> None:
    payment_id = await till.paid()
    before = await till.balance(PSP)
    reference = await disputed(till, payment_id, 2_000)

    await decided(till, reference, S.PREVENTED)

    assert await till.balance(PSP) == before - 2_000 - 1_500
    assert (await till.balance(ESCROW_ADA), await till.balance(ESCROW_BOB)) == (5_200, 2_800)
    assert [await hold_of(till, one) for one in (SOR_ADA, SOR_BOB)] == [HoldState.HELD] * 2
    assert len(till.events(DisputePrevented)) == 1
    (refund,) = till.store.table("payments_refunds")
    assert await journals_of(till, refund.refund_id) == [
        JournalKind.REFUND_FROM_ESCROW,
        JournalKind.REFUND_FROM_ESCROW,
        JournalKind.REFUND_SUCCEEDED,
    ]
    await till.pass_time(days=2)
    assert till.failures == []
    assert await till.sound()


async def test_a_lost_dispute_that_is_turned_round_gives_escrow_back(till: Till) -> None:
    payment_id = await till.paid()
    before = await till.balance(PSP)
    reference = await disputed(till, payment_id, 10_700)
    await decided(till, reference, S.LOST)

    await decided(till, reference, S.WON, returns_fee=True)

    assert [await hold_of(till, one) for one in (SOR_ADA, SOR_BOB)] == [HoldState.HELD] * 2
    assert (await till.balance(ESCROW_ADA), await till.balance(LOSSES)) == (6_500, 0)
    assert (await till.balance(PSP), await till.balance(FEES)) == (before, 0)
    assert await till.sound()


async def test_a_lost_dispute_that_is_turned_round_pays_the_debt_it_had_made(till: Till) -> None:
    await till.accounts()
    payment_id = await till.paid((a_share("sor_ada", ADA, 6_500),))
    await till.deliver("sor_ada")
    await till.settle()
    await till.sweep()
    await till.settle()
    reference = await disputed(till, payment_id, 6_500)
    await decided(till, reference, S.LOST)
    owed = await till.balance(DEBT_ADA)

    await decided(till, reference, S.WON)

    assert owed == 6_500 - 780
    assert (await till.balance(DEBT_ADA), await till.balance(PAYABLE_ADA)) == (0, 0)
    assert (await till.balance(COMMISSION), await till.balance(VAT)) == (650, 130)
    assert await till.sound()


async def test_evidence_is_handed_in_once_and_only_while_it_is_awaited(till: Till) -> None:
    payment_id = await till.paid()
    reference = await disputed(till, payment_id, 2_000)
    dispute_id = dispute_of(till).dispute_id
    command = AnswerDispute(dispute_id=dispute_id, statements=(("shipping", "Delivered, tracked: JJD1."),))

    with pytest.raises(MalformedEvidence):
        await till.market.execute(AnswerDispute(dispute_id=dispute_id, statements=()), by=OPERATOR)
    with pytest.raises(MalformedEvidence):
        await till.market.execute(AnswerDispute(dispute_id=dispute_id, statements=(("a", " "),)), by=OPERATOR)
    with pytest.raises(NotAllowed):
        await till.market.execute(command, by=ANN)
    state = await till.market.execute(command, by=OPERATOR)

    assert state is S.UNDER_REVIEW
    assert till.network.evidence[reference].digest == dispute_of(till).evidence_hash
    with pytest.raises(WrongState):
        await till.market.execute(command, by=OPERATOR)
    with pytest.raises(DisputeNotFound):
        await till.market.execute(AcceptDispute(dispute_id=DisputeId("dsp_none")), by=OPERATOR)


async def test_a_dispute_may_be_given_up(till: Till) -> None:
    payment_id = await till.paid()
    await disputed(till, payment_id, 2_000)

    state = await till.market.execute(AcceptDispute(dispute_id=dispute_of(till).dispute_id), by=OPERATOR)

    assert state is S.LOST
    assert await till.sound()


async def test_the_evidence_is_brought_to_mind_before_it_is_due(till: Till) -> None:
    payment_id = await till.paid()
    due = till.clock.now() + timedelta(days=7)
    till.network.open(reference_of(till, payment_id), euros(2_000), evidence_due=due)
    await till.settle()

    await till.pass_time(days=4, hours=23)
    early = len(till.events(EvidenceDue))
    await till.pass_time(hours=1)

    assert (early, len(till.events(EvidenceDue))) == (0, 1)


async def test_lost_messages_are_made_up_for_by_asking_every_day(till: Till) -> None:
    payment_id = await till.paid()
    reference = await disputed(till, payment_id, 2_000)
    till.network.move(reference, S.LOST)

    await till.dispatcher.settle()
    before = dispute_of(till).state
    till.clock.advance(timedelta(days=1))
    await till.dispatcher.settle()

    assert (before, dispute_of(till).state) == (S.NEEDS_RESPONSE, S.LOST)
    await till.market.execute(ReconcileDisputes(payment_id=payment_id), by=SYSTEM)
    assert not {timer for timer in till.timers() if timer[0] == "payments.poll_dispute"}
