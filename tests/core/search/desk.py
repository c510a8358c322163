"""A marketplace that is only search, over documents that a test names."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from attrs import frozen

from marketplace_core.app import Marketplace
from marketplace_core.inmemory.machinery import InMemoryConsumedMessages, InMemoryIdempotencyKeys
from marketplace_core.inmemory.search import InMemoryDocuments, InMemorySearch
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM
from marketplace_core.kernel.ids import ProductId
from marketplace_core.pipeline import Pipeline
from marketplace_core.search import (
    Found,
    IndexProduct,
    ProductIndexed,
    Search,
    SearchDocument,
    SearchRequest,
    SearchResults,
    SearchUnavailable,
    Standin,
)
from marketplace_core.search.handlers import answers, handlers
from marketplace_core.search.ports import SearchEngine, SearchIndex
from marketplace_core.testing.clock import CountingIds, FrozenClock


class BrokenEngine(SearchEngine):
    async def search(self, request: SearchRequest) -> Found:
        raise SearchUnavailable("The engine is down.")


class NotedChanges:
    """Changes that a test names."""

    def __init__(self) -> None:
        self.products: list[ProductId] = []
        self.asked: list[datetime] = []

    async def __call__(self, moment: datetime) -> Collection[ProductId]:
        self.asked.append(moment)
        return self.products


@frozen(kw_only=True)
class Desk:
    market: Marketplace
    source: InMemoryDocuments
    search: InMemorySearch
    changes: "NotedChanges"

    async def find(self, text: str = "", **asked: Any) -> SearchResults:
        return await self.market.ask(Search(text=text, **asked), by=ANONYMOUS)

    async def index(self, number: int = 1) -> ProductIndexed:
        return await self.market.execute(IndexProduct(product_id=ProductId(f"prd_{number:05d}")), by=SYSTEM)


def open_desk(
    *documents: SearchDocument,
    engine: SearchEngine | None = None,
    index: SearchIndex | None = None,
    fallback: bool = False,
) -> Desk:
    clock, ids = FrozenClock(), CountingIds()
    store = Store(clock, ids)
    source, search, changes = InMemoryDocuments(*documents), InMemorySearch(store), NotedChanges()
    standin = Standin(index=search, engine=search) if fallback else None
    market = Marketplace(
        handlers=[handlers(source=source, index=index or search, products_since=changes, clock=clock, standin=standin)],
        answers=[answers(source=source, index=index or search, engine=engine or search, standin=standin)],
        reactions=[],
        timers=[],
        reconciliations=[],
        pipeline=Pipeline(clock=clock, keys=InMemoryIdempotencyKeys(store), consumed=InMemoryConsumedMessages(store)),
    )
    return Desk(market=market, source=source, search=search, changes=changes)
