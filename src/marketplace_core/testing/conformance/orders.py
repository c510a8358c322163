"""What every store of orders must do."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest
from attrs import frozen

from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import (
    CartId,
    OfferId,
    OrderId,
    PaymentId,
    ProductId,
    SellerId,
    SellerOrderId,
    UserId,
)
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import Begin
from marketplace_core.orders.domain.delivery import Address, Shipment
from marketplace_core.orders.domain.errors import AlreadyPlaced, OrderNotFound, QuoteExpired, SellerOrderNotFound
from marketplace_core.orders.domain.lines import BasketLine, OfferOnSale, OpenBasket, Units
from marketplace_core.orders.domain.order import Order, OrderState
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.quote import quote
from marketplace_core.orders.domain.seller_order import SellerOrder, SellerOrderState
from marketplace_core.orders.ports import OrdersWork
from marketplace_core.orders.queries import OrdersReader

NOW = datetime(2026, 1, 1, 12, 0, 0, 123456, tzinfo=UTC)
ANN, BEN = UserId("usr_ann"), UserId("usr_ben")
ADA, BOB = SellerId("sel_ada"), SellerId("sel_bob")
HOME = Address(name="Ann Ä.", line1="1 Long Lane", line2=None, city="Århus", postal_code="8000", country="DK")


AGREED = CheckoutPolicy(ship_within=timedelta(hours=36), accepts_by_hand=True).rules
"""What is agreed with the orders of these tests."""


def an_offer(number: int, seller_id: SellerId = ADA, price_minor: int = 1_000, available: int = 50) -> OfferOnSale:
    """Describe an offer that can be bought."""
    return OfferOnSale(
        offer_id=OfferId(f"off_{number:04d}"),
        product_id=ProductId(f"prd_{number:04d}"),
        seller_id=seller_id,
        seller_name=f"Shop {seller_id}",
        title=f"Thing {number}",
        variant_title="Blue / M",
        sku=f"SKU-{number}",
        unit_price=Money(price_minor, "EUR"),
        available=available,
        image_url=f"/files/thing-{number}.jpg",
    )


def a_basket(*offers: OfferOnSale, cart_id: str = "crt_0001", quantity: int = 2) -> OpenBasket:
    """Fill a basket with so many of each offer, at the price they have now."""
    lines = (BasketLine(offer_id=one.offer_id, quantity=quantity, unit_price_seen=one.unit_price) for one in offers)
    return OpenBasket(cart_id=CartId(cart_id), version=1, lines=tuple(lines))


def a_placed_order(number: int = 1, buyer_id: UserId = ANN) -> tuple[Order, list[SellerOrder]]:
    """Place an order of two sellers: 2 x 10.00 and 2 x 60.00, delivery 4.90 and nothing."""
    offers = {one.offer_id: one for one in (an_offer(1, ADA, 1_000), an_offer(2, BOB, 6_000))}
    quoted = quote(a_basket(*offers.values(), cart_id=f"crt_{number:04d}"), offers, CheckoutPolicy(), NOW)
    order_id = OrderId(f"ord_{number:04d}")
    order = Order.place(
        order_id=order_id,
        buyer_id=buyer_id,
        quote=quoted,
        address=HOME,
        payment_id=PaymentId(f"pay_{number:04d}"),
        request_key=None,
        now=NOW,
        pay_by=NOW + timedelta(minutes=15),
        rules=AGREED,
    )
    parts = [
        SellerOrder.place(SellerOrderId(f"sor_{number:04d}_{position}"), order_id, buyer_id, group, NOW, AGREED)
        for position, group in enumerate(quoted.groups, 1)
    ]
    return order, parts


def _fields(aggregate: Order | SellerOrder) -> dict[str, Any]:
    return attrs.asdict(aggregate, recurse=False)


@frozen(kw_only=True)
class OrdersGround:
    """One empty store of orders, to write and to read."""

    begin: Begin[OrdersWork]
    reader: OrdersReader

    async def save(self, order: Order, parts: list[SellerOrder]) -> None:
        """Store an order with its parts in one transaction."""
        async with self.begin() as work:
            await work.orders.save(order)
            for part in parts:
                await work.seller_orders.save(part)


@pytest.mark.conformance
class OrdersConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> OrdersGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_there_is_no_order_that_was_never_saved(self, ground: OrdersGround) -> None:
        """Get and of_cart."""
        async with ground.begin() as work:
            assert await work.orders.of_cart(CartId("crt_0001")) is None
        with pytest.raises(OrderNotFound):
            async with ground.begin() as work:
                await work.orders.get(OrderId("ord_0001"))

    async def test_a_saved_order_comes_back_as_it_was(self, ground: OrdersGround) -> None:
        """Every field, and again after a change."""
        order, parts = a_placed_order()
        await ground.save(order, parts)

        async with ground.begin() as work:
            stored = await work.orders.get(order.order_id)
            of_cart = await work.orders.of_cart(order.cart_id)

        assert _fields(stored) == _fields(order)
        assert of_cart is not None
        assert of_cart.order_id == order.order_id
        stored.paid(stored.total, parts, NOW + timedelta(minutes=1))
        await ground.save(stored, [])
        async with ground.begin() as work:
            again = await work.orders.get(order.order_id)
        assert again.state is OrderState.CONFIRMED
        assert again.history == stored.history
        assert again.version == 2

    async def test_a_cart_becomes_one_order_only(self, ground: OrdersGround) -> None:
        """The natural key holds even against other order ids."""
        order, parts = a_placed_order()
        twin, _ = a_placed_order()
        twin.order_id = OrderId("ord_0002")
        await ground.save(order, parts)

        with pytest.raises(AlreadyPlaced) as refusal:
            await ground.save(twin, [])

        assert refusal.value.facts == {"order_id": order.order_id}

    async def test_of_two_changes_of_the_same_version_one_is_refused(self, ground: OrdersGround) -> None:
        """Optimistic locking."""
        order, parts = a_placed_order()
        await ground.save(order, parts)
        async with ground.begin() as work:
            mine, yours = await work.orders.get(order.order_id), await work.orders.get(order.order_id)
        mine.cancel(Who.BUYER, NOW)
        yours.expire(NOW)
        await ground.save(mine, [])

        with pytest.raises(ConcurrentUpdate):
            await ground.save(yours, [])


@pytest.mark.conformance
class SellerOrdersConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> OrdersGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_there_is_no_seller_order_that_was_never_saved(self, ground: OrdersGround) -> None:
        """Get and of_order."""
        async with ground.begin() as work:
            assert list(await work.seller_orders.of_order(OrderId("ord_0001"))) == []
        with pytest.raises(SellerOrderNotFound):
            async with ground.begin() as work:
                await work.seller_orders.get(SellerOrderId("sor_0001_1"))

    async def test_the_seller_orders_of_an_order_come_back_as_they_were(self, ground: OrdersGround) -> None:
        """Every field, by id, at every stage of their life."""
        order, parts = a_placed_order()
        await ground.save(order, parts)
        first = parts[0]
        one = (Units(offer_id=first.lines[0].offer_id, quantity=1),)
        changes: tuple[Callable[[], object], ...] = (
            lambda: first.confirm(NOW, at_once=False),
            lambda: first.accept(Who.SELLER, NOW),
            lambda: first.ship(Shipment(carrier="Post", tracking="1", shipped_at=NOW, lines=one), Who.SELLER),
            lambda: first.cancel("broken", Who.SELLER, NOW),
            lambda: first.mark_delivered(Who.SELLER, NOW),
            lambda: first.confirm_receipt(NOW),
            lambda: first.complete(NOW),
        )
        for change in changes:
            change()
            async with ground.begin() as work:
                await work.seller_orders.save(first)
                stored = list(await work.seller_orders.of_order(order.order_id))
                alone = await work.seller_orders.get(first.seller_order_id)
            assert [_fields(one) for one in stored] == [_fields(one) for one in parts]
            assert _fields(alone) == _fields(first)

    async def test_siblings_do_not_hinder_each_other(self, ground: OrdersGround) -> None:
        """Two seller orders of one order change at once; the same one twice does not."""
        order, parts = a_placed_order()
        await ground.save(order, parts)
        async with ground.begin() as work:
            first, second = await work.seller_orders.of_order(order.order_id)
            stale = await work.seller_orders.get(first.seller_order_id)
        for one in (first, second, stale):
            one.cancel_unpaid(NOW)
        async with ground.begin() as work:
            await work.seller_orders.save(first)
            await work.seller_orders.save(second)

        with pytest.raises(ConcurrentUpdate):
            async with ground.begin() as work:
                await work.seller_orders.save(stale)


@pytest.mark.conformance
class OrdersWorkConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> OrdersGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_a_failed_unit_of_work_leaves_nothing_behind(self, ground: OrdersGround) -> None:
        """Neither order nor seller orders."""
        order, parts = a_placed_order()

        async def saved_and_failed() -> None:
            async with ground.begin() as work:
                await work.orders.save(order)
                await work.seller_orders.save(parts[0])
                raise QuoteExpired("Never mind.")

        with pytest.raises(QuoteExpired):
            await saved_and_failed()

        async with ground.begin() as work:
            assert await work.orders.of_cart(order.cart_id) is None
            assert list(await work.seller_orders.of_order(order.order_id)) == []


@pytest.mark.conformance
class OrdersReaderConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> OrdersGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_what_was_never_saved_cannot_be_read(self, ground: OrdersGround) -> None:
        """Each look-up has its own complaint."""
        with pytest.raises(OrderNotFound):
            await ground.reader.order_facts(OrderId("ord_0001"))
        with pytest.raises(OrderNotFound):
            await ground.reader.order_view(OrderId("ord_0001"))
        with pytest.raises(SellerOrderNotFound):
            await ground.reader.seller_order_facts(SellerOrderId("sor_0001_1"))
        with pytest.raises(SellerOrderNotFound):
            await ground.reader.seller_order_view(SellerOrderId("sor_0001_1"))
        assert list(await ground.reader.orders_of(ANN, 10, None)) == []
        assert list(await ground.reader.seller_orders_of(ADA, None, 10, None)) == []

    async def test_facts_tell_every_group_or_one(self, ground: OrdersGround) -> None:
        """Totals add up; a part is told without its siblings."""
        order, parts = a_placed_order()
        await ground.save(order, parts)

        whole = await ground.reader.order_facts(order.order_id)
        part = await ground.reader.seller_order_facts(parts[1].seller_order_id)

        assert (whole.order_id, whole.buyer_id, whole.placed_at) == (order.order_id, ANN, NOW)
        assert whole.total == order.total == Money(2_000 + 490 + 12_000, "EUR")
        assert [(group.seller_id, group.items, group.delivery, group.total) for group in whole.groups] == [
            (ADA, Money(2_000, "EUR"), Money(490, "EUR"), Money(2_490, "EUR")),
            (BOB, Money(12_000, "EUR"), Money(0, "EUR"), Money(12_000, "EUR")),
        ]
        assert whole.groups[0].lines == parts[0].lines
        assert part.groups == whole.groups[1:]
        assert part.total == Money(12_000, "EUR")
        assert (part.order_id, part.buyer_id) == (order.order_id, ANN)

    async def test_a_view_shows_the_whole_order(self, ground: OrdersGround) -> None:
        """Order, seller orders and both timelines."""
        order, parts = a_placed_order()
        order.paid(order.total, parts, NOW + timedelta(seconds=1))
        parts[0].ship(Shipment(carrier="Post", tracking="T1", shipped_at=NOW), Who.SELLER)
        parts[0].confirm_receipt(NOW)
        await ground.save(order, parts)

        view = await ground.reader.order_view(order.order_id)
        alone = await ground.reader.seller_order_view(parts[0].seller_order_id)

        assert (view.order_id, view.buyer_id, view.state, view.total) == (order.order_id, ANN, order.state, order.total)
        assert (view.address, view.placed_at, view.pay_by) == (HOME, NOW, order.pay_by)
        assert (view.payment_id, view.payment) == (order.payment_id, None)
        assert view.timeline == order.history
        assert [one.seller_order_id for one in view.seller_orders] == [one.seller_order_id for one in parts]
        assert alone == view.seller_orders[0]
        assert (alone.order_id, alone.buyer_id, alone.seller_id) == (order.order_id, ANN, ADA)
        assert (alone.state, alone.lines) == (SellerOrderState.DELIVERED, parts[0].lines)
        assert (alone.items, alone.delivery, alone.total) == (parts[0].items, parts[0].delivery, parts[0].total)
        assert (alone.shipment, alone.arrival) == (parts[0].parcels[0], parts[0].arrival)
        assert (alone.parcels, alone.called_off, alone.open_units) == (parts[0].parcels, (), ())
        assert (alone.address, alone.timeline) == (HOME, parts[0].history)

    async def test_a_buyer_lists_their_own_orders_newest_first(self, ground: OrdersGround) -> None:
        """In pieces, never anybody else's."""
        for number in (1, 2, 3):
            await ground.save(*a_placed_order(number))
        await ground.save(*a_placed_order(4, BEN))

        first = await ground.reader.orders_of(ANN, 2, None)
        rest = await ground.reader.orders_of(ANN, 2, first[-1].order_id)

        assert [one.order_id for one in first] == ["ord_0003", "ord_0002"]
        assert [one.order_id for one in rest] == ["ord_0001"]
        newest = first[0]
        assert newest.buyer_id == ANN
        assert (newest.state, newest.total, newest.placed_at) == (
            OrderState.PENDING_PAYMENT,
            Money(14_490, "EUR"),
            NOW,
        )
        assert [(one.seller_order_id, one.seller_name, one.quantity, one.total) for one in newest.seller_orders] == [
            ("sor_0003_1", "Shop sel_ada", 2, Money(2_490, "EUR")),
            ("sor_0003_2", "Shop sel_bob", 2, Money(12_000, "EUR")),
        ]

    async def test_it_is_known_who_of_some_has_ordered(self, ground: OrdersGround) -> None:
        for number in (1, 2):
            await ground.save(*a_placed_order(number))
        await ground.save(*a_placed_order(3, BEN))

        among = [await ground.reader.buyers_among(some) for some in ((ANN, UserId("usr_none")), (), (ANN, BEN))]

        assert among == [{ANN}, set(), {ANN, BEN}]

    async def test_everybodys_orders_are_listed_newest_first_and_by_state(self, ground: OrdersGround) -> None:
        """In pieces, whoever placed them."""
        for number, buyer_id in ((1, ANN), (2, BEN), (3, ANN)):
            order, parts = a_placed_order(number, buyer_id)
            if number != 2:
                order.paid(order.total, parts, NOW)
            await ground.save(order, parts)

        first = await ground.reader.all_orders(None, 2, None)
        rest = await ground.reader.all_orders(None, 2, first[-1].order_id)
        confirmed = await ground.reader.all_orders(OrderState.CONFIRMED, 1, None)
        older = await ground.reader.all_orders(OrderState.CONFIRMED, 5, confirmed[-1].order_id)

        assert [(one.order_id, one.buyer_id) for one in (*first, *rest)] == [
            ("ord_0003", ANN),
            ("ord_0002", BEN),
            ("ord_0001", ANN),
        ]
        assert [one.seller_order_id for one in first[0].seller_orders] == ["sor_0003_1", "sor_0003_2"]
        assert [one.order_id for one in (*confirmed, *older)] == ["ord_0003", "ord_0001"]
        assert list(await ground.reader.all_orders(OrderState.EXPIRED, 5, None)) == []

    async def test_a_shop_lists_its_own_parts_by_state(self, ground: OrdersGround) -> None:
        """In pieces, never a sibling."""
        for number in (1, 2, 3):
            order, parts = a_placed_order(number)
            if number != 2:
                order.paid(order.total, parts, NOW)
            await ground.save(order, parts)

        whole = await ground.reader.seller_orders_of(ADA, None, 10, None)
        accepted = await ground.reader.seller_orders_of(ADA, SellerOrderState.ACCEPTED, 1, None)
        older = await ground.reader.seller_orders_of(ADA, SellerOrderState.ACCEPTED, 5, accepted[-1].seller_order_id)

        assert [one.seller_order_id for one in whole] == ["sor_0003_1", "sor_0002_1", "sor_0001_1"]
        assert {one.seller_id for one in whole} == {ADA}
        assert [one.seller_order_id for one in accepted] == ["sor_0003_1"]
        assert [one.seller_order_id for one in older] == ["sor_0001_1"]
        assert (older[0].order_id, older[0].state, older[0].quantity, older[0].placed_at) == (
            "ord_0001",
            SellerOrderState.ACCEPTED,
            2,
            NOW,
        )
