"""Orders that were there before parcels were: accepted, shipped and delivered, before and after r0006."""

import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest

from marketplace_adapters.sqlalchemy import schema
from marketplace_adapters.sqlalchemy.engine import SqliteDatabase, open_database
from marketplace_adapters.sqlalchemy.orders import SqlOrdersReader
from marketplace_core.kernel.ids import OfferId, SellerOrderId
from marketplace_core.orders import SellerOrderState, Units
from marketplace_core.testing.clock import CountingIds, FrozenClock

AT: Final = "2026-01-01T12:00:00.000000Z"
LINES: Final = json.dumps([
    {
        "offer_id": "off_1", "product_id": "prd_1", "title": "Cup", "variant_title": "", "sku": None, "quantity": 2,
        "unit_price": {"amount_minor": 500, "currency": "EUR"}, "image_url": None,
    }
])  # fmt: skip
HISTORY: Final = json.dumps([{"at": "2026-01-01T12:00:00+00:00", "what": "placed", "who": "buyer"}])
HOME: Final = json.dumps({
    "name": "Ann", "line1": "1 Lane", "line2": None, "city": "Aarhus", "postal_code": "8000", "country": "DK",
})  # fmt: skip
PARTS: Final = {
    "accepted": "NULL, NULL, NULL, NULL, NULL",
    "shipped": f"'Post', 'T1', '{AT}', NULL, NULL",
    "delivered": f"'Post', 'T2', '{AT}', 'seller', '{AT}'",
}


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    async with open_database(tmp_path / "m.sqlite", clock=FrozenClock(), ids=CountingIds()) as opened:
        schema.upgrade(opened, "r0007")
        _fill(opened.path)
        yield opened


def _fill(path: Path) -> None:
    """Write what r0007 would have: a confirmed order per state of its one part."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for state, sent in PARTS.items():
            connection.execute(
                "INSERT INTO orders_orders (order_id, buyer_id, cart_id, payment_id, state, currency, total_minor,"
                " address, quote_hash, request_key, policy_version, placed_at, pay_by, history, version) VALUES"
                f" ('ord_{state}', 'usr_ann', 'crt_{state}', 'pay_{state}', 'confirmed', 'EUR', 1490, ?, 'hash', NULL,"
                f" 'checkout-1', '{AT}', '{AT}', ?, 2)",
                (HOME, HISTORY),
            )
            connection.execute(
                "INSERT INTO orders_seller_orders (seller_order_id, order_id, buyer_id, seller_id, seller_name, state,"
                " lines, quantity, currency, items_minor, delivery_minor, placed_at, carrier, tracking, shipped_at,"
                " proof, delivered_at, history, version) VALUES"
                f" ('sor_{state}', 'ord_{state}', 'usr_ann', 'sel_ada', 'Ada', '{state}', ?, 2, 'EUR', 1000, 490,"
                f" '{AT}', {sent}, ?, 3)",
                (LINES, HISTORY),
            )
    connection.close()


def _asked(path: Path, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        found = connection.execute(statement).fetchall()
    connection.close()
    return found


async def test_what_was_shipped_went_in_one_parcel_with_everything_in_it(database: SqliteDatabase) -> None:
    schema.upgrade(database)

    reader = SqlOrdersReader(database)
    accepted, shipped, delivered = [await reader.seller_order_view(SellerOrderId(f"sor_{one}")) for one in PARTS]

    everything = (Units(offer_id=OfferId("off_1"), quantity=2),)
    assert (accepted.parcels, accepted.open_units) == ((), everything)
    assert [(one.carrier, one.tracking, one.lines) for one in shipped.parcels] == [("Post", "T1", everything)]
    assert (shipped.open_units, shipped.called_off) == ((), ())
    assert delivered.state is SellerOrderState.DELIVERED
    assert delivered.arrival is not None


async def test_what_waits_for_somebody_has_a_deadline_from_then_on(database: SqliteDatabase) -> None:
    schema.upgrade(database)

    deadlines = _asked(database.path, "SELECT kind, subject, due_at FROM deadlines ORDER BY kind, subject")

    assert [row[:2] for row in deadlines] == [
        ("orders.complete", "sor_delivered"),
        ("orders.complete", "sor_shipped"),
        ("orders.ship_by", "sor_accepted"),
    ]
    assert {row[2] for row in deadlines[:2]} == {"2026-01-15T12:00:00.000000Z"}


async def test_there_and_back_leaves_the_rows_as_they_were(database: SqliteDatabase) -> None:
    everything = "SELECT * FROM orders_seller_orders ORDER BY 1"
    before = _asked(database.path, everything)

    schema.upgrade(database, "r0006")
    schema.downgrade(database, "r0007")

    assert _asked(database.path, everything) == before
    assert _asked(database.path, "SELECT * FROM deadlines") == []


async def test_what_is_under_way_loses_its_date_on_the_way_back_and_nothing_else_does(database: SqliteDatabase) -> None:
    schema.upgrade(database)
    schema.downgrade(database, "r0006b")

    left = _asked(database.path, "SELECT subject FROM deadlines WHERE kind = 'orders.complete'")
    assert left == [("sor_delivered",)]


async def test_what_the_revision_before_has_no_words_for_does_not_go_back(database: SqliteDatabase) -> None:
    schema.upgrade(database, "r0006")
    with sqlite3.connect(database.path) as connection:
        connection.execute("UPDATE orders_seller_orders SET state = 'declined' WHERE state = 'accepted'")
    connection.close()

    with pytest.raises(RuntimeError, match="seller orders in such states"):
        schema.downgrade(database, "r0007")
