"""Captions over HTTP: sent by sellers, fetched by players."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from marketplace_core.video import CAPTION_BYTES_MAX, VideoState
from marketplace_entrypoints.http.media.captions import router as captions
from marketplace_entrypoints.http.video.router import router
from tests.core.video.studio import ANN, HELLO, RIVAL, SELLER, Studio, a_studio
from tests.entrypoints.http.small_door import SmallDoor, open_door, problem

PEOPLE = {"ann": ANN, "potter": SELLER, "luthier": RIVAL}
PATH = "/v1/videos/vid_0001/captions/en"


@pytest.fixture
def studio() -> Studio:
    return a_studio()


@pytest.fixture
async def door(studio: Studio) -> AsyncIterator[SmallDoor]:
    router_of_both = type(router)()
    router_of_both.include_router(router)
    router_of_both.include_router(captions)
    async with open_door(studio.market, router_of_both, PEOPLE) as opened:
        yield opened


async def put(
    door: SmallDoor, content: str | bytes = HELLO, who: str = "potter", path: str = PATH, **params: Any
) -> httpx.Response:
    """Send captions as a seller would."""
    return await door.client.put(
        path,
        content=content,
        params={"label": "English"} | params,
        headers={"Authorization": f"Bearer {who}", "Content-Type": "text/vtt"},
    )


async def test_what_may_not_be_captions_is_refused_and_the_line_named(studio: Studio, door: SmallDoor) -> None:
    await studio.keep()

    html = problem(await put(door, HELLO + "<script>x</script>\n"), 422, "video.malformed_captions")
    problem(await put(door, HELLO.encode() + b"\xff"), 422, "video.malformed_captions")
    problem(await put(door, HELLO + "x" * CAPTION_BYTES_MAX), 422, "video.malformed_captions")
    problem(await put(door, path=PATH.replace("/en", "/english")), 422, "video.malformed_language")
    problem(await put(door, label="x" * 201), 422, "http.invalid_request")

    assert html["line"] == 5


async def test_strangers_do_not_touch_captions(studio: Studio, door: SmallDoor) -> None:
    await studio.keep()

    problem(await door.send("PUT", PATH, b"x", label="x"), 401, "kernel.not_signed_in")
    problem(await put(door, who="ann"), 403, "kernel.not_allowed")
    problem(await put(door, who="luthier"), 404, "video.not_found")
    problem(await door.send("DELETE", PATH), 401, "kernel.not_signed_in")
    problem(await door.send("DELETE", PATH, who="luthier"), 404, "video.not_found")
    problem(await door.send("DELETE", PATH, who="potter"), 404, "video.captions_not_found")


async def test_captions_are_listed_with_the_video_fetched_for_good_and_removed(studio: Studio, door: SmallDoor) -> None:
    await studio.keep()

    (track,) = (await put(door)).json()["captions"]
    fetched = await door.send("GET", track["url"])
    head = await door.client.head(track["url"])
    other = await door.send("GET", track["url"].partition("?")[0])
    listed = (await door.send("GET", "/v1/videos/vid_0001")).json()["captions"]
    removed = await door.send("DELETE", PATH, who="potter")

    assert (track["language"], track["label"]) == ("en", "English")
    assert listed == [track]
    assert (fetched.text, fetched.headers["content-type"]) == (HELLO, "text/vtt; charset=utf-8")
    assert fetched.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert fetched.headers["access-control-allow-origin"] == "*"
    assert fetched.headers["cross-origin-resource-policy"] == "cross-origin"
    assert fetched.headers["x-content-type-options"] == "nosniff"
    assert (head.status_code, head.content) == (200, b"")
    assert (other.text, other.headers["cache-control"]) == (HELLO, "private, no-cache")
    assert (removed.status_code, removed.content) == (204, b"")
    problem(await door.send("GET", track["url"]), 404, "video.captions_not_found")


async def test_captions_of_a_video_that_is_not_ready_are_its_sellers(studio: Studio, door: SmallDoor) -> None:
    await studio.keep(state=VideoState.UPLOADED)
    (track,) = (await put(door)).json()["captions"]

    own = await door.client.get(track["url"], headers={"Authorization": "Bearer potter"})

    assert (own.status_code, own.headers["cache-control"]) == (200, "private, no-cache")
    problem(await door.send("GET", track["url"]), 404, "video.captions_not_found")
