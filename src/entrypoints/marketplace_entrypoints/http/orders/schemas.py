"""The bodies of checkout and order requests and answers."""

from datetime import datetime

from pydantic import ConfigDict, Field

from marketplace_core.kernel.ids import OfferId
from marketplace_core.orders import (
    Address,
    Cause,
    DeliveryProof,
    DeliveryTerms,
    OrderState,
    SellerOrderState,
    Units,
    Who,
)
from marketplace_entrypoints.http.dependencies import Incoming, MoneyOut, Outgoing
from marketplace_entrypoints.http.orders.pricing_schemas import PricingOut, TotalsOut

_QUOTE_HASH = "crt_01JDCNZ0V4M6Z7C0QK3T6V9A2B.1767269700." + "9f" * 32


class AddressIn(Incoming):
    """Where the parcels go; ``country`` is an ISO 3166-1 alpha-2 code in capitals."""

    name: str = Field(min_length=1, max_length=200)
    line1: str = Field(min_length=1, max_length=200)
    line2: str | None = Field(default=None, max_length=200)
    city: str = Field(min_length=1, max_length=200)
    postal_code: str = Field(min_length=1, max_length=20)
    country: str = Field(pattern="^[A-Z]{2}$")

    def address(self) -> Address:
        """Return it as the core's value. Raises ``InvalidAddress``."""
        return Address(**self.model_dump())


class OrderIn(Incoming):
    """What to order: the cart as it was quoted, and where it goes."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        json_schema_extra={
            "examples": [
                {
                    "quote_hash": _QUOTE_HASH,
                    "address": {
                        "name": "Ann Ash",
                        "line1": "1 Long Lane",
                        "city": "Aarhus",
                        "postal_code": "8000",
                        "country": "DK",
                    },
                }
            ]
        },
    )

    quote_hash: str = Field(min_length=1, max_length=200, description="The quote_hash of the checkout quote")
    address: AddressIn


class UnitsIn(Incoming):
    """So many of a line."""

    offer_id: str = Field(min_length=1, max_length=64)
    quantity: int = Field(ge=1, le=1_000_000)

    def units(self) -> Units:
        """Return it as the core's value."""
        return Units(offer_id=OfferId(self.offer_id), quantity=self.quantity)


class ShipmentIn(Incoming):
    """Who carries the parcel, under which number, and what is in it unless it is all that is left to send."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        json_schema_extra={"examples": [{"carrier": "PostNord", "tracking": "00370730254738297584"}]},
    )

    carrier: str = Field(min_length=1, max_length=200)
    tracking: str = Field(min_length=1, max_length=200)
    lines: list[UnitsIn] = Field(default_factory=list, max_length=100)


class NoteIn(Incoming):
    """Why, in words that the other side reads."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [{"note": "The kiln broke."}]}
    )

    note: str = Field(min_length=1, max_length=400)


class CancellationIn(Incoming):
    """Why, if anybody asks."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [{"note": "I found one at home."}]}
    )

    note: str = Field(default="", max_length=400)


class DeliveryTermsIn(Incoming):
    """What a parcel costs, in minor units; nothing from ``free_from_minor`` of goods on, if that is given."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        json_schema_extra={"examples": [{"fee_minor": 500, "free_from_minor": 10_000}]},
    )

    fee_minor: int = Field(ge=0, le=100_000_000)
    free_from_minor: int | None = Field(default=None, ge=0, le=100_000_000)

    def terms(self) -> DeliveryTerms:
        """Return them as the core knows them."""
        return DeliveryTerms(fee_minor=self.fee_minor, free_from_minor=self.free_from_minor)


class DeliveryTermsOut(Outgoing):
    """What a parcel costs, in minor units of the shop's currency."""

    fee_minor: int
    free_from_minor: int | None


class DeliveryOut(Outgoing):
    """What a parcel of a shop costs; ``is_own`` tells whether the shop has said so itself."""

    seller_id: str
    terms: DeliveryTermsOut
    is_own: bool


class AddressOut(Outgoing):
    """Where the parcels go."""

    name: str
    line1: str
    line2: str | None
    city: str
    postal_code: str
    country: str


class LineOut(Outgoing):
    """A line as agreed. ``total`` is before discounts: a voucher took ``discount_minor`` off at the seller's expense.

    ``subsidy_minor`` is what it took off at the platform's.
    """

    offer_id: str
    product_id: str
    title: str
    variant_title: str
    sku: str | None
    quantity: int
    unit_price: MoneyOut
    total: MoneyOut
    discount_minor: int
    subsidy_minor: int
    image_url: str | None


class SellerGroupOut(Outgoing):
    """One seller's part of a quote; the delivery is this seller's alone.

    ``total`` is what the seller gets before commission, ``price`` what the buyer pays.
    """

    seller_id: str
    seller_name: str
    lines: list[LineOut]
    items: MoneyOut
    delivery: MoneyOut
    pricing: PricingOut
    total: MoneyOut
    price: MoneyOut


class QuoteOut(Outgoing):
    """What the cart costs until ``expires_at``; ``quote_hash`` is the consent to exactly this."""

    cart_id: str
    groups: list[SellerGroupOut]
    totals: TotalsOut
    total: MoneyOut
    voucher: str | None
    policy_version: str
    quote_hash: str
    expires_at: datetime


class PaymentStepOut(Outgoing):
    """What the buyer does next to pay; ``client_secret`` goes to the payment provider's page."""

    payment_id: str
    provider: str
    state: str
    amount: MoneyOut
    client_secret: str | None
    provider_reference: str | None
    failure_code: str | None


class PlacedOrderOut(Outgoing):
    """The order stands and waits for its payment."""

    order_id: str
    total: MoneyOut
    payment: PaymentStepOut


class StepOut(Outgoing):
    """What happened, when, and which kind of actor did it."""

    at: datetime
    what: str
    who: Who


class UnitsOut(Outgoing):
    """So many of a line."""

    offer_id: str
    quantity: int


class ShipmentOut(Outgoing):
    """A parcel, and what is in it: on its way until there is a ``proof`` of its own that it arrived."""

    carrier: str
    tracking: str
    shipped_at: datetime
    lines: list[UnitsOut]
    proof: DeliveryProof | None
    delivered_at: datetime | None


class CalledOffOut(Outgoing):
    """Goods that will not be sent: why, and what the buyer had paid for them."""

    at: datetime
    cause: Cause
    note: str
    lines: list[UnitsOut]
    items: MoneyOut
    delivery: MoneyOut
    whole: bool


class DeliveredOut(Outgoing):
    """That a parcel arrived: on whose word, and since when."""

    seller_order_id: str
    proof: DeliveryProof
    delivered_at: datetime


class SellerOrderOut(Outgoing):
    """One seller's part of an order. ``address`` is told to the seller once the money is held.

    ``shipment`` is the last of the ``parcels``; ``called_off`` will not be sent, ``open_units`` are left to send.
    ``total`` is what the seller gets before commission, ``price`` what the buyer pays.
    """

    seller_order_id: str
    order_id: str
    seller_id: str
    seller_name: str
    state: SellerOrderState
    lines: list[LineOut]
    items: MoneyOut
    delivery: MoneyOut
    pricing: PricingOut
    total: MoneyOut
    price: MoneyOut
    placed_at: datetime
    address: AddressOut | None
    shipment: ShipmentOut | None
    parcels: list[ShipmentOut]
    called_off: list[CalledOffOut]
    open_units: list[UnitsOut]
    arrival: DeliveredOut | None
    timeline: list[StepOut]


class OrderOut(Outgoing):
    """An order with its parts, its timeline and what is left to do to pay it.

    ``policy_version`` names the terms it was placed under, ``policy_number`` is their stored version (0: none stored).
    """

    order_id: str
    state: OrderState
    totals: TotalsOut
    total: MoneyOut
    voucher: str | None
    address: AddressOut
    policy_version: str
    policy_number: int
    placed_at: datetime
    pay_by: datetime
    payment: PaymentStepOut | None
    seller_orders: list[SellerOrderOut]
    timeline: list[StepOut]


class SellerOrderSummaryOut(Outgoing):
    """A seller order in a list; ``quantity`` counts units."""

    seller_order_id: str
    order_id: str
    seller_id: str
    seller_name: str
    state: SellerOrderState
    quantity: int
    total: MoneyOut
    placed_at: datetime


class OrderSummaryOut(Outgoing):
    """An order in a list."""

    order_id: str
    state: OrderState
    total: MoneyOut
    placed_at: datetime
    seller_orders: list[SellerOrderSummaryOut]


class OrderPageOut(Outgoing):
    """A page of orders."""

    items: list[OrderSummaryOut]
    next_cursor: str | None


class AnyOrderSummaryOut(OrderSummaryOut):
    """An order in an operator's list."""

    buyer_id: str


class AnyOrderPageOut(Outgoing):
    """A page of everybody's orders."""

    items: list[AnyOrderSummaryOut]
    next_cursor: str | None


class SellerOrderPageOut(Outgoing):
    """A page of seller orders."""

    items: list[SellerOrderSummaryOut]
    next_cursor: str | None


class SellerOrderStateOut(Outgoing):
    """Where a seller order stands now."""

    seller_order_id: str
    state: SellerOrderState


class ReviewedPaymentOut(Outgoing):
    """Where an order stands whose payment was in review."""

    order_id: str
    state: OrderState


class CancelledOrderOut(Outgoing):
    """The order is called off."""

    order_id: str
    state: OrderState


class ShippedOut(Outgoing):
    """The parcel is on its way."""

    seller_order_id: str
    state: SellerOrderState
    shipment: ShipmentOut
