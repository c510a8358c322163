"""What the cart needs to know of an offer."""

from attrs import frozen

from marketplace_core.kernel.ids import OfferId, ProductId, SellerId
from marketplace_core.kernel.money import Money


@frozen(kw_only=True)
class OfferNow:
    """An offer as it stands at this moment; ``reason`` says why it cannot be bought when ``purchasable`` is false."""

    offer_id: OfferId
    product_id: ProductId
    seller_id: SellerId
    seller_name: str
    title: str
    variant_title: str
    price: Money
    available: int
    purchasable: bool
    reason: str | None = None
    image_url: str | None = None
