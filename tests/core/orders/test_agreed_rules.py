"""What was agreed with an order about its time holds for it, whatever terms are put to use afterwards."""

from datetime import timedelta

import pytest

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.orders import (
    AcceptSellerOrder,
    ConfirmReceipt,
    HoldOrderForReview,
    OrderState,
    SellerOrderState,
    ShipSellerOrder,
)
from marketplace_core.orders.domain.lines import Units
from marketplace_core.orders.domain.policy import CheckoutPolicy
from tests.core.orders.house import ADAS_SHOP, GUITAR, House, open_house

D, M = timedelta(days=1), timedelta(minutes=1)
OLD = CheckoutPolicy(
    version="2026-1",
    accepts_by_hand=True,
    accept_within=2 * D,
    ship_within=3 * D,
    return_window=5 * D,
    late_money_grace=10 * M,
    processing_wait=4 * M,
)
NEW = CheckoutPolicy(
    version="2026-2",
    accept_within=20 * D,
    ship_within=30 * D,
    return_window=50 * D,
    late_money_grace=100 * M,
    processing_wait=40 * M,
)


@pytest.fixture(params=[(OLD, NEW), (NEW, OLD)], ids=["longer since", "shorter since"])
def terms(request: pytest.FixtureRequest) -> tuple[CheckoutPolicy, CheckoutPolicy]:
    """Return the terms of the day, and those of the next."""
    pair: tuple[CheckoutPolicy, CheckoutPolicy] = request.param
    return pair


def due(house: House, kind: str, subject: str) -> timedelta | None:
    """Tell in what time something is due."""
    found = [row.due_at for row in house.store.table("deadlines") if (row.kind, row.subject) == (kind, subject)]
    return found[0] - house.clock.now() if found else None


async def test_how_long_its_sellers_have_and_whether_they_are_asked(
    terms: tuple[CheckoutPolicy, CheckoutPolicy],
) -> None:
    agreed, since = terms
    house = open_house(agreed)
    placed = await house.place()
    house.use(since)
    await house.pay(placed)
    part = await house.part(placed)
    name = part.seller_order_id

    if agreed.accepts_by_hand:
        assert part.state is SellerOrderState.CONFIRMED
        assert due(house, "orders.accept_by", name) == agreed.accept_within
        await house.execute(AcceptSellerOrder(seller_order_id=name), ADAS_SHOP)

    assert (await house.part(placed)).state is SellerOrderState.ACCEPTED
    assert due(house, "orders.ship_by", name) == agreed.ship_within


async def test_how_long_the_rest_of_it_and_its_return_take(terms: tuple[CheckoutPolicy, CheckoutPolicy]) -> None:
    agreed, since = terms
    house = open_house(agreed)
    placed = await house.paid()
    name = (await house.part(placed)).seller_order_id
    if agreed.accepts_by_hand:
        await house.execute(AcceptSellerOrder(seller_order_id=name), ADAS_SHOP)
    house.use(since)
    house.clock.advance(D)

    one = (Units(offer_id=GUITAR.offer_id, quantity=1),)
    await house.execute(ShipSellerOrder(seller_order_id=name, carrier="Post", tracking="T1", lines=one), ADAS_SHOP)
    rest = due(house, "orders.ship_by", name)
    await house.execute(ShipSellerOrder(seller_order_id=name, carrier="Post", tracking="T2"), ADAS_SHOP)
    sent = due(house, "orders.complete", name)
    house.clock.advance(D)
    await house.execute(ConfirmReceipt(seller_order_id=name))
    arrived = due(house, "orders.complete", name)

    assert (rest, sent, arrived) == (agreed.ship_within, agreed.return_window, agreed.return_window)


async def test_how_late_its_money_may_come(terms: tuple[CheckoutPolicy, CheckoutPolicy]) -> None:
    agreed, since = terms
    house = open_house(agreed)
    placed = await house.place()
    house.use(since)
    house.clock.advance(agreed.pay_within)
    await house.dispatcher.settle()
    house.clock.advance(50 * M)

    await house.checkout.pay(placed.payment.payment_id)
    await house.execute(HoldOrderForReview(order_id=placed.order_id, reason="late_capture"), SYSTEM)
    await house.dispatcher.settle()

    stands = agreed.late_money_grace >= 50 * M
    assert (await house.view(placed)).state is (OrderState.CONFIRMED if stands else OrderState.CANCELLED)


async def test_when_a_payment_that_is_worked_on_is_asked_about_again(
    terms: tuple[CheckoutPolicy, CheckoutPolicy],
) -> None:
    agreed, since = terms
    house = open_house(agreed)
    placed = await house.place()
    house.provider.states[placed.payment.payment_id] = "processing"
    house.use(since)
    house.clock.advance(agreed.pay_within)

    await house.dispatcher.settle()

    assert due(house, "orders.pay_by", placed.order_id) == agreed.processing_wait


async def test_an_order_from_before_rules_were_kept_goes_by_the_terms_in_use() -> None:
    assert NEW.agreed(None) is NEW
    assert (NEW.agreed(OLD.rules).ship_within, NEW.agreed(OLD.rules).pay_within) == (OLD.ship_within, NEW.pay_within)
