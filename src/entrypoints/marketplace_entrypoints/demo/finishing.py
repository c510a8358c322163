"""What may come later, while the demonstration can be used already: videos, more pictures, and the sellers' pages."""

import tempfile
from collections.abc import Set
from pathlib import Path
from typing import Final, Protocol

import anyio
from attrs import frozen

from marketplace_core.catalog import ViewProduct
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.ids import ProductId
from marketplace_core.landing import CallToAction, PageDocument, PageNotFound, PublishPage, SaveDraft, ViewDraft
from marketplace_core.video import AddCaptions, ConfirmUpload, ListVideos, RequestUpload, VideoState, VideoView
from marketplace_entrypoints.demo.catalogue import SHOPS, Item, Shop
from marketplace_entrypoints.demo.clips import ClipNotMade
from marketplace_entrypoints.demo.hands import Hands, Pictures
from marketplace_entrypoints.demo.stocking import add_picture, in_turns, shelved
from marketplace_entrypoints.demo.subtitles import subtitles
from marketplace_entrypoints.demo.tell import Teller

LOOK_EVERY_SECONDS: Final = 1.0
ENDED: Final = frozenset({VideoState.READY, VideoState.FAILED})


class Films(Protocol):
    """Where clips come from."""

    async def film(self, item: Item, path: Path) -> Path:
        """Make the clip of a thing, as an MP4. Raises ``ClipNotMade``."""
        ...


class StudioWork(Pictures, Films, Protocol):
    """Draws and films."""


@frozen(kw_only=True)
class Filmed:
    """A thing with a video: where it is sold, and how its video is."""

    shop: Shop
    item: Item
    video: VideoView | None

    @property
    def needs_filming(self) -> bool:
        """Tell whether there is no video, or one of which nothing will come."""
        return self.video is None or self.video.state in {VideoState.AWAITING_UPLOAD, VideoState.FAILED}


def filmed_items() -> list[tuple[Shop, Item]]:
    """Return the things that get a video; those that open a seller's page come first."""
    every = [(shop, item) for shop, item in in_turns() if item.clip_seconds]
    return sorted(every, key=lambda pair: pair[0].hero != pair[1].handle)


async def videos(hands: Hands) -> list[Filmed]:
    """Return every thing that is to have a video, with the newest one it has."""
    products = {shop.slug: await shelved(hands, shop) for shop in SHOPS}
    found = []
    for shop, item in filmed_items():
        owner = await hands.actor(shop.owner)
        asked = ListVideos(seller_id=owner.own_seller, subject=f"product:{products[shop.slug][item.handle]}")
        page = await hands.market.ask(asked, by=owner)
        found.append(Filmed(shop=shop, item=item, video=page.items[0] if page.items else None))
    return found


async def film(hands: Hands, films: Films, tell: Teller) -> set[str]:
    """Make and upload the clips that are missing; the marketplace's worker makes them playable.

    Returns the handles of things that get none, having told why.
    """
    without: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="marketplace-demo-") as folder:
        for filmed in await videos(hands):
            if filmed.needs_filming:
                try:
                    file = await films.film(filmed.item, Path(folder) / f"{filmed.item.handle}.mp4")
                    await _upload(hands, filmed, file)
                except (ClipNotMade, MarketplaceError) as failure:
                    without.add(filmed.item.handle)
                    tell.say(f"{filmed.item.title} gets no video: {failure}")
    return without


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
    for spoken in subtitles(filmed.item):
        await hands.market.execute(
            AddCaptions(video_id=upload.video_id, language=spoken.language, label=spoken.label, text=spoken.text),
            by=owner,
        )


async def watch(hands: Hands, tell: Teller, without: set[str], old: Set[str] = frozenset()) -> None:
    """Tell how the videos come along, until each is ready or has failed; publish pages as their videos are ready.

    ``without`` may grow meanwhile: things whose video will not come. ``old`` are videos that are being made anew.
    """
    told: set[str] = set()
    with tell.stage("Videos ready to play", len(filmed_items())) as advance:
        while len(told | without) < len(filmed_items()):
            for filmed in await videos(hands):
                video, known = filmed.video, filmed.item.handle in told | without
                if video and video.state in ENDED and video.video_id not in old and not known:
                    told.add(filmed.item.handle)
                    advance()
                    await _show(hands, filmed, tell)
            await anyio.sleep(LOOK_EVERY_SECONDS)


async def _show(hands: Hands, filmed: Filmed, tell: Teller) -> None:
    assert filmed.video is not None
    if filmed.video.state is VideoState.FAILED:
        tell.say(f"The video of {filmed.item.title} failed: {filmed.video.reason}")
        return
    try:
        await publish_page_around(hands, filmed)
    except MarketplaceError as refusal:
        tell.say(f"{filmed.shop.name} gets no page: {refusal}")


async def hang_more_pictures(hands: Hands, pictures: Pictures, tell: Teller) -> None:
    """Give products of several views those that they have not got yet."""
    for shop in SHOPS:
        products = await shelved(hands, shop)
        for item in shop.items:
            try:
                await _hang(hands, pictures, shop, item, products[item.handle])
            except MarketplaceError as refusal:
                tell.say(f"{item.title} gets no more pictures: {refusal}")


async def _hang(hands: Hands, pictures: Pictures, shop: Shop, item: Item, product_id: ProductId) -> None:
    if item.views > 1:
        seen = await hands.market.ask(ViewProduct(product_id=product_id), by=await hands.actor(shop.owner))
        for view in range(len(seen.images), item.views):
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
            call_to_action=CallToAction(label=shop.call_to_action, target=f"/shops/{shop.slug}#products"),
        )
        await hands.market.execute(SaveDraft(seller_id=owner.own_seller, document=document), by=owner)
        await hands.market.execute(PublishPage(seller_id=owner.own_seller), by=owner)
        return True
    return False


async def finish(hands: Hands, studio: StudioWork, tell: Teller) -> None:
    """Do all of it; what is there already is left alone."""
    without: set[str] = set()
    old = {filmed.video.video_id for filmed in await videos(hands) if filmed.video and filmed.needs_filming}

    async def make() -> None:
        without.update(await film(hands, studio, tell))
        await hang_more_pictures(hands, studio, tell)

    async with anyio.create_task_group() as group:
        group.start_soon(make)
        await watch(hands, tell, without, old)
