"""The bodies of requests and answers about claims."""

from datetime import datetime
from typing import Final

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import AMOUNT_MINOR_MAX
from marketplace_core.payments.claims import (
    ClaimAnswer,
    ClaimDecision,
    ClaimKind,
    ClaimState,
    ClaimTrigger,
)
from marketplace_entrypoints.http.dependencies import Incoming, MoneyOut, Outgoing

_GOODS: Final[JsonDict] = {"offer_id": "off_01JDCNZ0V4M6Z7C0QK3T6V9A2B", "quantity": 1}
_GOODS_MAX: Final = 100
_QUANTITY_MAX: Final = 10_000
_TEXT_MAX: Final = 2_000


class ClaimedGoodsIn(Incoming):
    """So many of a line of the order, named by its offer."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [_GOODS]})

    offer_id: str = Field(max_length=64)
    quantity: int = Field(ge=1, le=_QUANTITY_MAX)


class ClaimIn(Incoming):
    """What is wrong, and with which goods; with all of them if none is named."""

    # Not strict: the kind of a claim is written as its word.
    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=False,
        json_schema_extra={"examples": [{"kind": "damaged", "text": "One cup is chipped.", "goods": [_GOODS]}]},
    )

    kind: ClaimKind
    text: str = Field(min_length=1, max_length=_TEXT_MAX)
    goods: list[ClaimedGoodsIn] = Field(default_factory=list, max_length=_GOODS_MAX)


class ClaimAnswerIn(Incoming):
    """What the seller says; an offer names amounts in minor units, less in all than is wanted."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=False,
        json_schema_extra={"examples": [{"answer": "offer", "text": "Half of it back?", "items_minor": 750}]},
    )

    answer: ClaimAnswer
    text: str = Field(min_length=1, max_length=_TEXT_MAX)
    items_minor: int = Field(default=0, ge=0, le=AMOUNT_MINOR_MAX, strict=True)
    delivery_minor: int = Field(default=0, ge=0, le=AMOUNT_MINOR_MAX, strict=True)


class ClaimAcceptanceIn(Incoming):
    """The amount of the offer that is taken, in minor units: the one that was seen."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [{"offered_minor": 750}]}
    )

    offered_minor: int = Field(ge=1, le=AMOUNT_MINOR_MAX)


class ClaimDecisionIn(Incoming):
    """What becomes of the money, and why; a partial decision names amounts in minor units."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=False,
        json_schema_extra={"examples": [{"decision": "release", "reason": "The photo shows it whole."}]},
    )

    decision: ClaimDecision
    reason: str = Field(min_length=1, max_length=_TEXT_MAX)
    items_minor: int = Field(default=0, ge=0, le=AMOUNT_MINOR_MAX, strict=True)
    delivery_minor: int = Field(default=0, ge=0, le=AMOUNT_MINOR_MAX, strict=True)


class ClaimMessageIn(Incoming):
    """What somebody concerned has to say."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        json_schema_extra={"examples": [{"text": "Here is how it looks."}]},
    )

    text: str = Field(min_length=1, max_length=_TEXT_MAX)


class ClaimedLineOut(Outgoing):
    """So many of a line that something is wrong with."""

    offer_id: str
    title: str
    quantity: int


class ClaimAmountOut(Outgoing):
    """An amount: so much for goods, so much for their delivery."""

    items: MoneyOut
    delivery: MoneyOut
    amount: MoneyOut


class ClaimPortionOut(Outgoing):
    """An amount in minor units of the order's currency: so much for goods, so much for their delivery."""

    items: int
    delivery: int


class ClaimMessageOut(Outgoing):
    """What somebody said, what they did in saying it, and what the seller offered; null for mere words."""

    number: int
    who: Who
    text: str
    said_at: datetime
    did: ClaimTrigger | None
    offered: ClaimPortionOut | None


class ClaimPhotoOut(Outgoing):
    """A photo in a claim, as it is kept: bare of what the camera wrote into it. Sizes in pixels and bytes."""

    photo_id: str
    who: Who
    content_type: str
    size_bytes: int
    width: int
    height: int
    sha256: str
    added_at: datetime


class ClaimOut(Outgoing):
    """A claim. ``due_at`` is when silence decides, and ``if_silent`` what then goes back to the buyer.

    ``granted`` goes back to the buyer as the refund ``refund_id``.
    """

    claim_id: str
    order_id: str
    seller_order_id: str
    seller_id: str
    state: ClaimState
    kind: ClaimKind
    lines: list[ClaimedLineOut]
    wanted: ClaimAmountOut
    offer: ClaimAmountOut | None
    granted: ClaimAmountOut | None
    refund_id: str | None
    messages: list[ClaimMessageOut]
    photos: list[ClaimPhotoOut]
    opened_at: datetime
    due_at: datetime | None
    if_silent: ClaimAmountOut | None
    decided_by: Who | None
    closed_at: datetime | None


class ClaimPageOut(Outgoing):
    """A page of claims."""

    items: list[ClaimOut]
    next_cursor: str | None


class SoldLineOut(Outgoing):
    """A line as it was sold: ``total`` is what was paid for all of ``quantity``."""

    offer_id: str
    title: str
    quantity: int
    total: MoneyOut


class ClaimForecastOut(Outgoing):
    """What may be claimed now; if nothing, ``why_not`` is the reason and ``claim_id`` the claim in the way.

    It begins to be possible at ``opens_at``, ends at ``closes_at``; the seller would have until ``answer_by``.
    """

    seller_order_id: str
    order_id: str
    seller_id: str
    kinds: list[ClaimKind]
    why_not: str | None
    opens_at: datetime | None
    closes_at: datetime | None
    claim_id: str | None
    lines: list[SoldLineOut]
    left: ClaimAmountOut
    answer_by: datetime
