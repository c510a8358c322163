"""Orders on a real SQLite file pass the orders' conformance classes, in as few statements as promised."""

import json

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.codec import decode, encode, event_type, result_type
from marketplace_adapters.sqlalchemy.engine import Database, SqliteDatabase, counted
from marketplace_adapters.sqlalchemy.orders import SqlOrdersReader, SqlOrdersWork
from marketplace_adapters.sqlalchemy.tables.orders import seller_orders
from marketplace_adapters.sqlalchemy.work import begin
from marketplace_core.kernel.ids import OrderId, PaymentId, SellerOrderId
from marketplace_core.kernel.messages import Event
from marketplace_core.kernel.money import Money
from marketplace_core.orders import OrderPlaced, OrderState, PaymentStep, PlacedOrder, PlaceOrder, Shipment, Who
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.conformance.deliveries import DeliveriesConformance
from marketplace_core.testing.conformance.orders import (
    ADA,
    ANN,
    OrdersConformance,
    OrdersGround,
    OrdersReaderConformance,
    OrdersWorkConformance,
    SellerOrdersConformance,
    a_placed_order,
)
from marketplace_core.testing.conformance.vouchers import VouchersConformance


def ground_on(database: Database) -> OrdersGround:
    return OrdersGround(begin=begin(database, SqlOrdersWork), reader=SqlOrdersReader(database))


@pytest.fixture
def ground(database: Database) -> OrdersGround:
    return ground_on(database)


class OnSql:
    @pytest.fixture
    def ground(self, database: Database) -> OrdersGround:
        return OrdersGround(begin=begin(database, SqlOrdersWork), reader=SqlOrdersReader(database))


class TestSqlOrders(OnSql, OrdersConformance):
    pass


class TestSqlSellerOrders(OnSql, SellerOrdersConformance):
    pass


class TestSqlOrdersWork(OnSql, OrdersWorkConformance):
    pass


class TestSqlOrdersReader(OnSql, OrdersReaderConformance):
    pass


class TestSqlVouchers(OnSql, VouchersConformance):
    pass


class TestSqlDeliveries(OnSql, DeliveriesConformance):
    pass


async def test_every_answer_is_one_statement(ground: OrdersGround) -> None:
    order, parts = a_placed_order(1)
    await ground.save(order, parts)
    for number in range(2, 6):
        await ground.save(*a_placed_order(number))
    reader = ground.reader
    questions = (
        reader.order_facts(order.order_id),
        reader.seller_order_facts(parts[0].seller_order_id),
        reader.order_view(order.order_id),
        reader.seller_order_view(parts[0].seller_order_id),
        reader.orders_of(ANN, 5, None),
        reader.all_orders(None, 5, None),
        reader.all_orders(OrderState.CONFIRMED, 5, None),
        reader.seller_orders_of(ADA, None, 5, None),
        reader.delivery_terms({ADA}),
    )

    for question in questions:
        with counted() as count:
            await question
        assert count.statements == 1


async def test_lists_are_read_from_an_index(file: SqliteDatabase) -> None:
    ground = ground_on(file)
    await ground.save(*a_placed_order())

    plans = [
        " ".join(row.detail for row in await file.reader.rows(text(f"EXPLAIN QUERY PLAN {statement}")))
        for statement in (
            "SELECT * FROM orders_orders WHERE buyer_id = 'a' AND order_id < 'b' ORDER BY order_id DESC LIMIT 3",
            "SELECT * FROM orders_orders WHERE order_id < 'b' ORDER BY order_id DESC LIMIT 3",
            "SELECT * FROM orders_orders WHERE state = 'a' AND order_id < 'b' ORDER BY order_id DESC LIMIT 3",
            "SELECT * FROM orders_seller_orders WHERE seller_id = 'a' ORDER BY seller_order_id DESC LIMIT 3",
            "SELECT * FROM orders_seller_orders WHERE seller_id = 'a' AND state = 'b' ORDER BY seller_order_id DESC",
        )
    ]

    for plan, index in zip(
        plans, ("orders_buyer", "autoindex", "orders_state", "seller_orders_seller", "seller_state"), strict=True
    ):
        assert index in plan
        assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(
    "nonsense",
    [
        {"state": "teleported"},
        {"items_minor": -1},
        {"state": "shipped"},
        {"state": "delivered"},
        {"delivered_at": FrozenClock().now(), "proof": "seller"},
        {"shipped_at": FrozenClock().now()},
        {"state": "completed"},
        {"order_id": "ord_9999"},
    ],
)
async def test_the_database_refuses_what_cannot_be(
    database: Database, ground: OrdersGround, nonsense: dict[str, object]
) -> None:
    await ground.save(*a_placed_order())
    here = seller_orders.c.seller_order_id == SellerOrderId("sor_0001_1")

    with pytest.raises(IntegrityError):
        async with database.transaction() as opened:
            await opened.connection.run(update(seller_orders).where(here).values(**nonsense))


def _everything_told() -> list[Event]:
    now = FrozenClock().now()
    order, parts = a_placed_order()
    order.paid(order.total, parts, now)
    parts[0].ship(Shipment(carrier="Post", tracking="T1", shipped_at=now), Who.SELLER)
    parts[0].confirm_receipt(now)
    expired, cancelled, questioned = (a_placed_order(number)[0] for number in (2, 3, 4))
    expired.expire(now)
    cancelled.cancel(Who.BUYER, now)
    questioned.question("amount_mismatch", now)
    parts[0].complete(now)
    parts[1].cancel("broken", Who.SELLER, now)
    order.close(now)
    order.reopen("card_dispute", now)
    parts[0].reopen(now)
    returned = a_placed_order(5)[1][0]
    returned.confirm(now)
    returned.ship(Shipment(carrier="Post", tracking="T2", shipped_at=now), Who.SELLER)
    returned.send_back(Who.SELLER, now)
    told = (order, *parts, expired, cancelled, questioned, returned)
    return [event for one in told for event in one.drain_events()]


def test_every_event_survives_the_outbox() -> None:
    events = _everything_told()

    assert {type(event).__module__ for event in events} == {OrderPlaced.__module__}
    assert {type(event) for event in events} == {
        kind for kind in Event.__subclasses__() if kind.__module__ == OrderPlaced.__module__
    }
    for event in events:
        stored = json.loads(json.dumps(encode(event)))
        assert decode(stored, event_type(type(event).__name__)) == event


def test_a_placed_order_survives_being_kept_for_its_idempotency_key() -> None:
    step = PaymentStep(payment_id=PaymentId("pay_1"), provider="p", state="created", amount=Money(1, "EUR"))
    placed = PlacedOrder(order_id=OrderId("ord_1"), total=Money(1, "EUR"), payment=step)

    kept = decode(json.loads(json.dumps(encode(placed))), result_type(PlaceOrder))

    assert kept == placed
