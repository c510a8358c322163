"""Seller pages over HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.ids import UserId
from marketplace_entrypoints.http.landing.router import router
from tests.core.landing.shop import GUITAR, HERO, LEO, MIA, STRAP, Shop, actor_of, open_shop
from tests.entrypoints.http.small_door import SmallDoor, open_door, problem

PAGE = {
    "headline": "<script>alert(1)</script>{{7*7}}",
    "text": "Made in a small workshop.\nEvery one is different.",
    "hero_video": HERO.video_id,
    "products": [GUITAR.product_id, STRAP.product_id],
    "call_to_action": {"label": "See all", "target": "https://guitars.example/all"},
}
PATH = f"/v1/sellers/{MIA.seller_id}/page"
PEOPLE = {
    "mia": actor_of(MIA),
    "leo": actor_of(LEO),
    "ann": Actor(principal="usr_ann", user_id=UserId("usr_ann"), roles=frozenset({Role.BUYER})),
}


@pytest.fixture
def shop() -> Shop:
    return open_shop()


@pytest.fixture
async def door(shop: Shop) -> AsyncIterator[SmallDoor]:
    async with open_door(shop.market, router, PEOPLE) as opened:
        yield opened


async def save(door: SmallDoor, who: str | None = "mia", if_match: str | None = None, **changes: Any) -> httpx.Response:
    return await door.send("PUT", PATH, PAGE | changes, who=who, if_match=if_match)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", PATH),
        ("PUT", PATH),
        ("POST", f"{PATH}/publication"),
        ("DELETE", f"{PATH}/publication"),
        ("GET", f"{PATH}/versions"),
        ("GET", f"{PATH}/versions/1"),
    ],
)
async def test_a_page_is_its_sellers_alone(door: SmallDoor, method: str, path: str) -> None:
    await save(door)
    body = PAGE if method == "PUT" else None

    problem(await door.send(method, path, body), 401, "kernel.not_signed_in")
    problem(await door.send(method, path, body, who="ann"), 403, "kernel.not_allowed")
    problem(await door.send(method, path, body, who="leo"), 404, "kernel.not_found")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"headline": "x" * 121}, "headline"),
        ({"text": "null\x00byte"}, "text"),
        ({"text": "turned \u202e round"}, "text"),
        ({"hero_video": "../etc"}, "hero_video"),
        ({"products": [GUITAR.product_id, GUITAR.product_id]}, "products"),
        ({"call_to_action": {"label": "x" * 41, "target": "/"}}, "call_to_action.label"),
    ],
)
async def test_what_no_page_may_hold_is_named(door: SmallDoor, changes: dict[str, Any], field: str) -> None:
    answer = await save(door, **changes)

    assert [error["field"] for error in problem(answer, 422, "landing.invalid_document")["errors"]] == [field]


@pytest.mark.parametrize(
    "changes",
    [
        {"template": "v2"},
        {"style": "body{}"},
        {"headline": 7},
        {"headline": "\ud800"},
        {"products": "prd_1"},
        {"products": [f"prd_{number}" for number in range(13)]},
        {"call_to_action": {"label": "Go"}},
        {"call_to_action": {"label": "Go", "target": "/", "onclick": "alert(1)"}},
    ],
)
async def test_what_is_no_page_is_refused(door: SmallDoor, changes: dict[str, Any]) -> None:
    problem(await save(door, **changes), 422, "http.invalid_request")


async def test_a_page_that_is_not_ready_names_everything(door: SmallDoor) -> None:
    saved = await save(
        door,
        hero_video="vid_unready",
        products=["prd_gone"],
        call_to_action={"label": "Go", "target": "javascript:alert(1)"},
    )

    refused = problem(await door.send("POST", f"{PATH}/publication", who="mia"), 409, "landing.not_ready")

    assert [found["code"] for found in refused["problems"]] == [
        "video_not_ready",
        "poster_missing",
        "product_not_purchasable",
        "link_invalid",
    ]
    assert saved.json()["problems"] == refused["problems"]
    problem(await door.send("GET", f"/v1/pages/{MIA.slug}"), 404, "landing.not_found")


async def test_a_page_is_drafted_published_seen_and_taken_down(door: SmallDoor) -> None:
    saved = await save(door)
    draft = await door.send("GET", PATH, who="mia")
    live = await door.send("POST", f"{PATH}/publication", who="mia", if_match=saved.headers["etag"])
    seen = await door.send("GET", f"/v1/pages/{MIA.slug}")

    assert (saved.status_code, saved.headers["etag"], saved.json()["problems"]) == (200, '"1"', [])
    assert draft.json()["document"] == PAGE | {"template": "v1"}
    assert draft.headers["etag"] == '"1"'
    assert (live.json()["slug"], live.json()["number"]) == (MIA.slug, 1)
    page = seen.json()
    assert (page["headline"], page["text"]) == (PAGE["headline"], PAGE["text"])
    assert page["hero_video"]["hls_url"] == HERO.hls_url
    assert [product["price"]["amount_minor"] for product in page["products"]] == [49_900, 1_900]
    assert page["call_to_action"] == PAGE["call_to_action"]

    down = await door.send("DELETE", f"{PATH}/publication", who="mia")
    assert down.status_code == 200
    problem(await door.send("GET", f"/v1/pages/{MIA.slug}"), 404, "landing.not_found")


async def test_of_two_tabs_with_the_same_etag_one_wins(door: SmallDoor) -> None:
    await save(door)
    await save(door, if_match='"1"', headline="First tab")

    problem(await save(door, if_match='"1"', headline="Second tab"), 412, "kernel.stale_version")
    problem(await door.send("POST", f"{PATH}/publication", who="mia", if_match='"1"'), 412, "kernel.stale_version")

    assert (await door.send("GET", PATH, who="mia")).json()["document"]["headline"] == "First tab"


async def test_versions_are_listed_and_shown(door: SmallDoor) -> None:
    for headline in ("One", "Two", "Three"):
        await save(door, headline=headline)
        await door.send("POST", f"{PATH}/publication", who="mia")

    first = (await door.send("GET", f"{PATH}/versions", who="mia", limit=2)).json()
    rest = (await door.send("GET", f"{PATH}/versions", who="mia", limit=2, cursor=first["next_cursor"])).json()
    one = await door.send("GET", f"{PATH}/versions/1", who="mia")

    assert [version["document"]["headline"] for version in (*first["items"], *rest["items"])] == ["Three", "Two", "One"]
    assert one.json() == rest["items"][0]
    problem(await door.send("GET", f"{PATH}/versions/9", who="mia"), 404, "landing.not_found")
    problem(await door.send("GET", f"{PATH}/versions/0", who="mia"), 422, "http.invalid_request")
    problem(await door.send("GET", f"{PATH}/versions/{2**63}", who="mia"), 422, "http.invalid_request")
    problem(await door.send("GET", f"{PATH}/versions", who="mia", cursor="x"), 400, "kernel.invalid_cursor")
