"""Payments in SQLite pass the conformance classes of payments."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from marketplace_adapters.sqlalchemy.engine import Database, open_database
from marketplace_adapters.sqlalchemy.ledger import SqlAudit, SqlBooksReader
from marketplace_adapters.sqlalchemy.payments import SqlPaymentsReader, SqlPaymentsWork
from marketplace_adapters.sqlalchemy.tables import definitions
from marketplace_adapters.sqlalchemy.work import begin
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.booked_rows import BookedRowsConformance
from marketplace_core.testing.conformance.claims import ClaimsConformance, ClaimsReaderConformance
from marketplace_core.testing.conformance.debts import (
    DebtSettlementsConformance,
    DebtsReaderConformance,
    SellerStandingsConformance,
)
from marketplace_core.testing.conformance.disputes import DisputesConformance
from marketplace_core.testing.conformance.disputes_reader import DisputesReaderConformance
from marketplace_core.testing.conformance.payments import (
    EscrowHoldsConformance,
    PaymentsConformance,
    SellerAccountsConformance,
)
from marketplace_core.testing.conformance.payments_reader import PaymentsReaderConformance
from marketplace_core.testing.conformance.payouts import PayoutsConformance
from marketplace_core.testing.conformance.refunds import RefundsConformance
from marketplace_core.testing.conformance.refunds_reader import RefundsReaderConformance
from marketplace_core.testing.payments import PaymentsGround


def the_ground(database: Database) -> PaymentsGround:
    """Return payments on a database."""
    return PaymentsGround(
        begin=begin(database, SqlPaymentsWork),
        reader=SqlPaymentsReader(database),
        books=SqlBooksReader(database),
        audit=SqlAudit(database),
    )


def create_tables(database: Database) -> None:
    """Create every table in one transaction: one wait for the disk instead of one per statement."""
    with database.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        for statement in definitions(connection.dialect):
            connection.exec_driver_sql(statement)
        connection.commit()


class _OverSqlite:
    @pytest.fixture
    async def ground(self, tmp_path: Path) -> AsyncGenerator[PaymentsGround]:
        async with open_database(tmp_path / "m.sqlite", clock=FrozenClock(), ids=CountingIds()) as database:
            create_tables(database)
            yield the_ground(database)


class TestSqlPayments(_OverSqlite, PaymentsConformance):
    pass


class TestSqlEscrowHolds(_OverSqlite, EscrowHoldsConformance):
    pass


class TestSqlSellerAccounts(_OverSqlite, SellerAccountsConformance):
    pass


class TestSqlPayouts(_OverSqlite, PayoutsConformance):
    pass


class TestSqlRefunds(_OverSqlite, RefundsConformance):
    pass


class TestSqlDisputes(_OverSqlite, DisputesConformance):
    pass


class TestSqlDisputesReader(_OverSqlite, DisputesReaderConformance):
    pass


class TestSqlRefundsReader(_OverSqlite, RefundsReaderConformance):
    pass


class TestSqlPaymentsReader(_OverSqlite, PaymentsReaderConformance):
    pass


class TestSqlClaims(_OverSqlite, ClaimsConformance):
    pass


class TestSqlClaimsReader(_OverSqlite, ClaimsReaderConformance):
    pass


class TestSqlSellerStandings(_OverSqlite, SellerStandingsConformance):
    pass


class TestSqlDebtSettlements(_OverSqlite, DebtSettlementsConformance):
    pass


class TestSqlDebtsReader(_OverSqlite, DebtsReaderConformance):
    pass


class TestSqlBookedRows(_OverSqlite, BookedRowsConformance):
    pass
