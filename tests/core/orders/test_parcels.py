"""One seller order in several parcels."""

import pytest

from marketplace_core.kernel.ids import OfferId
from marketplace_core.orders import (
    IllegalTransition,
    InvalidShipment,
    NotOpen,
    SellerOrderShipped,
    SellerOrderState,
    Shipment,
    Units,
    Who,
)
from marketplace_core.orders.domain.seller_order import SellerOrder
from marketplace_core.testing.conformance.orders import NOW, a_placed_order


def an_accepted_part() -> SellerOrder:
    """Two of one thing."""
    _, parts = a_placed_order()
    parts[0].confirm(NOW)
    return parts[0]


def parcel(tracking: str, *lines: tuple[str, int]) -> Shipment:
    units = tuple(Units(offer_id=OfferId(offer_id), quantity=quantity) for offer_id, quantity in lines)
    return Shipment(carrier="Post", tracking=tracking, shipped_at=NOW, lines=units)


def test_all_is_sent_when_the_last_parcel_is() -> None:
    part = an_accepted_part()

    part.ship(parcel("T1", ("off_0001", 1)), Who.SELLER)
    first = part.state
    part.ship(parcel("T2"), Who.SELLER)

    assert (first, part.state) == (SellerOrderState.PART_SHIPPED, SellerOrderState.SHIPPED)
    assert [one.lines for one in part.parcels] == [(Units(offer_id=OfferId("off_0001"), quantity=1),)] * 2
    told = [event.complete for event in part.drain_events() if isinstance(event, SellerOrderShipped)]
    assert told == [False, True]


def test_what_is_sent_in_part_has_not_arrived_as_a_whole() -> None:
    part = an_accepted_part()
    part.ship(parcel("T1", ("off_0001", 1)), Who.SELLER)

    with pytest.raises(IllegalTransition):
        part.confirm_receipt(NOW)


def test_no_more_is_sent_than_is_open() -> None:
    part = an_accepted_part()
    part.ship(parcel("T1", ("off_0001", 1)), Who.SELLER)

    with pytest.raises(NotOpen) as refusal:
        part.ship(parcel("T2", ("off_0001", 2)), Who.SELLER)

    assert refusal.value.facts["lines"] == [{"offer_id": "off_0001", "wanted": 2, "open": 1}]
    assert len(part.parcels) == 1


@pytest.mark.parametrize(
    "lines", [[("off_0002", 1)], [("off_0001", 0)], [("off_0001", -1)], [("off_0001", 1), ("off_0001", 1)]]
)
def test_a_parcel_holds_lines_of_its_own_order_once_each(lines: list[tuple[str, int]]) -> None:
    part = an_accepted_part()

    with pytest.raises(InvalidShipment):
        part.ship(parcel("T1", *lines), Who.SELLER)

    assert (part.state, part.parcels) == (SellerOrderState.ACCEPTED, ())


def test_a_parcel_said_twice_is_one_and_said_otherwise_is_refused() -> None:
    part = an_accepted_part()
    first = part.ship(parcel("T1", ("off_0001", 1)), Who.SELLER)

    again = [part.ship(one, Who.SELLER) for one in (parcel("T1", ("off_0001", 1)), parcel("T1"))]
    with pytest.raises(InvalidShipment):
        part.ship(parcel("T1", ("off_0001", 2)), Who.SELLER)

    assert again == [first, first]
    assert part.parcels == (first,)


def test_the_rest_is_worth_what_was_paid_for_it_to_the_cent() -> None:
    part = an_accepted_part()
    part.items = part.items - part.items.allocate((1, 2))[0]  # a discount of a third: 13.33 for two of 10.00
    part.ship(parcel("T1", ("off_0001", 1)), Who.SELLER)

    gone = part.cancel("broken", Who.SELLER, NOW)

    assert part.items.amount_minor == 1_333
    assert gone.items.amount_minor in {666, 667}
    assert not gone.delivery
