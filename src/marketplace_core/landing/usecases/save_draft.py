"""Save the draft of a seller's page."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, PageId, SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.landing.domain.document import PageDocument
from marketplace_core.landing.domain.errors import SellerNotFound
from marketplace_core.landing.domain.page import LandingPage
from marketplace_core.landing.domain.readiness import PageProblem, page_problems
from marketplace_core.landing.ports import PageProducts, PageSellers, PagesWork, PageVideos


@frozen(kw_only=True)
class DraftSaved:
    """The draft is kept at this version; ``problems`` would keep it from being published."""

    page_id: PageId
    version: int
    saved_at: datetime
    problems: tuple[PageProblem, ...]


@frozen(kw_only=True)
class SaveDraft(Command[DraftSaved]):
    """Replace the draft of a seller's page, if the page is still at ``expected_version``."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_id: SellerId
    document: PageDocument
    expected_version: int | None = None


@frozen(kw_only=True)
class SaveDraftHandler:
    """Save the draft of your page.

    - Visitors keep seeing what is published until you publish again.
    - A draft may be unfinished; what would keep it from being published is listed, and it is saved all the same.
    - Texts are plain: no control characters, within their lengths; markup is shown as the characters it is made of.
    - If you say which version of the page you looked at, a page that changed since stays as it is.
    """

    begin: Begin[PagesWork]
    sellers: PageSellers
    videos: PageVideos
    products: PageProducts
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: SaveDraft, by: Actor) -> DraftSaved:
        by.require_seller(command.seller_id)
        document, now = command.document, self.clock.now()
        async with self.begin() as work:
            seller = await self.sellers.by_id(command.seller_id)
            if seller is None:
                raise SellerNotFound("There is no such shop.")
            page = await work.pages.of_seller(command.seller_id)
            if page is None:
                page = LandingPage.start(page_id=PageId(self.ids.new("pge")), seller_id=seller.seller_id, now=now)
            page.require_version(command.expected_version)
            page.save_draft(document, now=now)
            await work.pages.save(page)
            problems = page_problems(
                document,
                seller=seller,
                videos=await self.videos.look([document.hero_video] if document.hero_video else []),
                products=await self.products.look(document.products),
            )
        return DraftSaved(page_id=page.page_id, version=page.version, saved_at=now, problems=problems)
