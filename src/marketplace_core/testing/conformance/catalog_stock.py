"""What everybody who counts stock must do."""

import asyncio

import pytest

from marketplace_core.catalog import (
    HeldOtherwise,
    MovementKind,
    OutOfStock,
    StockLevel,
    StockLine,
    StockNotHeld,
    StockTooLow,
    replayed,
)
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import OfferId, OrderId
from marketplace_core.testing.conformance.catalog import NOW, CatalogGround, a_product, offer_id

FIRST = OrderId("ord_1")
SECOND = OrderId("ord_2")


def line(offer: OfferId, quantity: int = 1) -> StockLine:
    """Ask for units of an offer."""
    return StockLine(offer_id=offer, quantity=quantity)


async def level(ground: CatalogGround, offer: OfferId) -> StockLevel:
    """Read the counters of an offer."""
    async with ground.begin() as work:
        return (await work.stock.levels((offer,)))[offer]


async def hold(ground: CatalogGround, order_id: OrderId, *lines: StockLine) -> None:
    """Hold units in a transaction of its own."""
    async with ground.begin() as work:
        await work.stock.hold(order_id, lines, at=NOW)


async def commit(ground: CatalogGround, order_id: OrderId) -> None:
    """Commit in a transaction of its own."""
    async with ground.begin() as work:
        await work.stock.commit(order_id, at=NOW)


async def release(ground: CatalogGround, order_id: OrderId) -> None:
    """Release in a transaction of its own."""
    async with ground.begin() as work:
        await work.stock.release(order_id, at=NOW)


async def counters(ground: CatalogGround, offer: OfferId) -> tuple[int, int, int, int]:
    """Return on hand, held, sold, available."""
    found = await level(ground, offer)
    return (found.on_hand, found.held, found.sold, found.available)


@pytest.mark.conformance
class StockConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> CatalogGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_units_are_held_then_sold(self, ground: CatalogGround) -> None:
        """Each step moves them once, however often it is taken."""
        await ground.put(a_product(), stock=5)

        await hold(ground, FIRST, line(offer_id(1), 2))
        await hold(ground, FIRST, line(offer_id(1), 2))
        held = await counters(ground, offer_id(1))
        await commit(ground, FIRST)
        await commit(ground, FIRST)
        await release(ground, FIRST)

        assert held == (5, 2, 0, 3)
        assert await counters(ground, offer_id(1)) == (5, 0, 2, 3)

    async def test_units_are_held_then_given_back(self, ground: CatalogGround) -> None:
        """Given back twice, they come back once; they cannot be sold afterwards."""
        await ground.put(a_product(), stock=5)

        await hold(ground, FIRST, line(offer_id(1), 5))
        await release(ground, FIRST)
        await release(ground, FIRST)

        assert await counters(ground, offer_id(1)) == (5, 0, 0, 5)
        with pytest.raises(StockNotHeld):
            await commit(ground, FIRST)

    async def test_an_order_holds_anew_what_it_gave_back(self, ground: CatalogGround) -> None:
        """The same lines or others, as far as there are units left."""
        await ground.put(a_product(1, prices=(1, 2)), stock=5)
        await hold(ground, FIRST, line(offer_id(1, 1), 5))
        await release(ground, FIRST)
        await hold(ground, SECOND, line(offer_id(1, 1), 3))

        with pytest.raises(OutOfStock):
            await hold(ground, FIRST, line(offer_id(1, 1), 5))
        await hold(ground, FIRST, line(offer_id(1, 1), 2), line(offer_id(1, 2), 1))
        await commit(ground, FIRST)

        assert await counters(ground, offer_id(1, 1)) == (5, 3, 2, 0)
        assert await counters(ground, offer_id(1, 2)) == (5, 0, 1, 4)

    async def test_an_order_that_holds_nothing_has_nothing_to_sell_or_give_back(self, ground: CatalogGround) -> None:
        """Selling complains, giving back does not."""
        await ground.put(a_product())

        await release(ground, FIRST)
        with pytest.raises(StockNotHeld):
            await commit(ground, FIRST)

        assert await counters(ground, offer_id(1)) == (5, 0, 0, 5)

    async def test_all_lines_are_held_or_none_and_every_short_one_is_named(self, ground: CatalogGround) -> None:
        """An offer that does not exist has none left."""
        await ground.put(a_product(1, prices=(1, 2, 3)), stock=3)
        unknown = OfferId("off_zzzz")

        lines = (line(offer_id(1, 1), 3), line(offer_id(1, 2), 4), line(offer_id(1, 3), 9), line(unknown))
        with pytest.raises(OutOfStock) as refusal:
            await hold(ground, FIRST, *lines)

        assert refusal.value.facts["lines"] == [
            {"offer_id": offer_id(1, 2), "requested": 4, "available": 3},
            {"offer_id": offer_id(1, 3), "requested": 9, "available": 3},
            {"offer_id": unknown, "requested": 1, "available": 0},
        ]
        assert await counters(ground, offer_id(1, 1)) == (3, 0, 0, 3)
        await hold(ground, FIRST, line(offer_id(1, 1), 3))

    async def test_an_order_does_not_hold_other_lines_than_it_holds(self, ground: CatalogGround) -> None:
        """Neither more units nor other offers."""
        await ground.put(a_product(1, prices=(1, 2)))
        await hold(ground, FIRST, line(offer_id(1, 1)))

        for lines in (
            (line(offer_id(1, 1), 2),),
            (line(offer_id(1, 2)),),
            (line(offer_id(1, 1)), line(offer_id(1, 2))),
        ):
            with pytest.raises(HeldOtherwise):
                await hold(ground, FIRST, *lines)

        assert await counters(ground, offer_id(1, 1)) == (5, 1, 0, 4)
        assert await counters(ground, offer_id(1, 2)) == (5, 0, 0, 5)

    async def test_a_count_is_corrected(self, ground: CatalogGround) -> None:
        """By what somebody saw, and never below what orders hold."""
        await ground.put(a_product(), stock=5)
        seen = await level(ground, offer_id(1))
        await hold(ground, FIRST, line(offer_id(1), 4))

        async with ground.begin() as work:
            more = await work.stock.adjust(seen, 2, reason="found two", at=NOW)
        with pytest.raises(ConcurrentUpdate):
            async with ground.begin() as work:
                await work.stock.adjust(seen, 2, reason="found two", at=NOW)
        with pytest.raises(StockTooLow):
            async with ground.begin() as work:
                await work.stock.adjust(more, -4, reason="lost four", at=NOW)

        assert (more.on_hand, more.held, more.available) == (7, 4, 3)
        assert await counters(ground, offer_id(1)) == (7, 4, 0, 3)

    async def test_sixty_four_orders_for_the_last_three_units(self, ground: CatalogGround) -> None:
        """Exactly three hold one each."""
        await ground.put(a_product(), stock=3)

        asked = [hold(ground, OrderId(f"ord_{number}"), line(offer_id(1))) for number in range(64)]
        outcomes = await asyncio.gather(*asked, return_exceptions=True)

        assert outcomes.count(None) == 3
        assert all(isinstance(outcome, OutOfStock) for outcome in outcomes if outcome is not None)
        assert await counters(ground, offer_id(1)) == (3, 3, 0, 0)

    async def test_selling_and_giving_back_at_once_does_one_of_both(self, ground: CatalogGround) -> None:
        """Whoever is first decides."""
        await ground.put(a_product(), stock=3)
        await hold(ground, FIRST, line(offer_id(1), 2))

        sold, _ = await asyncio.gather(commit(ground, FIRST), release(ground, FIRST), return_exceptions=True)

        found = await level(ground, offer_id(1))
        assert found.held == 0
        assert found.sold == (2 if sold is None else 0)

    async def test_what_is_held_and_sold_is_what_orders_have_reserved(self, ground: CatalogGround) -> None:
        await ground.put(a_product(1), stock=9)
        await ground.put(a_product(2), stock=9)
        for number, (offer, quantity) in enumerate(((1, 2), (1, 1), (2, 3), (2, 1))):
            await hold(ground, OrderId(f"ord_{number}"), line(offer_id(offer), quantity))
        await commit(ground, OrderId("ord_1"))
        await release(ground, OrderId("ord_2"))

        assert await ground.reader.stock_mismatches(10) == []

    async def test_movements_replayed_give_the_counters(self, ground: CatalogGround) -> None:
        """Every change left one behind."""
        await ground.put(a_product(), stock=5)
        await hold(ground, FIRST, line(offer_id(1), 2))
        await hold(ground, SECOND, line(offer_id(1), 1))
        await commit(ground, FIRST)
        await release(ground, SECOND)
        async with ground.begin() as work:
            seen = (await work.stock.levels((offer_id(1),)))[offer_id(1)]
            await work.stock.adjust(seen, -1, reason="broken", at=NOW)

        stock = await ground.reader.stock(offer_id(1))

        assert stock is not None
        empty = StockLevel(offer_id=offer_id(1), product_id=stock.level.product_id, on_hand=0)
        assert replayed(empty, reversed(stock.movements)) == stock.level
        assert [(each.kind, each.quantity, each.order_id, each.reason) for each in stock.movements] == [
            (MovementKind.ADJUSTED, -1, None, "broken"),
            (MovementKind.RELEASED, 1, SECOND, ""),
            (MovementKind.COMMITTED, 2, FIRST, ""),
            (MovementKind.HELD, 1, SECOND, ""),
            (MovementKind.HELD, 2, FIRST, ""),
            (MovementKind.OPENED, 5, None, ""),
        ]
