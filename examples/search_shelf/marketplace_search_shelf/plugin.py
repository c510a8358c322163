"""The plugin: ``shelf`` in the group ``marketplace_core.search_engine``."""

import shelve
from collections.abc import AsyncGenerator, AsyncIterator, Collection, MutableMapping, Sequence
from contextlib import asynccontextmanager, closing
from typing import Final, final

from attrs import frozen

from marketplace_core.inmemory.search import InMemorySearch
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings
from marketplace_core.search import Found, IndexEntry, SearchDocument, SearchRequest
from marketplace_core.search.ports import SearchEngine, SearchIndex


@frozen(kw_only=True)
class ShelfSettings:
    """What an operator may set: ``MARKETPLACE_ADAPTERS__SHELF__FILENAME``."""

    filename: str = "search-shelf"


@final
class ShelfSearch(SearchIndex, SearchEngine):
    """Writes every document to the shelf, and searches in memory. For one process, and as many documents as fit."""

    def __init__(self, shelf: MutableMapping[str, SearchDocument], search: InMemorySearch) -> None:
        self._shelf = shelf
        self._search = search

    async def put(self, documents: Sequence[SearchDocument]) -> None:
        """Put them on the shelf, then into the search: what is found is also kept."""
        for document in documents:
            self._shelf[document.product_id] = document
        await self._search.put(documents)

    async def remove(self, product_ids: Collection[ProductId]) -> None:
        """Take them out of both."""
        for product_id in product_ids:
            self._shelf.pop(product_id, None)
        await self._search.remove(product_ids)

    async def entries(self) -> AsyncIterator[IndexEntry]:
        """Go through what is on the shelf."""
        for document in list(self._shelf.values()):
            yield IndexEntry(product_id=document.product_id, digest=document.digest)

    async def search(self, request: SearchRequest) -> Found:
        """Answer."""
        return await self._search.search(request)


@asynccontextmanager
async def _opened(settings: ShelfSettings, around: Surroundings) -> AsyncGenerator[ShelfSearch]:
    with closing(shelve.open(str(around.data / settings.filename))) as shelf:
        search = InMemorySearch(Store(around.clock, around.ids))
        await search.put(list(shelf.values()))
        yield ShelfSearch(shelf, search)


plugin: Final = AdapterPlugin(
    summary="An example from outside: the core's own search, its documents on a shelf in the data folder",
    settings=ShelfSettings,
    open=_opened,
)
