"""The in-memory videos, host and subjects keep their promises."""

import pytest

from marketplace_core.bridges.catalog_for_video import ProductSubjects
from marketplace_core.bridges.identity_for_video import ShopSubjects
from marketplace_core.catalog import CreateProduct, Shop
from marketplace_core.catalog.usecases.create_product import CreateProductHandler
from marketplace_core.identity import Seller
from marketplace_core.inmemory.catalog import InMemoryCatalogWork, InMemoryShops
from marketplace_core.inmemory.catalog_reader import InMemoryCatalogReader
from marketplace_core.inmemory.files import InMemoryFileStore
from marketplace_core.inmemory.identity import InMemoryIdentityReader, InMemoryIdentityWork
from marketplace_core.inmemory.store import Store
from marketplace_core.inmemory.video import InMemoryVideoHost, InMemoryVideoReader, InMemoryVideoWork
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import SellerId, UserId, VideoId
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.video import (
    CaptionTextsConformance,
    HostUnderTest,
    SubjectsConformance,
    VideoHostConformance,
    VideoReaderConformance,
    VideosConformance,
    VideoStore,
)
from marketplace_core.video.ports import HostedVideo, Subjects


class _OverMemory:
    @pytest.fixture
    def store(self) -> VideoStore:
        store = Store(FrozenClock(), CountingIds())
        return VideoStore(begin=store.begin(InMemoryVideoWork), reader=InMemoryVideoReader(store))


class TestInMemoryVideos(_OverMemory, VideosConformance):
    pass


class TestInMemoryVideoReader(_OverMemory, VideoReaderConformance):
    pass


class TestInMemoryCaptionTexts(_OverMemory, CaptionTextsConformance):
    pass


class TestProductSubjects(SubjectsConformance):
    """The products of the catalogue, through the bridge."""

    @pytest.fixture
    async def subjects(self) -> tuple[Subjects, str, SellerId]:
        clock, ids = FrozenClock(), CountingIds()
        store = Store(clock, ids)
        shops = InMemoryShops(Shop(seller_id=SellerId("sel_1"), name="Pots", slug="pots", currency="EUR", active=True))
        create = CreateProductHandler(begin=store.begin(InMemoryCatalogWork), sellers=shops, clock=clock, ids=ids)
        product = await create(CreateProduct(seller_id=SellerId("sel_1"), title="Pot"), SYSTEM)
        subjects = ProductSubjects(reader=InMemoryCatalogReader(store))
        return subjects, f"product:{product.product_id}", SellerId("sel_1")


class TestShopSubjects(SubjectsConformance):
    """Shops, through the bridge, before the products."""

    @pytest.fixture
    async def subjects(self) -> tuple[Subjects, str, SellerId]:
        clock = FrozenClock()
        store = Store(clock, CountingIds())
        pots = Seller.apply(
            SellerId("sel_1"), UserId("usr_1"), name="Pots", slug="pots", country="DE", currency="EUR", now=clock.now()
        )
        async with store.begin(InMemoryIdentityWork)() as work:
            await work.sellers.save(pots)
        products = ProductSubjects(reader=InMemoryCatalogReader(store))
        subjects = ShopSubjects(reader=InMemoryIdentityReader(store), others=products)
        return subjects, "shop:sel_1", SellerId("sel_1")


class TestInMemoryVideoHost(VideoHostConformance):
    @pytest.fixture
    def hosted(self) -> HostUnderTest:
        files = InMemoryFileStore(FrozenClock())
        host = InMemoryVideoHost(files)

        async def upload(content: bytes) -> str:
            await files.write("videos/x.mp4", content, content_type="video/mp4")
            return "videos/x.mp4"

        async def settle(video_id: VideoId) -> HostedVideo:
            return await host.look(video_id)

        return HostUnderTest(host=host, upload=upload, clip=b"\0\0\0\x18ftypmp42....moov..hdlr....vide", settle=settle)
