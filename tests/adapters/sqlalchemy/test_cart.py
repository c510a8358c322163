"""Carts on a real SQLite file."""

import asyncio

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.cart import SqlCartReader, SqlCartsWork
from marketplace_adapters.sqlalchemy.engine import Database, SqliteDatabase, counted
from marketplace_adapters.sqlalchemy.tables.cart import carts
from marketplace_adapters.sqlalchemy.work import begin
from marketplace_core.app import Marketplace
from marketplace_core.cart import AddToCart, ViewCart, answers, handlers
from marketplace_core.inmemory.cart import InMemoryGuests, InMemoryOffers
from marketplace_core.inmemory.machinery import InMemoryConsumedMessages, InMemoryIdempotencyKeys
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.ids import UserId
from marketplace_core.pipeline import Pipeline
from marketplace_core.testing.conformance.cart import ANN, CartGround, CartsConformance, a_cart, an_offer, fill

BUYER = Actor(principal="usr_ann", user_id=UserId("usr_ann"), roles=frozenset({Role.BUYER}))


class TestSqlCarts(CartsConformance):
    @pytest.fixture
    def ground(self, database: Database) -> CartGround:
        return CartGround(begin=begin(database, SqlCartsWork), reader=SqlCartReader(database))


@pytest.fixture
def market(database: Database) -> Marketplace:
    store = Store(database.clock, database.ids)
    offers, reader = InMemoryOffers(), SqlCartReader(database)
    offers.put(*(an_offer(number) for number in range(10)))
    return Marketplace(
        handlers=[
            handlers(
                begin=begin(database, SqlCartsWork),
                guests=InMemoryGuests(),
                offers=offers,
                clock=database.clock,
                ids=database.ids,
            )
        ],
        answers=[answers(reader=reader, offers=offers)],
        reactions=[],
        timers=[],
        reconciliations=[],
        pipeline=Pipeline(
            clock=database.clock, keys=InMemoryIdempotencyKeys(store), consumed=InMemoryConsumedMessages(store)
        ),
    )


async def test_the_database_itself_refuses_a_closed_cart_without_an_order(database: Database) -> None:
    cart = a_cart()
    async with begin(database, SqlCartsWork)() as work:
        await work.carts.save(cart)

    async def close() -> None:
        async with database.transaction() as opened:
            await opened.connection.run(update(carts).values(state="checked_out"))

    with pytest.raises(IntegrityError):
        await close()


async def test_ten_first_wishes_at_once_open_one_cart(database: Database, market: Marketplace) -> None:
    wishes = (market.execute(AddToCart(offer_id=an_offer(number).offer_id), by=BUYER) for number in range(10))

    await asyncio.gather(*wishes)

    rows = await database.reader.row(select(func.count()).select_from(carts))
    assert rows is not None
    assert rows[0] == 1
    shown = await market.ask(ViewCart(), by=BUYER)
    assert sum(len(group.lines) for group in shown.groups) == 10


async def test_adding_takes_two_statements_and_looking_one(database: Database, market: Marketplace) -> None:
    await market.execute(AddToCart(offer_id=an_offer(1).offer_id), by=BUYER)

    with counted() as adding:
        await market.execute(AddToCart(offer_id=an_offer(2).offer_id), by=BUYER)
    with counted() as looking:
        await market.ask(ViewCart(), by=BUYER)

    assert (adding.statements, looking.statements) == (2, 1)


async def test_the_open_cart_is_found_by_an_index(file: SqliteDatabase) -> None:
    cart = a_cart()
    fill(cart, 1)
    async with begin(file, SqlCartsWork)() as work:
        await work.carts.save(cart)

    with file.engine.connect() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM cart_carts WHERE buyer_id = ? AND state = 'open'", (ANN,)
        ).all()

    assert any("uq_cart_carts_open_of_buyer" in str(row) for row in plan)
