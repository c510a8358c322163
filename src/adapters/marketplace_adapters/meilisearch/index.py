"""The index: what is written is confirmed, and a new index takes the place of the old one in one step."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final, final

from meilisearch import Client

from marketplace_adapters.meilisearch.configuration import differences, settings_of
from marketplace_adapters.meilisearch.connection import Connection, Failed, batches
from marketplace_adapters.meilisearch.documents import DIGEST, Attribute, document_of, own_digest
from marketplace_adapters.meilisearch.filters import OneOf
from marketplace_core.kernel.ids import ProductId
from marketplace_core.search import IndexEntry, RebuildUnderWay, SearchDocument, SearchUnavailable
from marketplace_core.search.ports import SearchIndex

AT_ONCE: Final = 1_000
NEXT: Final = "_next"
GIVEN_UP_AFTER: Final = timedelta(minutes=5)
"""A rebuild that has written nothing for so long has ended without saying so."""
_ALREADY: Final = "index_already_exists"


@final
class MeilisearchIndex(SearchIndex):
    """One index of a server."""

    def __init__(self, connection: Connection, name: str) -> None:
        self.name = name
        self._connection = connection
        self._wanted = settings_of(connection.settings.synonyms, connection.settings.hits_max)
        self._is_there = False

    async def put(self, documents: Sequence[SearchDocument]) -> None:
        """Write the documents, in order, so many at once, each time waiting until it is done."""
        await self._make_sure()
        for some in batches([document_of(document) for document in documents], AT_ONCE):
            await self._carry_out(partial(_put, name=self.name, rows=some))

    async def remove(self, product_ids: Collection[ProductId]) -> None:
        """Take the documents out."""
        await self._make_sure()
        for some in batches(sorted(product_ids), AT_ONCE):
            named = str(OneOf(Attribute.ID, some))
            await self._carry_out(partial(_remove, name=self.name, named=named))

    async def entries(self) -> AsyncIterator[IndexEntry]:
        """Read the identifiers and digests of all documents. There is nothing in an index that is not there."""
        offset = 0
        while True:
            wanted = {"offset": offset, "limit": AT_ONCE, "fields": ["id", DIGEST]}
            try:
                found = await self._connection.ask(partial(_documents, name=self.name, wanted=wanted))
            except Failed as failure:
                if failure.is_of_a_missing_index:
                    return
                raise
            for product_id, digest in found:
                yield IndexEntry(product_id=ProductId(product_id), digest=own_digest(digest))
            offset += len(found)
            if len(found) < AT_ONCE:
                return

    async def wrong_settings(self) -> Sequence[str]:
        """Compare the settings with those of this version; all of them are wrong where there is no index."""
        try:
            present = await self._connection.ask(lambda client: client.index(self.name).get_settings())
        except Failed as failure:
            if failure.is_of_a_missing_index:
                return ("there is no index",)
            raise
        if not isinstance(present, dict):
            raise SearchUnavailable("Meilisearch answered with something else than settings.")
        return differences(self._wanted, present)

    async def set_up(self) -> None:
        """Make the index if there is none, and change the settings that differ."""
        if await self._create() or await self.wrong_settings():
            await self._carry_out(lambda client: client.index(self.name).update_settings(self._wanted))
        self._is_there = True

    @asynccontextmanager
    async def rebuilding(self) -> AsyncGenerator[SearchIndex]:
        """Yield a new index, and swap it with this one. Whoever makes the new index first is the one who rebuilds."""
        new = MeilisearchIndex(self._connection, self.name + NEXT)
        await new._begin_rebuilding()
        try:
            await new.set_up()
            yield new
            if wrong := await new.wrong_settings():
                raise SearchUnavailable(f"The new index was changed by somebody else: {', '.join(wrong)}.")
            await self._make_sure()
            swap = {"indexes": [self.name, new.name]}
            await self._carry_out(lambda client: client.swap_indexes([swap]))
        finally:
            await new.drop()

    async def drop(self) -> None:
        """Delete the index, if it is there."""
        self._is_there = False
        try:
            await self._carry_out(lambda client: client.delete_index(self.name))
        except Failed as failure:
            if not failure.is_of_a_missing_index:
                raise

    async def _begin_rebuilding(self) -> None:
        if await self._create():
            return
        present = await self._connection.ask(lambda client: client.get_index(self.name))
        written = present.updated_at
        if isinstance(written, datetime) and datetime.now(UTC) - written.astimezone(UTC) < GIVEN_UP_AFTER:
            raise RebuildUnderWay(
                f"Somebody has been writing this index anew, most recently at {written:%H:%M:%S}. If that was ended,"
                f" begin again {GIVEN_UP_AFTER.seconds // 60} minutes after.",
                index=self.name,
            )
        await self.drop()
        if not await self._create():
            raise RebuildUnderWay("Somebody else has just begun to write this index anew.", index=self.name)

    async def _create(self) -> bool:
        """Make the index; tell whether it was not there."""
        try:
            await self._carry_out(lambda client: client.create_index(self.name, {"primaryKey": "id"}))
        except Failed as failure:
            if failure.reason == _ALREADY:
                return False
            raise
        return True

    async def _make_sure(self) -> None:
        """Make the index with its settings if there is none: a write would make one without."""
        if self._is_there:
            return
        try:
            await self._connection.ask(lambda client: client.get_index(self.name))
        except Failed as failure:
            if not failure.is_of_a_missing_index:
                raise
            await self.set_up()
        self._is_there = True

    async def _carry_out(self, ask: Callable[[Client], Any]) -> None:
        await self._connection.carry_out(ask)


def _put(client: Client, name: str, rows: Sequence[dict[str, Any]]) -> Any:
    return client.index(name).add_documents(rows, "id")


def _remove(client: Client, name: str, named: str) -> Any:
    return client.index(name).delete_documents(filter=named)


def _documents(client: Client, name: str, wanted: dict[str, Any]) -> list[tuple[str, str]]:
    found = client.index(name).get_documents(wanted)
    return [(str(document.id), str(getattr(document, DIGEST, ""))) for document in found.results]
