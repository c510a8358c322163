"""Goods that are not sent: declined, called off by whom they concern, or given up by a timer; each part on its own."""

from datetime import timedelta

import pytest

from marketplace_core.kernel.access import SYSTEM, Actor
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.messages import when
from marketplace_core.orders import (
    AcceptSellerOrder,
    CancelOrder,
    CancelSellerOrder,
    Cause,
    DeclineSellerOrder,
    GiveUpAccepting,
    IllegalTransition,
    MalformedNote,
    MoneyDisputed,
    OrderCancelled,
    OrderState,
    SellerOrderCalledOff,
    SellerOrderNotFound,
    SellerOrderState,
    SettleOrder,
    ShipSellerOrder,
    Units,
)
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.testing.conformance.orders import ADA, BOB
from tests.core.orders.house import (
    ADAS_SHOP,
    ANN_HERSELF,
    BEN_HIMSELF,
    BOBS_SHOP,
    GUITAR,
    OPERATOR,
    House,
    euros,
    open_house,
)

THREE_DAYS = timedelta(hours=72)
TWO_WEEKS = timedelta(days=14)
GUITARS, LAMP = euros(2_490), euros(6_000)
SETTLES = (when(SellerOrderCalledOff, lambda e: (SettleOrder(order_id=e.order_id),)),)


@pytest.fixture
def house() -> House:
    return open_house(reactions=SETTLES)


@pytest.fixture
def by_hand() -> House:
    return open_house(CheckoutPolicy(accepts_by_hand=True), SETTLES)


def decline(one: SellerOrderId, note: str = "It broke.") -> DeclineSellerOrder:
    return DeclineSellerOrder(seller_order_id=one, note=note)


def call_off(one: SellerOrderId, note: str = "Changed my mind.") -> CancelSellerOrder:
    return CancelSellerOrder(seller_order_id=one, note=note)


def called_off(house: House) -> list[SellerOrderCalledOff]:
    return [event for event in house.events() if isinstance(event, SellerOrderCalledOff)]


async def test_where_sellers_accept_by_hand_a_paid_order_waits_for_them_for_three_days(by_hand: House) -> None:
    placed = await by_hand.paid()
    part = await by_hand.part(placed)

    with pytest.raises(IllegalTransition):
        await by_hand.execute(
            ShipSellerOrder(seller_order_id=part.seller_order_id, carrier="Post", tracking="T1"), ADAS_SHOP
        )

    assert part.state is SellerOrderState.CONFIRMED
    assert {kind for kind, _ in by_hand.deadlines()} == {"orders.accept_by"}


async def test_an_accepted_order_is_to_be_sent_and_accepting_twice_changes_nothing(by_hand: House) -> None:
    placed = await by_hand.paid()
    part = await by_hand.part(placed)

    states = [
        await by_hand.execute(AcceptSellerOrder(seller_order_id=part.seller_order_id), who)
        for who in (ADAS_SHOP, OPERATOR)
    ]

    assert states == [SellerOrderState.ACCEPTED] * 2
    assert ("orders.ship_by", part.seller_order_id) in by_hand.deadlines()
    assert ("orders.accept_by", part.seller_order_id) not in by_hand.deadlines()
    timeline = (await by_hand.part(placed)).timeline
    assert [(step.what, step.who) for step in timeline[-2:]] == [("confirmed", "system"), ("accepted", "seller")]


async def test_a_declined_part_goes_back_to_buyer_and_shelf_and_its_sibling_is_untouched(by_hand: House) -> None:
    placed = await by_hand.paid()
    part, sibling = await by_hand.part(placed, ADA), await by_hand.part(placed, BOB)

    states = [await by_hand.execute(decline(part.seller_order_id), ADAS_SHOP) for _ in range(2)]

    assert states == [SellerOrderState.DECLINED] * 2
    assert by_hand.checkout.returned == [(part.seller_order_id, Cause.DECLINED, GUITARS)]
    assert by_hand.stock() == [5, 4]
    assert await by_hand.part(placed, BOB) == sibling
    assert by_hand.deadlines() == [("orders.accept_by", sibling.seller_order_id)]
    (told,) = called_off(by_hand)
    assert (told.cause, told.note, told.who, told.whole, told.amount) == (
        "declined", "It broke.", "seller", True, GUITARS,
    )  # fmt: skip


async def test_a_seller_who_says_nothing_has_declined(by_hand: House) -> None:
    placed = await by_hand.paid()
    by_hand.clock.advance(THREE_DAYS - timedelta(seconds=1))
    await by_hand.dispatcher.settle()
    early = (await by_hand.part(placed)).state
    await by_hand.execute(
        AcceptSellerOrder(seller_order_id=(await by_hand.part(placed, BOB)).seller_order_id), BOBS_SHOP
    )

    by_hand.clock.advance(timedelta(seconds=1))
    await by_hand.dispatcher.settle()

    part = await by_hand.part(placed)
    assert (early, part.state) == (SellerOrderState.CONFIRMED, SellerOrderState.DECLINED)
    assert (part.timeline[-1].who, part.called_off[0].cause) == ("timer", Cause.NOT_ACCEPTED)
    assert (await by_hand.part(placed, BOB)).state is SellerOrderState.ACCEPTED
    assert by_hand.checkout.returned == [(part.seller_order_id, Cause.NOT_ACCEPTED, GUITARS)]


async def test_a_timer_that_comes_after_the_seller_changes_nothing(by_hand: House) -> None:
    placed = await by_hand.paid()
    part = await by_hand.part(placed)
    await by_hand.execute(AcceptSellerOrder(seller_order_id=part.seller_order_id), ADAS_SHOP)

    await by_hand.execute(GiveUpAccepting(seller_order_id=part.seller_order_id), SYSTEM)

    assert (await by_hand.part(placed)).state is SellerOrderState.ACCEPTED
    assert by_hand.checkout.returned == []


async def test_what_is_accepted_is_not_declined_any_more(house: House) -> None:
    part = await house.part(await house.paid())

    with pytest.raises(IllegalTransition):
        await house.execute(decline(part.seller_order_id), ADAS_SHOP)

    assert house.checkout.returned == []


async def test_declining_needs_a_reason(by_hand: House) -> None:
    part = await by_hand.part(await by_hand.paid())

    for note in (" ", "x" * 401):
        with pytest.raises(MalformedNote):
            await by_hand.execute(decline(part.seller_order_id, note), ADAS_SHOP)


@pytest.mark.parametrize("stranger", [BEN_HIMSELF, BOBS_SHOP])
async def test_whom_it_does_not_concern_calls_nothing_off(house: House, stranger: Actor) -> None:
    part = await house.part(await house.paid())

    with pytest.raises(SellerOrderNotFound):
        await house.execute(call_off(part.seller_order_id), stranger)

    assert house.checkout.returned == []


@pytest.mark.parametrize(
    ("who", "cause"),
    [(ANN_HERSELF, Cause.BUYER), (ADAS_SHOP, Cause.SELLER), (OPERATOR, Cause.OPERATOR)],
)
async def test_before_it_is_sent_a_part_is_called_off_by_whom_it_concerns(
    house: House, who: Actor, cause: Cause
) -> None:
    placed = await house.paid()
    part, sibling = await house.part(placed, ADA), await house.part(placed, BOB)

    states = [await house.execute(call_off(part.seller_order_id), who) for _ in range(2)]

    assert states == [SellerOrderState.CANCELLED] * 2
    assert house.checkout.returned == [(part.seller_order_id, cause, GUITARS)]
    assert house.stock() == [5, 4]
    assert await house.part(placed, BOB) == sibling
    assert (await house.view(placed)).state is OrderState.CONFIRMED


async def test_what_is_on_its_way_cannot_be_called_off(house: House) -> None:
    _, seller_order_id = await house.shipped()

    for who in (ANN_HERSELF, ADAS_SHOP, OPERATOR):
        with pytest.raises(IllegalTransition):
            await house.execute(call_off(seller_order_id), who)

    assert house.checkout.returned == []
    assert house.stock() == [3, 4]


async def test_what_is_not_sent_in_two_weeks_is_called_off(house: House) -> None:
    placed, _ = await house.shipped()
    house.clock.advance(TWO_WEEKS)

    await house.dispatcher.settle()

    lamp = await house.part(placed, BOB)
    assert (lamp.state, lamp.timeline[-1].who) == (SellerOrderState.CANCELLED, "timer")
    assert house.checkout.returned == [(lamp.seller_order_id, Cause.NOT_SHIPPED, LAMP)]
    assert (await house.part(placed, ADA)).state is SellerOrderState.SHIPPED


async def test_a_card_dispute_keeps_goods_from_being_called_off_until_it_is_over(house: House) -> None:
    placed = await house.paid()
    part = await house.part(placed)
    house.checkout.disputed.add(part.seller_order_id)

    with pytest.raises(MoneyDisputed):
        await house.execute(call_off(part.seller_order_id))
    house.clock.advance(TWO_WEEKS)
    await house.dispatcher.settle()
    waiting = (await house.part(placed)).state
    failed = [row.subject for row in house.store.table("deadlines") if row.attempts]
    house.checkout.disputed.clear()
    house.clock.advance(timedelta(days=1))
    await house.dispatcher.settle()

    assert (waiting, failed) == (SellerOrderState.ACCEPTED, [])
    assert (await house.part(placed)).state is SellerOrderState.CANCELLED


async def test_an_order_falls_with_the_last_of_its_parts(house: House) -> None:
    placed = await house.paid()
    await house.execute(call_off((await house.part(placed, ADA)).seller_order_id))
    await house.dispatcher.settle()
    with_one_left = (await house.view(placed)).state

    await house.execute(call_off((await house.part(placed, BOB)).seller_order_id), BOBS_SHOP)
    await house.dispatcher.settle()

    assert with_one_left is OrderState.CONFIRMED
    assert (await house.view(placed)).state is OrderState.CANCELLED
    assert sum(isinstance(event, OrderCancelled) for event in house.events()) == 1
    assert house.stock() == [5, 5]
    assert house.deadlines() == []


async def test_a_paid_order_is_called_off_as_a_whole_while_nothing_is_sent(house: House) -> None:
    placed = await house.paid()

    gone = [(await house.execute(CancelOrder(order_id=placed.order_id))).state for _ in range(2)]
    await house.dispatcher.settle()

    assert gone == [OrderState.CANCELLED] * 2
    assert {part.state for part in (await house.view(placed)).seller_orders} == {SellerOrderState.CANCELLED}
    assert [amount for _, _, amount in house.checkout.returned] == [GUITARS, LAMP]
    assert house.stock() == [5, 5]
    assert house.deadlines() == []


async def test_an_order_of_which_something_is_sent_is_not_called_off_as_a_whole(house: House) -> None:
    placed, _ = await house.shipped()

    with pytest.raises(IllegalTransition):
        await house.execute(CancelOrder(order_id=placed.order_id))

    assert house.checkout.returned == []
    assert (await house.part(placed, BOB)).state is SellerOrderState.ACCEPTED


async def test_money_that_is_told_again_does_not_wake_an_order_that_was_called_off(house: House) -> None:
    placed = await house.paid()
    await house.execute(CancelOrder(order_id=placed.order_id))

    await house.pay(placed)

    assert (await house.view(placed)).state is OrderState.CANCELLED
    assert house.stock() == [5, 5]


async def test_a_part_in_a_parcel_leaves_the_rest_open_and_due_in_two_weeks(house: House) -> None:
    placed = await house.paid()
    part = await house.part(placed)
    house.clock.advance(timedelta(days=10))

    sent = [(await house.execute(_parcel(part.seller_order_id, "T1", 1), ADAS_SHOP)).state for _ in range(2)]
    house.clock.advance(timedelta(days=10))
    await house.dispatcher.settle()

    now = await house.part(placed)
    assert [*sent, now.state] == [SellerOrderState.PART_SHIPPED] * 3
    assert [parcel.lines for parcel in now.parcels] == [(Units(offer_id=GUITAR.offer_id, quantity=1),)]
    assert now.open_units == (Units(offer_id=GUITAR.offer_id, quantity=1),)
    assert house.checkout.returned == [((await house.part(placed, BOB)).seller_order_id, Cause.NOT_SHIPPED, LAMP)]


async def test_the_rest_is_called_off_by_its_shop_and_costs_no_delivery(house: House) -> None:
    placed = await house.paid()
    part = await house.part(placed)
    await house.execute(_parcel(part.seller_order_id, "T1", 1), ADAS_SHOP)

    with pytest.raises(IllegalTransition):
        await house.execute(call_off(part.seller_order_id), ANN_HERSELF)
    broken = call_off(part.seller_order_id, "The other one is broken.")
    states = [await house.execute(broken, ADAS_SHOP) for _ in range(2)]

    assert states == [SellerOrderState.SHIPPED] * 2
    assert house.checkout.returned == [(part.seller_order_id, Cause.SELLER, euros(1_000))]
    assert house.stock() == [4, 4]
    assert (await house.part(placed)).open_units == ()


async def test_the_rest_that_is_not_sent_in_time_is_called_off(house: House) -> None:
    placed = await house.paid()
    part = await house.part(placed)
    await house.execute(_parcel(part.seller_order_id, "T1", 1), ADAS_SHOP)
    house.clock.advance(TWO_WEEKS)

    await house.dispatcher.settle()

    now = await house.part(placed)
    assert (now.state, now.called_off[0].cause) == (SellerOrderState.SHIPPED, Cause.NOT_SHIPPED)
    assert not now.called_off[0].whole


def _parcel(one: SellerOrderId, tracking: str, quantity: int) -> ShipSellerOrder:
    lines = (Units(offer_id=GUITAR.offer_id, quantity=quantity),)
    return ShipSellerOrder(seller_order_id=one, carrier="Post", tracking=tracking, lines=lines)
