"""Parcels of one seller order arrive one by one; with the last one the whole has arrived."""

from datetime import timedelta

import pytest

from marketplace_core.kernel.ids import OfferId
from marketplace_core.orders import (
    IllegalTransition,
    ParcelNotFound,
    SellerOrderDelivered,
    SellerOrderState,
    Shipment,
    Units,
    Who,
)
from marketplace_core.orders.domain.delivery import DeliveryProof
from marketplace_core.orders.domain.seller_order import SellerOrder
from marketplace_core.testing.conformance.orders import NOW, a_placed_order

LATER = NOW + timedelta(days=1)
S, P = SellerOrderState, DeliveryProof


def sent(*trackings: str) -> SellerOrder:
    """Two of one thing, sent one by one."""
    _, parts = a_placed_order()
    parts[0].confirm(NOW)
    for tracking in trackings:
        lines = (Units(offer_id=OfferId("off_0001"), quantity=1),)
        parts[0].ship(Shipment(carrier="Post", tracking=tracking, shipped_at=NOW, lines=lines), Who.SELLER)
    return parts[0]


def told(part: SellerOrder) -> list[DeliveryProof]:
    """List on whose words the whole has arrived, as far as that was told."""
    return [event.proof for event in part.drain_events() if isinstance(event, SellerOrderDelivered)]


def test_a_parcel_arrives_by_itself_while_the_rest_is_open() -> None:
    part = sent("T1")
    arrival = part.parcel_arrived(" T1 ", Who.BUYER, LATER)

    assert (part.state, part.arrival) == (S.PART_SHIPPED, None)
    assert (arrival.number, arrival.proof, arrival.delivered_at) == (1, P.BUYER, LATER)
    assert arrival.items + arrival.expected == part.items
    assert (part.parcels[0].proof, part.parcels[0].delivered_at) == (P.BUYER, LATER)
    assert told(part) == []


def test_the_whole_arrives_with_the_last_parcel_on_the_weakest_word() -> None:
    part = sent("T1", "T2")
    part.parcel_arrived("T1", Who.SELLER, NOW)
    under_way = part.state
    last = part.parcel_arrived("T2", Who.BUYER, LATER)
    weakest = part.arrival
    part.parcel_arrived("T1", Who.BUYER, LATER)

    assert (under_way, part.state, not last.expected) == (S.SHIPPED, S.DELIVERED, True)
    assert weakest is not None
    assert (weakest.proof, weakest.delivered_at) == (P.SELLER, LATER)
    assert part.delivered.proof is P.BUYER
    assert told(part) == [P.SELLER, P.BUYER]


def test_said_again_or_on_a_weaker_word_nothing_changes() -> None:
    part = sent("T1")
    first = part.parcel_arrived("T1", Who.BUYER, NOW)

    assert part.parcel_arrived("T1", Who.BUYER, LATER) == first
    assert part.parcel_arrived("T1", Who.SELLER, LATER) == first


def test_an_operators_word_after_a_sellers_moves_no_parcel_back() -> None:
    part = sent("T1", "T2")
    for tracking, who in (("T1", Who.SELLER), ("T2", Who.SELLER), ("T1", Who.OPERATOR), ("T2", Who.OPERATOR)):
        part.parcel_arrived(tracking, who, NOW)

    assert (part.state, part.delivered.proof) == (S.DELIVERED, P.SELLER)
    assert [one.proof for one in part.parcels] == [P.OPERATOR, P.OPERATOR]


@pytest.mark.parametrize("said", [Who.BUYER, Who.SELLER, Who.OPERATOR])
def test_calling_off_the_rest_makes_it_whole_if_all_that_was_sent_has_arrived(said: Who) -> None:
    part = sent("T1")
    part.parcel_arrived("T1", said, NOW)
    part.cancel("", Who.TIMER, LATER)

    assert part.state is S.DELIVERED
    assert part.delivered.proof.value == said.value


def test_calling_off_the_rest_leaves_what_is_under_way_under_way() -> None:
    part = sent("T1")
    part.cancel("", Who.TIMER, LATER)

    assert (part.state, part.arrival) == (S.SHIPPED, None)


def test_what_was_never_sent_does_not_arrive() -> None:
    part = sent("T1")
    with pytest.raises(ParcelNotFound):
        part.parcel_arrived("T2", Who.BUYER, NOW)
    part = sent("T1", "T2")
    part.send_back(Who.SELLER, NOW)
    with pytest.raises(IllegalTransition):
        part.parcel_arrived("T1", Who.BUYER, NOW)
