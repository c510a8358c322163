"""Dead letters and acts in SQLite pass the conformance classes of operations; what was done stays written down."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.engine import Database, open_database
from marketplace_adapters.sqlalchemy.inbox import SqlInbox
from marketplace_adapters.sqlalchemy.operations import SqlOperationsReader, SqlOperationsWork
from marketplace_adapters.sqlalchemy.outbox import SqlOutbox
from marketplace_adapters.sqlalchemy.payments import SqlPaymentsWork
from marketplace_adapters.sqlalchemy.work import begin
from marketplace_core.inmemory.payment_provider import Terms
from marketplace_core.kernel.ids import SellerOrderId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.payments import FreezeEscrow
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.operations import (
    ActsConformance,
    DeadLettersConformance,
    OperationsGround,
)
from marketplace_core.testing.conformance.policies import PoliciesConformance, a_version
from tests.adapters.sqlalchemy.test_payments import create_tables
from tests.adapters.sqlalchemy.test_payments_walk import a_desk
from tests.core.payments.till import OPERATOR


@pytest.fixture
async def database(tmp_path: Path) -> AsyncGenerator[Database]:
    async with open_database(tmp_path / "m.sqlite", clock=FrozenClock(), ids=CountingIds()) as opened:
        create_tables(opened)
        yield opened


class _OverSqlite:
    @pytest.fixture
    def ground(self, database: Database) -> OperationsGround:
        return OperationsGround(
            begin=begin(database, SqlOperationsWork),
            payments=begin(database, SqlPaymentsWork),
            reader=SqlOperationsReader(database),
            outbox=SqlOutbox(database),
            inbox=SqlInbox(database),
        )


class TestSqlDeadLetters(_OverSqlite, DeadLettersConformance):
    pass


class TestSqlActs(_OverSqlite, ActsConformance):
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE acts SET reason = 'another'",
            "DELETE FROM acts",
            "INSERT OR REPLACE INTO acts SELECT act_id, at, 'me', command, about, reason FROM acts",
        ],
    )
    async def test_what_was_done_stays_written_down(
        self, ground: OperationsGround, database: Database, statement: str
    ) -> None:
        await self._do(ground, "looks like fraud")

        with pytest.raises(IntegrityError):
            async with database.transaction() as opened:
                await opened.connection.run(text(statement))


class TestSqlPolicies(_OverSqlite, PoliciesConformance):
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE policies SET document = '{}'",
            "DELETE FROM policies",
            "REPLACE INTO policies SELECT number, 'x', document, digest, used_at, used_by, reason FROM policies",
            "INSERT INTO policies SELECT 7, 'x', document, digest, used_at, used_by, reason FROM policies",
        ],
    )
    async def test_what_orders_were_placed_under_stays_as_it_was(
        self, ground: OperationsGround, database: Database, statement: str
    ) -> None:
        await self._stored(ground, a_version(1))

        with pytest.raises(IntegrityError):
            async with database.transaction() as opened:
                await opened.connection.run(text(statement))
        assert (await ground.reader.policies(PageRequest())).items == (a_version(1),)


async def test_the_reason_for_a_command_under_a_key_is_kept_with_it(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    async with a_desk(path, Terms()) as desk:
        await desk.paid()
        command = FreezeEscrow(seller_order_id=SellerOrderId("sor_ada"), reason="risk")
        for _ in range(2):
            await desk.market.execute_once(command, by=OPERATOR, key="one-key-0001", reason="Looks odd.")

    async with open_database(path, clock=FrozenClock(), ids=CountingIds()) as database:
        (act,) = (await SqlOperationsReader(database).acts(PageRequest())).items
    assert (act.command, act.reason) == ("FreezeEscrow", "Looks odd.")
