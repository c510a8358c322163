"""Payments in memory pass the conformance classes of payments."""

import pytest

from marketplace_core.inmemory.audit import InMemoryAudit
from marketplace_core.inmemory.ledger import InMemoryBooksReader
from marketplace_core.inmemory.payments import InMemoryPaymentsWork
from marketplace_core.inmemory.payments_reader import InMemoryPaymentsReader
from marketplace_core.inmemory.store import Store
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


class _InMemory:
    @pytest.fixture
    def ground(self) -> PaymentsGround:
        store = Store(FrozenClock(), CountingIds())
        return PaymentsGround(
            begin=store.begin(InMemoryPaymentsWork),
            reader=InMemoryPaymentsReader(store),
            books=InMemoryBooksReader(store),
            audit=InMemoryAudit(store),
        )


class TestInMemoryPayments(_InMemory, PaymentsConformance):
    pass


class TestInMemoryEscrowHolds(_InMemory, EscrowHoldsConformance):
    pass


class TestInMemorySellerAccounts(_InMemory, SellerAccountsConformance):
    pass


class TestInMemoryPayouts(_InMemory, PayoutsConformance):
    pass


class TestInMemoryRefunds(_InMemory, RefundsConformance):
    pass


class TestInMemoryDisputes(_InMemory, DisputesConformance):
    pass


class TestInMemoryPaymentsReader(_InMemory, PaymentsReaderConformance):
    pass


class TestInMemoryDisputesReader(_InMemory, DisputesReaderConformance):
    pass


class TestInMemoryRefundsReader(_InMemory, RefundsReaderConformance):
    pass


class TestInMemoryClaims(_InMemory, ClaimsConformance):
    pass


class TestInMemoryClaimsReader(_InMemory, ClaimsReaderConformance):
    pass


class TestInMemorySellerStandings(_InMemory, SellerStandingsConformance):
    pass


class TestInMemoryDebtSettlements(_InMemory, DebtSettlementsConformance):
    pass


class TestInMemoryDebtsReader(_InMemory, DebtsReaderConformance):
    pass


class TestInMemoryBookedRows(_InMemory, BookedRowsConformance):
    pass
