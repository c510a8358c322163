"""The index is held against the catalogue, and written again where it differs."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager

import pytest
from attrs import evolve

from marketplace_core.inmemory.search import InMemorySearch
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM, Actor, Role
from marketplace_core.kernel.errors import NotSignedIn
from marketplace_core.kernel.ids import ProductId, UserId
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.search import (
    Found,
    IndexEntry,
    IndexProduct,
    Reindex,
    Reindexed,
    RepairIndex,
    SearchDocument,
    SearchRequest,
    SearchUnavailable,
    Sort,
    VerifyIndex,
)
from marketplace_core.search.ports import SearchEngine, SearchIndex
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.corpus import EPOCH, a_document, corpus
from tests.core.search.desk import open_desk

OPERATOR = Actor(principal="usr_o", user_id=UserId("usr_o"), roles=frozenset({Role.OPERATOR}))
DOCUMENTS = corpus(250)


def named(*numbers: int) -> tuple[ProductId, ...]:
    return tuple(ProductId(f"prd_{number:05d}") for number in numbers)


class Beside(SearchIndex, SearchEngine):
    """An index that is built beside the one that answers, has settings, and counts what is written to it."""

    def __init__(self) -> None:
        self.within = InMemorySearch(Store(FrozenClock(), CountingIds()))
        self.before_put: Callable[[], Awaitable[None]] | None = None
        self.wrong: tuple[str, ...] = ()
        self.written: list[ProductId] = []
        self.down = False

    async def put(self, documents: Sequence[SearchDocument]) -> None:
        if self.down:
            raise SearchUnavailable("The index is away.")
        if self.before_put is not None:
            await self.before_put()
        self.written += [document.product_id for document in documents]
        await self.within.put(documents)

    async def remove(self, product_ids: Collection[ProductId]) -> None:
        self.written += product_ids
        await self.within.remove(product_ids)

    async def entries(self) -> AsyncIterator[IndexEntry]:
        async for entry in self.within.entries():
            yield entry

    async def search(self, request: SearchRequest) -> Found:
        return await self.within.search(request)

    async def wrong_settings(self) -> Sequence[str]:
        return self.wrong

    async def set_up(self) -> None:
        self.wrong = ()

    @asynccontextmanager
    async def rebuilding(self) -> AsyncGenerator[SearchIndex]:
        new = Beside()
        yield new
        self.within = new.within


async def test_only_operators_hold_the_index_against_the_catalogue() -> None:
    desk = open_desk()

    with pytest.raises(NotSignedIn):
        await desk.market.ask(VerifyIndex(), by=ANONYMOUS)
    with pytest.raises(NotSignedIn):
        await desk.market.execute(RepairIndex(), by=ANONYMOUS)


async def test_all_that_differs_is_named_and_repaired_and_the_second_repair_does_nothing() -> None:
    index = Beside()
    desk = open_desk(*DOCUMENTS, index=index, engine=index)
    await index.put([*DOCUMENTS[3:], a_document(901), a_document(902)])
    await index.put([evolve(DOCUMENTS[7], title="Stale"), evolve(DOCUMENTS[9], in_stock=not DOCUMENTS[9].in_stock)])
    index.wrong = ("synonyms",)

    verified = await desk.market.ask(VerifyIndex(), by=OPERATOR)
    (drift,) = verified.drifts
    index.written.clear()
    repaired = await desk.market.execute(RepairIndex(), by=OPERATOR)
    once = sorted(index.written)
    index.written.clear()
    again = await desk.market.execute(RepairIndex(), by=OPERATOR)

    assert (drift.missing, drift.extra, drift.stale) == (named(1, 2, 3), named(901, 902), named(8, 10))
    assert (drift.index, drift.products, drift.settings, verified.size) == ("index", 250, ("synonyms",), 8)
    assert (repaired.found, repaired.left.size) == (verified, 0)
    assert once == sorted(named(1, 2, 3, 8, 10, 901, 902))
    assert (again.found.size, again.left.size, index.written) == (0, 0, [])


async def test_what_an_event_brings_up_to_date_meanwhile_is_not_named() -> None:
    index = Beside()
    await index.put(DOCUMENTS[2:5])

    class Late(SearchIndex):
        """The first look is over before the event is reacted to, the second is not."""

        looks = 0

        async def put(self, documents: Sequence[SearchDocument]) -> None:
            raise AssertionError

        async def remove(self, product_ids: Collection[ProductId]) -> None:
            raise AssertionError

        async def entries(self) -> AsyncIterator[IndexEntry]:
            self.looks += 1
            if self.looks == 2:
                await index.put(DOCUMENTS[:1])
            async for entry in index.entries():
                yield entry

    desk = open_desk(*DOCUMENTS[:5], index=Late(), engine=index)

    (drift,) = (await desk.market.ask(VerifyIndex(), by=OPERATOR)).drifts

    assert drift.missing == named(2)


async def test_the_index_that_stands_in_is_kept_up_to_date_and_verified_as_well() -> None:
    index = Beside()
    desk = open_desk(*DOCUMENTS[:5], index=index, engine=index, fallback=True)
    await desk.market.execute(Reindex(), by=OPERATOR)
    await desk.search.remove(named(4))

    standin, usual = (await desk.market.ask(VerifyIndex(), by=OPERATOR)).drifts
    repaired = await desk.market.execute(RepairIndex(), by=OPERATOR)

    assert (standin.index, standin.missing, usual.index, usual.size) == ("standin", named(4), "index", 0)
    assert repaired.left.size == 0
    assert [entry.product_id async for entry in desk.search.entries()] == list(named(1, 2, 3, 5, 4))


async def test_a_product_is_found_by_the_stand_in_although_the_index_is_away() -> None:
    index = Beside()
    index.down = True
    desk = open_desk(DOCUMENTS[0], index=index, engine=index, fallback=True)

    with pytest.raises(SearchUnavailable):
        await desk.index()

    assert [entry.product_id async for entry in desk.search.entries()] == list(named(1))
    index.down = False
    assert (await desk.index()).findable
    assert index.written == list(named(1))


async def test_an_index_built_beside_the_old_one_takes_its_place_and_learns_what_changed_meanwhile() -> None:
    index = Beside()
    desk = open_desk(*DOCUMENTS[:20], index=index, engine=index)
    await index.put([*DOCUMENTS[:10], a_document(901)])
    seen: list[int] = []

    def meanwhile() -> None:
        seen.append(len(index.written))
        if len(seen) == 2:  # the new index has all of them; this event is reacted to in the old one
            desk.source.visible[DOCUMENTS[0].product_id] = evolve(DOCUMENTS[0], title="Nyckelharpa")
            del desk.source.visible[DOCUMENTS[1].product_id]
            desk.changes.products = [DOCUMENTS[0].product_id, DOCUMENTS[1].product_id]

    index.written.clear()
    desk.source.on_read = meanwhile

    done = await desk.market.execute(Reindex(), by=OPERATOR)

    assert done == Reindexed(findable=19, removed=2, caught_up=2)
    assert seen[:2] == [0, 0]
    assert (await desk.find("nyckelharpa")).total == 1
    assert (await desk.market.ask(VerifyIndex(), by=OPERATOR)).size == 0
    assert desk.changes.asked[0] < FrozenClock().now()


async def test_what_was_reacted_to_in_the_wrong_order_ends_up_as_it_is() -> None:
    index = Beside()
    desk = open_desk(DOCUMENTS[0], index=index, engine=index)
    newer = evolve(DOCUMENTS[0], title="Newer")

    async def somebody_is_faster() -> None:
        index.before_put = None
        desk.source.visible[newer.product_id] = newer
        await index.within.put([newer])

    index.before_put = somebody_is_faster
    await desk.market.execute(IndexProduct(product_id=newer.product_id), by=SYSTEM)

    assert [hit.title for hit in (await desk.find()).hits] == ["Newer"]


class Wavering(SearchEngine):
    """An engine that is there or is not."""

    def __init__(self, engine: SearchEngine) -> None:
        self.engine, self.down = engine, False

    async def search(self, request: SearchRequest) -> Found:
        if self.down:
            raise SearchUnavailable("It is away.")
        return await self.engine.search(request)


async def test_a_list_by_relevance_goes_on_where_it_was_begun_and_nowhere_else() -> None:
    index = Beside()
    await index.put(DOCUMENTS)
    engine = Wavering(index)
    desk = open_desk(*DOCUMENTS, index=index, engine=engine, fallback=True)
    await desk.search.put(DOCUMENTS)
    usual = await desk.find("made", page=PageRequest(limit=60))
    by_age = await desk.find("made", sort=Sort.NEWEST, page=PageRequest(limit=5))

    engine.down = True
    simpler = await desk.find("made", page=PageRequest(limit=60))
    with pytest.raises(InvalidCursor):
        await desk.find("made", page=PageRequest(limit=60, cursor=usual.next_cursor))
    older = await desk.find("made", sort=Sort.NEWEST, page=PageRequest(limit=5, cursor=by_age.next_cursor))
    engine.down = False
    more = await desk.find("made", page=PageRequest(limit=60, cursor=simpler.next_cursor))

    assert (usual.degraded, simpler.degraded, older.degraded, more.degraded) == (False, True, True, True)
    assert (len(usual.hits), len(simpler.hits)) == (60, 50)
    assert not {hit.product_id for hit in simpler.hits} & {hit.product_id for hit in more.hits}
    assert max(hit.published_at for hit in older.hits) <= min(hit.published_at for hit in by_age.hits)


def test_two_documents_that_differ_anywhere_differ_in_their_digest() -> None:
    document = a_document(1)
    others = [
        evolve(document, title="Other"),
        evolve(document, keywords=("a", "b")),
        evolve(document, keywords=("ab",)),
        evolve(document, price_to=None),
        evolve(document, in_stock=False),
        evolve(document, published_at=EPOCH),
        evolve(document, categories=()),
        evolve(document, title="\ud800"),
    ]

    assert len({one.digest for one in (document, *others)}) == len(others) + 1
    assert evolve(document).digest == document.digest
