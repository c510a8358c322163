"""The plugin: ``meilisearch`` in the group ``marketplace_core.search_engine``."""

from collections.abc import AsyncGenerator, AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Final, final

from marketplace_adapters.meilisearch.connection import Connection, MeilisearchSettings, open_connection
from marketplace_adapters.meilisearch.engine import MeilisearchEngine
from marketplace_adapters.meilisearch.index import MeilisearchIndex
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings
from marketplace_core.search import Found, IndexEntry, SearchDocument, SearchRequest
from marketplace_core.search.ports import SearchEngine, SearchIndex


@final
class MeilisearchSearch(SearchIndex, SearchEngine):
    """Index and engine on one server."""

    def __init__(self, connection: Connection) -> None:
        self._index = MeilisearchIndex(connection, connection.settings.index)
        self._engine = MeilisearchEngine(connection, connection.settings.index)

    @property
    def name(self) -> str:
        """The name of the index on the server."""
        return self._index.name

    async def put(self, documents: Sequence[SearchDocument]) -> None:
        """Write documents, and wait until they are found."""
        await self._index.put(documents)

    async def remove(self, product_ids: Collection[ProductId]) -> None:
        """Take documents out, and wait until they are."""
        await self._index.remove(product_ids)

    def entries(self) -> AsyncIterator[IndexEntry]:
        """Go through all documents."""
        return self._index.entries()

    async def wrong_settings(self) -> Sequence[str]:
        """Compare the settings of the server with those of this version."""
        return await self._index.wrong_settings()

    async def set_up(self) -> None:
        """Make the index if there is none, and its settings right."""
        await self._index.set_up()

    @asynccontextmanager
    async def rebuilding(self) -> AsyncGenerator[SearchIndex]:
        """Build a new index beside the old one, and swap them."""
        async with self._index.rebuilding() as new:
            yield new

    async def search(self, request: SearchRequest) -> Found:
        """Answer."""
        return await self._engine.search(request)


@asynccontextmanager
async def _opened(settings: MeilisearchSettings, _: Surroundings) -> AsyncGenerator[MeilisearchSearch]:
    async with open_connection(settings) as connection:
        yield MeilisearchSearch(connection)


plugin: Final = AdapterPlugin(
    summary="Meilisearch: settings as code, confirmed writes, rebuilt by swap; the database stands in for it",
    settings=MeilisearchSettings,
    open=_opened,
)
