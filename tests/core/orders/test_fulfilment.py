"""From paid to delivered, each seller on their own."""

import pytest

from marketplace_core.kernel.access import SYSTEM, Actor
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.orders import (
    ConfirmReceipt,
    DeliveryProof,
    IllegalTransition,
    InvalidShipment,
    MarkDelivered,
    SellerOrderDelivered,
    SellerOrderNotFound,
    SellerOrderShipped,
    SellerOrderState,
    ShipSellerOrder,
)
from marketplace_core.testing.conformance.orders import ADA, BOB
from tests.core.orders.house import ADAS_SHOP, ANN_HERSELF, BEN_HIMSELF, BOBS_SHOP, OPERATOR, House


def ship(seller_order_id: SellerOrderId, tracking: str = "T1") -> ShipSellerOrder:
    return ShipSellerOrder(seller_order_id=seller_order_id, carrier="Post", tracking=tracking)


async def test_a_buyer_cannot_ship(house: House) -> None:
    part = await house.part(await house.paid())

    with pytest.raises(NotAllowed):
        await house.execute(ship(part.seller_order_id), ANN_HERSELF)


async def test_another_shop_cannot_touch_it_and_cannot_tell_it_from_a_missing_one(house: House) -> None:
    placed, seller_order_id = await house.shipped()

    for command in (ship, lambda one: MarkDelivered(seller_order_id=one)):
        with pytest.raises(SellerOrderNotFound) as foreign:
            await house.execute(command(seller_order_id), BOBS_SHOP)
        with pytest.raises(SellerOrderNotFound) as missing:
            await house.execute(command(SellerOrderId("sor_9999")), BOBS_SHOP)
        assert str(foreign.value) == str(missing.value)

    assert (await house.part(placed)).state is SellerOrderState.SHIPPED


async def test_nothing_ships_before_it_is_paid(house: House) -> None:
    part = await house.part(await house.place())

    with pytest.raises(IllegalTransition):
        await house.execute(ship(part.seller_order_id), ADAS_SHOP)


async def test_a_parcel_needs_a_carrier_and_a_number(house: House) -> None:
    part = await house.part(await house.paid())

    with pytest.raises(InvalidShipment):
        await house.execute(ship(part.seller_order_id, "  "), ADAS_SHOP)


async def test_a_shipped_part_tells_the_buyer_and_leaves_its_sibling_alone(house: House) -> None:
    placed = await house.paid()
    sibling = await house.part(placed, BOB)
    part = await house.part(placed, ADA)

    shipped = await house.execute(ship(part.seller_order_id), ADAS_SHOP)

    assert (shipped.state, shipped.shipment.carrier, shipped.shipment.tracking) == ("shipped", "Post", "T1")
    assert await house.part(placed, BOB) == sibling
    event = house.events()[-1]
    assert isinstance(event, SellerOrderShipped)
    assert (event.seller_order_id, event.tracking) == (part.seller_order_id, "T1")


async def test_an_operator_ships_in_a_sellers_place_and_the_timeline_says_so(house: House) -> None:
    placed = await house.paid()
    part = await house.part(placed)

    await house.execute(ship(part.seller_order_id), OPERATOR)

    timeline = (await house.part(placed)).timeline
    assert (timeline[-1].what, timeline[-1].who) == ("shipped", "operator")


@pytest.mark.parametrize("stranger", [BEN_HIMSELF, ADAS_SHOP])
async def test_only_its_buyer_confirms_a_receipt(house: House, stranger: Actor) -> None:
    _, seller_order_id = await house.shipped()

    with pytest.raises(SellerOrderNotFound):
        await house.execute(ConfirmReceipt(seller_order_id=seller_order_id), stranger)


async def test_the_system_does_not_speak_for_a_buyer(house: House) -> None:
    _, seller_order_id = await house.shipped()

    with pytest.raises(SellerOrderNotFound):
        await house.execute(ConfirmReceipt(seller_order_id=seller_order_id), SYSTEM)


async def test_the_sellers_word_is_the_weakest(house: House) -> None:
    _, seller_order_id = await house.shipped()

    delivered = await house.execute(MarkDelivered(seller_order_id=seller_order_id), ADAS_SHOP)

    assert delivered.proof is DeliveryProof.SELLER
    event = house.events()[-1]
    assert isinstance(event, SellerOrderDelivered)
    assert event.proof is DeliveryProof.SELLER


async def test_the_buyer_confirms_after_the_seller_and_the_better_proof_is_told(house: House) -> None:
    placed, seller_order_id = await house.shipped()
    await house.execute(MarkDelivered(seller_order_id=seller_order_id), ADAS_SHOP)

    first = await house.execute(ConfirmReceipt(seller_order_id=seller_order_id))
    again = await house.execute(ConfirmReceipt(seller_order_id=seller_order_id))

    assert first == again
    assert first.proof is DeliveryProof.BUYER
    told = [event.proof for event in house.events() if isinstance(event, SellerOrderDelivered)]
    assert told == [DeliveryProof.SELLER, DeliveryProof.BUYER]
    part = await house.part(placed)
    assert [(step.what, step.who) for step in part.timeline] == [
        ("placed", "buyer"),
        ("confirmed", "system"),
        ("accepted", "system"),
        ("shipped", "seller"),
        ("delivered", "seller"),
        ("delivered", "buyer"),
    ]
