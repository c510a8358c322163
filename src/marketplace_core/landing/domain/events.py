"""What happened to seller pages."""

from attrs import frozen

from marketplace_core.kernel.ids import PageId, SellerId
from marketplace_core.kernel.messages import Event


@frozen(kw_only=True)
class PagePublished(Event):
    """The seller's page shows this version from now on."""

    page_id: PageId
    seller_id: SellerId
    version: int


@frozen(kw_only=True)
class PageUnpublished(Event):
    """The seller's page is no longer shown."""

    page_id: PageId
    seller_id: SellerId
