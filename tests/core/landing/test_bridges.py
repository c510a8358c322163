"""Seller pages show what identity, video and the catalog know."""

import pytest

from marketplace_core.bridges.catalog_for_landing import CatalogPageProducts
from marketplace_core.bridges.identity_for_landing import IdentityPageSellers
from marketplace_core.bridges.video_for_landing import HostedPageVideos
from marketplace_core.inmemory.catalog import InMemoryCatalogReader, InMemoryCatalogWork
from marketplace_core.inmemory.identity import InMemoryIdentityReader, InMemoryIdentityWork
from marketplace_core.inmemory.store import Store
from marketplace_core.inmemory.video import InMemoryVideoReader, InMemoryVideoWork
from marketplace_core.kernel.ids import UserId, VideoId
from marketplace_core.kernel.money import Money
from marketplace_core.landing import PageProduct, PageSeller, PageVideo
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.catalog import ADA, CatalogGround, a_product
from marketplace_core.testing.conformance.identity import NOW, a_seller
from marketplace_core.testing.conformance.landing import (
    PageProductsConformance,
    PageProductsGround,
    PageSellersConformance,
    PageSellersGround,
    PageVideosConformance,
    PageVideosGround,
)
from marketplace_core.testing.conformance.video import PLAYBACK, POTTER, a_video


@pytest.fixture
def store() -> Store:
    return Store(FrozenClock(), CountingIds())


class TestIdentityPageSellers(PageSellersConformance):
    @pytest.fixture
    async def ground(self, store: Store) -> PageSellersGround:
        active, waiting = a_seller(), a_seller("sel_0002", UserId("usr_0002"), "bens-books")
        active.approve()
        async with store.begin(InMemoryIdentityWork)() as work:
            await work.sellers.save(active)
            await work.sellers.save(waiting)
        return PageSellersGround(
            source=IdentityPageSellers(reader=InMemoryIdentityReader(store)),
            sellers=(
                PageSeller(seller_id=active.seller_id, name="Shop anns-teas", slug="anns-teas", active=True),
                PageSeller(seller_id=waiting.seller_id, name="Shop bens-books", slug="bens-books", active=False),
            ),
        )


class TestHostedPageVideos(PageVideosConformance):
    @pytest.fixture
    async def ground(self, store: Store) -> PageVideosGround:
        ready, uploaded, deleted = a_video(1), a_video(2), a_video(3)
        for video in (ready, uploaded):
            video.confirm_upload(NOW)
        ready.finish(PLAYBACK)
        deleted.delete()
        async with store.begin(InMemoryVideoWork)() as work:
            for video in (ready, uploaded, deleted):
                await work.videos.save(video)
        return PageVideosGround(
            source=HostedPageVideos(reader=InMemoryVideoReader(store)),
            videos=(
                PageVideo(
                    video_id=ready.video_id,
                    seller_id=POTTER,
                    ready=True,
                    poster_url=PLAYBACK.poster_url,
                    hls_url=PLAYBACK.hls_url,
                    duration_ms=2_000,
                    width=1280,
                    height=720,
                ),
                PageVideo(video_id=uploaded.video_id, seller_id=POTTER, ready=False),
            ),
        )

    async def test_a_deleted_video_does_not_exist(self, ground: PageVideosGround) -> None:
        assert await ground.source.look([VideoId("vid_0003")]) == {}


class TestCatalogPageProducts(PageProductsConformance):
    @pytest.fixture
    async def ground(self, store: Store) -> PageProductsGround:
        catalog = CatalogGround(begin=store.begin(InMemoryCatalogWork), reader=InMemoryCatalogReader(store))
        await catalog.put_published(a_product(1, prices=(900, 700)), stock=5)
        await catalog.put_published(a_product(2), stock=0)
        await catalog.put(a_product(3))
        return PageProductsGround(
            source=CatalogPageProducts(reader=catalog.reader),
            products=(
                PageProduct(
                    product_id=a_product(1).product_id,
                    seller_id=ADA,
                    title="Thing 1",
                    price=Money(700, "EUR"),
                    purchasable=True,
                    image_url="/pictures/img_prd_0001",
                ),
                PageProduct(
                    product_id=a_product(2).product_id,
                    seller_id=ADA,
                    title="Thing 2",
                    price=Money(1_000, "EUR"),
                    purchasable=False,
                    reason="sold_out",
                    image_url="/pictures/img_prd_0002",
                ),
                PageProduct(
                    product_id=a_product(3).product_id,
                    seller_id=ADA,
                    title="Thing 3",
                    price=Money(1_000, "EUR"),
                    listed=False,
                    purchasable=False,
                    reason="unpublished",
                ),
            ),
        )
