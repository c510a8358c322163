"""Search over HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.ids import UserId
from marketplace_core.testing.corpus import corpus
from marketplace_entrypoints.http.search.router import router
from tests.core.search.desk import BrokenEngine, Desk, open_desk
from tests.entrypoints.http.small_door import SmallDoor, open_door, problem

DOCUMENTS = corpus(120)
PEOPLE = {
    "op": Actor(principal="usr_op", user_id=UserId("usr_op"), roles=frozenset({Role.OPERATOR})),
    "ann": Actor(principal="usr_ann", user_id=UserId("usr_ann"), roles=frozenset({Role.BUYER})),
}


@pytest.fixture
async def desk() -> Desk:
    desk = open_desk(*DOCUMENTS)
    await desk.search.put(DOCUMENTS)
    return desk


@pytest.fixture
async def door(desk: Desk) -> AsyncIterator[SmallDoor]:
    async with open_door(desk.market, router, PEOPLE) as opened:
        yield opened


async def find(door: SmallDoor, **asked: Any) -> httpx.Response:
    return await door.send("GET", "/v1/search", **asked)


async def test_ten_thousand_characters_are_refused(door: SmallDoor) -> None:
    problem(await find(door, q="x" * 10_000), 422, "search.query_too_long")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"colour": "red"}, "http.invalid_request"),
        ({"filter": "visible = false"}, "http.invalid_request"),
        ({"sort": "price"}, "http.invalid_request"),
        ({"sort": "title; DROP TABLE"}, "http.invalid_request"),
        ({"limit": 0}, "http.invalid_request"),
        ({"limit": 101}, "http.invalid_request"),
        ({"limit": "many"}, "http.invalid_request"),
        ({"in_stock": "maybe"}, "http.invalid_request"),
        ({"price_min": -1, "currency": "EUR"}, "http.invalid_request"),
        ({"price_min": 1, "currency": "euro"}, "http.invalid_request"),
        ({"price_min": 1}, "search.invalid_filter"),
        ({"price_min": 2, "price_max": 1, "currency": "EUR"}, "search.invalid_filter"),
        ({"price_max": 10**15, "currency": "EUR"}, "kernel.malformed_money"),
        ({"category": "x" * 101}, "http.invalid_request"),
    ],
)
async def test_what_means_nothing_is_refused(door: SmallDoor, asked: dict[str, Any], code: str) -> None:
    problem(await find(door, **asked), 422, code)


@pytest.mark.parametrize("cursor", ["", "x", "bnVsbA", "é", "a" * 513])
async def test_a_cursor_that_this_search_did_not_write_is_refused(door: SmallDoor, cursor: str) -> None:
    problem(await find(door, cursor=cursor), 400, "kernel.invalid_cursor")


async def test_another_searchs_cursor_is_refused(door: SmallDoor) -> None:
    cursor = (await find(door, q="made", limit=5)).json()["next_cursor"]

    problem(await find(door, q="of", limit=5, cursor=cursor), 400, "kernel.invalid_cursor")


async def test_visitors_find_by_words_filters_and_price(door: SmallDoor) -> None:
    answer = await find(
        door, q="гитара", in_stock="true", category="guitars", price_min=100, currency="EUR", sort="price_up"
    )

    document = answer.json()
    hit = document["hits"][0]
    assert answer.status_code == 200
    assert "x-search-degraded" not in answer.headers
    assert document["total"] == len(document["hits"]) > 0
    assert set(hit) == {
        "product_id",
        "seller_id",
        "seller_name",
        "seller_slug",
        "handle",
        "title",
        "price_from",
        "price_to",
        "in_stock",
        "has_video",
        "image_url",
        "poster_url",
        "published_at",
    }
    assert {facet["value"] for facet in document["facets"]["categories"]} >= {"instruments", "guitars"}
    prices = [hit["price_from"]["amount_minor"] for hit in document["hits"]]
    assert prices == sorted(prices)


async def test_pages_follow_each_other(door: SmallDoor) -> None:
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        document = (await find(door, limit=50, **cursor)).json()
        seen += [hit["product_id"] for hit in document["hits"]]
        if document["next_cursor"] is None:
            break
        cursor = {"cursor": document["next_cursor"]}

    assert len(seen) == len(set(seen)) == len(DOCUMENTS)


async def test_a_simpler_engine_says_so_in_a_header() -> None:
    desk = open_desk(engine=BrokenEngine(), fallback=True)
    async with open_door(desk.market, router, PEOPLE) as door:
        answer = await find(door, q="guitar")

    assert (answer.status_code, answer.headers["x-search-degraded"], answer.json()["degraded"]) == (200, "1", True)


async def test_without_any_engine_searching_is_unavailable_for_a_moment() -> None:
    async with open_door(open_desk(engine=BrokenEngine()).market, router, PEOPLE) as door:
        answer = await find(door, q="guitar")

    problem(answer, 503, "search.unavailable")
    assert answer.headers["retry-after"] == "1"


async def test_only_operators_write_the_index_anew(door: SmallDoor) -> None:
    problem(await door.send("POST", "/v1/search/reindex"), 401, "kernel.not_signed_in")
    problem(await door.send("POST", "/v1/search/reindex", who="ann"), 403, "kernel.not_allowed")

    done = await door.send("POST", "/v1/search/reindex", who="op")

    assert done.json() == {"findable": 120, "removed": 0, "caught_up": 0}
