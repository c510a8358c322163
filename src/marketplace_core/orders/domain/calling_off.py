"""Calling off goods that are not sent: which, why, and what the buyer paid for them (money design S3, S4, S7, S8)."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from attrs import frozen

from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money
from marketplace_core.orders.domain.errors import MalformedNote
from marketplace_core.orders.domain.lines import Units

NOTE_LENGTH_MAX: Final = 400


class Cause(StrEnum):
    """Why goods are not sent."""

    OUT_OF_STOCK = "out_of_stock"
    DECLINED = "declined"
    NOT_ACCEPTED = "not_accepted"
    NOT_SHIPPED = "not_shipped"
    BUYER = "called_off_by_buyer"
    SELLER = "called_off_by_seller"
    OPERATOR = "called_off_by_operator"


CAUSES: Final = {
    Who.BUYER: Cause.BUYER,
    Who.SELLER: Cause.SELLER,
    Who.OPERATOR: Cause.OPERATOR,
    Who.TIMER: Cause.NOT_SHIPPED,
}
"""Who calls goods off → why."""


@frozen(kw_only=True)
class CalledOff:
    """``lines`` that will not be sent, since ``at``.

    ``items`` and ``delivery`` are what the buyer paid for them; ``whole`` says that nothing of the seller order was
    ever sent, so that all that is left of its payment goes back. ``note`` is in the words of whoever called it off.
    """

    at: datetime
    cause: Cause
    note: str
    lines: tuple[Units, ...]
    items: Money
    delivery: Money
    whole: bool

    @property
    def total(self) -> Money:
        """Items and delivery."""
        return self.items + self.delivery


def checked_note(note: str) -> str:
    """Return what was given as a reason, trimmed. Raises ``MalformedNote`` if it is empty or endless."""
    note = " ".join(note.split())
    if not 1 <= len(note) <= NOTE_LENGTH_MAX:
        raise MalformedNote(f"Say why, in 1 to {NOTE_LENGTH_MAX} characters.")
    return note
