"""Buyers' claims: what is frozen, and where the money goes (money design 4.9)."""

import pytest

from marketplace_core.kernel.machines import Who
from marketplace_core.payments import (
    FreezeEscrow,
    HoldState,
    JournalKind,
    PaymentPolicy,
    Proof,
    ViewEscrow,
    WrongState,
)
from marketplace_core.payments.claims import (
    AcceptClaimOffer,
    ClaimAnswer,
    ClaimAnswered,
    ClaimClosed,
    ClaimDecision,
    ClaimOpened,
    MalformedClaim,
    WithdrawClaim,
)
from tests.core.payments.claiming import CUP, C, answer, claim, claimed_on_delivery, decide, shown
from tests.core.payments.refunding import (
    COMMISSION,
    DEBT_ADA,
    ESCROW_ADA,
    ESCROW_BOB,
    PAYABLE_ADA,
    SELLER_ADA,
    SOR_ADA,
    SOR_BOB,
    hold_of,
    journals_of,
)
from tests.core.payments.till import ANN, OPERATOR, a_till


async def test_a_claim_freezes_this_part_of_the_order_and_no_other() -> None:
    till = a_till()
    await till.paid()
    await till.deliver("sor_ada", Proof.CARRIER)
    await till.deliver("sor_bob", Proof.CARRIER)

    claim_id = await claim(till, (CUP, 2))
    await till.pass_time(hours=71)

    view = await shown(till, claim_id)
    assert (view.state, view.wanted.items.amount_minor, view.wanted.delivery.amount_minor) == (
        C.AWAITING_SELLER,
        3_000,
        0,
    )
    assert [(line.title, line.quantity) for line in view.lines] == [("Cup", 2)]
    assert (await hold_of(till), await hold_of(till, SOR_BOB)) == (HoldState.FROZEN, HoldState.HELD)
    await answer(till, claim_id, ClaimAnswer.CONTEST)
    await till.pass_time(hours=2)
    assert (await hold_of(till), await hold_of(till, SOR_BOB)) == (HoldState.FROZEN, HoldState.RELEASED)
    assert (await till.balance(ESCROW_ADA), await till.balance(ESCROW_BOB)) == (6_500, 0)
    assert await till.sound()


async def test_without_lines_it_is_about_all_of_them_and_their_delivery() -> None:
    till = a_till()

    claim_id = await claimed_on_delivery(till)

    view = await shown(till, claim_id)
    assert view.wanted.amount.amount_minor == 6_500
    assert [(line.title, line.quantity) for line in view.lines] == [("Cup", 3), ("Pot", 1)]
    (opened,) = till.events(ClaimOpened)
    assert (opened.seller_id, opened.wanted.amount_minor, opened.text) == (SELLER_ADA.seller_id, 6_500, "Chipped.")


async def test_a_silent_seller_has_agreed_and_the_rest_goes_on_at_its_time() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till, (CUP, 1))

    await till.pass_time(hours=71)
    assert (await shown(till, claim_id)).state is C.AWAITING_SELLER
    await till.pass_time(hours=1)

    view = await shown(till, claim_id)
    assert (view.state, view.decided_by) == (C.RESOLVED_REFUND, Who.TIMER)
    assert view.refund_id is not None
    assert await journals_of(till, view.refund_id) == [JournalKind.REFUND_FROM_ESCROW, JournalKind.REFUND_SUCCEEDED]
    # 72 hours after delivery by a carrier it was due all along.
    await till.settle()
    assert (await hold_of(till), await till.balance(ESCROW_ADA)) == (HoldState.RELEASED, 0)
    assert await till.balance(COMMISSION) == 450
    assert await till.sound()


async def test_a_seller_who_agrees_refunds_at_once() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till)

    assert await answer(till, claim_id, ClaimAnswer.AGREE) is C.RESOLVED_REFUND
    await till.settle()

    assert (await hold_of(till), await till.balance(ESCROW_ADA)) == (HoldState.REFUNDED, 0)
    (closed,) = till.events(ClaimClosed)
    assert (closed.outcome, closed.refunded.amount_minor, closed.text) == ("resolved_refund", 6_500, "Hm.")
    assert ("payments.claim", claim_id) not in till.timers()
    assert await till.sound()


async def test_an_offer_that_the_buyer_takes_pays_both_at_once() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till, (CUP, 3))
    assert await answer(till, claim_id, ClaimAnswer.OFFER, 1_500) is C.AWAITING_OPERATOR
    (answered,) = till.events(ClaimAnswered)
    assert answered.offered.amount_minor == 1_500

    with pytest.raises(WrongState):
        await till.market.execute(AcceptClaimOffer(claim_id=claim_id, offered_minor=2_000), by=ANN)
    state = await till.market.execute(AcceptClaimOffer(claim_id=claim_id, offered_minor=1_500), by=ANN)
    await till.settle()

    assert state is C.RESOLVED_PARTIAL
    # 65.00 − 15.00 refunded; 10 % of 45.00 and 20 % of that.
    assert (await till.balance(PAYABLE_ADA), await till.balance(ESCROW_ADA)) == (5_000 - 450 - 90, 0)
    assert await hold_of(till) is HoldState.RELEASED
    assert await till.sound()


async def test_there_is_nothing_to_take_without_an_offer_and_the_last_one_stands() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till)
    await answer(till, claim_id, ClaimAnswer.CONTEST)
    with pytest.raises(WrongState):
        await till.market.execute(AcceptClaimOffer(claim_id=claim_id, offered_minor=0), by=ANN)

    await answer(till, claim_id, ClaimAnswer.OFFER, 500)
    await answer(till, claim_id, ClaimAnswer.OFFER, 900, 100)

    view = await shown(till, claim_id, ANN)
    assert view.offer is not None
    assert view.offer.amount.amount_minor == 1_000


@pytest.mark.parametrize("minor", [(0, 0), (6_000, 500), (6_001, 0), (0, 501)])
async def test_an_offer_is_a_part_of_what_is_wanted(minor: tuple[int, int]) -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till)

    with pytest.raises(MalformedClaim):
        await answer(till, claim_id, ClaimAnswer.OFFER, *minor)

    assert (await shown(till, claim_id)).state is C.AWAITING_SELLER


async def test_an_operator_who_is_silent_leaves_it_to_the_policy() -> None:
    for refunds, state, hold in (
        (True, C.RESOLVED_REFUND, HoldState.REFUNDED),
        (False, C.RESOLVED_RELEASE, HoldState.RELEASED),
    ):
        till = a_till(policy=PaymentPolicy(claim_default_refunds=refunds))
        claim_id = await claimed_on_delivery(till)
        await answer(till, claim_id, ClaimAnswer.CONTEST)

        await till.pass_time(days=6, hours=23)
        assert (await shown(till, claim_id)).state is C.AWAITING_OPERATOR
        await till.pass_time(hours=1)

        assert ((await shown(till, claim_id)).state, await hold_of(till)) == (state, hold)
        assert await till.sound()


async def test_a_decision_for_the_seller_releases_what_was_delivered() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till)
    await answer(till, claim_id, ClaimAnswer.CONTEST)

    assert await decide(till, claim_id, ClaimDecision.RELEASE) is C.RESOLVED_RELEASE

    assert await hold_of(till) is HoldState.RELEASED
    assert await till.balance(PAYABLE_ADA) == 6_500 - 600 - 120
    assert (await shown(till, claim_id)).refund_id is None
    assert await till.sound()


async def test_money_that_somebody_else_froze_stays_frozen_after_a_decision_for_the_seller() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till)
    await till.market.execute(FreezeEscrow(seller_order_id=SOR_ADA, reason="risk"), by=OPERATOR)
    await answer(till, claim_id, ClaimAnswer.CONTEST)

    await decide(till, claim_id, ClaimDecision.RELEASE)
    await till.pass_time(days=4)

    view = await till.market.ask(ViewEscrow(seller_order_id=SOR_ADA), by=OPERATOR)
    assert (view.state, view.freezes) == (HoldState.FROZEN, ("risk",))


async def test_a_partial_decision_gives_each_their_part() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till)
    await answer(till, claim_id, ClaimAnswer.CONTEST)
    with pytest.raises(MalformedClaim):
        await decide(till, claim_id, ClaimDecision.PARTIAL)

    await decide(till, claim_id, ClaimDecision.PARTIAL, 2_000, 500)
    await till.settle()

    view = await shown(till, claim_id)
    assert view.granted is not None
    assert (view.state, view.granted.amount.amount_minor) == (C.RESOLVED_PARTIAL, 2_500)
    assert await till.balance(PAYABLE_ADA) == 4_000 - 400 - 80
    assert await till.sound()


async def test_after_the_release_the_waterfall_pays() -> None:
    till = a_till()
    await till.paid()
    await till.accounts()
    await till.deliver("sor_ada")
    await till.settle()
    await till.sweep()
    await till.settle()
    assert await hold_of(till) is HoldState.RELEASED

    claim_id = await claim(till, (CUP, 1))
    assert await hold_of(till) is HoldState.RELEASED
    await answer(till, claim_id, ClaimAnswer.AGREE)
    await till.settle()

    view = await shown(till, claim_id)
    assert view.refund_id is not None
    assert await journals_of(till, view.refund_id) == [JournalKind.REFUND_AFTER_RELEASE, JournalKind.REFUND_SUCCEEDED]
    assert (await till.balance(COMMISSION), await till.balance(DEBT_ADA)) == (450, 1_500 - 150 - 30)
    assert await till.sound()


async def test_a_withdrawn_claim_leaves_everything_as_it_was_and_another_may_come() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till)

    assert await till.market.execute(WithdrawClaim(claim_id=claim_id), by=ANN) is C.WITHDRAWN
    assert await hold_of(till) is HoldState.HELD
    await till.market.execute(WithdrawClaim(claim_id=await claim(till)), by=ANN)
    await till.pass_time(hours=72)

    assert await hold_of(till) is HoldState.RELEASED
    assert await till.sound()
