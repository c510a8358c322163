"""What may come later, while the demonstration can be used already: videos, more pictures, and the sellers' pages."""

import tempfile
from pathlib import Path
from typing import Final, Protocol

import anyio
from attrs import frozen

from marketplace_core.catalog import ViewProduct
from marketplace_core.landing import CallToAction, PageDocument, PageNotFound, PublishPage, SaveDraft, ViewDraft
from marketplace_core.video import ConfirmUpload, ListVideos, RequestUpload, VideoState, VideoView
from marketplace_entrypoints.demo.catalogue import SHOPS, Item, Shop
from marketplace_entrypoints.demo.hands import Hands, Pictures
from marketplace_entrypoints.demo.stocking import add_picture, in_turns, shelved
from marketplace_entrypoints.demo.tell import Teller

LOOK_EVERY_SECONDS: Final = 1.0
ENDED: Final = frozenset({VideoState.READY, VideoState.FAILED})


class Films(Protocol):
    """Where clips come from."""

    async def film(self, item: Item, path: Path) -> Path:
        """Make the clip of a thing, as an MP4."""
        ...


class StudioWork(Pictures, Films, Protocol):
    """Draws and films."""


@frozen(kw_only=True)
class Filmed:
    """A thing with a video: where it is sold, and how its video is."""

    shop: Shop
    item: Item
    video: VideoView | None


def filmed_items() -> list[tuple[Shop, Item]]:
    """Return the things that get a video; those that open a seller's page come first."""
    every = [(shop, item) for shop, item in in_turns() if item.clip_seconds]
    return sorted(every, key=lambda pair: pair[0].hero != pair[1].handle)


async def videos(hands: Hands) -> list[Filmed]:
    """Return every thing that is to have a video, with the newest one it has."""
    found = []
    for shop, item in filmed_items():
        owner = await hands.actor(shop.owner)
        products = await shelved(hands, shop)
        asked = ListVideos(seller_id=owner.own_seller, subject=f"product:{products[item.handle]}")
        page = await hands.market.ask(asked, by=owner)
        found.append(Filmed(shop=shop, item=item, video=page.items[0] if page.items else None))
    return found


async def film(hands: Hands, films: Films) -> None:
    """Make and upload the clips that are missing; the marketplace's worker makes them playable."""
    with tempfile.TemporaryDirectory(prefix="marketplace-demo-") as folder:
        for filmed in await videos(hands):
            if filmed.video is None or filmed.video.state is VideoState.FAILED:
                file = await films.film(filmed.item, Path(folder) / f"{filmed.item.handle}.mp4")
                await _upload(hands, filmed, file)
                file.unlink()


async def _upload(hands: Hands, filmed: Filmed, file: Path) -> None:
    owner = await hands.actor(filmed.shop.owner)
    product_id = (await shelved(hands, filmed.shop))[filmed.item.handle]
    content = await anyio.Path(file).read_bytes()
    upload = await hands.market.execute(
        RequestUpload(
            seller_id=owner.own_seller,
            subject=f"product:{product_id}",
            filename=file.name,
            content_type="video/mp4",
            upload_bytes=len(content),
        ),
        by=owner,
    )
    await hands.send(upload.slot, content)
    await hands.market.execute(ConfirmUpload(video_id=upload.video_id), by=owner)


async def watch(hands: Hands, tell: Teller) -> None:
    """Tell how the videos come along, until each is ready or has failed; publish pages as their videos are ready."""
    told: set[str] = set()
    with tell.stage("Videos ready to play", len(filmed_items())) as advance:
        while len(told) < len(filmed_items()):
            for filmed in await videos(hands):
                if filmed.video and filmed.video.state in ENDED and filmed.item.handle not in told:
                    told.add(filmed.item.handle)
                    advance()
                    if filmed.video.state is VideoState.FAILED:
                        tell.say(f"The video of {filmed.item.title} failed: {filmed.video.reason}")
                    else:
                        await publish_page_around(hands, filmed)
            await anyio.sleep(LOOK_EVERY_SECONDS)


async def hang_more_pictures(hands: Hands, pictures: Pictures) -> None:
    """Give products of several views those that they have not got yet."""
    for shop in SHOPS:
        owner = await hands.actor(shop.owner)
        products = await shelved(hands, shop)
        for item in shop.items:
            if item.views > 1:
                product_id = products[item.handle]
                known = len((await hands.market.ask(ViewProduct(product_id=product_id), by=owner)).images)
                for view in range(known, item.views):
                    await add_picture(hands, shop, product_id, await pictures(item, view))


async def publish_page_around(hands: Hands, filmed: Filmed) -> bool:
    """Publish the seller's page if this is the video that opens it and there is no page yet; tell whether it was."""
    shop, video = filmed.shop, filmed.video
    if filmed.item.handle != shop.hero or video is None or video.state is not VideoState.READY:
        return False
    owner = await hands.actor(shop.owner)
    try:
        await hands.market.ask(ViewDraft(seller_id=owner.own_seller), by=owner)
    except PageNotFound:
        products = await shelved(hands, shop)
        document = PageDocument(
            headline=shop.headline,
            text=shop.story,
            hero_video=video.video_id,
            products=tuple(products[handle] for handle in shop.shown),
            call_to_action=CallToAction(label=shop.call_to_action, target=f"/v1/products?seller={shop.slug}"),
        )
        await hands.market.execute(SaveDraft(seller_id=owner.own_seller, document=document), by=owner)
        await hands.market.execute(PublishPage(seller_id=owner.own_seller), by=owner)
        return True
    return False


async def finish(hands: Hands, studio: StudioWork, tell: Teller) -> None:
    """Do all of it; what is there already is left alone."""
    async with anyio.create_task_group() as group:
        group.start_soon(_make, hands, studio)
        await watch(hands, tell)


async def _make(hands: Hands, studio: StudioWork) -> None:
    await film(hands, studio)
    await hang_more_pictures(hands, studio)
