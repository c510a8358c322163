"""Seller pages in memory."""

from collections.abc import Collection, Mapping
from typing import Final, final

from marketplace_core.inmemory.store import InMemoryWork, Store, Table
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import ProductId, SellerId, VideoId
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest
from marketplace_core.landing import (
    DraftRow,
    LandingPage,
    LandingReader,
    PageProduct,
    PageSeller,
    PageVersion,
    PageVideo,
)
from marketplace_core.landing.ports import PageProducts, Pages, PageSellers, PagesWork, PageVideos

_PAGES: Final = "landing_pages"
_VERSIONS: Final = "landing_versions"


@final
class InMemoryPages(Pages):
    """Pages in a table, their versions in another."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows: Table[LandingPage] = store.table(_PAGES)
        self._versions: Table[PageVersion] = store.table(_VERSIONS)

    async def of_seller(self, seller_id: SellerId) -> LandingPage | None:
        """Return the seller's page."""
        return next(iter(self._rows.find(lambda page: page.seller_id == seller_id)), None)

    async def save(self, page: LandingPage) -> None:
        """Store a page; a second one of the same seller is a concurrent update."""
        if any(other.seller_id == page.seller_id and other.page_id != page.page_id for other in self._rows):
            raise ConcurrentUpdate("The seller has another page.")
        self._store.save(self._rows, page.page_id, page)
        if page.current is not None and (page.seller_id, page.current.number) not in self._versions:
            self._versions.put((page.seller_id, page.current.number), page.current)


@final
class InMemoryPagesWork(InMemoryWork, PagesWork):
    """Landing's unit of work in memory."""

    @property
    def pages(self) -> InMemoryPages:
        """All seller pages."""
        return InMemoryPages(self.store)


@final
class InMemoryLandingReader(LandingReader):
    """Reads the same tables."""

    def __init__(self, store: Store) -> None:
        self._rows: Table[LandingPage] = store.table(_PAGES)
        self._versions: Table[PageVersion] = store.table(_VERSIONS)

    async def public_version(self, seller_id: SellerId) -> PageVersion | None:
        """Return the version that visitors see."""
        return next((page.current for page in self._rows if page.seller_id == seller_id and page.is_public), None)

    async def draft(self, seller_id: SellerId) -> DraftRow | None:
        """Return the page with its draft."""
        return next(
            (
                DraftRow(
                    page_id=page.page_id,
                    version=page.version,
                    document=page.draft,
                    saved_at=page.draft_saved_at,
                    published_number=page.current.number if page.current and page.is_public else None,
                )
                for page in self._rows
                if page.seller_id == seller_id
            ),
            None,
        )

    async def version(self, seller_id: SellerId, number: int) -> PageVersion | None:
        """Return a version that was published at some time."""
        return self._versions.get((seller_id, number))

    async def versions(self, seller_id: SellerId, page: PageRequest) -> Page[PageVersion]:
        """Return the published versions, the newest first; the cursor is the last number shown."""
        current = next((row.current for row in self._rows if row.seller_id == seller_id), None)
        below = current.number + 1 if current else 1
        if page.cursor is not None:
            if not (page.cursor.isascii() and page.cursor.isdecimal() and len(page.cursor) <= 9):
                raise InvalidCursor("The cursor was not made by this list.")
            below = min(below, int(page.cursor))
        numbers = range(below - 1, 0, -1)
        found = [self._versions.get((seller_id, number)) for number in numbers[: page.limit]]
        items = tuple(version for version in found if version is not None)
        more = len(numbers) > page.limit
        return Page(items=items, next_cursor=str(items[-1].number) if more else None)


@final
class InMemoryPageSellers(PageSellers):
    """Sellers that a test names."""

    def __init__(self, *sellers: PageSeller) -> None:
        self.known: dict[SellerId, PageSeller] = {seller.seller_id: seller for seller in sellers}

    async def by_id(self, seller_id: SellerId) -> PageSeller | None:
        """Return the seller."""
        return self.known.get(seller_id)

    async def by_slug(self, slug: str) -> PageSeller | None:
        """Return the seller with that address."""
        return next((seller for seller in self.known.values() if seller.slug == slug), None)


@final
class InMemoryPageVideos(PageVideos):
    """Videos that a test names."""

    def __init__(self, *videos: PageVideo) -> None:
        self.known: dict[VideoId, PageVideo] = {video.video_id: video for video in videos}

    async def look(self, video_ids: Collection[VideoId]) -> Mapping[VideoId, PageVideo]:
        """Describe those that are known."""
        return {video_id: self.known[video_id] for video_id in video_ids if video_id in self.known}


@final
class InMemoryPageProducts(PageProducts):
    """Products that a test names."""

    def __init__(self, *products: PageProduct) -> None:
        self.known: dict[ProductId, PageProduct] = {product.product_id: product for product in products}

    async def look(self, product_ids: Collection[ProductId]) -> Mapping[ProductId, PageProduct]:
        """Describe those that are known."""
        return {product_id: self.known[product_id] for product_id in product_ids if product_id in self.known}
