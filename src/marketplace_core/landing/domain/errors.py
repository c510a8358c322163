"""The complaints about seller pages."""

from marketplace_core.kernel.errors import InvalidInput, NotFound, RuleBroken


class PageNotFound(NotFound):
    """There is no such page, or it is not published."""

    code = "landing.not_found"


class SellerNotFound(NotFound):
    """There is no such shop."""

    code = "landing.seller_not_found"


class InvalidDocument(InvalidInput):
    """The page holds something no page may hold; ``facts["errors"]`` names each field and what is wrong with it."""

    code = "landing.invalid_document"


class PageNotReady(RuleBroken):
    """The draft cannot be published yet; ``facts["problems"]`` names every reason with its field and code."""

    code = "landing.not_ready"
