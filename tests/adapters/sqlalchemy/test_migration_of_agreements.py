"""What was agreed, paid out and owed before revisions r0022 to r0022c is the same after them, on both databases."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from sqlalchemy import text

from marketplace_adapters.sqlalchemy import schema
from marketplace_adapters.sqlalchemy.engine import Database, SqliteDatabase, open_database
from marketplace_adapters.sqlalchemy.orders import SqlOrdersWork
from marketplace_adapters.sqlalchemy.work import begin
from marketplace_core.inmemory.payment_disputes import InMemoryCardNetwork
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider, Terms
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.documents import document_of
from marketplace_core.kernel.ids import OrderId, SellerOrderId
from marketplace_core.orders import CheckoutPolicy
from marketplace_core.payments import (
    ApproveRefund,
    HoldState,
    ListPayouts,
    ListRefunds,
    RefundState,
    ReturnShare,
    ViewEscrow,
)
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.orders import a_placed_order
from tests.adapters.sqlalchemy.test_migrations_on_postgresql import moved
from tests.adapters.sqlalchemy.test_payments_walk import desk_on
from tests.core.payments.till import OPERATOR, Desk
from tests.databases import PostgresPlace, on_postgres

BEFORE = "r0024"


@attrs.define
class Kept:
    """A database that is taken to other revisions while nobody uses it."""

    path: Path
    place: PostgresPlace | None
    clock: FrozenClock = attrs.field(factory=FrozenClock)
    ids: CountingIds = attrs.field(factory=CountingIds)

    def opened(self) -> Any:
        """Open it as the application does."""
        if self.place is None:
            return open_database(self.path, clock=self.clock, ids=self.ids)
        return on_postgres(self.place, self.clock, self.ids)

    async def move(self, *revisions: str) -> None:
        """Take it to one revision after the other: ``-`` before it is down."""
        if self.place is not None:
            await moved(self.place, *revisions)
            return
        async with open_database(self.path, clock=self.clock, ids=self.ids) as database:
            assert isinstance(database, SqliteDatabase)
            for revision in revisions:
                if revision.startswith("-"):
                    schema.downgrade(database, revision[1:])
                else:
                    schema.upgrade(database)

    async def write(self, *statements: str) -> None:
        """Change rows as somebody who has the database itself."""
        if self.place is not None:
            self.place.do(*statements)
            return
        async with self.opened() as database, database.transaction() as opened:
            for statement in statements:
                await opened.connection.run(text(statement))

    async def repeated(self) -> list[str]:
        """Return the refunds that are looked at again."""
        chosen = text("SELECT subject FROM deadlines WHERE kind = 'payments.repeat_refund'")
        async with self.opened() as database:
            return [row.subject for row in await database.reader.rows(chosen)]


@pytest.fixture(params=["sqlite", "postgresql"])
async def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    """An empty database with the schema."""
    place = None if request.param == "sqlite" else request.getfixturevalue("postgres_place")
    found = Kept(tmp_path / "m.sqlite", place)
    if place is None:
        await found.move("head")
    return found


def a_desk(kept: Kept, database: Database, provider: InMemoryPaymentProvider) -> Desk:
    """Put the till up again, after a move, with the same provider."""
    return desk_on(database, kept.clock, provider, InMemoryCardNetwork(provider))


async def test_refunds_that_failed_without_a_successor_are_due_and_payouts_are_as_they_were(kept: Kept) -> None:
    provider = InMemoryPaymentProvider(kept.clock, terms=Terms(holds_refunds=True))
    async with kept.opened() as database:
        desk = a_desk(kept, database, provider)
        await desk.accounts()
        await desk.paid()
        await desk.deliver("sor_bob")
        await desk.settle()
        await desk.sweep()
        await desk.settle()
        sor_ada = SellerOrderId("sor_ada")
        await desk.market.execute(ReturnShare(seller_order_id=sor_ada, reason="Not sent.", whole=True), by=SYSTEM)
        await desk.settle()
        (failed,) = (await desk.market.ask(ListRefunds(), by=OPERATOR)).items
        provider.fail_refund(failed.refund_id, "declined")
        await desk.settle()
        payouts = (await desk.market.ask(ListPayouts(), by=OPERATOR)).items
        successor = (await desk.market.ask(ListRefunds(), by=OPERATOR)).items[0].refund_id
    await kept.move("-" + BEFORE, "head")
    assert await kept.repeated() == [successor]  # what has one is left alone
    await kept.move("-" + BEFORE)
    await kept.write(  # as it was before there were refunds that are due
        "DELETE FROM payments_refund_parts"
        " WHERE refund_id IN (SELECT refund_id FROM payments_refunds WHERE state = 'due')",
        "DELETE FROM payments_refunds WHERE state = 'due'",
        "DELETE FROM deadlines WHERE kind = 'payments.repeat_refund'",
        "UPDATE payments_holds SET state = 'held', freezes = '[]' WHERE state = 'frozen'",
    )

    await kept.move("head")
    await kept.move("-r0022b", "head")

    async with kept.opened() as database:
        desk = a_desk(kept, database, provider)
        before = [one.state for one in (await desk.market.ask(ListRefunds(), by=OPERATOR)).items]
        await desk.settle()
        await desk.settle()
        due, old = (await desk.market.ask(ListRefunds(), by=OPERATOR)).items
        held = await desk.market.ask(ViewEscrow(seller_order_id=sor_ada), by=OPERATOR)
        assert (before, [due.state, old.state]) == ([RefundState.FAILED], [RefundState.DUE, RefundState.FAILED])
        assert (held.state, due.amount, old.refund_id) == (HoldState.FROZEN, failed.amount, failed.refund_id)
        assert (await desk.market.ask(ListPayouts(), by=OPERATOR)).items == payouts
        provider.terms = Terms()
        await desk.market.execute(ApproveRefund(refund_id=due.refund_id), by=OPERATOR)
        await desk.settle()
        assert (await desk.market.ask(ListRefunds(), by=OPERATOR)).items[0].state is RefundState.SUCCEEDED
        assert await desk.sound()
        assert desk.failures == []


async def test_orders_keep_the_rules_of_the_version_they_name(kept: Kept) -> None:
    of_the_day = CheckoutPolicy(version="2026-9", ship_within=timedelta(hours=36), accepts_by_hand=True, number=1)
    document = json.dumps(document_of(of_the_day))
    async with kept.opened() as database:
        for number in (1, 2):
            order, parts = a_placed_order(number)
            async with begin(database, SqlOrdersWork)() as work:
                await work.orders.save(order)
                for part in parts:
                    await work.seller_orders.save(part)
    await kept.write(
        "INSERT INTO policies (number, name, document, digest, used_at, used_by, reason)"
        f" VALUES (1, '2026-9', '{document}', 'd', '2026-01-01T00:00:00.000000Z', 'usr_1', 'Agreed.')",
        "UPDATE orders_orders SET policy_number = 1 WHERE order_id = 'ord_0001'",
    )

    await kept.move("-r0022", "head")

    async with kept.opened() as database, begin(database, SqlOrdersWork)() as work:
        rules = {
            number: {(await work.orders.get(OrderId(f"ord_000{number}"))).rules}
            | {one.rules for one in await work.seller_orders.of_order(OrderId(f"ord_000{number}"))}
            for number in (1, 2)
        }
    assert rules == {1: {of_the_day.rules}, 2: {None}}


async def test_a_payout_that_leaves_something_out_does_not_go_back(kept: Kept) -> None:
    await kept.write(
        "INSERT INTO payments_payouts (payout_id, seller_id, provider, account, currency, amount_minor, state, attempt,"
        " assembled_at, transfer_reference, version, taken_minor) VALUES ('pyt_1', 'sel_1', 'p', 'a', 'EUR', 0,"
        " 'cancelled', 1, '2026-01-01T00:00:00.000000Z', 'tr_1', 1, 500)"
    )

    with pytest.raises(RuntimeError, match="leave something out"):
        await kept.move("-" + BEFORE)
