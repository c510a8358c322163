"""Dead letters and acts in memory pass the conformance classes of operations."""

from datetime import timedelta

import pytest

from marketplace_core.bridges.policies import StoredTerms, TermsOfTrade
from marketplace_core.inmemory.machinery import InMemoryInbox, InMemoryOutbox
from marketplace_core.inmemory.operations import InMemoryOperationsReader, InMemoryOperationsWork
from marketplace_core.inmemory.payments import InMemoryPaymentsWork
from marketplace_core.inmemory.store import Store
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.operations import (
    ActsConformance,
    DeadLettersConformance,
    OperationsGround,
)
from marketplace_core.testing.conformance.policies import PoliciesConformance, PolicyInUseConformance
from marketplace_core.testing.conformance.undelivered import UndeliveredLettersConformance, WatchesConformance


class _InMemory:
    @pytest.fixture
    def ground(self) -> OperationsGround:
        store = Store(FrozenClock(), CountingIds())
        return OperationsGround(
            begin=store.begin(InMemoryOperationsWork),
            payments=store.begin(InMemoryPaymentsWork),
            reader=InMemoryOperationsReader(store),
            outbox=InMemoryOutbox(store),
            inbox=InMemoryInbox(store),
        )


class TestInMemoryDeadLetters(_InMemory, DeadLettersConformance):
    pass


class TestInMemoryUndeliveredLetters(_InMemory, UndeliveredLettersConformance):
    pass


class TestInMemoryWatches(_InMemory, WatchesConformance):
    pass


class TestInMemoryActs(_InMemory, ActsConformance):
    pass


class TestInMemoryPolicies(_InMemory, PoliciesConformance):
    pass


class TestPolicyInUse(PolicyInUseConformance):
    @pytest.fixture
    def in_use(self) -> StoredTerms:
        store = Store(FrozenClock(), CountingIds())
        reader = InMemoryOperationsReader(store)
        return StoredTerms(began_with=TermsOfTrade(), reader=reader, clock=store.clock, max_hold=timedelta(days=90))
