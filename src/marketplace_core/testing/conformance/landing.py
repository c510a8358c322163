"""What every store of seller pages, and every source for what they show, must do."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import frozen

from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import PageId, ProductId, SellerId, VideoId
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.kernel.work import Begin
from marketplace_core.landing import (
    CallToAction,
    LandingPage,
    LandingReader,
    PageDocument,
    PageProduct,
    PageSeller,
    PageVersion,
    PageVideo,
)
from marketplace_core.landing.ports import PageProducts, PageSellers, PagesWork, PageVideos

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
MIA = SellerId("sel_mia")
LEO = SellerId("sel_leo")
HOSTILE = "<script>alert(1)</script>{{7*7}}${7*7}<%= 7 %>\n\"'`&lt; 😀 Привет"


def a_document(headline: str = "Hand-made guitars") -> PageDocument:
    """Describe a complete page."""
    return PageDocument(
        headline=headline,
        text=HOSTILE,
        hero_video=VideoId("vid_1"),
        products=(ProductId("prd_2"), ProductId("prd_1")),
        call_to_action=CallToAction(label="See all", target="https://guitars.example/all?page=1#top"),
    )


def a_page(seller_id: SellerId = MIA, page_id: str = "pge_1") -> LandingPage:
    """Start a page with a complete draft."""
    page = LandingPage.start(page_id=PageId(page_id), seller_id=seller_id, now=NOW)
    page.save_draft(a_document(), now=NOW + timedelta(minutes=1))
    return page


@frozen(kw_only=True)
class LandingGround:
    """One empty store of seller pages, to write and to read."""

    begin: Begin[PagesWork]
    reader: LandingReader

    async def save(self, page: LandingPage) -> None:
        """Store a page in a transaction of its own."""
        async with self.begin() as work:
            await work.pages.save(page)

    async def page_of(self, seller_id: SellerId) -> LandingPage:
        """Read a page that is there."""
        async with self.begin() as work:
            page = await work.pages.of_seller(seller_id)
        assert page is not None
        return page

    async def publish(self, seller_id: SellerId, headline: str, at: datetime) -> PageVersion:
        """Publish the seller's page with another headline."""
        page = await self.page_of(seller_id)
        page.save_draft(a_document(headline), now=at)
        page.publish((), now=at)
        await self.save(page)
        assert page.current is not None
        return page.current


@pytest.mark.conformance
class PagesConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> LandingGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_a_seller_without_a_page_has_nothing(self, ground: LandingGround) -> None:
        async with ground.begin() as work:
            assert await work.pages.of_seller(MIA) is None

        assert await ground.reader.draft(MIA) is None
        assert await ground.reader.public_version(MIA) is None
        assert await ground.reader.version(MIA, 1) is None
        assert (await ground.reader.versions(MIA, PageRequest())).items == ()

    async def test_a_draft_comes_back_as_it_was_saved_and_is_not_public(self, ground: LandingGround) -> None:
        await ground.save(a_page())

        kept = await ground.page_of(MIA)
        row = await ground.reader.draft(MIA)

        assert (kept.page_id, kept.seller_id, kept.version) == ("pge_1", MIA, 1)
        assert (kept.draft, kept.draft_saved_at) == (a_document(), NOW + timedelta(minutes=1))
        assert (kept.current, kept.is_public) == (None, False)
        assert row is not None
        assert (row.page_id, row.version, row.document, row.saved_at) == (
            "pge_1",
            1,
            a_document(),
            kept.draft_saved_at,
        )
        assert row.published_number is None
        assert await ground.reader.public_version(MIA) is None

    async def test_an_empty_draft_is_kept_too(self, ground: LandingGround) -> None:
        await ground.save(LandingPage.start(page_id=PageId("pge_1"), seller_id=MIA, now=NOW))

        assert (await ground.page_of(MIA)).draft == PageDocument()

    async def test_every_published_version_is_kept(self, ground: LandingGround) -> None:
        await ground.save(a_page())

        first = await ground.publish(MIA, "One", NOW + timedelta(hours=1))
        second = await ground.publish(MIA, "Two", NOW + timedelta(hours=2))

        assert (first.number, second.number) == (1, 2)
        assert await ground.reader.public_version(MIA) == second
        assert await ground.reader.version(MIA, 1) == first
        assert await ground.reader.version(MIA, 2) == second
        assert await ground.reader.version(MIA, 3) is None
        assert await ground.reader.version(LEO, 1) is None

    async def test_a_later_draft_changes_nothing_public(self, ground: LandingGround) -> None:
        await ground.save(a_page())
        public = await ground.publish(MIA, "One", NOW)
        page = await ground.page_of(MIA)
        page.save_draft(PageDocument(headline="Half done"), now=NOW)
        await ground.save(page)

        row = await ground.reader.draft(MIA)

        assert await ground.reader.public_version(MIA) == public
        assert row is not None
        assert (row.document.headline, row.published_number) == ("Half done", 1)

    async def test_an_unpublished_page_keeps_its_versions(self, ground: LandingGround) -> None:
        await ground.save(a_page())
        version = await ground.publish(MIA, "One", NOW)
        page = await ground.page_of(MIA)
        page.unpublish()
        await ground.save(page)

        row = await ground.reader.draft(MIA)

        assert await ground.reader.public_version(MIA) is None
        assert await ground.reader.version(MIA, 1) == version
        assert row is not None
        assert row.published_number is None
        assert (await ground.page_of(MIA)).current == version

    async def test_versions_are_listed_newest_first_in_pages(self, ground: LandingGround) -> None:
        await ground.save(a_page())
        await ground.save(a_page(LEO, "pge_2"))
        published = [await ground.publish(MIA, f"No. {hour}", NOW + timedelta(hours=hour)) for hour in range(5)]
        await ground.publish(LEO, "Another shop", NOW)

        first = await ground.reader.versions(MIA, PageRequest(limit=2))
        second = await ground.reader.versions(MIA, PageRequest(limit=2, cursor=first.next_cursor))
        third = await ground.reader.versions(MIA, PageRequest(limit=2, cursor=second.next_cursor))

        assert [*first.items, *second.items, *third.items] == published[::-1]
        assert third.next_cursor is None

    @pytest.mark.parametrize("cursor", ["x", "-1", "1.5", "", "²", "99999999999999999999"])
    async def test_a_cursor_that_no_list_made_is_refused(self, ground: LandingGround, cursor: str) -> None:
        with pytest.raises(InvalidCursor):
            await ground.reader.versions(MIA, PageRequest(cursor=cursor))

    async def test_saving_what_somebody_else_changed_is_a_concurrent_update(self, ground: LandingGround) -> None:
        await ground.save(a_page())
        mine, theirs = await ground.page_of(MIA), await ground.page_of(MIA)
        await ground.save(theirs)

        with pytest.raises(ConcurrentUpdate):
            await ground.save(mine)

    async def test_a_second_page_of_a_seller_is_a_concurrent_update(self, ground: LandingGround) -> None:
        await ground.save(a_page(MIA, "pge_1"))

        with pytest.raises(ConcurrentUpdate):
            await ground.save(a_page(MIA, "pge_2"))

        assert (await ground.page_of(MIA)).page_id == "pge_1"


@frozen(kw_only=True)
class PageSellersGround:
    """A source that knows exactly these sellers, one of whom is not active."""

    source: PageSellers
    sellers: tuple[PageSeller, ...]


@pytest.mark.conformance
class PageSellersConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PageSellersGround:
        """Return a source and whom it knows."""
        raise NotImplementedError

    async def test_an_unknown_seller_is_none(self, ground: PageSellersGround) -> None:
        assert await ground.source.by_id(SellerId("sel_none")) is None
        assert await ground.source.by_slug("no-such-shop") is None

    async def test_an_identifier_is_no_slug(self, ground: PageSellersGround) -> None:
        assert await ground.source.by_slug(ground.sellers[0].seller_id) is None

    async def test_a_seller_is_found_both_ways_active_or_not(self, ground: PageSellersGround) -> None:
        assert {seller.active for seller in ground.sellers} == {True, False}
        for seller in ground.sellers:
            assert await ground.source.by_id(seller.seller_id) == seller
            assert await ground.source.by_slug(seller.slug) == seller


@frozen(kw_only=True)
class PageVideosGround:
    """A source that knows exactly these videos, one of which is not ready."""

    source: PageVideos
    videos: tuple[PageVideo, ...]


@pytest.mark.conformance
class PageVideosConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PageVideosGround:
        """Return a source and what it knows."""
        raise NotImplementedError

    async def test_unknown_videos_are_left_out(self, ground: PageVideosGround) -> None:
        assert await ground.source.look([]) == {}
        assert await ground.source.look([VideoId("vid_none")]) == {}

    async def test_known_videos_are_described_ready_or_not(self, ground: PageVideosGround) -> None:
        assert {video.ready for video in ground.videos} == {True, False}
        found = await ground.source.look([video.video_id for video in ground.videos])

        assert found == {video.video_id: video for video in ground.videos}


@frozen(kw_only=True)
class PageProductsGround:
    """A source that knows exactly these products: one to be bought, one sold out, one that is not listed."""

    source: PageProducts
    products: tuple[PageProduct, ...]


@pytest.mark.conformance
class PageProductsConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PageProductsGround:
        """Return a source and what it knows."""
        raise NotImplementedError

    async def test_unknown_products_are_left_out(self, ground: PageProductsGround) -> None:
        assert await ground.source.look([]) == {}
        assert await ground.source.look([ProductId("prd_none")]) == {}

    async def test_products_are_described_and_say_why_they_cannot_be_bought(self, ground: PageProductsGround) -> None:
        assert {(product.listed, product.purchasable) for product in ground.products} == {
            (True, True),
            (True, False),
            (False, False),
        }
        found = await ground.source.look([product.product_id for product in ground.products])

        assert found == {product.product_id: product for product in ground.products}
        assert all(product.purchasable or product.reason for product in found.values())
