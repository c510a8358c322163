"""Landing: seller pages from a validated template, drafted, published, every published version kept."""

from marketplace_core.landing.domain.document import PRODUCTS_MAX, TEMPLATE, CallToAction, PageDocument
from marketplace_core.landing.domain.errors import InvalidDocument, PageNotFound, PageNotReady, SellerNotFound
from marketplace_core.landing.domain.events import PagePublished, PageUnpublished
from marketplace_core.landing.domain.link import link_problem
from marketplace_core.landing.domain.page import LandingPage, PageVersion
from marketplace_core.landing.domain.parts import PageProduct, PageSeller, PageVideo
from marketplace_core.landing.domain.readiness import PageProblem
from marketplace_core.landing.domain.view import PageView
from marketplace_core.landing.handlers import answers, handlers
from marketplace_core.landing.queries import (
    DraftRow,
    DraftView,
    LandingReader,
    ListVersions,
    ViewDraft,
    ViewPage,
    ViewVersion,
)
from marketplace_core.landing.usecases.publish_page import PageLive, PublishPage
from marketplace_core.landing.usecases.save_draft import DraftSaved, SaveDraft
from marketplace_core.landing.usecases.unpublish_page import PageDown, UnpublishPage

__all__ = [
    "PRODUCTS_MAX",
    "TEMPLATE",
    "CallToAction",
    "DraftRow",
    "DraftSaved",
    "DraftView",
    "InvalidDocument",
    "LandingPage",
    "LandingReader",
    "ListVersions",
    "PageDocument",
    "PageDown",
    "PageLive",
    "PageNotFound",
    "PageNotReady",
    "PageProblem",
    "PageProduct",
    "PagePublished",
    "PageSeller",
    "PageUnpublished",
    "PageVersion",
    "PageVideo",
    "PageView",
    "PublishPage",
    "SaveDraft",
    "SellerNotFound",
    "UnpublishPage",
    "ViewDraft",
    "ViewPage",
    "ViewVersion",
    "answers",
    "handlers",
    "link_problem",
]
