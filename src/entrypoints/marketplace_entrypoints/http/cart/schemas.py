"""The bodies of cart requests and answers."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from marketplace_core.cart import FromPage, FromVideo, LineSource
from marketplace_core.kernel.ids import PageId, VideoId
from marketplace_entrypoints.http.dependencies import Incoming, MoneyOut, Outgoing

_VISIBLE = "^[!-~]+$"
"""Identifiers are visible ASCII; no other character reaches the storage."""
_OFFER = "off_01JDCNZ0V4M6Z7C0QK3T6V9A2B"
_VIDEO = "vid_01JDCNZ0V4M6Z7C0QK3T6V9A2B"


class FromVideoIn(Incoming):
    """The buyer was watching: which video, how many milliseconds from its beginning."""

    video_id: str = Field(pattern=_VISIBLE, max_length=64)
    at_ms: int = Field(ge=0)

    def source(self) -> LineSource:
        """Return it as the core's value. Raises ``InvalidSource``."""
        return FromVideo(VideoId(self.video_id), self.at_ms)


class FromPageIn(Incoming):
    """The buyer was on a seller's page."""

    page_id: str = Field(pattern=_VISIBLE, max_length=64)

    def source(self) -> LineSource:
        """Return it as the core's value."""
        return FromPage(PageId(self.page_id))


class LineIn(Incoming):
    """What goes into the cart. Prices and sellers are the offer's, never the request's."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        json_schema_extra={
            "examples": [
                {"offer_id": _OFFER, "quantity": 1},
                {
                    "offer_id": _OFFER,
                    "quantity": 2,
                    "source": {"video_id": "vid_01JDCNZ0V4M6Z7C0QK3T6V9A2B", "at_ms": 12500},
                },
            ]
        },
    )

    offer_id: str = Field(pattern=_VISIBLE, max_length=64)
    quantity: int = Field(ge=1, description="Units to add, at most 1,000 of one offer in all")
    source: FromVideoIn | FromPageIn | None = None


class QuantityIn(Incoming):
    """How many units the line holds from now on."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [{"quantity": 2}]}
    )

    quantity: int = Field(ge=1, description="At most 1,000")


class GuestCartIn(Incoming):
    """Whose cart: the access token of the guest's session, which is the proof that it is yours."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [{"guest_token": "eyJhbGciOi…"}]}
    )

    guest_token: str = Field(max_length=4_096, repr=False, description="Refresh the guest's session if it is over")


class PriceChangedOut(Outgoing):
    """A unit costs something else than the buyer saw."""

    kind: Literal["price_changed"]
    before: MoneyOut
    now: MoneyOut


class StockShortOut(Outgoing):
    """Fewer units are left than the line holds."""

    kind: Literal["stock_short"]
    wanted: int
    available: int


class BecameUnavailableOut(Outgoing):
    """The offer cannot be bought now, and why."""

    kind: Literal["became_unavailable"]
    reason: str


ChangeOut = Annotated[PriceChangedOut | StockShortOut | BecameUnavailableOut, Field(discriminator="kind")]


class CartLineOut(Outgoing):
    """A line at current prices; ``reason`` says why it cannot be bought if it is not ``purchasable``."""

    line_id: str
    offer_id: str
    product_id: str
    title: str
    variant_title: str
    quantity: int
    unit_price: MoneyOut
    unit_price_seen: MoneyOut
    changes: list[ChangeOut]
    purchasable: bool
    reason: str | None
    image_url: str | None
    total: MoneyOut


class CartGroupOut(Outgoing):
    """One seller's part; the subtotal counts what can be bought."""

    seller_id: str
    seller_name: str
    lines: list[CartLineOut]
    subtotal: MoneyOut


class CartOut(Outgoing):
    """The cart by seller. An empty one has no total because it has no currency."""

    cart_id: str | None
    version: int
    groups: list[CartGroupOut]
    total: MoneyOut | None
    currency: str | None


class LeftOutOut(Outgoing):
    """A line of the guest's cart of which only ``taken`` of the ``wanted`` units came along, and why.

    ``reason`` is ``not_enough_stock``, ``too_many_units``, ``too_many_lines``, ``other_currency``, or what a line of a
    cart says that cannot be bought.
    """

    offer_id: str
    title: str
    variant_title: str
    wanted: int
    taken: int
    reason: str


class CartTakenOverOut(Outgoing):
    """Your cart with everything that fitted in, and what did not."""

    cart: CartOut
    left_out: list[LeftOutOut]
