"""Videos, galleries and pages of the demonstration, on a marketplace in memory."""

import struct
from datetime import timedelta
from pathlib import Path

import anyio
import pytest

from marketplace_core.catalog import ViewProduct
from marketplace_core.kernel.access import ANONYMOUS
from marketplace_core.landing import PageNotFound, ViewPage
from marketplace_core.video import VideoState
from marketplace_entrypoints.demo.catalogue import SHOPS, Item
from marketplace_entrypoints.demo.clips import ClipNotMade
from marketplace_entrypoints.demo.finishing import (
    film,
    filmed_items,
    hang_more_pictures,
    publish_page_around,
    videos,
    watch,
)
from marketplace_entrypoints.demo.hands import Hands
from marketplace_entrypoints.demo.seed import seed
from marketplace_entrypoints.demo.stocking import shelved
from marketplace_entrypoints.demo.tell import Silence
from tests.entrypoints.demo.memory import one_picture

MOVIE = struct.pack(">I", 16) + b"ftypisom" + bytes(4) + b"....vide...."


class Camera:
    """Films everything in no time, and remembers what; what is in ``broken`` comes out as garbage."""

    def __init__(self, *broken: str) -> None:
        self.filmed: list[str] = []
        self.broken = broken

    async def film(self, item: Item, path: Path) -> Path:
        self.filmed.append(item.handle)
        await anyio.Path(path).write_bytes(b"garbage" if item.handle in self.broken else MOVIE)
        return path


async def a_minute_later(hands: Hands) -> None:
    """Let the uploads be noticed, and then their results."""
    await hands.settle()
    hands.travel(hands.clock.now() + timedelta(minutes=1))
    await hands.settle()


@pytest.fixture
async def hands(hands: Hands) -> Hands:
    await seed(hands, one_picture, Silence(), present=hands.clock.now())
    return hands


async def test_every_thing_that_is_to_have_a_video_gets_one_the_openers_of_pages_first(hands: Hands) -> None:
    camera = Camera()

    await film(hands, camera, Silence())
    await a_minute_later(hands)

    assert set(camera.filmed[:5]) == {shop.hero for shop in SHOPS}
    assert len(camera.filmed) == len(filmed_items()) >= 10
    assert {one.video and one.video.state for one in await videos(hands)} == {VideoState.READY}


async def test_only_what_is_missing_or_failed_is_filmed_again(hands: Hands) -> None:
    await film(hands, Camera("moon-jar"), Silence())
    await a_minute_later(hands)
    second = Camera()

    await film(hands, second, Silence())
    await a_minute_later(hands)

    assert second.filmed == ["moon-jar"]
    assert {one.video and one.video.state for one in await videos(hands)} == {VideoState.READY}


async def test_a_clip_that_cannot_be_made_holds_nothing_else_up(hands: Hands) -> None:
    class Shortage(Camera):
        async def film(self, item: Item, path: Path) -> Path:
            if item.handle == "tide-watch":
                raise ClipNotMade("no space left")
            return await super().film(item, path)

    without = await film(hands, Shortage(), Silence())
    await a_minute_later(hands)
    await watch(hands, Silence(), without)

    assert without == {"tide-watch"}
    assert sum(one.video is not None for one in await videos(hands)) == len(filmed_items()) - 1


async def test_a_page_waits_for_its_video_and_is_published_once(hands: Hands) -> None:
    too_early = [await publish_page_around(hands, one) for one in await videos(hands)]
    await film(hands, Camera("moon-jar"), Silence())
    await a_minute_later(hands)

    first = [await publish_page_around(hands, one) for one in await videos(hands)]
    again = [await publish_page_around(hands, one) for one in await videos(hands)]

    assert (sum(too_early), sum(first), sum(again)) == (0, 4, 0)
    page = await hands.market.ask(ViewPage(slug="northlight"), by=ANONYMOUS)
    assert page.hero_video is not None
    assert len(page.products) == 5
    assert page.call_to_action is not None
    assert page.call_to_action.target == "/shops/northlight#products"
    with pytest.raises(PageNotFound):
        await hands.market.ask(ViewPage(slug="kiln-and-kettle"), by=ANONYMOUS)


async def test_products_of_several_views_get_them_once(hands: Hands) -> None:
    await hang_more_pictures(hands, one_picture, Silence())
    await hang_more_pictures(hands, one_picture, Silence())

    for shop in SHOPS:
        products = await shelved(hands, shop)
        for item in shop.items:
            product = await hands.market.ask(ViewProduct(product_id=products[item.handle]), by=ANONYMOUS)
            assert len(product.images) == item.views, item.handle
