"""A part that is sent in several parcels is released parcel by parcel, and what is on its way stays held."""

import random
from datetime import timedelta

import pytest

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.payments import (
    DisputeState,
    EscrowNotReleasable,
    EscrowReleased,
    EscrowView,
    FreezeEscrow,
    HoldState,
    PaymentPolicy,
    Proof,
    ReleaseEscrow,
    ReturnShare,
    UnfreezeEscrow,
    ViewEscrow,
    WrongState,
)
from marketplace_core.payments.claims import ClaimAnswer, ClaimDecision, ClaimKind, ClaimNotPossible
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.payments import ADA, EUR
from tests.core.payments.claiming import answer, claim, decide
from tests.core.payments.disputing import disputed
from tests.core.payments.refunding import give_back, of_ada
from tests.core.payments.till import OPERATOR, Till, a_till
from tests.core.payments.walk import Walk

BY_PARCEL = PaymentPolicy(release_per_shipment=True)
SOR_ADA = SellerOrderId("sor_ada")
PAYABLE, DEBT = accounts.seller_payable(ADA, EUR), accounts.seller_receivable(ADA, EUR)


@pytest.fixture
def till() -> Till:
    return a_till(policy=BY_PARCEL)


async def hold_of(till: Till) -> EscrowView:
    """Look at the held payment: 60.00 of goods, 5.00 of delivery."""
    return await till.market.ask(ViewEscrow(seller_order_id=SOR_ADA), by=OPERATOR)


async def held(till: Till) -> int:
    """Return what is held."""
    return (await hold_of(till)).held.amount_minor


async def test_each_parcel_is_released_with_its_goods_and_the_delivery_with_the_last(till: Till) -> None:
    await till.paid()
    await till.parcel("sor_ada", 1, 2_000, 4_000)
    await till.settle()
    first = await hold_of(till)
    await till.parcel("sor_ada", 2, 1_500, 2_500)
    await till.settle()
    second = await hold_of(till)
    await till.deliver("sor_ada")
    await till.settle()
    last = await hold_of(till)

    assert [(one.state, one.held.amount_minor) for one in (first, second, last)] == [
        (HoldState.HELD, 4_500),
        (HoldState.HELD, 3_000),
        (HoldState.RELEASED, 0),
    ]
    assert [one.division.released.amount_minor for one in last.releases] == [2_000, 1_500, 3_000]
    assert [one.amount.amount_minor for one in till.events(EscrowReleased)] == [2_000, 1_500, 3_000]
    assert await till.balance(PAYABLE) == 6_500 - 600 - 120  # as if released at once
    assert await till.sound()


async def test_without_the_agreement_everything_waits_for_the_last_parcel() -> None:
    till = a_till()
    await till.paid()
    await till.parcel("sor_ada", 1, 2_000, 4_000)
    await till.settle()

    view = await hold_of(till)
    assert (view.held.amount_minor, view.parcels.arrived) == (6_500, ())


async def test_each_parcel_waits_as_long_as_its_proof_asks_for_and_a_better_one_shortens_it(till: Till) -> None:
    await till.paid()
    await till.parcel("sor_ada", 1, 2_000, 4_000, Proof.CARRIER)
    await till.parcel("sor_ada", 2, 1_500, 2_500, Proof.SELLER)
    await till.settle()
    at_first = await held(till)
    with pytest.raises(EscrowNotReleasable) as early:
        await till.market.execute(ReleaseEscrow(seller_order_id=SellerOrderId("sor_bob")), by=OPERATOR)
    await till.pass_time(hours=72)
    after_three_days = await held(till)
    await till.parcel("sor_ada", 2, 1_500, 2_500, Proof.BUYER)
    await till.settle()
    better = await held(till)
    await till.parcel("sor_ada", 2, 1_500, 2_500, Proof.SELLER)
    await till.settle()

    assert early.value.facts["blocked_by"] == ["not_delivered"]
    assert (at_first, after_three_days, better, await held(till)) == (6_500, 4_500, 3_000, 3_000)


async def test_an_operator_waives_the_waiting_and_no_more(till: Till) -> None:
    await till.paid()
    await till.parcel("sor_ada", 1, 2_000, 4_000, Proof.SELLER)
    await till.market.execute(ReleaseEscrow(seller_order_id=SOR_ADA), by=OPERATOR)
    with pytest.raises(EscrowNotReleasable):
        await till.market.execute(ReleaseEscrow(seller_order_id=SOR_ADA), by=OPERATOR)

    assert await held(till) == 4_500


async def test_a_part_that_was_paid_by_nobody_has_no_parcels(till: Till) -> None:
    await till.open()
    with pytest.raises(WrongState):
        await till.parcel("sor_ada", 1, 2_000, 4_000)


async def test_a_refund_before_a_parcel_is_released_shortens_its_release_and_nothing_on_its_way(till: Till) -> None:
    await till.paid()
    await give_back(till, of_ada(500))
    await till.parcel("sor_ada", 1, 2_000, 4_000)
    await till.settle()

    assert await held(till) == 4_500
    assert [one.division.released.amount_minor for one in (await hold_of(till)).releases] == [1_500]
    assert await till.sound()


async def test_a_refund_after_a_parcel_was_released_is_taken_of_the_next_release(till: Till) -> None:
    await till.paid()
    await till.parcel("sor_ada", 1, 2_000, 4_000)
    await till.settle()
    await give_back(till, of_ada(500))
    await till.settle()
    after_refund = await held(till)
    await till.parcel("sor_ada", 2, 1_500, 2_500)
    await till.settle()
    await till.deliver("sor_ada")
    await till.settle()

    view = await hold_of(till)
    assert after_refund == 4_000
    assert [one.division.released.amount_minor for one in view.releases] == [2_000, 1_000, 3_000]
    assert await till.balance(PAYABLE) == 6_000 - 550 - 110
    assert await till.sound()


async def test_more_than_is_held_goes_back_of_what_the_seller_has(till: Till) -> None:
    await till.paid()
    await till.parcel("sor_ada", 1, 2_000, 4_000)
    await till.settle()
    await give_back(till, of_ada(6_000, 500))
    await till.settle()

    view = await hold_of(till)
    assert (view.state, view.refunded.amount_minor) == (HoldState.REFUNDED, 6_500)
    assert (await till.balance(PAYABLE), await till.balance(DEBT)) == (0, 0)
    assert await till.sound()


async def test_what_is_called_off_is_expected_no_more(till: Till) -> None:
    await till.paid()
    await till.parcel("sor_ada", 1, 2_000, 4_000, Proof.CARRIER)
    command = ReturnShare(seller_order_id=SOR_ADA, reason="Not sent.", items_minor=2_500)
    await till.market.execute(command, by=SYSTEM)
    await till.pass_time(hours=72)
    one_more_to_come = await hold_of(till)

    assert (one_more_to_come.parcels.expected, one_more_to_come.held.amount_minor) == (1_500, 2_000)
    assert await till.sound()


async def test_a_freeze_stops_every_parcel_and_what_was_due_goes_on_afterwards(till: Till) -> None:
    await till.paid()
    await till.market.execute(FreezeEscrow(seller_order_id=SOR_ADA, reason="risk"), by=OPERATOR)
    await till.parcel("sor_ada", 1, 2_000, 4_000)
    await till.settle()
    frozen = await held(till)
    await till.market.execute(UnfreezeEscrow(seller_order_id=SOR_ADA, reason="risk"), by=OPERATOR)
    await till.settle()

    assert (frozen, await held(till)) == (6_500, 4_500)


@pytest.mark.parametrize(("won", "left", "released"), [(True, 4_500, 2_000), (False, 0, 2_000)])
async def test_a_card_dispute_after_a_part_was_released(till: Till, won: bool, left: int, released: int) -> None:
    payment_id = await till.paid()
    await till.parcel("sor_ada", 1, 2_000, 4_000)
    await till.settle()
    reference = await disputed(till, payment_id, 4_500, item=SOR_ADA)
    during = await hold_of(till)
    till.network.move(reference, DisputeState.WON if won else DisputeState.LOST)
    await till.settle()

    view = await hold_of(till)
    assert (during.state, during.held.amount_minor) == (HoldState.FROZEN, 0)
    assert view.held.amount_minor == left
    assert view.standing.released.amount == released
    assert view.state is (HoldState.HELD if won else HoldState.LOST)
    assert await till.sound()


async def test_a_claim_about_a_parcel_that_arrived_freezes_the_rest_and_is_decided(till: Till) -> None:
    await till.paid()
    await till.parcel("sor_ada", 1, 4_500, 1_500, Proof.CARRIER)
    with pytest.raises(ClaimNotPossible):
        await claim(till, kind=ClaimKind.NOT_RECEIVED)
    opened = await claim(till)
    await till.pass_time(hours=71)
    frozen = await hold_of(till)
    await answer(till, opened, ClaimAnswer.CONTEST)
    await decide(till, opened, ClaimDecision.PARTIAL, 1_000)
    await till.pass_time(hours=72)

    view = await hold_of(till)
    assert (frozen.state, frozen.held.amount_minor) == (HoldState.FROZEN, 6_500)
    assert (view.refunded.amount_minor, view.held.amount_minor) == (1_000, 2_000)
    assert [one.division.released.amount_minor for one in view.releases] == [3_500]
    assert await till.sound()


async def test_a_claim_is_too_late_after_the_last_parcel_that_arrived(till: Till) -> None:
    await till.paid()
    await till.parcel("sor_ada", 1, 2_000, 4_000)
    await till.pass_time(hours=24 * 15)
    with pytest.raises(ClaimNotPossible) as late:
        await claim(till)

    assert late.value.facts["reason"] == "too_late"


async def test_at_the_end_of_its_time_what_arrived_is_released_and_an_operator_decides_about_the_rest() -> None:
    till = a_till(policy=PaymentPolicy(release_per_shipment=True, release_after_seller=timedelta(days=60)))
    await till.paid()
    await till.pass_time(hours=24 * 50)
    await till.parcel("sor_ada", 1, 2_000, 4_000, Proof.SELLER)
    await till.pass_time(hours=24 * 33)

    view = await hold_of(till)
    assert (view.state, view.held.amount_minor, view.freezes) == (HoldState.FROZEN, 4_500, ("overdue",))
    assert await till.sound()


@pytest.mark.parametrize("seed", range(12))
async def test_whatever_happens_to_money_that_is_released_by_parcel_the_books_are_sound(seed: int) -> None:
    till = a_till(policy=PaymentPolicy(release_per_shipment=True, reserve_bps=500))
    walk = Walk(till, random.Random(seed), by_parcel=True)
    await till.accounts()
    await walk.order()
    for _ in range(150):
        await walk.step()
        assert await till.sound()

    partly = [one for one in till.store.table("payments_holds") if len(one.releases) > 1]
    assert partly
    assert till.failures == []
