"""The bodies of requests and answers about refunds."""

from datetime import datetime
from typing import Final

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import AMOUNT_MINOR_MAX
from marketplace_core.payments import RefundState
from marketplace_entrypoints.http.dependencies import Incoming, MoneyOut, Outgoing

_WISH: Final[JsonDict] = {"seller_order_id": "sor_01JDCNZ0V4M6Z7C0QK3T6V9A2B", "items_minor": 1500}
_PARTS_MAX: Final = 50
_REASON_MAX: Final = 500


class RefundWishIn(Incoming):
    """What shall go back of one part of an order, in minor units.

    ``platform_minor`` is what the marketplace bears of a part whose money the seller has already (operators only).
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [_WISH]})

    seller_order_id: str = Field(max_length=64)
    items_minor: int = Field(default=0, ge=0, le=AMOUNT_MINOR_MAX)
    delivery_minor: int = Field(default=0, ge=0, le=AMOUNT_MINOR_MAX)
    platform_minor: int = Field(default=0, ge=0, le=AMOUNT_MINOR_MAX)


class RefundPreviewIn(Incoming):
    """Parts of an order, or an amount over the whole of it; not both."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [{"parts": [_WISH]}]}
    )

    parts: list[RefundWishIn] = Field(default_factory=list, max_length=_PARTS_MAX)
    amount_minor: int | None = Field(default=None, ge=1, le=AMOUNT_MINOR_MAX)


class RefundIn(RefundPreviewIn):
    """What shall go back, and why: parts of an order, or an amount over the whole of it; not both."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        json_schema_extra={"examples": [{"reason": "One cup was chipped.", "parts": [_WISH]}]},
    )

    reason: str = Field(min_length=1, max_length=_REASON_MAX)


class RejectionIn(Incoming):
    """Why there is no money back; the buyer reads it."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [{"note": "It left the shop whole."}]}
    )

    note: str = Field(min_length=1, max_length=_REASON_MAX)


class SettlementIn(Incoming):
    """By what means the money reached the buyer after all, and under which reference."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [{"how": "bank transfer 4711"}]}
    )

    how: str = Field(min_length=1, max_length=_REASON_MAX)


class RefundBookingOut(Outgoing):
    """Where a part of a refund is taken from; together they sum to it.

    ``held`` was not the seller's yet. Of the rest, ``commission`` and ``vat`` are given back, the marketplace bears
    ``platform``, and the seller bears what comes from ``reserve``, from what is ``payable``, and as ``debt``.
    """

    held: MoneyOut
    commission: MoneyOut
    vat: MoneyOut
    platform: MoneyOut
    reserve: MoneyOut
    payable: MoneyOut
    debt: MoneyOut


class RefundPartOut(Outgoing):
    """What one part of an order gives back, and what goes with it: tax and fee, less what the platform had paid of it.

    Who bears it is told to sellers and operators, once it is approved.
    """

    seller_order_id: str
    seller_id: str
    items: MoneyOut
    delivery: MoneyOut
    tax: MoneyOut
    fee: MoneyOut
    subsidy: MoneyOut
    amount: MoneyOut
    booking: RefundBookingOut | None


class RefundOut(Outgoing):
    """A refund, as far as it concerns whoever asks: a seller sees their part of it.

    ``note`` says why it was rejected, or how it was settled.
    """

    refund_id: str
    order_id: str
    state: RefundState
    amount: MoneyOut
    reason: str
    requested_by: Who
    requested_at: datetime
    approved_at: datetime | None
    ended_at: datetime | None
    pending_reason: str | None
    failure_code: str | None
    note: str | None
    parts: list[RefundPartOut]


class RefundPageOut(Outgoing):
    """A page of refunds."""

    items: list[RefundOut]
    next_cursor: str | None


class RefundPreviewPartOut(Outgoing):
    """What one part of an order would give back, and what can still go back of it; to its buyer without ``booking``."""

    seller_order_id: str
    seller_id: str
    items: MoneyOut
    delivery: MoneyOut
    tax: MoneyOut
    fee: MoneyOut
    subsidy: MoneyOut
    amount: MoneyOut
    refundable_items: MoneyOut
    refundable_delivery: MoneyOut
    booking: RefundBookingOut | None


class RefundPreviewOut(Outgoing):
    """What a refund would come to if it were given now; ``needs_second``: another operator would have to approve it."""

    order_id: str
    amount: MoneyOut
    needs_second: bool
    parts: list[RefundPreviewPartOut]
