"""What happened in the catalogue."""

from attrs import frozen

from marketplace_core.kernel.ids import OfferId, ProductId, SellerId, VideoId
from marketplace_core.kernel.messages import Event
from marketplace_core.kernel.money import Money


@frozen(kw_only=True)
class ProductPublished(Event):
    """A product can be seen and bought."""

    product_id: ProductId
    seller_id: SellerId
    title: str


@frozen(kw_only=True)
class ProductChanged(Event):
    """Something that buyers see of a published product changed: texts, category, variants, pictures, visibility."""

    product_id: ProductId


@frozen(kw_only=True)
class ProductUnpublished(Event):
    """A published product was withdrawn or archived."""

    product_id: ProductId


@frozen(kw_only=True)
class OfferPriceChanged(Event):
    """An offer costs something else than before."""

    product_id: ProductId
    offer_id: OfferId
    old: Money
    new: Money


@frozen(kw_only=True)
class StockChanged(Event):
    """The seller changed the count of an offer, or orders took its last unit or brought one back.

    Orders that leave some units do not say so each time: whoever needs the exact count asks for it.
    """

    product_id: ProductId
    offer_id: OfferId
    available: int


@frozen(kw_only=True)
class ProductVideoChanged(Event):
    """The product's video was attached, replaced, got ready, failed or was taken away."""

    product_id: ProductId
    video_id: VideoId
