"""Dead letters and acts in SQLite pass the conformance classes of operations; what was done stays written down."""

from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.engine import Database, SqliteDatabase, open_database
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
from marketplace_core.testing.conformance.undelivered import UndeliveredLettersConformance, WatchesConformance
from tests.adapters.sqlalchemy.conftest import Outsider
from tests.adapters.sqlalchemy.test_payments_walk import a_desk
from tests.core.payments.till import OPERATOR


class _OverSql:
    @pytest.fixture
    def ground(self, database: Database) -> OperationsGround:
        return OperationsGround(
            begin=begin(database, SqlOperationsWork),
            payments=begin(database, SqlPaymentsWork),
            reader=SqlOperationsReader(database),
            outbox=SqlOutbox(database),
            inbox=SqlInbox(database),
        )


class TestSqlDeadLetters(_OverSql, DeadLettersConformance):
    pass


class TestSqlUndeliveredLetters(_OverSql, UndeliveredLettersConformance):
    pass


class TestSqlWatches(_OverSql, WatchesConformance):
    pass


class TestSqlActs(_OverSql, ActsConformance):
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE acts SET reason = 'another'",
            "DELETE FROM acts",
            "INSERT INTO acts SELECT act_id, at, 'me', command, about, reason FROM acts",
        ],
    )
    async def test_what_was_done_stays_written_down(
        self, ground: OperationsGround, outsider: Outsider, statement: str
    ) -> None:
        await self._do(ground, "looks like fraud")

        with pytest.raises(IntegrityError):
            await outsider.write(statement)


async def test_no_act_in_a_file_is_replaced(file: SqliteDatabase) -> None:
    outsider = Outsider(file, None)
    await outsider.write("INSERT INTO acts VALUES ('act_1', '2026', 'ann', 'FreezeEscrow', 'sor_1', 'odd')")

    with pytest.raises(IntegrityError):
        await outsider.write("INSERT OR REPLACE INTO acts VALUES ('act_1', '2026', 'me', 'FreezeEscrow', 'x', 'y')")


class TestSqlPolicies(_OverSql, PoliciesConformance):
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE policies SET document = '{}'",
            "DELETE FROM policies",
            "INSERT INTO policies SELECT 7, 'x', document, digest, used_at, used_by, reason FROM policies",
        ],
    )
    async def test_what_orders_were_placed_under_stays_as_it_was(
        self, ground: OperationsGround, outsider: Outsider, statement: str
    ) -> None:
        await self._stored(ground, a_version(1))

        with pytest.raises(IntegrityError):
            await outsider.write(statement)
        assert (await ground.reader.policies(PageRequest())).items == (a_version(1),)


async def test_no_policy_in_a_file_is_replaced(file: SqliteDatabase) -> None:
    outsider = Outsider(file, None)
    await outsider.write("INSERT INTO policies VALUES (1, 'v1', '{}', 'd', '2026', 'ann', 'first')")

    with pytest.raises(IntegrityError):
        await outsider.write(
            "REPLACE INTO policies SELECT number, 'x', document, digest, used_at, used_by, reason FROM policies"
        )


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
