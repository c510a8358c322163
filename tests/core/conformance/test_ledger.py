"""The books in memory pass the ledger's conformance classes."""

import pytest

from marketplace_core.inmemory.audit import InMemoryAudit
from marketplace_core.inmemory.ledger import InMemoryBooksReader
from marketplace_core.inmemory.payments import InMemoryPaymentsWork
from marketplace_core.inmemory.payments_reader import InMemoryPaymentsReader
from marketplace_core.inmemory.store import Store
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.audit import AuditConformance
from marketplace_core.testing.conformance.brakes import BrakesConformance
from marketplace_core.testing.conformance.comparisons import ComparisonsConformance
from marketplace_core.testing.conformance.ledger import BooksReaderConformance, LedgerConformance
from marketplace_core.testing.conformance.lookouts import LookoutsConformance
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


class TestInMemoryLedger(_InMemory, LedgerConformance):
    pass


class TestInMemoryBooksReader(_InMemory, BooksReaderConformance):
    pass


class TestInMemoryComparisons(_InMemory, ComparisonsConformance):
    pass


class TestInMemoryLookouts(_InMemory, LookoutsConformance):
    pass


class TestInMemoryBrakes(_InMemory, BrakesConformance):
    pass


class TestInMemoryAudit(_InMemory, AuditConformance):
    pass
