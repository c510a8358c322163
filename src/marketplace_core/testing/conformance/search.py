"""What every search engine, its index, and every source of documents must do."""

from collections.abc import Sequence
from typing import Any

import pytest
from attrs import frozen

from marketplace_core.kernel.access import ANONYMOUS
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.search import (
    Search,
    SearchDocument,
    SearchFilters,
    SearchHandler,
    SearchHit,
    SearchResults,
)
from marketplace_core.search.ports import DocumentSource, SearchEngine, SearchIndex
from marketplace_core.testing.corpus import a_document, categories_below, corpus


@frozen(kw_only=True)
class SearchGround:
    """One empty index and the engine that searches in it."""

    index: SearchIndex
    engine: SearchEngine

    async def find(self, text: str = "", **asked: Any) -> SearchResults:
        """Search as a visitor: ``sort``, ``limit``, ``cursor``, and every filter by its name."""
        page = PageRequest(limit=asked.pop("limit", 100), cursor=asked.pop("cursor", None))
        sort = asked.pop("sort", None)
        query = Search(text=text, filters=SearchFilters(**asked), sort=sort, page=page)
        return await SearchHandler(engine=self.engine)(query, ANONYMOUS)

    async def numbers(self, text: str = "", **asked: Any) -> list[int]:
        """Search and return the numbers of the products found, in order."""
        return [int(hit.product_id[-5:]) for hit in (await self.find(text, **asked)).hits]

    async def everything(self, text: str = "", **asked: Any) -> list[SearchHit]:
        """Search page by page to the end."""
        hits: list[SearchHit] = []
        cursor = None
        while True:
            found = await self.find(text, cursor=cursor, **asked)
            hits += found.hits
            cursor = found.next_cursor
            if cursor is None:
                return hits


class StockedIndex:
    """An index, and a few products of known names in it."""

    @pytest.fixture
    def ground(self) -> SearchGround:
        """Return an empty index and its engine."""
        raise NotImplementedError

    @pytest.fixture
    async def shelf(self, ground: SearchGround) -> SearchGround:
        """Put a few products of known names into the index."""
        await ground.index.put(
            [
                a_document(1, "Guitar for children", categories=categories_below("guitars")),
                a_document(2, "Guitars, vintage", categories=categories_below("electric-guitars")),
                a_document(3, "Strap", description="Fits every guitar."),
                a_document(4, "Pick", keywords=("guitar", "nylon")),
                a_document(5, "Snare drum", categories=categories_below("drums")),
                a_document(6, "Café design lamp", seller_name="Müller & Söhne"),
                a_document(7, "Акустическая гитара"),
                a_document(8, "Ёлочная игрушка", description="Новая батарейка в комплекте"),
                a_document(9, "Women's T-shirt", keywords=("Grün", "XL", "SKU-77")),
                a_document(10, "Rechargeable batteries"),
            ]
        )
        return ground


@pytest.mark.conformance
class SearchIndexConformance(StockedIndex):
    """Override ``ground`` with an empty index."""

    async def test_what_was_removed_is_not_found(self, shelf: SearchGround) -> None:
        await shelf.index.remove([ProductId("prd_00005"), ProductId("prd_none")])

        assert await shelf.numbers("snare") == []
        assert 5 not in await shelf.numbers()
        assert (await shelf.find(category="drums")).total == 0

    async def test_what_was_put_again_is_found_by_its_new_words_only(self, shelf: SearchGround) -> None:
        await shelf.index.put([a_document(5, "Cymbal", categories=categories_below("lamps"))])

        assert await shelf.numbers("snare") == []
        assert await shelf.numbers("cymbal") == [5]
        assert await shelf.numbers(category="drums") == []
        assert await shelf.numbers(category="lamps") == [5]
        assert len(await shelf.numbers()) == 10

    async def test_nothing_is_put_and_nothing_removed_without_harm(self, shelf: SearchGround) -> None:
        await shelf.index.put([])
        await shelf.index.remove([])

        assert len(await shelf.numbers()) == 10

    async def test_everything_in_the_index_is_told_once_with_the_digest_it_was_put_there_by(
        self, shelf: SearchGround
    ) -> None:
        changed = a_document(5, "Cymbal", keywords=("brass",))
        await shelf.index.put([changed, changed])
        await shelf.index.remove([ProductId("prd_00001")])

        entries = [entry async for entry in shelf.index.entries()]

        assert sorted(entry.product_id for entry in entries) == [f"prd_{number:05d}" for number in range(2, 11)]
        assert {entry.digest for entry in entries if entry.product_id == "prd_00005"} == {changed.digest}
        assert len({entry.digest for entry in entries}) == 9

    async def test_a_large_index_is_told_whole(self, ground: SearchGround) -> None:
        documents = corpus(2_500)
        await ground.index.put(documents)

        entries = [entry async for entry in ground.index.entries()]

        assert len(entries) == len(documents)
        assert {(entry.product_id, entry.digest) for entry in entries} == {(d.product_id, d.digest) for d in documents}

    async def test_an_empty_index_tells_nothing(self, ground: SearchGround) -> None:
        assert [entry async for entry in ground.index.entries()] == []

    async def test_settings_are_right_once_they_are_set_up(self, ground: SearchGround) -> None:
        await ground.index.set_up()
        await ground.index.set_up()

        assert await ground.index.wrong_settings() == ()

    async def test_a_rebuilt_index_has_what_was_put_into_it_and_nothing_disappears_on_the_way(
        self, shelf: SearchGround
    ) -> None:
        everything = await shelf.numbers()
        async with shelf.index.rebuilding() as new:
            await new.set_up()
            await new.put([a_document(5, "Snare drum"), a_document(21, "Bagpipe")])
            assert {*everything} <= {*await shelf.numbers()}

        beside = new is not shelf.index
        assert await shelf.numbers("bagpipe") == [21]
        assert {*await shelf.numbers()} == ({5, 21} if beside else {*everything, 21})
        assert await shelf.index.wrong_settings() == ()

    async def test_a_rebuild_that_fails_leaves_the_index_as_it_was(self, shelf: SearchGround) -> None:
        everything = await shelf.numbers()

        with pytest.raises(ZeroDivisionError):
            async with shelf.index.rebuilding() as new:
                await new.set_up()
                if new is not shelf.index:
                    await new.put([a_document(21, "Bagpipe")])
                raise ZeroDivisionError

        assert await shelf.numbers() == everything
        async with shelf.index.rebuilding():
            pass


@frozen(kw_only=True)
class DocumentSourceGround:
    """A source that shows exactly these documents, and knows of one product that it does not show."""

    source: DocumentSource
    documents: Sequence[SearchDocument]
    hidden: ProductId


@pytest.mark.conformance
class DocumentSourceConformance:
    """Override ``ground`` with a source of at least three documents."""

    @pytest.fixture
    def ground(self) -> DocumentSourceGround:
        """Return a source and what it shows."""
        raise NotImplementedError

    async def test_what_is_hidden_or_unknown_is_left_out(self, ground: DocumentSourceGround) -> None:
        assert await ground.source.documents([]) == {}
        assert await ground.source.documents([ground.hidden, ProductId("prd_none")]) == {}

    async def test_visible_products_are_described(self, ground: DocumentSourceGround) -> None:
        wanted = [document.product_id for document in ground.documents]

        found = await ground.source.documents([*wanted, ground.hidden])

        assert found == {document.product_id: document for document in ground.documents}

    async def test_visible_identifiers_come_in_order_and_in_batches(self, ground: DocumentSourceGround) -> None:
        ids: list[ProductId] = []
        while batch := await ground.source.visible_ids(ids[-1] if ids else None, 2):
            assert len(batch) <= 2
            ids += batch

        assert ids == sorted(document.product_id for document in ground.documents)
