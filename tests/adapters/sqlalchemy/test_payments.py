"""Payments in SQL pass the conformance classes of payments."""

import pytest

from marketplace_adapters.sqlalchemy.audit import SqlAudit
from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.ledger import SqlBooksReader
from marketplace_adapters.sqlalchemy.payments import SqlPaymentsReader, SqlPaymentsWork
from marketplace_adapters.sqlalchemy.work import begin
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


class _OverSql:
    @pytest.fixture
    def ground(self, database: Database) -> PaymentsGround:
        return the_ground(database)


class TestSqlPayments(_OverSql, PaymentsConformance):
    pass


class TestSqlEscrowHolds(_OverSql, EscrowHoldsConformance):
    pass


class TestSqlSellerAccounts(_OverSql, SellerAccountsConformance):
    pass


class TestSqlPayouts(_OverSql, PayoutsConformance):
    pass


class TestSqlRefunds(_OverSql, RefundsConformance):
    pass


class TestSqlDisputes(_OverSql, DisputesConformance):
    pass


class TestSqlDisputesReader(_OverSql, DisputesReaderConformance):
    pass


class TestSqlRefundsReader(_OverSql, RefundsReaderConformance):
    pass


class TestSqlPaymentsReader(_OverSql, PaymentsReaderConformance):
    pass


class TestSqlClaims(_OverSql, ClaimsConformance):
    pass


class TestSqlClaimsReader(_OverSql, ClaimsReaderConformance):
    pass


class TestSqlSellerStandings(_OverSql, SellerStandingsConformance):
    pass


class TestSqlDebtSettlements(_OverSql, DebtSettlementsConformance):
    pass


class TestSqlDebtsReader(_OverSql, DebtsReaderConformance):
    pass


class TestSqlBookedRows(_OverSql, BookedRowsConformance):
    pass
