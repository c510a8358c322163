"""Take a seller's page down."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import PageId, SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.landing.domain.errors import PageNotFound
from marketplace_core.landing.ports import PagesWork


@frozen(kw_only=True)
class PageDown:
    """Nobody sees the page any more."""

    page_id: PageId


@frozen(kw_only=True)
class UnpublishPage(Command[PageDown]):
    """Stop showing a seller's page."""

    permission: ClassVar[Permission] = Permission.SELLER
    seller_id: SellerId


@frozen(kw_only=True)
class UnpublishPageHandler:
    """Take your page down.

    - Draft and published versions stay; publishing shows the page again.
    - A page that is not public stays as it is.
    """

    begin: Begin[PagesWork]

    async def __call__(self, command: UnpublishPage, by: Actor) -> PageDown:
        by.require_seller(command.seller_id)
        async with self.begin() as work:
            page = await work.pages.of_seller(command.seller_id)
            if page is None:
                raise PageNotFound("There is no such page.")
            if page.is_public:
                page.unpublish()
                await work.pages.save(page)
        return PageDown(page_id=page.page_id)
