"""Landing's tables: command → handler, query → answer."""

from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory
from marketplace_core.kernel.messages import Answers, Handlers
from marketplace_core.kernel.work import Begin
from marketplace_core.landing.ports import PageProducts, PageSellers, PagesWork, PageVideos
from marketplace_core.landing.queries import (
    LandingReader,
    ListVersions,
    ListVersionsHandler,
    ViewDraft,
    ViewDraftHandler,
    ViewPage,
    ViewPageHandler,
    ViewVersion,
    ViewVersionHandler,
)
from marketplace_core.landing.usecases.publish_page import PublishPage, PublishPageHandler
from marketplace_core.landing.usecases.save_draft import SaveDraft, SaveDraftHandler
from marketplace_core.landing.usecases.unpublish_page import UnpublishPage, UnpublishPageHandler


def handlers(
    *,
    begin: Begin[PagesWork],
    sellers: PageSellers,
    videos: PageVideos,
    products: PageProducts,
    clock: Clock,
    ids: IdFactory,
) -> Handlers:
    """Return who carries out which command."""
    return {
        SaveDraft: SaveDraftHandler(
            begin=begin, sellers=sellers, videos=videos, products=products, clock=clock, ids=ids
        ),
        PublishPage: PublishPageHandler(begin=begin, sellers=sellers, videos=videos, products=products, clock=clock),
        UnpublishPage: UnpublishPageHandler(begin=begin),
    }


def answers(*, reader: LandingReader, sellers: PageSellers, videos: PageVideos, products: PageProducts) -> Answers:
    """Return who answers which query."""
    return {
        ViewPage: ViewPageHandler(reader=reader, sellers=sellers, videos=videos, products=products),
        ViewDraft: ViewDraftHandler(reader=reader, sellers=sellers, videos=videos, products=products),
        ViewVersion: ViewVersionHandler(reader=reader),
        ListVersions: ListVersionsHandler(reader=reader),
    }
