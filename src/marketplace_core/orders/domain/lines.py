"""What is being bought: lines of a basket, offers as the catalog sells them, lines as they were agreed."""

from attrs import frozen

from marketplace_core.kernel.ids import CartId, OfferId, ProductId, SellerId
from marketplace_core.kernel.money import Money


@frozen(kw_only=True)
class BasketLine:
    """So many of an offer; ``unit_price_seen`` is what the buyer was shown when they took it."""

    offer_id: OfferId
    quantity: int
    unit_price_seen: Money


@frozen(kw_only=True)
class OpenBasket:
    """A buyer's open cart; ``version`` says which state of it was read, ``voucher_code`` what the buyer entered."""

    cart_id: CartId
    version: int
    lines: tuple[BasketLine, ...]
    voucher_code: str | None = None


@frozen(kw_only=True)
class OfferOnSale:
    """An offer as it stands now. ``obstacle`` says why it cannot be bought, stock aside; ``available`` is the stock."""

    offer_id: OfferId
    product_id: ProductId
    seller_id: SellerId
    seller_name: str
    title: str
    variant_title: str
    sku: str | None
    unit_price: Money
    available: int
    obstacle: str | None = None
    image_url: str | None = None


@frozen(kw_only=True)
class OrderLine:
    """A line as agreed: copied from the offer, so that later changes of the product change nothing here.

    Of its total, a voucher took ``discount_minor`` off at the seller's expense, ``subsidy_minor`` at the platform's.
    """

    offer_id: OfferId
    product_id: ProductId
    title: str
    variant_title: str
    sku: str | None
    quantity: int
    unit_price: Money
    image_url: str | None = None
    discount_minor: int = 0
    subsidy_minor: int = 0

    @property
    def total(self) -> Money:
        """Unit price times quantity, before discounts."""
        return self.unit_price * self.quantity


@frozen(kw_only=True)
class Units:
    """So many of a line of an order."""

    offer_id: OfferId
    quantity: int


@frozen(kw_only=True)
class Demand:
    """So many of an offer to be held in stock."""

    offer_id: OfferId
    quantity: int
