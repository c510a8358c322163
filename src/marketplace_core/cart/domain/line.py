"""A line of a cart, and where it came from."""

from datetime import datetime
from typing import Final, TypeAlias

from attrs import field, frozen

from marketplace_core.cart.domain.errors import InvalidQuantity, InvalidSource, LimitExceeded
from marketplace_core.kernel.ids import CartLineId, OfferId, PageId, ProductId, SellerId, VideoId
from marketplace_core.kernel.money import Money

UNITS_MAX: Final = 1_000
"""The most units of one offer that a cart holds."""
VIDEO_MILLISECONDS_MAX: Final = 24 * 60 * 60 * 1_000


def _moment(_: object, __: object, at_ms: int) -> None:
    if type(at_ms) is not int or not 0 <= at_ms <= VIDEO_MILLISECONDS_MAX:
        raise InvalidSource("A moment of a video is a whole number of milliseconds from its beginning.", field="at_ms")


@frozen
class FromVideo:
    """The buyer put it in while watching: which video, and how many milliseconds from its beginning."""

    video_id: VideoId
    at_ms: int = field(validator=_moment)


@frozen
class FromPage:
    """The buyer put it in on a seller's landing page."""

    page_id: PageId


LineSource: TypeAlias = FromVideo | FromPage


def checked_quantity(quantity: int) -> int:
    """Return the quantity. Raises ``InvalidQuantity`` unless a whole number from 1, ``LimitExceeded`` above 1,000."""
    if type(quantity) is not int or quantity < 1:
        raise InvalidQuantity("A quantity is a whole number of at least 1.", field="quantity")
    if quantity > UNITS_MAX:
        raise LimitExceeded(f"A cart holds at most {UNITS_MAX} units of one offer.", field="quantity", limit=UNITS_MAX)
    return quantity


@frozen(kw_only=True)
class CartLine:
    """Some units of one offer, with what the buyer saw of it when they put it in.

    What was seen stays as it was: it is what later prices are compared with, and what is still shown should the offer
    disappear altogether.
    """

    line_id: CartLineId
    offer_id: OfferId
    product_id: ProductId
    seller_id: SellerId
    seller_name: str
    title: str
    variant_title: str
    unit_price_seen: Money
    quantity: int
    source: LineSource | None = None
    added_at: datetime
