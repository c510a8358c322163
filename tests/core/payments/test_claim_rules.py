"""Buyers' claims: who may say what until when, and whose word counts (money design 4.9)."""

import pytest
from attrs import evolve

from marketplace_core.kernel.access import SYSTEM, Actor, Role
from marketplace_core.kernel.errors import NotAllowed, NotSignedIn
from marketplace_core.kernel.ids import OfferId
from marketplace_core.kernel.machines import Who
from marketplace_core.payments import (
    EscrowNotFound,
    FreezeEscrow,
    HoldState,
    ListRefunds,
    Proof,
    RefundBlockedByDispute,
    WrongState,
)
from marketplace_core.payments.claims import (
    AddToClaim,
    ClaimAnswer,
    ClaimDecision,
    ClaimKind,
    ClaimNotFound,
    ClaimNotPossible,
    ConcludeClaim,
    DecideClaim,
    ListClaims,
    MalformedClaim,
    WithdrawClaim,
)
from marketplace_core.testing.payments import BUYER
from tests.core.payments.claiming import CUP, POT, TEA, C, answer, claim, claimed_on_delivery, decide, shown
from tests.core.payments.disputing import S, decided, disputed
from tests.core.payments.refunding import (
    ESCROW_ADA,
    PSP,
    SELLER_ADA,
    SELLER_BOB,
    SOR_ADA,
    give_back,
    hold_of,
    of_ada,
)
from tests.core.payments.till import ANN, MALLORY, OPERATOR, Till, a_till


async def test_one_claim_at_a_time_and_none_after_a_decision() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till, (CUP, 1))
    with pytest.raises(ClaimNotPossible) as refused:
        await claim(till, (POT, 1))
    assert refused.value.facts["reason"] == "open_already"

    await answer(till, claim_id, ClaimAnswer.AGREE)
    with pytest.raises(ClaimNotPossible) as refused:
        await claim(till, (POT, 1))

    assert refused.value.facts["reason"] == "decided_already"


async def test_the_time_for_claims_ends_14_days_after_delivery() -> None:
    till = a_till()
    await till.paid()
    await till.deliver("sor_ada")
    await till.pass_time(days=14)
    claim_id = await claim(till)
    await till.market.execute(WithdrawClaim(claim_id=claim_id), by=ANN)

    await till.pass_time(seconds=1)
    with pytest.raises(ClaimNotPossible) as refused:
        await claim(till)

    assert refused.value.facts["reason"] == "too_late"


async def test_what_never_arrives_is_claimed_from_28_days_on() -> None:
    till = a_till()
    await till.paid()
    await till.pass_time(days=27)
    for kind, reason in ((ClaimKind.NOT_RECEIVED, "too_early"), (ClaimKind.DAMAGED, "not_delivered")):
        with pytest.raises(ClaimNotPossible) as refused:
            await claim(till, kind=kind)
        assert refused.value.facts["reason"] == reason

    await till.pass_time(days=1)
    claim_id = await claim(till, kind=ClaimKind.NOT_RECEIVED)
    await answer(till, claim_id, ClaimAnswer.CONTEST)
    await decide(till, claim_id, ClaimDecision.RELEASE)

    # Nobody has said that it arrived, so it is still held.
    assert await hold_of(till) is HoldState.HELD
    assert await till.sound()


async def test_a_parcel_that_went_back_is_claimed_at_once() -> None:
    till = a_till()
    await till.paid()
    await till.market.execute(FreezeEscrow(seller_order_id=SOR_ADA, reason="undelivered"), by=OPERATOR)

    claim_id = await claim(till, kind=ClaimKind.NOT_RECEIVED)
    await till.pass_time(hours=72)

    assert ((await shown(till, claim_id)).state, await hold_of(till)) == (C.RESOLVED_REFUND, HoldState.REFUNDED)
    assert await till.sound()


async def test_a_refund_meanwhile_leaves_less_to_give() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till)
    await give_back(till, of_ada(5_000))

    await answer(till, claim_id, ClaimAnswer.AGREE)
    await till.settle()

    view = await shown(till, claim_id)
    assert view.granted is not None
    assert view.granted.amount.amount_minor == 1_500
    assert (await hold_of(till), await till.balance(ESCROW_ADA)) == (HoldState.REFUNDED, 0)
    assert await till.sound()


async def test_a_claim_whose_money_has_gone_back_closes_without_any() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till)
    await give_back(till, of_ada(6_000, 500))
    await till.pass_time(hours=72)

    view = await shown(till, claim_id)
    assert (view.state, view.refund_id) == (C.RESOLVED_REFUND, None)
    with pytest.raises(ClaimNotPossible) as refused:
        await claim(till, of=SOR_ADA)
    assert refused.value.facts["reason"] == "decided_already"
    assert await till.sound()


async def test_a_card_dispute_supersedes_an_open_claim_and_the_network_decides() -> None:
    till = a_till()
    payment_id = await till.paid()
    await till.deliver("sor_ada", Proof.CARRIER)
    claim_id = await claim(till)

    reference = await disputed(till, payment_id, 10_000)

    view = await shown(till, claim_id)
    assert (view.state, view.decided_by, view.refund_id) == (C.SUPERSEDED, Who.PROVIDER, None)
    assert ("payments.claim", claim_id) not in till.timers()
    with pytest.raises(RefundBlockedByDispute):
        await claim(till)
    await till.pass_time(days=4)
    await decided(till, reference, S.LOST)
    assert await hold_of(till) is HoldState.LOST
    assert await till.sound()


async def test_after_a_dispute_that_was_won_the_freeze_of_the_claim_is_gone_too() -> None:
    till = a_till()
    payment_id = await till.paid()
    await till.deliver("sor_ada", Proof.CARRIER)
    await claim(till)
    reference = await disputed(till, payment_id, 10_000)

    await till.pass_time(days=4)
    await decided(till, reference, S.WON)
    await till.settle()

    assert await hold_of(till) is HoldState.RELEASED
    assert await till.sound()


async def test_an_inquiry_leaves_the_claim_to_the_marketplace() -> None:
    till = a_till()
    payment_id = await till.paid()
    await till.deliver("sor_ada", Proof.CARRIER)
    claim_id = await claim(till)
    await disputed(till, payment_id, 10_000, S.WARNING)

    await answer(till, claim_id, ClaimAnswer.AGREE)
    await till.settle()

    assert (await shown(till, claim_id)).state is C.RESOLVED_REFUND
    assert await till.sound()


async def test_everybody_concerned_may_say_something_and_nobody_else_knows() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till)
    for by in (SELLER_ADA, ANN, OPERATOR):
        await till.market.execute(AddToClaim(claim_id=claim_id, text=f" {by.principal} "), by=by)

    said = [(one.who, one.text) for one in (await shown(till, claim_id, SELLER_ADA)).messages]
    assert said[1:] == [(Who.SELLER, "usr_ada"), (Who.BUYER, BUYER), (Who.OPERATOR, "usr_op")]
    for by in (MALLORY, SELLER_BOB):
        with pytest.raises(ClaimNotFound):
            await shown(till, claim_id, by)
        with pytest.raises(ClaimNotFound):
            await till.market.execute(AddToClaim(claim_id=claim_id, text="Hello."), by=by)
        assert (await till.market.ask(ListClaims(), by=by)).items == ()
    for by in (SELLER_ADA, ANN, OPERATOR):
        assert [one.claim_id for one in (await till.market.ask(ListClaims(), by=by)).items] == [claim_id]


async def test_whoever_buys_and_sells_or_operates_may_ask_for_what_they_opened_alone() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till)
    ann_sells, ann_operates = evolve(ANN, seller_id=SELLER_BOB.seller_id), evolve(ANN, roles=OPERATOR.roles)

    async def mine(by: Actor) -> list[str]:
        return [one.claim_id for one in (await till.market.ask(ListClaims(mine=True), by=by)).items]

    assert (await till.market.ask(ListClaims(), by=ann_sells)).items == ()
    assert [await mine(by) for by in (ann_sells, ann_operates, ANN)] == [[claim_id]] * 3
    assert [await mine(by) for by in (SELLER_ADA, OPERATOR, MALLORY)] == [[]] * 3
    with pytest.raises(NotSignedIn):
        await mine(SYSTEM)


async def test_each_says_what_is_theirs_to_say() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till)
    for by in (OPERATOR,):
        with pytest.raises(NotAllowed):
            await answer(till, claim_id, ClaimAnswer.AGREE, by=by)
    with pytest.raises(ClaimNotFound):
        await answer(till, claim_id, ClaimAnswer.AGREE, by=SELLER_BOB)
    for by in (SELLER_ADA, OPERATOR):
        with pytest.raises(NotAllowed):
            await till.market.execute(WithdrawClaim(claim_id=claim_id), by=by)
    with pytest.raises(WrongState):  # before the seller has answered
        await decide(till, claim_id, ClaimDecision.REFUND)
    await answer(till, claim_id, ClaimAnswer.CONTEST)
    both = Actor(principal=BUYER, roles=frozenset({Role.BUYER, Role.OPERATOR}), user_id=BUYER)
    with pytest.raises(NotAllowed):
        await decide(till, claim_id, ClaimDecision.REFUND, by=both)
    with pytest.raises(MalformedClaim):
        await decide(till, claim_id, ClaimDecision.REFUND, reason=" ")
    assert await decide(till, claim_id, ClaimDecision.REFUND) is C.RESOLVED_REFUND


async def test_a_closed_claim_takes_no_more() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till)
    await answer(till, claim_id, ClaimAnswer.AGREE)

    for command, by in (
        (AddToClaim(claim_id=claim_id, text="More."), ANN),
        (WithdrawClaim(claim_id=claim_id), ANN),
        (DecideClaim(claim_id=claim_id, decision=ClaimDecision.RELEASE, reason="No."), OPERATOR),
    ):
        with pytest.raises(WrongState):
            await till.market.execute(command, by=by)
    assert await till.market.execute(ConcludeClaim(claim_id=claim_id), by=SYSTEM) is C.RESOLVED_REFUND
    await till.settle()
    assert len((await till.market.ask(ListRefunds(), by=OPERATOR)).items) == 1


async def test_a_timer_that_comes_too_soon_waits(till: Till) -> None:
    claim_id = await claimed_on_delivery(till)

    assert await till.market.execute(ConcludeClaim(claim_id=claim_id), by=SYSTEM) is C.AWAITING_SELLER

    assert ("payments.claim", claim_id) in till.timers()


@pytest.mark.parametrize(
    "goods", [((TEA, 1),), ((CUP, 4),), ((CUP, 0),), ((CUP, 1), (CUP, 1))], ids=["foreign", "more", "none", "twice"]
)
async def test_only_what_was_bought_is_claimed(till: Till, goods: tuple[tuple[OfferId, int], ...]) -> None:
    with pytest.raises(MalformedClaim):
        await claimed_on_delivery(till, *goods)

    assert await hold_of(till) is HoldState.HELD


async def test_strangers_and_words_of_nothing_are_refused(till: Till) -> None:
    await till.paid()
    with pytest.raises(ClaimNotPossible):
        await claim(till)
    await till.deliver("sor_ada", Proof.CARRIER)
    for by in (MALLORY, SELLER_ADA):
        with pytest.raises(EscrowNotFound):
            await claim(till, by=by)
    for text in ("", " \n", "x" * 2_001):
        with pytest.raises(MalformedClaim):
            await claim(till, text=text)
    assert await hold_of(till) is HoldState.HELD
    assert (await till.balance(PSP)) > 0
