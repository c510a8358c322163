"""What may be asked about seller pages."""

from datetime import datetime
from typing import ClassVar, Protocol

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import PageId, SellerId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.paging import Page, PageRequest
from marketplace_core.landing.domain.document import PageDocument
from marketplace_core.landing.domain.errors import PageNotFound
from marketplace_core.landing.domain.page import PageVersion
from marketplace_core.landing.domain.parts import PageSeller
from marketplace_core.landing.domain.readiness import PageProblem, page_problems
from marketplace_core.landing.domain.view import PageView, page_view
from marketplace_core.landing.ports import PageProducts, PageSellers, PageVideos


@frozen(kw_only=True)
class DraftRow:
    """A seller's page as stored."""

    page_id: PageId
    version: int
    document: PageDocument
    saved_at: datetime
    published_number: int | None
    """The version that is public, if one is."""


@frozen(kw_only=True)
class DraftView:
    """A seller's draft, what would keep it from being published, and how visitors would see it."""

    page_id: PageId
    version: int
    document: PageDocument
    saved_at: datetime
    published_number: int | None
    problems: tuple[PageProblem, ...]
    preview: PageView


class LandingReader(Protocol):
    """Reads seller pages. One query each."""

    async def public_version(self, seller_id: SellerId) -> PageVersion | None:
        """Return the version that visitors see, if the page is public."""
        ...

    async def draft(self, seller_id: SellerId) -> DraftRow | None:
        """Return the page with its draft, if the seller has started one."""
        ...

    async def version(self, seller_id: SellerId, number: int) -> PageVersion | None:
        """Return a version that was published at some time."""
        ...

    async def versions(self, seller_id: SellerId, page: PageRequest) -> Page[PageVersion]:
        """Return the published versions, the newest first. Raises ``InvalidCursor``."""
        ...


@frozen(kw_only=True)
class ViewPage(Query[PageView]):
    """Show a shop's page to a visitor."""

    permission: ClassVar[Permission] = Permission.ANYONE
    slug: str


@frozen(kw_only=True)
class ViewDraft(Query[DraftView]):
    """Show a seller the draft of their page."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_id: SellerId


@frozen(kw_only=True)
class ViewVersion(Query[PageVersion]):
    """Show a seller a version they published at some time."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_id: SellerId
    number: int


@frozen(kw_only=True)
class ListVersions(Query[Page[PageVersion]]):
    """List the versions a seller published, the newest first."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_id: SellerId
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ViewPageHandler:
    """See a shop's page.

    - Only what is published is shown, with today's prices; a shop that may not sell has no page.
    """

    reader: LandingReader
    sellers: PageSellers
    videos: PageVideos
    products: PageProducts

    async def __call__(self, query: ViewPage, by: Actor) -> PageView:
        seller = await self.sellers.by_slug(query.slug)
        if seller is None or not seller.active:
            raise PageNotFound("There is no such page.")
        public = await self.reader.public_version(seller.seller_id)
        if public is None:
            raise PageNotFound("There is no such page.")
        document = public.document
        return page_view(
            document,
            version=public.number,
            seller=seller,
            videos=await self.videos.look([document.hero_video] if document.hero_video else []),
            products=await self.products.look(document.products),
        )


@frozen(kw_only=True)
class ViewDraftHandler:
    """See the draft of your page, how visitors would see it, and what would keep it from being published."""

    reader: LandingReader
    sellers: PageSellers
    videos: PageVideos
    products: PageProducts

    async def __call__(self, query: ViewDraft, by: Actor) -> DraftView:
        by.require_seller(query.seller_id)
        seller: PageSeller | None = await self.sellers.by_id(query.seller_id)
        row = await self.reader.draft(query.seller_id)
        if seller is None or row is None:
            raise PageNotFound("There is no such page.")
        document = row.document
        videos = await self.videos.look([document.hero_video] if document.hero_video else [])
        products = await self.products.look(document.products)
        return DraftView(
            page_id=row.page_id,
            version=row.version,
            document=document,
            saved_at=row.saved_at,
            published_number=row.published_number,
            problems=page_problems(document, seller=seller, videos=videos, products=products),
            preview=page_view(document, version=None, seller=seller, videos=videos, products=products),
        )


@frozen(kw_only=True)
class ViewVersionHandler:
    """See a version of your page as it was published; to go back to it, save it as the draft and publish."""

    reader: LandingReader

    async def __call__(self, query: ViewVersion, by: Actor) -> PageVersion:
        by.require_seller(query.seller_id)
        version = await self.reader.version(query.seller_id, query.number)
        if version is None:
            raise PageNotFound("There is no such page.")
        return version


@frozen(kw_only=True)
class ListVersionsHandler:
    """List the versions of your page that were published, the newest first."""

    reader: LandingReader

    async def __call__(self, query: ListVersions, by: Actor) -> Page[PageVersion]:
        by.require_seller(query.seller_id)
        return await self.reader.versions(query.seller_id, query.page)
