"""Keeping the index true, and searching, through the one door, in memory."""

from collections.abc import Sequence
from typing import Any

import pytest
from attrs import evolve

from marketplace_core.kernel.access import ANONYMOUS, Actor, Role
from marketplace_core.kernel.errors import InvalidInput, NotAllowed, NotSignedIn
from marketplace_core.kernel.ids import UserId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.search import (
    IndexProduct,
    InvalidFilter,
    ProductIndexed,
    QueryTooLong,
    Reindex,
    Reindexed,
    Search,
    SearchFilters,
    SearchUnavailable,
    Sort,
)
from marketplace_core.testing.corpus import a_document, corpus
from tests.core.search.desk import BrokenEngine, open_desk

OPERATOR = Actor(principal="usr_o", user_id=UserId("usr_o"), roles=frozenset({Role.OPERATOR}))
GUITAR = a_document(1, "Guitar")


async def test_visitors_and_sellers_do_not_write_the_index() -> None:
    desk = open_desk()

    for command in (IndexProduct(product_id=GUITAR.product_id), Reindex()):
        with pytest.raises(NotSignedIn):
            await desk.market.execute(command, by=ANONYMOUS)
        with pytest.raises(NotAllowed):
            await desk.market.execute(
                command, by=Actor(principal="u", user_id=UserId("u"), roles=frozenset({Role.SELLER}))
            )


async def test_ten_thousand_characters_are_refused() -> None:
    with pytest.raises(QueryTooLong):
        await open_desk().find("x" * 10_000)


@pytest.mark.parametrize(
    "bounds",
    [
        {"price_min": Money(-1, "EUR")},
        {"price_max": Money(-1, "EUR")},
        {"price_min": Money(2, "EUR"), "price_max": Money(1, "EUR")},
        {"price_min": Money(1, "EUR"), "price_max": Money(2, "USD")},
    ],
)
def test_a_price_range_that_means_nothing_is_refused(bounds: dict[str, Any]) -> None:
    with pytest.raises(InvalidFilter):
        SearchFilters(**bounds)


@pytest.mark.parametrize("limit", [0, 101, -1])
def test_a_page_has_its_limits(limit: int) -> None:
    with pytest.raises(InvalidInput):
        Search(page=PageRequest(limit=limit))


async def test_a_cursor_belongs_to_its_search() -> None:
    desk = open_desk()
    await desk.search.put(corpus(50))
    first = await desk.find("made", page=PageRequest(limit=5))

    for asked in ({"text": "of"}, {"text": "made", "sort": Sort.NEWEST}, {"text": "made", "filters": FILTERED}):
        with pytest.raises(InvalidCursor):
            await desk.find(**asked, page=PageRequest(limit=5, cursor=first.next_cursor))

    second = await desk.find("made", page=PageRequest(limit=7, cursor=first.next_cursor))
    assert not {hit.product_id for hit in first.hits} & {hit.product_id for hit in second.hits}


FILTERED = SearchFilters(in_stock=True)


async def test_relevance_without_words_is_newest_first() -> None:
    desk = open_desk()
    await desk.search.put([a_document(1), a_document(2), a_document(3)])

    found = await desk.find(sort=Sort.RELEVANCE)

    assert [hit.product_id for hit in found.hits] == ["prd_00003", "prd_00002", "prd_00001"]


async def test_a_visible_product_becomes_findable_and_a_hidden_one_is_taken_out() -> None:
    desk = open_desk(GUITAR)

    assert await desk.index() == ProductIndexed(product_id=GUITAR.product_id, findable=True)
    assert (await desk.find("guitar")).total == 1

    del desk.source.visible[GUITAR.product_id]
    assert await desk.index() == ProductIndexed(product_id=GUITAR.product_id, findable=False)
    assert (await desk.find("guitar")).total == 0
    assert await desk.index() == ProductIndexed(product_id=GUITAR.product_id, findable=False)


async def test_a_product_that_changes_while_it_is_indexed_ends_up_as_it_is() -> None:
    desk = open_desk(GUITAR)
    changes = [evolve(GUITAR, title="Ukulele"), evolve(GUITAR, title="Banjo")]

    def change() -> None:
        if changes:
            desk.source.visible[GUITAR.product_id] = changes.pop(0)

    desk.source.on_read = change
    await desk.index()

    assert [hit.title for hit in (await desk.find()).hits] == ["Banjo"]


async def test_a_product_that_never_rests_is_left_to_the_next_event() -> None:
    desk = open_desk(GUITAR)
    count = iter(range(1_000))

    def change() -> None:
        desk.source.visible[GUITAR.product_id] = evolve(GUITAR, title=f"Guitar {next(count)}")

    desk.source.on_read = change
    await desk.index()

    assert next(count) < 10


async def test_writing_the_index_anew_adds_what_is_missing_and_takes_out_what_is_hidden() -> None:
    documents = corpus(250)
    desk = open_desk(*documents[10:])
    await desk.search.put([*documents[:20], evolve(documents[30], title="Stale")])

    done = await desk.market.execute(Reindex(), by=OPERATOR)

    assert done == Reindexed(findable=240, removed=10)
    assert (await desk.find()).total == 240
    assert (await desk.find("stale")).total == 0
    assert await desk.market.execute(Reindex(), by=OPERATOR) == Reindexed(findable=240, removed=0)


async def test_a_broken_engine_without_another_says_so() -> None:
    with pytest.raises(SearchUnavailable):
        await open_desk(engine=BrokenEngine()).find("guitar")


async def test_a_simpler_engine_answers_while_the_usual_one_is_down_and_says_so() -> None:
    desk = open_desk(engine=BrokenEngine(), fallback=True)
    await desk.search.put([GUITAR])

    found = await desk.find("guitar")

    assert (found.total, found.degraded) == (1, True)


async def test_search_that_works_is_not_degraded() -> None:
    desk = open_desk(GUITAR)
    await desk.index()
    hits: Sequence[Any] = (await desk.find("guitar")).hits

    assert [hit.product_id for hit in hits] == [GUITAR.product_id]
    assert not (await desk.find("guitar")).degraded
