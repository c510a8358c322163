"""The bodies of requests and answers about sellers' standing and debts."""

from datetime import datetime
from typing import Final

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from marketplace_core.kernel.money import AMOUNT_MINOR_MAX
from marketplace_core.payments.debts import Means, Obstacle, SettlementState
from marketplace_entrypoints.http.dependencies import Incoming, MoneyOut, Outgoing

_NOTE_MAX: Final = 500
_EXAMPLE: Final[JsonDict] = {"means": "top_up", "amount_minor": 4400, "currency": "EUR", "note": "bank transfer 4711"}


class SettlementIn(Incoming):
    """By what means a debt is settled; ``note`` is the reason, or the reference of a top-up.

    A reversal names the paid payout whose transfer is taken back.
    """

    # Not strict: the means are written as their word.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False, json_schema_extra={"examples": [_EXAMPLE]})

    means: Means
    amount_minor: int = Field(ge=1, le=AMOUNT_MINOR_MAX, strict=True)
    currency: str = Field(pattern="^[A-Z]{3}$")
    note: str = Field(min_length=1, max_length=_NOTE_MAX)
    payout_id: str | None = Field(default=None, max_length=64)


class SellerStandingOut(Outgoing):
    """What a seller may do, what stands in the way of each, and what is owed until when.

    ``room`` is what a seller whom the provider does not pay yet may still sell for, of ``room_limit``; null: without
    such a limit. From ``payout_limit`` of debt on no payout leaves, from ``debt_limit`` on nothing is sold.
    """

    seller_id: str
    currency: str
    can_list: bool
    can_sell: bool
    can_be_paid: bool
    not_listing: list[Obstacle]
    not_selling: list[Obstacle]
    not_paid: list[Obstacle]
    obstacles: list[Obstacle]
    debt: MoneyOut
    debt_since: datetime | None
    debt_due: datetime | None
    payout_limit: MoneyOut
    debt_limit: MoneyOut
    room: MoneyOut | None
    room_limit: MoneyOut


class DebtSettlementOut(Outgoing):
    """A settlement of a debt, and where it stands."""

    settlement_id: str
    seller_id: str
    amount: MoneyOut
    means: Means
    state: SettlementState
    note: str
    requested_at: datetime
    payout_id: str | None
    refusal: str | None
    ended_at: datetime | None


class DebtSettlementPageOut(Outgoing):
    """A page of settlements."""

    items: list[DebtSettlementOut]
    next_cursor: str | None


class DebtorOut(Outgoing):
    """A seller who owes something; ``stopped``: too much, or for too long, to sell on."""

    seller_id: str
    debt: MoneyOut
    debt_since: datetime | None
    stopped: bool


class DebtorPageOut(Outgoing):
    """A page of debtors."""

    items: list[DebtorOut]
    next_cursor: str | None


class SettledDebtOut(Outgoing):
    """Where a settlement stands."""

    settlement_id: str
    state: SettlementState
