"""What a buyer is told about the money that is held of an order."""

from datetime import timedelta

import pytest
from attrs import fields

from marketplace_core.kernel.access import ANONYMOUS, SYSTEM, Actor, Role
from marketplace_core.kernel.errors import NotSignedIn
from marketplace_core.kernel.ids import OrderId, SellerOrderId, UserId
from marketplace_core.payments import (
    Awaits,
    CancelPayment,
    FreezeEscrow,
    HoldState,
    OrderHold,
    PaymentNotFound,
    Proof,
    UnfreezeEscrow,
    ViewOrderHolds,
)
from marketplace_core.testing.payments import ADA, BOB, euros
from tests.core.payments.till import ANN, MALLORY, OPERATOR, ORDER, Till, a_till

SELLER_ADA = Actor(principal="usr_ada", roles=frozenset({Role.SELLER}), user_id=UserId("usr_ada"), seller_id=ADA)
SOR_ADA = SellerOrderId("sor_ada")


@pytest.fixture
def till() -> Till:
    return a_till()


async def adas(till: Till) -> OrderHold:
    """Return what Ann sees of Ada's part of her order."""
    view = await till.market.ask(ViewOrderHolds(order_id=ORDER), by=ANN)
    return view.holds[0]


async def test_what_is_held_of_a_foreign_order_is_not_told_and_a_missing_one_looks_the_same(till: Till) -> None:
    await till.paid()

    complaints = []
    for by, order_id in ((MALLORY, ORDER), (SELLER_ADA, ORDER), (ANN, OrderId("ord_none"))):
        with pytest.raises(PaymentNotFound) as refusal:
            await till.market.ask(ViewOrderHolds(order_id=order_id), by=by)
        complaints.append(refusal.value.message)
    with pytest.raises(NotSignedIn):
        await till.market.ask(ViewOrderHolds(order_id=ORDER), by=ANONYMOUS)

    assert len(set(complaints)) == 1


async def test_nothing_is_held_before_the_buyer_has_paid(till: Till) -> None:
    await till.open()

    hold = await adas(till)

    assert (hold.state, hold.awaits) == (HoldState.PENDING, Awaits.PAYMENT)
    assert (hold.share, hold.held, hold.released) == (euros(6_500), euros(0), euros(0))
    assert hold.hold_deadline is None


async def test_a_given_up_payment_leaves_nothing_to_wait_for(till: Till) -> None:
    payment_id = await till.open()
    await till.market.execute(CancelPayment(payment_id=payment_id), by=SYSTEM)

    hold = await adas(till)

    assert (hold.state, hold.awaits, hold.held) == (HoldState.VOID, Awaits.NOTHING, euros(0))


async def test_paid_money_waits_for_the_receipt_of_every_part(till: Till) -> None:
    await till.paid()

    view = await till.market.ask(ViewOrderHolds(order_id=ORDER), by=ANN)

    assert view == await till.market.ask(ViewOrderHolds(order_id=ORDER), by=OPERATOR)
    assert [(one.seller_id, one.held, one.awaits) for one in view.holds] == [
        (ADA, euros(6_500), Awaits.RECEIPT),
        (BOB, euros(3_500), Awaits.RECEIPT),
    ]
    assert {one.hold_deadline for one in view.holds} == {till.clock.now() + timedelta(days=83)}


async def test_a_part_that_its_seller_calls_delivered_waits_for_a_date(till: Till) -> None:
    await till.paid()
    await till.deliver("sor_ada", Proof.SELLER)

    hold = await adas(till)

    assert (hold.state, hold.awaits) == (HoldState.HELD, Awaits.DATE)
    assert hold.delivered_at == till.clock.now()
    assert hold.release_at == till.clock.now() + timedelta(days=14)


async def test_frozen_money_waits_for_an_operator_and_says_for_which_reason(till: Till) -> None:
    await till.paid()
    await till.deliver("sor_ada", Proof.SELLER)
    for reason in ("risk", "claim:1"):
        await till.market.execute(FreezeEscrow(seller_order_id=SOR_ADA, reason=reason), by=OPERATOR)
    frozen = await adas(till)
    for reason in ("risk", "claim:1"):
        await till.market.execute(UnfreezeEscrow(seller_order_id=SOR_ADA, reason=reason), by=OPERATOR)

    thawed = await adas(till)

    assert (frozen.state, frozen.awaits) == (HoldState.FROZEN, Awaits.OPERATOR)
    assert frozen.freezes == ("claim:1", "risk")
    assert frozen.held == euros(6_500)
    assert (thawed.awaits, thawed.freezes) == (Awaits.DATE, ())


async def test_a_buyer_sees_what_was_released_but_not_what_the_seller_got_of_it(till: Till) -> None:
    await till.released()

    hold = await adas(till)

    assert (hold.state, hold.awaits) == (HoldState.RELEASED, Awaits.NOTHING)
    assert (hold.held, hold.released) == (euros(0), euros(6_500))
    assert hold.released_at == till.clock.now()
    assert not {"division", "commission", "payable", "releases"} & {one.name for one in fields(OrderHold)}
