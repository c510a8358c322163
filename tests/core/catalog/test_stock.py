"""Units are held, sold and given back exactly once, and told when it matters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.catalog import (
    CommitStock,
    HoldStock,
    MalformedProduct,
    MovementKind,
    OutOfStock,
    ReleaseStock,
    StockChanged,
    StockLevel,
    StockLine,
    StockMovement,
    replayed,
)
from marketplace_core.catalog.domain.stock import demand
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.errors import NotAllowed
from marketplace_core.kernel.ids import OfferId, OrderId
from marketplace_core.testing.conformance.catalog import NOW
from tests.core.catalog.stand import OFFER, PRODUCT, SELLER, Stand

ORDER = OrderId("ord_1")


def hold(*lines: tuple[str, int]) -> HoldStock:
    """Ask for units."""
    wanted = tuple(StockLine(offer_id=OfferId(offer), quantity=quantity) for offer, quantity in lines)
    return HoldStock(order_id=ORDER, lines=wanted)


@pytest.mark.parametrize("quantity", [0, -1, True, 2**31])
async def test_a_quantity_that_is_none_is_refused(stand: Stand, quantity: int) -> None:
    with pytest.raises(MalformedProduct):
        await stand.do(hold((OFFER, quantity)), SYSTEM)


async def test_no_line_and_too_many_lines_are_refused(stand: Stand) -> None:
    for lines in ((), tuple((f"off_{number}", 1) for number in range(101))):
        with pytest.raises(MalformedProduct):
            await stand.do(hold(*lines), SYSTEM)


async def test_only_the_system_holds_stock(stand: Stand) -> None:
    for command in (hold((OFFER, 1)), CommitStock(order_id=ORDER), ReleaseStock(order_id=ORDER)):
        with pytest.raises(NotAllowed):
            await stand.do(command, SELLER)


def test_lines_are_summed_and_sorted_by_offer() -> None:
    lines = demand(hold(("off_2", 1), ("off_1", 2), ("off_2", 3)).lines)

    assert [(line.offer_id, line.quantity) for line in lines] == [("off_1", 2), ("off_2", 4)]


async def test_the_same_offer_on_two_lines_counts_twice(stand: Stand) -> None:
    await stand.draft()

    with pytest.raises(OutOfStock) as refusal:
        await stand.do(hold((OFFER, 3), (OFFER, 3)), SYSTEM)

    assert refusal.value.facts["lines"] == [{"offer_id": OFFER, "requested": 6, "available": 5}]


async def test_running_out_and_coming_back_are_told_and_nothing_in_between(stand: Stand) -> None:
    await stand.draft()

    await stand.do(HoldStock(order_id=OrderId("ord_0"), lines=(StockLine(offer_id=OFFER, quantity=2),)), SYSTEM)
    quiet = list(stand.events)
    await stand.do(hold((OFFER, 3)), SYSTEM)
    await stand.do(CommitStock(order_id=OrderId("ord_0")), SYSTEM)
    await stand.do(ReleaseStock(order_id=ORDER), SYSTEM)

    assert quiet == []
    assert stand.events == [
        StockChanged(product_id=PRODUCT, offer_id=OFFER, available=0),
        StockChanged(product_id=PRODUCT, offer_id=OFFER, available=3),
    ]


@given(st.integers(0, 50), st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=20))
def test_whatever_is_held_sold_and_given_back_no_unit_appears_or_vanishes(
    opened: int, orders: list[tuple[int, bool]]
) -> None:
    empty = StockLevel(offer_id=OFFER, product_id=PRODUCT, on_hand=0)
    steps = [(MovementKind.OPENED, opened)]
    available = opened
    for quantity, paid in orders:
        if quantity <= available:
            steps.append((MovementKind.HELD, quantity))
            steps.append((MovementKind.COMMITTED if paid else MovementKind.RELEASED, quantity))
            available -= quantity if paid else 0

    level = replayed(
        empty,
        (StockMovement(offer_id=OFFER, kind=kind, quantity=n, order_id=None, reason="", at=NOW) for kind, n in steps),
    )

    assert (level.on_hand, level.held, level.available) == (opened, 0, available)
    assert level.held + level.sold <= level.on_hand
