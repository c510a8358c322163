"""Publish a seller's page."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import PageId, SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.landing.domain.errors import PageNotFound, SellerNotFound
from marketplace_core.landing.domain.readiness import page_problems
from marketplace_core.landing.ports import PageProducts, PageSellers, PagesWork, PageVideos


@frozen(kw_only=True)
class PageLive:
    """The page is public under ``slug`` and shows version ``number``."""

    page_id: PageId
    slug: str
    number: int
    published_at: datetime


@frozen(kw_only=True)
class PublishPage(Command[PageLive]):
    """Show the draft of a seller's page to everybody, if the page is still at ``expected_version``."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_id: SellerId
    expected_version: int | None = None


@frozen(kw_only=True)
class PublishPageHandler:
    """Show your page to everybody.

    - It needs a hero video of yours that plays and has a poster, 1 to 12 products of yours that can be bought, and a
      call to action that leads to an https address, a mailbox, or a place of this site.
    - Everything that is missing is named at once, and nothing changes until all of it is there.
    - Every published version is kept. Publishing what is public already changes nothing.
    """

    begin: Begin[PagesWork]
    sellers: PageSellers
    videos: PageVideos
    products: PageProducts
    clock: Clock

    async def __call__(self, command: PublishPage, by: Actor) -> PageLive:
        by.require_seller(command.seller_id)
        async with self.begin() as work:
            seller = await self.sellers.by_id(command.seller_id)
            if seller is None:
                raise SellerNotFound("There is no such shop.")
            page = await work.pages.of_seller(command.seller_id)
            if page is None:
                raise PageNotFound("There is no such page.")
            page.require_version(command.expected_version)
            draft, before = page.draft, (page.current, page.is_public)
            problems = page_problems(
                draft,
                seller=seller,
                videos=await self.videos.look([draft.hero_video] if draft.hero_video else []),
                products=await self.products.look(draft.products),
            )
            page.publish(problems, now=self.clock.now())
            if (page.current, page.is_public) != before:
                await work.pages.save(page)
            assert page.current is not None
        return PageLive(
            page_id=page.page_id,
            slug=seller.slug,
            number=page.current.number,
            published_at=page.current.published_at,
        )
