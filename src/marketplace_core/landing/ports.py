"""What seller pages need from outside."""

from collections.abc import Collection, Mapping
from typing import Protocol

from marketplace_core.kernel.ids import ProductId, SellerId, VideoId
from marketplace_core.kernel.work import UnitOfWork
from marketplace_core.landing.domain.page import LandingPage
from marketplace_core.landing.domain.parts import PageProduct, PageSeller, PageVideo


class Pages(Protocol):
    """All seller pages, at most one per seller."""

    async def of_seller(self, seller_id: SellerId) -> LandingPage | None:
        """Return the seller's page, if they have started one."""
        ...

    async def save(self, page: LandingPage) -> None:
        """Store a page; a version published since the last save is added to those kept.

        Raises ``ConcurrentUpdate`` if the page was changed since it was read, or started by somebody else.
        """
        ...


class PagesWork(UnitOfWork, Protocol):
    """What changes together in landing."""

    @property
    def pages(self) -> Pages:
        """All seller pages."""
        ...


class PageSellers(Protocol):
    """Who sells here."""

    async def by_id(self, seller_id: SellerId) -> PageSeller | None:
        """Return the seller, if there is one."""
        ...

    async def by_slug(self, slug: str) -> PageSeller | None:
        """Return the seller whose shop has this address, if there is one."""
        ...


class PageVideos(Protocol):
    """Videos that pages show."""

    async def look(self, video_ids: Collection[VideoId]) -> Mapping[VideoId, PageVideo]:
        """Describe the videos that exist; unknown and deleted ones are left out. At most one query."""
        ...


class PageProducts(Protocol):
    """Products that pages show."""

    async def look(self, product_ids: Collection[ProductId]) -> Mapping[ProductId, PageProduct]:
        """Describe the products, listed or not; unknown ones are left out. At most one query."""
        ...
