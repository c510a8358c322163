"""What the card network decides, in whatever order it says so, and what operators say to it."""

import itertools
from datetime import timedelta

import pytest
from attrs import evolve

from marketplace_core.inmemory.payment_disputes import InMemoryDisputeGateway
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.kernel.ids import DisputeId
from marketplace_core.payments import (
    AcceptDispute,
    AnswerDispute,
    DisputeNotFound,
    DisputePrevented,
    DisputeState,
    EvidenceDue,
    HoldState,
    JournalKind,
    MalformedEvidence,
    ReconcileDisputes,
    WrongState,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.payments.ports import Evidence
from marketplace_core.testing.payments import ADA, EUR, a_share, euros
from tests.core.payments.disputing import FEES, LOSSES, S, decided, dispute_of, disputed, reference_of
from tests.core.payments.refunding import (
    COMMISSION,
    DEBT_ADA,
    ESCROW_ADA,
    ESCROW_BOB,
    PAYABLE_ADA,
    PSP,
    SOR_ADA,
    SOR_BOB,
    VAT,
    hold_of,
    journals_of,
)
from tests.core.payments.till import ANN, OPERATOR, Till

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
        await till.market.execute(evolve(command, statements=(("shipping", "Lost."),)), by=OPERATOR)
    with pytest.raises(WrongState):
        await till.market.execute(AcceptDispute(dispute_id=dispute_id), by=OPERATOR)
    with pytest.raises(DisputeNotFound):
        await till.market.execute(AcceptDispute(dispute_id=DisputeId("dsp_none")), by=OPERATOR)


@pytest.mark.parametrize("decision", [None, S.WON, S.LOST])
@pytest.mark.parametrize("noted", [True, False])
async def test_the_same_evidence_once_more_is_done_whoever_noted_it_and_however_it_ended(
    till: Till, monkeypatch: pytest.MonkeyPatch, noted: bool, decision: DisputeState | None
) -> None:
    payment_id = await till.paid()
    reference = await disputed(till, payment_id, 2_000)
    said = (("shipping", "Delivered."), ("customer_communication", "Thanks!"))
    command = AnswerDispute(dispute_id=dispute_of(till).dispute_id, statements=said)
    if noted:
        await till.market.execute(command, by=OPERATOR)
    else:  # the process died between the provider's answer and our note of it
        evidence = Evidence(dispute_reference=reference, statements=said)
        await InMemoryDisputeGateway(till.network).answer(evidence, key=f"evidence:{command.dispute_id}:1")
        await till.settle()
    if decision is not None:
        await decided(till, reference, decision)
    monkeypatch.setattr(InMemoryDisputeGateway, "answer", _nobody_is_called)

    again = await till.market.execute(evolve(command, statements=said[::-1]), by=OPERATOR)

    assert again is (decision or S.UNDER_REVIEW)
    assert dispute_of(till).evidence_hash == till.network.evidence[reference].digest
    with pytest.raises(WrongState):
        await till.market.execute(evolve(command, statements=said[:1]), by=OPERATOR)
    assert await till.sound()


async def test_what_is_given_up_is_given_up_once(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    payment_id = await till.paid()
    await disputed(till, payment_id, 2_000)
    command = AcceptDispute(dispute_id=dispute_of(till).dispute_id)
    first = await till.market.execute(command, by=OPERATOR)
    monkeypatch.setattr(InMemoryDisputeGateway, "accept", _nobody_is_called)

    assert (first, await till.market.execute(command, by=OPERATOR)) == (S.LOST, S.LOST)
    assert await till.sound()


async def _nobody_is_called(*_: object, **__: object) -> None:
    raise AssertionError("called again")


async def test_evidence_that_was_lost_on_does_not_count_as_given_up(till: Till) -> None:
    payment_id = await till.paid()
    reference = await disputed(till, payment_id, 2_000)
    dispute_id = dispute_of(till).dispute_id
    await till.market.execute(AnswerDispute(dispute_id=dispute_id, statements=(("shipping", "Sent."),)), by=OPERATOR)
    await decided(till, reference, S.LOST)

    with pytest.raises(WrongState):
        await till.market.execute(AcceptDispute(dispute_id=dispute_id), by=OPERATOR)


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
    assert ("payments.evidence_by", dispute_of(till).dispute_id) in till.timers()


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


async def test_a_warning_that_was_closed_may_become_a_dispute_after_all(till: Till) -> None:
    payment_id = await till.paid()
    reference = await disputed(till, payment_id, 2_000, S.WARNING)
    await decided(till, reference, S.WARNING_CLOSED)
    before = await till.balance(ESCROW_ADA)

    await decided(till, reference, S.NEEDS_RESPONSE)
    during = await till.balance(ESCROW_ADA)
    await decided(till, reference, S.LOST)

    assert (before, during) == (6_500, 5_200)
    assert dispute_of(till).state is S.LOST
    assert dispute_of(till).closed_at is not None
    assert await till.sound()


async def test_of_two_disputes_each_goes_its_own_way(till: Till) -> None:
    payment_id = await till.paid()
    first = await disputed(till, payment_id, 2_000)
    second = await disputed(till, payment_id, 3_000)

    await decided(till, first, S.PREVENTED)
    polled = ("payments.poll_dispute", payment_id) in till.timers()
    await decided(till, second, S.LOST)

    assert polled
    assert ("payments.poll_dispute", payment_id) not in till.timers()
    assert await till.balance(ESCROW_ADA) + await till.balance(ESCROW_BOB) == 5_000
    assert await till.balance(LOSSES) == 0
    assert till.failures == []
    assert await till.sound()
