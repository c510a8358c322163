"""What becomes of an order when its money comes, does not come, or comes wrongly."""

from datetime import timedelta

import pytest

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.errors import NotAllowed, Unavailable
from marketplace_core.kernel.ids import OrderId
from marketplace_core.kernel.messages import Event
from marketplace_core.orders import (
    AlreadyPaid,
    CancelOrder,
    CancelUnpaidOrder,
    ConfirmOrder,
    ExpireOrder,
    HoldOrderForReview,
    IllegalTransition,
    OrderCancelled,
    OrderConfirmed,
    OrderExpired,
    OrderNeedsReview,
    OrderNotFound,
    OrderState,
    PaymentInProgress,
    PlacedOrder,
    RejectPayment,
    SellerOrderState,
)
from tests.core.orders.house import ADAS_SHOP, BEN_HIMSELF, OPERATOR, House, euros

LATE = timedelta(minutes=15)


def told(house: House, kind: type[Event]) -> int:
    return sum(isinstance(event, kind) for event in house.events())


async def states(house: House, placed: PlacedOrder) -> tuple[OrderState, set[SellerOrderState]]:
    view = await house.view(placed)
    return view.state, {part.state for part in view.seller_orders}


async def test_an_unknown_order_can_be_neither_confirmed_nor_expired_nor_cancelled(house: House) -> None:
    nobody = OrderId("ord_9999")

    for command in (
        ConfirmOrder(order_id=nobody),
        ExpireOrder(order_id=nobody),
        CancelUnpaidOrder(order_id=nobody),
        HoldOrderForReview(order_id=nobody, reason="amount_mismatch"),
        CancelOrder(order_id=nobody),
    ):
        with pytest.raises(OrderNotFound):
            await house.execute(command, SYSTEM)


async def test_the_money_confirms_the_order_sells_the_goods_and_stops_the_clock(house: House) -> None:
    placed = await house.paid()

    assert await states(house, placed) == (OrderState.CONFIRMED, {SellerOrderState.ACCEPTED})
    assert house.quotes.held_state(placed.order_id) == "committed"
    assert {kind for kind, _ in house.deadlines()} == {"orders.ship_by"}
    assert told(house, OrderConfirmed) == 1


async def test_being_told_of_the_money_twice_changes_nothing(house: House) -> None:
    placed = await house.paid()
    before = await house.view(placed)
    versions = house.versions()

    await house.execute(ConfirmOrder(order_id=placed.order_id, captured=placed.total), SYSTEM)

    assert await house.view(placed) == before
    assert house.versions() == versions
    assert told(house, OrderConfirmed) == 1


async def test_another_amount_is_held_for_review_with_the_goods(house: House) -> None:
    placed = await house.place()

    await house.execute(ConfirmOrder(order_id=placed.order_id, captured=euros(1)), SYSTEM)

    assert await states(house, placed) == (OrderState.PAYMENT_REVIEW, {SellerOrderState.PENDING})
    assert house.quotes.held_state(placed.order_id) == "held"
    assert house.deadlines() == [("orders.review_by", placed.order_id)]
    assert (told(house, OrderNeedsReview), told(house, OrderConfirmed)) == (1, 0)


async def test_a_payment_under_review_stops_the_order_and_its_clock(house: House) -> None:
    placed = await house.place()

    for _ in range(2):
        await house.execute(HoldOrderForReview(order_id=placed.order_id, reason="currency_mismatch"), SYSTEM)

    assert await states(house, placed) == (OrderState.PAYMENT_REVIEW, {SellerOrderState.PENDING})
    assert house.deadlines() == [("orders.review_by", placed.order_id)]
    assert told(house, OrderNeedsReview) == 1


async def test_a_payment_cancelled_after_its_review_ends_the_order(house: House) -> None:
    placed = await house.place()
    await house.execute(HoldOrderForReview(order_id=placed.order_id, reason="amount_mismatch"), SYSTEM)

    await house.execute(CancelUnpaidOrder(order_id=placed.order_id), SYSTEM)

    assert await states(house, placed) == (OrderState.CANCELLED, {SellerOrderState.CANCELLED})
    assert house.stock() == [5, 5]
    assert house.deadlines() == []


async def test_a_review_does_not_unconfirm_an_order(house: House) -> None:
    placed = await house.paid()

    await house.execute(HoldOrderForReview(order_id=placed.order_id, reason="late_capture"), SYSTEM)

    assert await states(house, placed) == (OrderState.CONFIRMED, {SellerOrderState.ACCEPTED})


async def test_an_order_nobody_pays_expires_and_the_goods_are_back(house: House) -> None:
    placed = await house.place()
    house.clock.advance(LATE)

    await house.dispatcher.settle()

    assert await states(house, placed) == (OrderState.EXPIRED, {SellerOrderState.CANCELLED})
    assert house.stock() == [5, 5]
    assert house.provider.states[placed.payment.payment_id] == "cancelled"
    assert house.deadlines() == []
    assert told(house, OrderExpired) == 1


async def test_an_order_does_not_expire_before_its_time(house: House) -> None:
    placed = await house.place()

    await house.execute(ExpireOrder(order_id=placed.order_id), SYSTEM)

    assert await states(house, placed) == (OrderState.PENDING_PAYMENT, {SellerOrderState.PENDING})
    assert house.deadlines() == [("orders.pay_by", placed.order_id)]
    assert "cancel" not in " ".join(house.provider.calls)


async def test_nothing_expires_while_the_provider_does_not_answer(house: House) -> None:
    placed = await house.place()
    house.clock.advance(LATE)
    house.provider.down = True

    await house.dispatcher.fire_deadlines()

    assert await states(house, placed) == (OrderState.PENDING_PAYMENT, {SellerOrderState.PENDING})
    assert house.stock() == [3, 4]
    house.provider.down = False
    house.clock.advance(timedelta(seconds=1))
    await house.dispatcher.settle()
    assert await states(house, placed) == (OrderState.EXPIRED, {SellerOrderState.CANCELLED})


async def test_money_that_came_in_the_last_second_wins_over_the_expiry(house: House) -> None:
    placed = await house.place()
    await house.checkout.pay(placed.payment.payment_id)
    house.clock.advance(LATE)

    await house.dispatcher.settle()

    assert await states(house, placed) == (OrderState.CONFIRMED, {SellerOrderState.ACCEPTED})
    assert house.quotes.held_state(placed.order_id) == "committed"
    assert (told(house, OrderConfirmed), told(house, OrderExpired)) == (1, 0)


async def test_a_payment_in_the_works_gives_the_order_five_minutes_more(house: House) -> None:
    placed = await house.place()
    await house.checkout.dawdle(placed.payment.payment_id)
    house.clock.advance(LATE)

    await house.dispatcher.settle()
    early = await states(house, placed)
    house.provider.states[placed.payment.payment_id] = "requires_action"
    house.clock.advance(timedelta(minutes=4, seconds=59))
    await house.dispatcher.settle()
    still_early = await states(house, placed)
    house.clock.advance(timedelta(seconds=1))
    await house.dispatcher.settle()

    assert early[0] is still_early[0] is OrderState.PENDING_PAYMENT
    assert (await states(house, placed))[0] is OrderState.EXPIRED


async def test_expiring_twice_changes_nothing(house: House) -> None:
    placed = await house.place()
    house.clock.advance(LATE)
    await house.dispatcher.settle()

    await house.execute(ExpireOrder(order_id=placed.order_id), SYSTEM)

    assert house.stock() == [5, 5]
    assert told(house, OrderExpired) == 1


async def test_an_expiry_cut_short_by_a_crash_is_finished_by_the_payments_own_word(house: House) -> None:
    placed = await house.place()
    house.clock.advance(LATE)
    await house.checkout.cancel(placed.payment.payment_id)  # and then the process dies

    await house.execute(CancelUnpaidOrder(order_id=placed.order_id), SYSTEM)

    assert await states(house, placed) == (OrderState.EXPIRED, {SellerOrderState.CANCELLED})
    assert house.stock() == [5, 5]


async def test_money_after_the_end_is_held_for_review_and_nobody_ships(house: House) -> None:
    placed = await house.place()
    house.clock.advance(LATE)
    await house.dispatcher.settle()

    await house.execute(ConfirmOrder(order_id=placed.order_id, captured=placed.total), SYSTEM)

    assert await states(house, placed) == (OrderState.PAYMENT_REVIEW, {SellerOrderState.CANCELLED})
    assert house.stock() == [5, 5]
    assert told(house, OrderNeedsReview) == 1
    await house.execute(CancelUnpaidOrder(order_id=placed.order_id), SYSTEM)
    assert await states(house, placed) == (OrderState.CANCELLED, {SellerOrderState.CANCELLED})


async def test_a_strangers_order_cannot_be_cancelled_and_looks_missing(house: House) -> None:
    placed = await house.place()

    for stranger in (BEN_HIMSELF, ADAS_SHOP):
        with pytest.raises(OrderNotFound) as foreign:
            await house.execute(CancelOrder(order_id=placed.order_id), stranger)
        with pytest.raises(OrderNotFound) as missing:
            await house.execute(CancelOrder(order_id=OrderId("ord_9999")), stranger)
        assert str(foreign.value) == str(missing.value)

    assert (await states(house, placed))[0] is OrderState.PENDING_PAYMENT


async def test_a_buyer_calls_an_unpaid_order_off_once(house: House) -> None:
    placed = await house.place()

    outcomes = [await house.execute(CancelOrder(order_id=placed.order_id)) for _ in range(2)]

    assert {outcome.state for outcome in outcomes} == {OrderState.CANCELLED}
    assert await states(house, placed) == (OrderState.CANCELLED, {SellerOrderState.CANCELLED})
    assert house.stock() == [5, 5]
    assert house.deadlines() == []
    assert told(house, OrderCancelled) == 1


async def test_the_timeline_says_who_called_it_off(house: House) -> None:
    placed = await house.place()

    await house.execute(CancelOrder(order_id=placed.order_id), OPERATOR)

    view = await house.view(placed)
    assert [(step.what, step.who) for step in view.timeline] == [("placed", "buyer"), ("cancelled", "operator")]


async def test_calling_off_loses_against_money_that_is_there(house: House) -> None:
    placed = await house.place()
    await house.checkout.pay(placed.payment.payment_id)

    with pytest.raises(AlreadyPaid):
        await house.execute(CancelOrder(order_id=placed.order_id))

    assert await states(house, placed) == (OrderState.CONFIRMED, {SellerOrderState.ACCEPTED})


async def test_calling_off_waits_for_a_payment_in_the_works(house: House) -> None:
    placed = await house.place()
    await house.checkout.dawdle(placed.payment.payment_id)

    with pytest.raises(PaymentInProgress):
        await house.execute(CancelOrder(order_id=placed.order_id))

    assert (await states(house, placed))[0] is OrderState.PENDING_PAYMENT
    assert house.stock() == [3, 4]


async def test_calling_off_needs_the_provider(house: House) -> None:
    placed = await house.place()
    house.provider.down = True

    with pytest.raises(Unavailable):
        await house.execute(CancelOrder(order_id=placed.order_id))

    assert (await states(house, placed))[0] is OrderState.PENDING_PAYMENT


async def test_a_payment_cancelled_elsewhere_ends_the_order_early(house: House) -> None:
    placed = await house.place()

    for _ in range(2):
        await house.execute(CancelUnpaidOrder(order_id=placed.order_id), SYSTEM)

    assert await states(house, placed) == (OrderState.CANCELLED, {SellerOrderState.CANCELLED})
    assert house.stock() == [5, 5]


async def test_a_payment_cancelled_elsewhere_does_not_end_a_confirmed_order(house: House) -> None:
    placed = await house.paid()

    await house.execute(CancelUnpaidOrder(order_id=placed.order_id), SYSTEM)

    assert (await states(house, placed))[0] is OrderState.CONFIRMED


async def test_an_operator_sends_money_back_that_does_not_fit_and_the_goods_are_back(house: House) -> None:
    placed = await house.place()
    await house.execute(ConfirmOrder(order_id=placed.order_id, captured=euros(1)), SYSTEM)

    state = await house.execute(RejectPayment(order_id=placed.order_id), OPERATOR)
    again = await house.execute(RejectPayment(order_id=placed.order_id), OPERATOR)

    assert (state, again) == (OrderState.CANCELLED, OrderState.CANCELLED)
    assert await states(house, placed) == (OrderState.CANCELLED, {SellerOrderState.CANCELLED})
    assert house.checkout.given_back == [placed.payment.payment_id]
    assert told(house, OrderCancelled) == 1


async def test_money_that_nobody_decides_about_goes_back_after_three_days(house: House) -> None:
    placed = await house.place()
    await house.execute(ConfirmOrder(order_id=placed.order_id, captured=euros(1)), SYSTEM)

    house.clock.advance(timedelta(days=2, hours=23))
    await house.dispatcher.settle()
    before = (await states(house, placed))[0]
    house.clock.advance(timedelta(hours=1))
    await house.dispatcher.settle()

    assert before is OrderState.PAYMENT_REVIEW
    assert (await states(house, placed))[0] is OrderState.CANCELLED
    assert house.checkout.given_back == [placed.payment.payment_id]


async def test_only_a_payment_in_review_is_sent_back_and_only_by_an_operator(house: House) -> None:
    placed = await house.place()

    with pytest.raises(IllegalTransition):
        await house.execute(RejectPayment(order_id=placed.order_id), OPERATOR)
    with pytest.raises(NotAllowed):
        await house.execute(RejectPayment(order_id=placed.order_id), BEN_HIMSELF)

    assert house.checkout.given_back == []
