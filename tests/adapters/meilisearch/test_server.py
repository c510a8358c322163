"""What a server that is slow, down, full, wiped or talks rubbish does to us: little, and in words."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from marketplace_adapters.meilisearch.connection import Connection, Failed, open_connection
from marketplace_adapters.meilisearch.index import NEXT
from marketplace_adapters.meilisearch.plugin import MeilisearchSearch
from marketplace_core.kernel.paging import InvalidCursor
from marketplace_core.search import (
    Position,
    RebuildUnderWay,
    SearchFilters,
    SearchRequest,
    SearchUnavailable,
    Sort,
    terms_of,
)
from marketplace_core.testing.conformance.search import SearchGround
from marketplace_core.testing.corpus import a_document, corpus
from tests.adapters.meilisearch.conftest import settings_for
from tests.adapters.meilisearch.server import MeilisearchServer

GUITAR = SearchRequest(terms=terms_of("guitar"), sort=Sort.RELEVANCE, limit=5)
RUBBISH: list[Any] = [
    {},
    [],
    {"results": []},
    {"results": None},
    {"results": [{"hits": []}, {}]},
    {"results": [{"hits": [{"id": 1}]}, {"facetDistribution": {}}]},
    {"results": [{"hits": 7}, {"facetDistribution": {"in_stock": {"true": "many"}}}]},
    {"results": [{"hits": []}, {"facetDistribution": {"currency": {"EURO": 1}}}]},
    {"results": [{"hits": []}, {"facetDistribution": None}]},
]


@asynccontextmanager
async def lines(server: MeilisearchServer, **changes: Any) -> AsyncGenerator[tuple[MeilisearchSearch, Connection]]:
    async with open_connection(settings_for(server, **changes)) as connection:
        yield MeilisearchSearch(connection), connection


async def answered(search: MeilisearchSearch, request: SearchRequest) -> int:
    """Search until there is an answer; return how many it found."""
    until = time.monotonic() + 20
    while True:
        try:
            return (await search.search(request)).total
        except SearchUnavailable:
            if time.monotonic() > until:
                raise
        await asyncio.sleep(0.1)


def ground(search: MeilisearchSearch) -> SearchGround:
    return SearchGround(index=search, engine=search)


async def test_a_promise_is_not_taken_for_the_deed(shared_server: MeilisearchServer) -> None:
    async with lines(shared_server, task_seconds=0.3) as (search, _):
        await search.put([a_document(1)])
        shared_server.be_wrong(hold_tasks=True)
        with pytest.raises(SearchUnavailable, match=r"not carried out documentAdditionOrUpdate within 0\.3 seconds"):
            await search.put([a_document(2)])

        assert await ground(search).numbers() == [1]
        shared_server.be_wrong()
        await search.put([a_document(3)])
        assert await ground(search).numbers() == [3, 2, 1]


async def test_a_write_that_fails_says_why_and_may_be_repeated(
    shared_server: MeilisearchServer, line: MeilisearchSearch
) -> None:
    await line.put([a_document(1)])
    shared_server.be_wrong(fail_tasks=2)

    with pytest.raises(Failed, match="did not carry out documentAdditionOrUpdate: MDB_MAP_FULL"):
        await line.put([a_document(2)])
    with pytest.raises(Failed, match="did not carry out documentDeletion: MDB_MAP_FULL"):
        await line.remove([a_document(1).product_id])

    assert await ground(line).numbers() == [1]
    await line.put([a_document(2)])
    await line.remove([a_document(1).product_id])
    assert await ground(line).numbers() == [2]


async def test_a_server_that_hangs_costs_a_moment_then_nothing_and_is_used_again_by_itself(
    server: MeilisearchServer,
) -> None:
    changes = {"search_seconds": 0.5, "failures_max": 3, "rest_seconds": 0.6, "request_seconds": 1}
    async with lines(server, **changes) as (search, _):
        await search.put([a_document(1)])
        server.hold()
        waited = []
        for _ in range(6):
            began = time.monotonic()
            with pytest.raises(SearchUnavailable):
                await search.search(GUITAR)
            waited.append(time.monotonic() - began)
        with pytest.raises(SearchUnavailable, match="cannot be reached"):
            await search.put([a_document(2)])
        server.let_go()

        assert max(waited[:3]) < 0.5 + 1.0
        assert max(waited[3:]) < 0.1
        assert await answered(search, GUITAR) >= 1


async def test_a_hundred_searches_at_once_in_a_server_that_hangs_are_all_over_in_time(
    shared_server: MeilisearchServer,
) -> None:
    shared_server.be_wrong(search_seconds=5.0)
    async with lines(shared_server, search_seconds=0.3, threads=2, waiting_max=4, failures_max=100) as (search, _):
        began = time.monotonic()
        ended = await asyncio.gather(*(search.search(GUITAR) for _ in range(100)), return_exceptions=True)
        took = time.monotonic() - began
    shared_server.be_wrong()

    assert {type(failure) for failure in ended} == {SearchUnavailable}
    assert took < 2.0


@pytest.mark.parametrize("body", RUBBISH, ids=range(len(RUBBISH)))
async def test_rubbish_is_as_if_the_server_was_down(
    shared_server: MeilisearchServer, line: MeilisearchSearch, body: Any
) -> None:
    shared_server.be_wrong(search_body=body)

    with pytest.raises(SearchUnavailable):
        await line.search(GUITAR)


async def test_a_server_that_is_not_there_is_told_in_words(server: MeilisearchServer) -> None:
    server.stop()
    async with lines(server) as (search, _):
        for ask in (search.search(GUITAR), search.put([a_document(1)]), search.wrong_settings(), search.set_up()):
            with pytest.raises(SearchUnavailable, match="cannot be reached: MeilisearchCommunicationError"):
                await ask


async def test_a_refusal_opens_no_circuit_and_neither_does_an_error_of_the_server(
    shared_server: MeilisearchServer,
) -> None:
    async with lines(shared_server, failures_max=1) as (search, _):
        with pytest.raises(Failed, match="not found"):
            await search.search(GUITAR)
        shared_server.be_wrong(search_status=500)
        with pytest.raises(Failed, match="internal error"):
            await search.search(GUITAR)
        shared_server.be_wrong()
        await search.put([a_document(1)])

        assert (await search.search(GUITAR)).total == 1


@pytest.mark.parametrize(
    ("sort", "values"),
    [
        (Sort.RELEVANCE, (-1.0, "prd")),
        (Sort.RELEVANCE, (1e300, "prd")),
        (Sort.NEWEST, ('x" OR id > "', "prd")),
        (Sort.NEWEST, ("2026-01-01", "prd")),
    ],
)
async def test_a_forged_cursor_is_refused_before_the_server_hears_of_it(
    shared_server: MeilisearchServer, sort: Sort, values: tuple[str | float, ...]
) -> None:
    async with lines(shared_server, failures_max=1) as (search, connection):
        request = SearchRequest(terms=terms_of("guitar"), sort=sort, limit=5, after=Position(values))

        with pytest.raises(InvalidCursor):
            await search.search(request)

        assert connection.breaker.lets()


async def test_what_people_type_is_never_a_part_of_a_condition(
    shared_server: MeilisearchServer, line: MeilisearchSearch
) -> None:
    hostile = 'x" OR seller = "sel_0001'
    await line.put([a_document(1)])
    shared_server.ask("/standin/searches")
    request = SearchRequest(
        terms=terms_of('guitar" OR id EXISTS'),
        filters=SearchFilters(category=hostile, seller=hostile),
        sort=Sort.NEWEST,
        limit=5,
        after=Position(("2026-01-01T00:00:00.000000Z", hostile)),
    )

    assert (await line.search(request)).total == 0

    (queries, *_) = shared_server.ask("/standin/searches")
    escaped = '"x\\" OR seller = \\"sel_0001"'
    assert queries[1]["filter"] == f"(categories = {escaped}) AND (seller = {escaped})"
    assert queries[0]["q"] == "guitar or id exist"
    assert queries[0]["filter"].endswith(f"AND (id < {escaped})))")


async def test_settings_that_are_not_ours_are_named_and_set_up_once(
    shared_server: MeilisearchServer, line: MeilisearchSearch
) -> None:
    assert await line.wrong_settings() == ("there is no index",)
    await line.put([a_document(1)])
    assert await line.wrong_settings() == ()

    path = f"/indexes/{line.name}"
    async with open_connection(settings_for(shared_server)) as connection:
        await connection.carry_out(
            lambda client: client.index(line.name).update_settings(
                {"rankingRules": ["typo"], "synonyms": {"a": ["b"]}, "pagination": {"maxTotalHits": 5}}
            )
        )
    wrong = await line.wrong_settings()
    await line.set_up()
    updated = shared_server.ask(path)["updatedAt"]
    await line.set_up()

    assert wrong == ("pagination", "rankingRules", "synonyms")
    assert await line.wrong_settings() == ()
    assert shared_server.ask(path)["updatedAt"] == updated
    assert await ground(line).numbers() == [1]


async def test_an_index_that_was_deleted_and_written_to_again_has_no_settings_and_that_is_told(
    shared_server: MeilisearchServer, line: MeilisearchSearch
) -> None:
    await line.put([a_document(1)])
    async with open_connection(settings_for(shared_server)) as connection:
        await connection.carry_out(lambda client: client.delete_index(line.name))
    await line.put([a_document(2)])

    assert "filterableAttributes" in await line.wrong_settings()
    with pytest.raises(Failed, match="is not"):
        await line.search(SearchRequest(sort=Sort.NEWEST, limit=5))
    assert [entry.product_id async for entry in line.entries()] == ["prd_00002"]
    await line.set_up()
    assert await ground(line).numbers() == [2]


async def test_searches_go_on_while_the_index_is_built_anew_and_nobody_sees_a_half(
    shared_server: MeilisearchServer, line: MeilisearchSearch
) -> None:
    documents = corpus(120)
    await line.put(documents)
    totals: list[int] = []
    done = asyncio.Event()

    async def buyers() -> None:
        while not done.is_set():
            totals.append((await ground(line).find(limit=1)).total)

    watching = asyncio.create_task(buyers())
    async with line.rebuilding() as new:
        for start in range(0, 100, 20):
            await new.put(documents[start : start + 20])
    done.set()
    await watching

    assert {*totals} <= {120, 100}
    assert totals == sorted(totals, reverse=True)
    assert (await ground(line).find(limit=1)).total == 100


async def test_two_do_not_build_an_index_at_once(shared_server: MeilisearchServer, line: MeilisearchSearch) -> None:
    await line.put([a_document(1)])

    async with line.rebuilding() as new:
        await new.put([a_document(2)])
        with pytest.raises(RebuildUnderWay, match="Somebody has been writing this index anew"):
            async with line.rebuilding():
                pass

    assert await ground(line).numbers() == [2]


async def test_what_a_killed_rebuild_left_is_cleared_away_after_a_while(
    shared_server: MeilisearchServer, line: MeilisearchSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    await line.put([a_document(1)])
    async with open_connection(settings_for(shared_server)) as connection:
        left = line.name + NEXT
        await connection.carry_out(lambda client: client.index(left).add_documents([{"id": "half"}], "id"))
    with pytest.raises(RebuildUnderWay):
        async with line.rebuilding():
            pass
    monkeypatch.setattr("marketplace_adapters.meilisearch.index.GIVEN_UP_AFTER", timedelta(0))

    async with line.rebuilding() as new:
        await new.put([a_document(2)])

    assert await ground(line).numbers() == [2]


async def test_what_was_confirmed_is_there_after_a_crash(server: MeilisearchServer) -> None:
    async with lines(server) as (search, _):
        await search.put(corpus(30))
        await search.remove([a_document(7).product_id])
        server.stop()
        server.start()

        assert len([entry async for entry in search.entries()]) == 29
        assert await search.wrong_settings() == ()
        assert (await ground(search).find(limit=1)).total == 29


async def test_a_key_is_sent_and_a_wrong_one_is_told_of_without_it(server: MeilisearchServer) -> None:
    server.stop()
    server.key = "the-key"
    server.start()
    async with lines(server, api_key="the-key") as (search, _):
        await search.put([a_document(1)])
        assert await ground(search).numbers() == [1]
    async with lines(server, api_key="another") as (search, _):
        with pytest.raises(Failed, match="API key is invalid") as refused:
            await search.put([a_document(1)])
        assert "another" not in str(refused.value)


async def test_synonyms_are_found_as_words_are_indexed(shared_server: MeilisearchServer) -> None:
    async with lines(shared_server, synonyms={"Axe": ["Guitar"], "ТЕЛЕФОН": ["Смартфон"]}) as (search, _):
        await search.put([a_document(1, "Guitar"), a_document(2, "Drum"), a_document(3, "Смартфон")])

        assert await ground(search).numbers("axe") == [1]
        assert await ground(search).numbers("телефон") == [3]
        assert await search.wrong_settings() == ()


async def test_pages_end_where_meilisearch_shows_no_more_and_counts_do_not(shared_server: MeilisearchServer) -> None:
    async with lines(shared_server, hits_max=100) as (search, _):
        await search.put([a_document(number) for number in range(1, 131)])

        hits = await ground(search).everything("guitar", limit=40)

        assert len(hits) == len({hit.product_id for hit in hits}) == 100
        assert (await ground(search).find("guitar", limit=1)).total == 130


async def test_more_words_than_meilisearch_looks_at_are_all_looked_for(line: MeilisearchSearch) -> None:
    words = "one two three four five six seven eight nine ten eleven"
    await line.put([a_document(1, f"{words} twelve"), a_document(2, f"{words} dozen")])

    assert await ground(line).numbers(f"{words} twelve") == [1]
    assert await ground(line).numbers(f"{words} twelv") == [1]
    assert await ground(line).numbers(f"{words} zebra") == []


async def test_a_beginning_that_is_not_the_last_word_is_found_where_no_word_is_so(line: MeilisearchSearch) -> None:
    await line.put([a_document(1, "Electric guitar"), a_document(2, "Electric piano")])

    assert await ground(line).numbers("elect guitar") == [1]
    assert await ground(line).numbers("elect giutar") == [1]
