"""A data folder with one shop, Ada's, and one buyer, Ann; and a shell to type in."""

import asyncio
import json
import logging
import shutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import structlog
import typer
from attrs import define, frozen

from features.drivers.terminal import Ended, type_in
from marketplace_core.catalog import AttachVideo, CreateCategory, CreateProduct, NewVariant, PublishProduct
from marketplace_core.identity import ApproveSeller, IdentifyUser, OpenShop, RegisterUser
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import ProductId, SellerId, VideoId
from marketplace_core.testing.conformance.video import PLAYBACK, a_video
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from marketplace_entrypoints.composition.settings import Settings

ANN, ADA = "ann@example.com", "ada@example.com"
TITLES = ("Guitar [/b] with brackets", "Snare drum", "Гитара")


@frozen(kw_only=True)
class MusicShop:
    """What is in it: the shop, its products with their offers, and a video of its own that plays."""

    seller_id: SellerId
    products: tuple[ProductId, ...]
    offers: tuple[str, ...]
    video_id: VideoId


def in_folder(work: Callable[[OpenMarketplace], Awaitable[Any]]) -> Any:
    """Open the marketplace of the data folder, work in it, close it."""

    async def main() -> Any:
        async with open_marketplace(Settings()) as opened:
            return await work(opened)

    return anyio.run(main)


async def opened_shop(opened: OpenMarketplace) -> MusicShop:
    """Ada sells a guitar, a drum and a гитара, for 10.00, 20.00 and 30.00; whatever follows from it has happened."""
    market = opened.market
    for email in (ANN, ADA):
        await market.execute(RegisterUser(email=email, password="correct horse battery", name=email[:3]), by=SYSTEM)
    ada = await market.ask(IdentifyUser(user=ADA), by=SYSTEM)
    shop = await market.execute(OpenShop(name="Ada's", slug="adas", country="FR"), by=ada)
    await market.execute(ApproveSeller(seller_id=shop.seller_id), by=SYSTEM)
    await market.execute(CreateCategory(slug="music", name="Music"), by=SYSTEM)
    products, offers = [], []
    for number, title in enumerate(TITLES, 1):
        variant = NewVariant(price_minor=1_000 * number, currency="EUR", stock=5)
        product = await market.execute(
            CreateProduct(seller_id=shop.seller_id, title=title, category="music", variants=(variant,)), by=SYSTEM
        )
        await market.execute(
            AttachVideo(
                product_id=product.product_id,
                seller_id=shop.seller_id,
                video_id=VideoId(f"vid_000{number}"),
                poster_url="/poster.jpg",
                hls_url="/master.m3u8",
                duration_ms=1_000,
                width=320,
                height=180,
            ),
            by=SYSTEM,
        )
        await market.execute(PublishProduct(product_id=product.product_id), by=SYSTEM)
        products.append(product.product_id)
        offers.append(product.variants[0].offer_id)
    video = a_video(9, seller=shop.seller_id, subject="page:adas")
    video.confirm_upload(video.requested_at)
    video.finish(PLAYBACK)
    async with opened.adapters.persistence.begin_video() as work:
        await work.videos.save(video)
    await opened.dispatcher.settle()
    return MusicShop(seller_id=shop.seller_id, products=tuple(products), offers=tuple(offers), video_id=video.video_id)


@frozen
class FurnishedFolder:
    """A data folder with the shop in it, made once and handed out in copies."""

    data: Path
    shop: MusicShop

    def copied_to(self, data: Path) -> MusicShop:
        """Make ``data`` a folder like it; return what is in it."""
        shutil.copytree(self.data, data, dirs_exist_ok=True)
        return self.shop


def furnish(settings: Settings) -> FurnishedFolder:
    """Put the shop into a data folder."""

    async def main() -> MusicShop:
        async with open_marketplace(settings) as opened:
            return await opened_shop(opened)

    with quiet():
        return FurnishedFolder(settings.data, asyncio.run(main()))


@contextmanager
def quiet() -> Iterator[None]:
    """Keep logs out of the answers, as the command line itself does."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        yield
    finally:
        structlog.reset_defaults()


@define
class Shell:
    """Commands of one group, typed by Ann unless somebody else is named; ``who`` None is the operator."""

    group: typer.Typer
    shop: MusicShop

    def type(self, *arguments: str, who: str | None = ANN) -> Ended:
        return type_in(self.group, *arguments, *(() if who is None else ("--as", who)))

    def json(self, *arguments: str, who: str | None = ANN) -> Any:
        result = self.type(*arguments, "--json", who=who)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def refused(self, *arguments: str, who: str | None = ANN) -> tuple[int, str]:
        """Type something that is refused; return the exit code and the code of the problem."""
        result = self.type(*arguments, "--json", who=who)
        assert result.stdout == ""
        return result.exit_code, json.loads(result.stderr)["code"]
