"""The bodies of requests and answers about card disputes."""

from datetime import datetime
from typing import Final

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from marketplace_core.payments import DisputeState
from marketplace_entrypoints.http.dependencies import Incoming, MoneyOut, Outgoing

_STATEMENT: Final[JsonDict] = {"about": "shipping", "words": "Delivered on 2 March, tracked as JJD0001."}
_STATEMENTS_MAX: Final = 30
_ABOUT_MAX: Final = 100
_WORDS_MAX: Final = 20_000


class StatementIn(Incoming):
    """What is said against a dispute about one thing, in words."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [_STATEMENT]})

    about: str = Field(min_length=1, max_length=_ABOUT_MAX)
    words: str = Field(min_length=1, max_length=_WORDS_MAX)


class EvidenceIn(Incoming):
    """All that is said against a dispute; it can be said once, in at most 20 000 characters together."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, json_schema_extra={"examples": [{"statements": [_STATEMENT]}]}
    )

    statements: list[StatementIn] = Field(min_length=1, max_length=_STATEMENTS_MAX)


class DisputePartOut(Outgoing):
    """What a dispute takes of one part of an order.

    ``from_escrow`` was not the seller's yet; ``from_seller`` was, and of that ``set_aside`` until it is decided.
    """

    seller_order_id: str
    seller_id: str
    amount: MoneyOut
    from_escrow: MoneyOut
    from_seller: MoneyOut
    set_aside: MoneyOut


class PartDisputeOut(Outgoing):
    """What of a card dispute falls on a part of an order; of ``amount``, ``from_seller`` was the seller's already."""

    dispute_id: str
    seller_order_id: str
    state: DisputeState
    amount: MoneyOut
    from_seller: MoneyOut
    reason: str
    opened_at: datetime
    closed_at: datetime | None


class PartDisputesOut(Outgoing):
    """The card disputes that fall on a part of an order."""

    items: list[PartDisputeOut]


class DisputeOut(Outgoing):
    """A card dispute.

    Once the network has taken the money, ``amount`` is the sum of ``parts``, ``platform`` (what falls on no seller) and
    ``suspended`` (what is lost of money that did not fit its order and waited to go back).
    ``evidence_hash`` names what was handed in.
    """

    dispute_id: str
    order_id: str
    payment_id: str
    state: DisputeState
    amount: MoneyOut
    fee: MoneyOut
    reason: str
    opened_at: datetime
    evidence_due: datetime | None
    evidence_hash: str | None
    closed_at: datetime | None
    parts: list[DisputePartOut]
    platform: MoneyOut
    suspended: MoneyOut


class DisputePageOut(Outgoing):
    """A page of card disputes."""

    items: list[DisputeOut]
    next_cursor: str | None
