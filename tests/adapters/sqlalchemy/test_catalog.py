"""The catalogue on a real SQLite file passes its conformance classes, in as few statements as promised."""

from typing import Any

import pytest
from sqlalchemy import Table, event, text, update
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.catalog import SqlCatalogReader, SqlCatalogWork
from marketplace_adapters.sqlalchemy.engine import Database, SqliteDatabase, counted
from marketplace_adapters.sqlalchemy.tables import catalog as tables
from marketplace_adapters.sqlalchemy.tables.machinery import outbox
from marketplace_adapters.sqlalchemy.work import begin
from marketplace_core.catalog import HoldStock, OutOfStock, Shelf, StockChanged, StockLine
from marketplace_core.catalog.usecases.hold_stock import HoldStockHandler
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OfferId, OrderId, ProductId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.testing.conformance.catalog import (
    ADA,
    NOW,
    CatalogGround,
    CategoriesConformance,
    ProductsConformance,
    a_product,
    offer_id,
)
from marketplace_core.testing.conformance.catalog_reader import CatalogReaderConformance
from marketplace_core.testing.conformance.catalog_stock import (
    StockConformance,
    commit,
    counters,
    hold,
    line,
    release,
)
from tests.adapters.sqlalchemy.conftest import Elsewhere, Outsider

OWN = [value for value in vars(tables).values() if isinstance(value, Table)]


def ground_on(database: Database) -> CatalogGround:
    return CatalogGround(begin=begin(database, SqlCatalogWork), reader=SqlCatalogReader(database))


@pytest.fixture
def ground(database: Database) -> CatalogGround:
    return ground_on(database)


class OnSql:
    @pytest.fixture
    def ground(self, database: Database) -> CatalogGround:
        return ground_on(database)


class TestSqlCategories(OnSql, CategoriesConformance):
    pass


class TestSqlProducts(OnSql, ProductsConformance):
    pass


class TestSqlStock(OnSql, StockConformance):
    pass


class TestSqlCatalogReader(OnSql, CatalogReaderConformance):
    pass


async def test_counters_that_somebody_changed_are_found(ground: CatalogGround, database: Database) -> None:
    await ground.put(a_product(1), stock=9)
    async with database.transaction() as opened:
        await opened.connection.run(text("UPDATE catalog_stock SET held = 2, sold = 1"))

    (found,) = await ground.reader.stock_mismatches(10)

    assert (found.held, found.reserved, found.sold, found.committed) == (2, 0, 1, 0)


async def test_every_answer_is_one_statement(ground: CatalogGround) -> None:
    for number in range(1, 6):
        await ground.put_published(a_product(number, prices=(1, 2, 3)))
    reader, ids = ground.reader, [ProductId(f"prd_{number:04d}") for number in range(1, 6)]
    questions = (
        reader.offer_cards([offer_id(number) for number in range(1, 6)]),
        reader.product_cards(ids),
        reader.product_document(ids[0]),
        reader.listed_ids(None, 5),
        reader.product(ids[0]),
        reader.listed(Shelf(category="clothes", seller="ada"), PageRequest()),
        reader.listed(Shelf(with_video=True), PageRequest()),
        reader.of_seller(ADA, None, PageRequest()),
        reader.categories(),
        reader.stock(offer_id(1)),
    )

    for question in questions:
        with counted() as count:
            await question
        assert count.statements == 1


async def test_no_answer_walks_through_a_whole_table(file: SqliteDatabase) -> None:
    ground = ground_on(file)
    await ground.put_published(a_product(1, prices=(1, 2)))
    asked: list[tuple[str, tuple[Any, ...]]] = []
    event.listen(file.engine, "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
    reader = ground.reader

    await reader.offer_cards((offer_id(1),))
    await reader.product_cards((ProductId("prd_0001"),))
    await reader.product_document(ProductId("prd_0001"))
    await reader.product(ProductId("prd_0001"))
    await reader.listed(Shelf(category="clothes"), PageRequest())
    await reader.listed(Shelf(seller="ada"), PageRequest())
    await reader.listed(Shelf(with_video=True), PageRequest())
    await reader.of_seller(ADA, None, PageRequest())
    await reader.stock(offer_id(1))

    answered = list(asked)
    assert len(answered) == 9
    with file.engine.connect() as connection:
        for statement, parameters in answered:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            walked = [step.detail for step in plan if step.detail.startswith("SCAN catalog_")]
            assert [step for step in walked if "catalog_categories" not in step] == []


async def test_the_row_that_everybody_wants_is_changed_last(file: SqliteDatabase) -> None:
    ground = ground_on(file)
    await ground.put(a_product(1, prices=(1, 2)))
    said: list[str] = []
    event.listen(file.engine, "before_cursor_execute", lambda *call: said.append(call[2]))
    order = OrderId("ord_1")

    lasts = []
    for step in (hold(ground, order, line(offer_id(1)), line(offer_id(1, 2))), commit(ground, order)):
        said.clear()
        await step
        lasts.append([statement.startswith("UPDATE catalog_stock") for statement in said])

    assert [(sum(each), each[-2:]) for each in lasts] == [(2, [True, True])] * 2


async def test_an_order_holds_its_stock_in_few_statements(database: Database, ground: CatalogGround) -> None:
    await ground.put(a_product(1, prices=(1, 2, 3)))
    handler = HoldStockHandler(begin=ground.begin, clock=database.clock)
    lines = tuple(StockLine(offer_id=offer_id(1, position), quantity=1) for position in (1, 2, 3))

    with counted() as count:
        await handler(HoldStock(order_id=OrderId("ord_1"), lines=lines), SYSTEM)

    assert count.statements == 3 + 3  # what the order holds, its reservations, the movements; and one per offer


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (
            (
                "SELECT * FROM catalog_products WHERE status = 'published' AND on_hold = 0 "
                "ORDER BY published_at DESC, product_id DESC LIMIT 3"
            ),
            "products_listed",
        ),
        (
            "SELECT * FROM catalog_products WHERE seller_id = 'a' ORDER BY created_at DESC, product_id DESC LIMIT 3",
            "products_seller",
        ),
        ("SELECT * FROM catalog_offers WHERE product_id = 'a'", "offers_product"),
        ("SELECT * FROM catalog_movements WHERE offer_id = 'a' ORDER BY id DESC LIMIT 3", "movements_offer"),
    ],
)
async def test_lists_are_read_from_an_index(file: SqliteDatabase, statement: str, index: str) -> None:
    plan = " ".join(row.detail for row in await file.reader.rows(text(f"EXPLAIN QUERY PLAN {statement}")))

    assert index in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(
    ("table", "nonsense"),
    [
        (tables.stock, {"held": 6}),
        (tables.stock, {"held": 3, "sold": 3}),
        (tables.stock, {"held": -1}),
        (tables.stock, {"on_hand": -1}),
        (tables.reservations, {"quantity": 0}),
        (tables.reservations, {"state": "lost"}),
        (tables.reservations, {"offer_id": "off_other"}),
        (tables.products, {"status": "sold"}),
        (tables.products, {"status": "published"}),
        (tables.products, {"category_id": "cat_other"}),
        (tables.offers, {"price_minor": -1}),
    ],
)
async def test_the_database_refuses_what_cannot_be(
    database: Database, ground: CatalogGround, table: Table, nonsense: dict[str, object]
) -> None:
    await ground.put(a_product(), stock=5)
    await hold(ground, OrderId("ord_1"), line(offer_id(1), 1))

    with pytest.raises(IntegrityError):
        async with database.transaction() as opened:
            await opened.connection.run(update(table).values(**nonsense))


async def test_a_movement_is_never_changed(outsider: Outsider, ground: CatalogGround) -> None:
    await ground.put(a_product())

    with pytest.raises(IntegrityError, match="never changed"):
        await outsider.write("UPDATE catalog_movements SET quantity = 2")


async def test_a_movement_is_never_deleted(outsider: Outsider, ground: CatalogGround) -> None:
    await ground.put(a_product())

    with pytest.raises(IntegrityError, match="never deleted"):
        await outsider.write("DELETE FROM catalog_movements")


async def test_what_runs_out_and_comes_back_is_in_the_outbox(database: Database, ground: CatalogGround) -> None:
    await ground.put(a_product(), stock=2)
    await hold(ground, OrderId("ord_1"), line(offer_id(1), 1))
    await hold(ground, OrderId("ord_2"), line(offer_id(1), 1))
    await commit(ground, OrderId("ord_1"))
    await release(ground, OrderId("ord_2"))

    rows = await database.reader.rows(outbox.select().order_by(outbox.c.id))

    told = [(row.topic, row.aggregate_id, row.aggregate_seq, row.payload["available"]) for row in rows]
    assert told == [("StockChanged", offer_id(1), 1, 0), ("StockChanged", offer_id(1), 2, 1)]
    assert StockChanged.__name__ == "StockChanged"


async def test_two_processes_never_sell_the_same_unit(another_process: Elsewhere, ground: CatalogGround) -> None:
    await ground.put(a_product(), stock=1)

    async with another_process() as other:
        second = ground_on(other)
        await hold(ground, OrderId("ord_1"), line(offer_id(1)))
        with pytest.raises(OutOfStock):
            await hold(second, OrderId("ord_2"), line(offer_id(1)))

    assert await counters(ground, offer_id(1)) == (1, 1, 0, 0)


async def test_a_sku_moves_from_one_variant_to_another_in_one_save(ground: CatalogGround) -> None:
    product = await ground.put(a_product(1, prices=(1, 2), sku="A-1"))
    first, second = product.variants
    product.rename_variant(first.variant_id, options=("S1",), sku=None, now=NOW)
    product.rename_variant(second.variant_id, options=("S2",), sku="A-1", now=NOW)

    async with ground.begin() as work:
        await work.products.save(product)

    cards = await ground.reader.offer_cards((OfferId("off_0001_1"), OfferId("off_0001_2")))
    assert [card.sku for card in cards.values()] == [None, "A-1"]
