"""What a claim is made of: what is wrong, with which goods, what was said and shown."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Final

from attrs import frozen

from marketplace_core.kernel.ids import ClaimId, ClaimPhotoId, OfferId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain.errors import MalformedClaim
from marketplace_core.payments.domain.standing import Portion
from marketplace_core.payments.domain.states.claim import ClaimTrigger

CLAIM_PHOTOS_MAX: Final = 20
CLAIM_PHOTO_BYTES_MAX: Final = 8 * 1024 * 1024


class ClaimKind(Enum):
    """What the buyer says is wrong."""

    NOT_RECEIVED = "not_received"
    NOT_AS_DESCRIBED = "not_as_described"
    DAMAGED = "damaged"


class ClaimAnswer(Enum):
    """What a seller says to a claim."""

    AGREE = "agree"
    OFFER = "offer"
    CONTEST = "contest"


class ClaimDecision(Enum):
    """What an operator says to a claim."""

    REFUND = "refund"
    PARTIAL = "partial"
    RELEASE = "release"


@frozen(kw_only=True)
class SoldLine:
    """A line of a seller order as it was sold: ``total`` is what the buyer paid for all of ``quantity``."""

    offer_id: OfferId
    title: str
    quantity: int
    total: Money


@frozen(kw_only=True)
class ClaimedLine:
    """So many of a line that something is wrong with."""

    offer_id: OfferId
    title: str
    quantity: int


@frozen(kw_only=True)
class ClaimMessage:
    """What somebody said, the ``number``-th thing in a claim. Nothing that was said is changed.

    ``did`` is what was done in saying it, and ``offered`` what the seller offered; None for mere words.
    """

    number: int
    who: Who
    text: str
    said_at: datetime
    did: ClaimTrigger | None = None
    offered: Portion | None = None


@frozen(kw_only=True)
class ClaimPhoto:
    """A picture that somebody put into a claim, as it is kept: bare of what the camera wrote into it.

    ``width`` and ``height`` in pixels; ``sha256`` is of the bytes that are kept, in hexadecimal.
    """

    photo_id: ClaimPhotoId
    who: Who
    content_type: str
    size_bytes: int
    width: int
    height: int
    sha256: str
    added_at: datetime


def photo_key(claim_id: ClaimId, photo_id: ClaimPhotoId) -> str:
    """Return the key of a photo in the file store; nothing below ``claims/`` is served to everybody."""
    return f"claims/{claim_id}/{photo_id}".lower().replace("_", "-")


def claimed(sold: Sequence[SoldLine], wanted: Sequence[tuple[OfferId, int]]) -> tuple[ClaimedLine, ...]:
    """Return the lines that are named, or all of them if none is.

    Raises ``MalformedClaim`` for a line that was not sold, is named twice, or more of it than was sold.
    """
    known = {line.offer_id: line for line in sold}
    named = wanted or [(line.offer_id, line.quantity) for line in sold]
    if len({offer_id for offer_id, _ in named}) != len(named):
        raise MalformedClaim("A claim names a line once.")
    for offer_id, quantity in named:
        line = known.get(offer_id)
        if line is None or not 1 <= quantity <= line.quantity:
            raise MalformedClaim(f"{quantity} of {offer_id} is not what was bought.")
    return tuple(
        ClaimedLine(offer_id=offer_id, title=known[offer_id].title, quantity=quantity) for offer_id, quantity in named
    )


def worth(lines: Sequence[ClaimedLine], sold: Sequence[SoldLine], delivery: Money) -> Portion:
    """Return what was paid for the lines, in whole minor units; their delivery only if they are all that was sold."""
    known = {line.offer_id: line for line in sold}
    items = sum(
        known[line.offer_id].total.amount_minor * line.quantity // known[line.offer_id].quantity for line in lines
    )
    is_all = {line.offer_id: line.quantity for line in lines} == {line.offer_id: line.quantity for line in sold}
    return Portion(items=items, delivery=delivery.amount_minor if is_all else 0)
