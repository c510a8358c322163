"""The end of an order: returned parcels, completed parts, closing, and what opens it again."""

from datetime import timedelta

import pytest

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.messages import when
from marketplace_core.orders import (
    CancelSellerOrder,
    CompleteSellerOrder,
    ConfirmReceipt,
    IllegalTransition,
    MarkDelivered,
    OrderClosed,
    OrderReopened,
    OrderState,
    PlacedOrder,
    ReopenOrder,
    ReportReturn,
    SellerOrderCalledOff,
    SellerOrderCompleted,
    SellerOrderState,
    SettleOrder,
    ShipSellerOrder,
    Units,
)
from marketplace_core.testing.conformance.orders import BOB
from tests.core.orders.house import ADAS_SHOP, ANN_HERSELF, OPERATOR, House, open_house

TWO_WEEKS, A_DAY = timedelta(days=14), timedelta(days=1)


@pytest.fixture
def house() -> House:
    return open_house(
        reactions=(
            when(SellerOrderCalledOff, lambda e: (SettleOrder(order_id=e.order_id),)),
            when(SellerOrderCompleted, lambda e: (SettleOrder(order_id=e.order_id),)),
        )
    )


async def received(house: House) -> tuple[PlacedOrder, SellerOrderId]:
    """Let one part arrive and call the other off."""
    placed, seller_order_id = await house.shipped()
    await house.execute(ConfirmReceipt(seller_order_id=seller_order_id))
    lamp = await house.part(placed, BOB)
    await house.execute(CancelSellerOrder(seller_order_id=lamp.seller_order_id, note="Too late."))
    return placed, seller_order_id


async def closed(house: House) -> tuple[PlacedOrder, SellerOrderId]:
    placed, seller_order_id = await received(house)
    house.checkout.released.add(seller_order_id)
    house.checkout.is_settled = True
    house.clock.advance(TWO_WEEKS)
    await house.dispatcher.settle()
    return placed, seller_order_id


async def test_a_part_is_complete_when_its_money_has_gone_and_nothing_can_be_sent_back(house: House) -> None:
    placed, seller_order_id = await received(house)
    house.clock.advance(TWO_WEEKS)
    await house.dispatcher.settle()
    still_held = (await house.part(placed)).state
    house.checkout.released.add(seller_order_id)
    house.clock.advance(A_DAY)
    await house.dispatcher.settle()

    assert still_held is SellerOrderState.DELIVERED
    assert (await house.part(placed)).state is SellerOrderState.COMPLETED


async def test_a_part_is_not_complete_before_its_return_window_is_over(house: House) -> None:
    placed, seller_order_id = await received(house)
    house.checkout.released.add(seller_order_id)
    house.clock.advance(TWO_WEEKS - timedelta(seconds=1))

    await house.dispatcher.settle()

    assert (await house.part(placed)).state is SellerOrderState.DELIVERED
    assert ("orders.complete", seller_order_id) in house.deadlines()


async def test_a_timer_that_fires_early_completes_nothing(house: House) -> None:
    placed, seller_order_id = await received(house)
    house.checkout.released.add(seller_order_id)

    await house.execute(CompleteSellerOrder(seller_order_id=seller_order_id), SYSTEM)

    assert (await house.part(placed)).state is SellerOrderState.DELIVERED


async def test_an_order_is_closed_when_nothing_is_open_about_its_money(house: House) -> None:
    placed, seller_order_id = await received(house)
    house.checkout.released.add(seller_order_id)
    house.clock.advance(TWO_WEEKS)
    await house.dispatcher.settle()
    refund_under_way = (await house.view(placed)).state
    house.checkout.is_settled = True
    house.clock.advance(A_DAY)
    await house.dispatcher.settle()

    assert refund_under_way is OrderState.CONFIRMED
    assert (await house.view(placed)).state is OrderState.CLOSED
    assert sum(isinstance(event, OrderClosed) for event in house.events()) == 1
    assert house.deadlines() == []


async def test_an_order_with_a_part_that_is_not_over_is_not_closed(house: House) -> None:
    placed = await house.paid()

    await house.execute(SettleOrder(order_id=placed.order_id), SYSTEM)

    assert (await house.view(placed)).state is OrderState.CONFIRMED


async def test_what_comes_up_about_its_money_reopens_a_closed_order_until_it_is_over(house: House) -> None:
    placed, _ = await closed(house)
    house.checkout.is_settled = False

    for _ in range(2):
        await house.execute(ReopenOrder(order_id=placed.order_id, reason="card_dispute"), SYSTEM)
    house.clock.advance(A_DAY)
    await house.dispatcher.settle()
    meanwhile = (await house.view(placed)).state
    house.checkout.is_settled = True
    house.clock.advance(A_DAY)
    await house.dispatcher.settle()

    assert meanwhile is OrderState.CONFIRMED
    assert (await house.view(placed)).state is OrderState.CLOSED
    told = [event.reason for event in house.events() if isinstance(event, OrderReopened)]
    assert told == ["card_dispute"]


async def test_money_that_is_held_again_reopens_its_part(house: House) -> None:
    placed, seller_order_id = await closed(house)
    house.checkout.released.clear()
    reopen = ReopenOrder(order_id=placed.order_id, reason="held_again", seller_order_id=seller_order_id)

    await house.execute(reopen, SYSTEM)
    house.clock.advance(A_DAY)
    await house.dispatcher.settle()
    meanwhile = (await house.part(placed)).state, (await house.view(placed)).state
    house.checkout.released.add(seller_order_id)
    house.clock.advance(A_DAY)
    await house.dispatcher.settle()

    assert meanwhile == (SellerOrderState.DELIVERED, OrderState.CONFIRMED)
    assert ((await house.part(placed)).state, (await house.view(placed)).state) == (
        SellerOrderState.COMPLETED,
        OrderState.CLOSED,
    )


async def test_an_open_order_is_not_reopened(house: House) -> None:
    placed = await house.paid()
    versions = house.versions()

    await house.execute(ReopenOrder(order_id=placed.order_id, reason="card_dispute"), SYSTEM)

    assert house.versions() == versions


async def test_a_parcel_that_comes_back_freezes_its_money(house: House) -> None:
    placed, seller_order_id = await house.shipped()

    states = [await house.execute(ReportReturn(seller_order_id=seller_order_id), who) for who in (ADAS_SHOP, OPERATOR)]
    house.clock.advance(TWO_WEEKS)
    await house.dispatcher.settle()

    assert states == [SellerOrderState.RETURNED_TO_SENDER] * 2
    assert house.checkout.frozen == {seller_order_id}
    assert (await house.part(placed)).state is SellerOrderState.RETURNED_TO_SENDER
    assert ("orders.complete", seller_order_id) in house.deadlines()
    with pytest.raises(IllegalTransition):
        await house.execute(ConfirmReceipt(seller_order_id=seller_order_id), ANN_HERSELF)


async def test_a_returned_part_is_complete_when_its_money_is_decided_about(house: House) -> None:
    placed, seller_order_id = await house.shipped()
    await house.execute(ReportReturn(seller_order_id=seller_order_id), ADAS_SHOP)
    house.checkout.released.add(seller_order_id)
    house.clock.advance(A_DAY)

    await house.dispatcher.settle()

    assert (await house.part(placed)).state is SellerOrderState.COMPLETED


async def sent_for_nothing(house: House) -> tuple[PlacedOrder, SellerOrderId]:
    """Send a part whose money all goes back, call the other off, and let two weeks pass."""
    placed, seller_order_id = await house.shipped()
    lamp = await house.part(placed, BOB)
    await house.execute(CancelSellerOrder(seller_order_id=lamp.seller_order_id, note="Too late."))
    house.checkout.released.add(seller_order_id)
    house.checkout.is_settled = True
    house.clock.advance(TWO_WEEKS)
    await house.dispatcher.settle()
    return placed, seller_order_id


async def test_what_was_sent_and_whose_money_went_back_is_complete_though_nobody_says_that_it_arrived(
    house: House,
) -> None:
    placed, _ = await sent_for_nothing(house)

    assert (await house.part(placed)).state is SellerOrderState.COMPLETED
    assert (await house.view(placed)).state is OrderState.CLOSED
    assert house.deadlines() == []


async def test_what_was_sent_and_whose_money_is_held_waits_and_is_looked_at(house: House) -> None:
    placed, seller_order_id = await house.shipped()
    house.clock.advance(TWO_WEEKS)
    await house.dispatcher.settle()

    assert (await house.part(placed)).state is SellerOrderState.SHIPPED
    assert ("orders.complete", seller_order_id) in house.deadlines()


async def test_before_two_weeks_what_was_sent_for_nothing_may_still_arrive(house: House) -> None:
    placed, seller_order_id = await house.shipped()
    house.checkout.released.add(seller_order_id)
    house.clock.advance(TWO_WEEKS - timedelta(seconds=1))
    await house.dispatcher.settle()

    await house.execute(ConfirmReceipt(seller_order_id=seller_order_id))

    assert (await house.part(placed)).state is SellerOrderState.DELIVERED


async def test_the_rest_of_a_part_that_is_called_off_leaves_what_was_sent_with_a_date(house: House) -> None:
    placed = await house.paid()
    part = await house.part(placed)
    one = Units(offer_id=part.lines[0].offer_id, quantity=1)
    parcel = ShipSellerOrder(seller_order_id=part.seller_order_id, carrier="DHL", tracking="1", lines=(one,))
    await house.execute(parcel, ADAS_SHOP)
    before = house.deadlines()

    await house.execute(CancelSellerOrder(seller_order_id=part.seller_order_id, note="The rest broke."), ADAS_SHOP)

    assert ("orders.complete", part.seller_order_id) not in before
    assert ("orders.complete", part.seller_order_id) in house.deadlines()
    assert (await house.part(placed)).state is SellerOrderState.SHIPPED


async def test_what_was_sent_is_under_way_again_when_its_money_is_held_again(house: House) -> None:
    placed, seller_order_id = await sent_for_nothing(house)
    house.checkout.released.clear()

    reopen = ReopenOrder(order_id=placed.order_id, reason="held_again", seller_order_id=seller_order_id)
    await house.execute(reopen, SYSTEM)
    meanwhile = (await house.part(placed)).state, (await house.view(placed)).state
    await house.execute(ConfirmReceipt(seller_order_id=seller_order_id))

    assert meanwhile == (SellerOrderState.SHIPPED, OrderState.CONFIRMED)
    assert (await house.part(placed)).state is SellerOrderState.DELIVERED


async def test_a_returned_part_is_not_opened_again(house: House) -> None:
    placed, seller_order_id = await house.shipped()
    await house.execute(ReportReturn(seller_order_id=seller_order_id), ADAS_SHOP)
    house.checkout.released.add(seller_order_id)
    house.clock.advance(A_DAY)
    await house.dispatcher.settle()

    reopen = ReopenOrder(order_id=placed.order_id, reason="held_again", seller_order_id=seller_order_id)
    await house.execute(reopen, SYSTEM)

    assert (await house.part(placed)).state is SellerOrderState.COMPLETED


async def test_an_operator_finds_that_it_arrived_after_all(house: House) -> None:
    placed, seller_order_id = await house.shipped()
    await house.execute(ReportReturn(seller_order_id=seller_order_id), ADAS_SHOP)

    with pytest.raises(IllegalTransition):
        await house.execute(MarkDelivered(seller_order_id=seller_order_id), ADAS_SHOP)
    await house.execute(MarkDelivered(seller_order_id=seller_order_id), OPERATOR)

    assert house.checkout.frozen == set()
    assert (await house.part(placed)).state is SellerOrderState.DELIVERED
