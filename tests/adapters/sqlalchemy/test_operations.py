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
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.operations import ActsConformance, DeadLettersConformance, OperationsGround
from tests.adapters.sqlalchemy.test_payments import create_tables


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
