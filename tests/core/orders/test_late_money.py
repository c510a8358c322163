"""Money that comes when its order is over: the order stands again as far as its goods go, or the money goes back."""

from datetime import timedelta

import pytest

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.orders import (
    AcceptPayment,
    CancelOrder,
    Cause,
    HoldOrderForReview,
    IllegalTransition,
    NotAvailable,
    OrderConfirmed,
    OrderState,
    PaymentTooSmall,
    PlacedOrder,
    RejectPayment,
    SellerOrderState,
)
from marketplace_core.testing.conformance.orders import ADA, BEN, BOB
from tests.core.orders.house import BEN_HIMSELF, GUITAR, LAMP, OPERATOR, House, euros

PAY_TIME = timedelta(minutes=15)
GRACE = timedelta(minutes=30)


async def expired(house: House) -> PlacedOrder:
    placed = await house.place()
    house.clock.advance(PAY_TIME)
    await house.dispatcher.settle()
    return placed


async def money_comes(house: House, placed: PlacedOrder) -> None:
    await house.checkout.pay(placed.payment.payment_id)
    await house.execute(HoldOrderForReview(order_id=placed.order_id, reason="late_capture"), SYSTEM)
    await house.dispatcher.settle()


async def bought_by_ben(house: House, *lines: tuple[object, int]) -> None:
    house.basket.fill("crt_0002", BEN, *lines)  # type: ignore[arg-type]
    await house.place(BEN_HIMSELF)


async def states(house: House, placed: PlacedOrder) -> tuple[OrderState, list[SellerOrderState]]:
    view = await house.view(placed)
    return view.state, [(await house.part(placed, shop)).state for shop in (ADA, BOB)]


async def test_within_half_an_hour_an_expired_order_stands_again(house: House) -> None:
    placed = await expired(house)
    house.clock.advance(GRACE)

    await money_comes(house, placed)

    assert await states(house, placed) == (OrderState.CONFIRMED, [SellerOrderState.ACCEPTED] * 2)
    assert house.stock() == [3, 4]
    assert house.quotes.held_state(placed.order_id) == "committed"
    assert (house.checkout.accepted, house.checkout.given_back) == ([placed.payment.payment_id], [])
    assert {kind for kind, _ in house.deadlines()} == {"orders.ship_by"}


async def test_a_second_later_the_money_goes_back(house: House) -> None:
    placed = await expired(house)
    house.clock.advance(GRACE + timedelta(seconds=1))

    await money_comes(house, placed)

    assert await states(house, placed) == (OrderState.CANCELLED, [SellerOrderState.CANCELLED] * 2)
    assert house.stock() == [5, 5]
    assert (house.checkout.accepted, house.checkout.given_back) == ([], [placed.payment.payment_id])
    assert house.deadlines() == []


async def test_a_part_that_is_sold_out_falls_and_its_sibling_goes_on(house: House) -> None:
    placed = await expired(house)
    await bought_by_ben(house, (LAMP, 5))

    await money_comes(house, placed)

    assert await states(house, placed) == (
        OrderState.CONFIRMED,
        [SellerOrderState.ACCEPTED, SellerOrderState.CANCELLED],
    )
    lamp = await house.part(placed, BOB)
    assert house.checkout.returned == [(lamp.seller_order_id, Cause.OUT_OF_STOCK, euros(6_000))]
    assert house.stock() == [3, 0]
    (confirmed,) = [event for event in house.events() if isinstance(event, OrderConfirmed)]
    assert [share.seller_id for share in confirmed.seller_orders] == [ADA]


async def test_if_everything_is_sold_out_all_of_the_money_goes_back(house: House) -> None:
    placed = await expired(house)
    await bought_by_ben(house, (GUITAR, 4), (LAMP, 5))

    await money_comes(house, placed)

    assert (await states(house, placed))[0] is OrderState.CANCELLED
    assert (house.checkout.returned, house.checkout.given_back) == ([], [placed.payment.payment_id])
    assert house.stock() == [1, 0]


async def test_an_order_that_its_buyer_called_off_does_not_come_back(house: House) -> None:
    placed = await house.place()
    await house.execute(CancelOrder(order_id=placed.order_id))

    await money_comes(house, placed)

    assert (await states(house, placed))[0] is OrderState.CANCELLED
    assert house.checkout.given_back == [placed.payment.payment_id]


async def test_late_money_that_is_too_little_goes_back(house: House) -> None:
    placed = await expired(house)
    house.checkout.is_too_little = True

    await money_comes(house, placed)

    assert (await states(house, placed))[0] is OrderState.CANCELLED
    assert house.stock() == [5, 5]
    assert house.checkout.given_back == [placed.payment.payment_id]


async def test_an_operator_keeps_money_that_does_not_fit_and_the_order_goes_on(house: House) -> None:
    placed = await house.place()
    await house.execute(HoldOrderForReview(order_id=placed.order_id, reason="amount_mismatch"), SYSTEM)

    kept = [await house.execute(AcceptPayment(order_id=placed.order_id), OPERATOR) for _ in range(2)]

    assert kept == [OrderState.CONFIRMED] * 2
    assert await states(house, placed) == (OrderState.CONFIRMED, [SellerOrderState.ACCEPTED] * 2)
    assert house.checkout.accepted == [placed.payment.payment_id]
    assert [(step.what, step.who) for step in (await house.view(placed)).timeline][-1] == ("confirmed", "operator")


async def test_too_little_money_is_not_kept(house: House) -> None:
    placed = await house.place()
    await house.execute(HoldOrderForReview(order_id=placed.order_id, reason="amount_mismatch"), SYSTEM)
    house.checkout.is_too_little = True

    with pytest.raises(PaymentTooSmall):
        await house.execute(AcceptPayment(order_id=placed.order_id), OPERATOR)

    assert (await states(house, placed))[0] is OrderState.PAYMENT_REVIEW
    assert house.quotes.held_state(placed.order_id) == "held"


async def test_money_is_not_kept_for_goods_that_nobody_has(house: House) -> None:
    placed = await expired(house)
    await bought_by_ben(house, (GUITAR, 4), (LAMP, 5))
    await house.execute(HoldOrderForReview(order_id=placed.order_id, reason="late_capture"), SYSTEM)

    with pytest.raises(NotAvailable):
        await house.execute(AcceptPayment(order_id=placed.order_id), OPERATOR)

    assert house.checkout.accepted == []


async def test_money_that_is_not_in_review_is_not_kept(house: House) -> None:
    placed = await expired(house)

    with pytest.raises(IllegalTransition):
        await house.execute(AcceptPayment(order_id=placed.order_id), OPERATOR)


async def test_an_operator_may_be_faster_than_the_timer_and_then_it_finds_nothing_to_do(house: House) -> None:
    placed = await expired(house)
    await house.execute(HoldOrderForReview(order_id=placed.order_id, reason="late_capture"), SYSTEM)
    await house.execute(RejectPayment(order_id=placed.order_id), OPERATOR)

    await house.dispatcher.settle()

    assert (await states(house, placed))[0] is OrderState.CANCELLED
    assert house.checkout.given_back == [placed.payment.payment_id]
