"""What may be claimed, told before it is; and what silence will do, told while there is time."""

from datetime import timedelta
from typing import Any

import pytest

from marketplace_core.payments import EscrowNotFound, PaymentPolicy, Proof
from marketplace_core.payments.claims import (
    ClaimAnswer,
    ClaimDecision,
    ClaimForecast,
    ClaimKind,
    ClaimNotPossible,
    ClaimTrigger,
    ForeseeClaim,
    ListClaims,
    WithdrawClaim,
)
from tests.core.payments.claiming import CUP, POT, answer, claim, claimed_on_delivery, decide, shown
from tests.core.payments.disputing import disputed
from tests.core.payments.refunding import SELLER_ADA, SOR_ADA, give_back, of_ada
from tests.core.payments.till import ANN, MALLORY, OPERATOR, Till, a_till


async def forecast(till: Till, by: Any = ANN) -> ClaimForecast:
    """Ask what Ann may claim of Ada's part."""
    return await till.market.ask(ForeseeClaim(seller_order_id=SOR_ADA), by=by)


async def test_what_arrived_may_be_claimed_for_two_weeks() -> None:
    till = a_till()
    await till.paid()
    await till.deliver("sor_ada", Proof.CARRIER)
    arrived = till.clock.now()

    found = await forecast(till)
    assert (found.kinds, found.why_not, found.claim_id) == (tuple(ClaimKind), None, None)
    assert (found.opens_at, found.closes_at) == (None, arrived + timedelta(days=14))
    assert found.answer_by == arrived + timedelta(hours=72)
    assert (found.left.items.amount_minor, found.left.delivery.amount_minor) == (6_000, 500)
    assert [(line.title, line.quantity) for line in found.lines][:1] == [("Cup", 3)]

    await till.pass_time(hours=14 * 24 + 1)
    late = await forecast(till)
    assert (late.kinds, late.why_not) == ((), "too_late")
    with pytest.raises(ClaimNotPossible):
        await claim(till, (CUP, 1))


async def test_what_has_not_arrived_may_be_claimed_once_it_should_have() -> None:
    till = a_till()
    await till.paid()
    paid = till.clock.now()

    early = await forecast(till)
    await till.pass_time(hours=28 * 24)
    due = await forecast(till)

    assert (early.kinds, early.why_not, early.closes_at) == ((), "too_early", None)
    assert early.opens_at is not None
    assert abs(early.opens_at - paid - timedelta(days=28)) < timedelta(minutes=5)
    assert (due.kinds, due.why_not) == ((ClaimKind.NOT_RECEIVED,), None)


async def test_what_stands_in_the_way_is_named() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till, (CUP, 1))
    opened = await forecast(till)
    await till.market.execute(WithdrawClaim(claim_id=claim_id), by=ANN)
    free = await forecast(till)
    second = await claim(till, (POT, 1))
    await answer(till, second, ClaimAnswer.AGREE)
    decided = await forecast(till)

    assert (opened.kinds, opened.why_not, opened.claim_id) == ((), "open_already", claim_id)
    assert (free.kinds, free.claim_id) == (tuple(ClaimKind), None)
    assert (decided.kinds, decided.why_not, decided.claim_id) == ((), "decided_already", second)


async def test_a_card_dispute_decides_instead_and_nothing_left_is_nothing_to_claim() -> None:
    till = a_till()
    payment_id = await till.paid()
    await till.deliver("sor_ada", Proof.CARRIER)
    await disputed(till, payment_id, 10_000)
    quarrel = await forecast(till)
    empty = a_till()
    await empty.paid()
    await empty.deliver("sor_ada", Proof.CARRIER)
    await give_back(empty, of_ada(6_000, 500))

    assert (quarrel.kinds, quarrel.why_not) == ((), "disputed")
    assert ((await forecast(empty)).kinds, (await forecast(empty)).why_not) == ((), "nothing_left")


async def test_nobody_foresees_anothers_claim() -> None:
    till = a_till()
    await till.paid()
    for by in (MALLORY, SELLER_ADA, OPERATOR):
        with pytest.raises(EscrowNotFound):
            await forecast(till, by)


async def test_what_silence_does_is_told_under_the_terms_that_were_agreed() -> None:
    for refunds in (True, False):
        till = a_till(policy=PaymentPolicy(claim_default_refunds=refunds))
        claim_id = await claimed_on_delivery(till, (CUP, 2))
        silent_seller = (await shown(till, claim_id)).if_silent
        await answer(till, claim_id, ClaimAnswer.CONTEST)
        (listed,) = (await till.market.ask(ListClaims(), by=ANN)).items
        await till.pass_time(hours=7 * 24 + 1)
        after = await shown(till, claim_id)

        assert silent_seller is not None
        assert silent_seller.amount.amount_minor == 3_000
        assert listed.if_silent is not None
        assert listed.if_silent.amount.amount_minor == (3_000 if refunds else 0)
        assert after.granted == listed.if_silent
        assert after.if_silent is None


async def test_the_history_tells_what_was_done_in_saying_something() -> None:
    till = a_till()
    claim_id = await claimed_on_delivery(till, (CUP, 2))
    await answer(till, claim_id, ClaimAnswer.OFFER, 900)
    await answer(till, claim_id, ClaimAnswer.OFFER, 1_200)
    await decide(till, claim_id, ClaimDecision.PARTIAL, 1_500)

    said = (await shown(till, claim_id)).messages
    assert [(one.did, one.offered.items if one.offered else None) for one in said] == [
        (None, None),
        (ClaimTrigger.OFFER, 900),
        (ClaimTrigger.OFFER, 1_200),
        (ClaimTrigger.GRANT_PART, None),
    ]
