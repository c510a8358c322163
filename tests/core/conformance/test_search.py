"""Search in memory passes search's conformance classes."""

import pytest

from marketplace_core.inmemory.search import InMemoryDocuments, InMemorySearch
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.ids import ProductId
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.search import (
    DocumentSourceConformance,
    DocumentSourceGround,
    SearchGround,
    SearchIndexConformance,
)
from marketplace_core.testing.conformance.search_engine import SearchEngineConformance
from marketplace_core.testing.corpus import corpus


@pytest.fixture
def ground() -> SearchGround:
    search = InMemorySearch(Store(FrozenClock(), CountingIds()))
    return SearchGround(index=search, engine=search)


class TestInMemorySearchIndex(SearchIndexConformance):
    @pytest.fixture
    def ground(self, ground: SearchGround) -> SearchGround:
        return ground


class TestInMemorySearchEngine(SearchEngineConformance):
    @pytest.fixture
    def ground(self, ground: SearchGround) -> SearchGround:
        return ground


class TestInMemoryDocuments(DocumentSourceConformance):
    @pytest.fixture
    def ground(self) -> DocumentSourceGround:
        documents = corpus(5)
        return DocumentSourceGround(
            source=InMemoryDocuments(*documents), documents=documents, hidden=ProductId("prd_hidden")
        )
