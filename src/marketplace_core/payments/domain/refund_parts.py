"""What a refund is made of: what each seller order gives back, and the provider's object of it."""

from collections.abc import Sequence
from enum import Enum

from attrs import frozen

from marketplace_core.kernel.ids import SellerId, SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain.errors import MalformedRefund
from marketplace_core.payments.domain.extras import NO_EXTRAS, Extras
from marketplace_core.payments.domain.standing import NOWHERE, Portion, Split
from marketplace_core.payments.domain.waterfall import NO_SOURCES, Sources


class RefundProgress(Enum):
    """Where a refund stands at the provider."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@frozen(kw_only=True)
class ProviderRefund:
    """The provider's refund object in our words. ``reference`` is the provider's identifier, ``refund_id`` ours.

    ``pending_reason`` and ``failure_code`` are the provider's words, if it says any.
    """

    reference: str
    refund_id: str
    state: RefundProgress
    amount: Money
    pending_reason: str | None = None
    failure_code: str | None = None


@frozen(kw_only=True)
class RefundPart:
    """What one seller order gives back: ``wanted`` of it, taken from ``split``, borne by ``sources``.

    ``extras`` go back with it; until it is approved they are what they would be now. ``platform_minor`` is what the
    platform takes upon itself of a part whose money the seller has already.
    """

    seller_order_id: SellerOrderId
    seller_id: SellerId
    wanted: Portion
    platform_minor: int = 0
    split: Split = NOWHERE
    sources: Sources = NO_SOURCES
    extras: Extras = NO_EXTRAS

    @property
    def amount_minor(self) -> int:
        """What the buyer gets for it."""
        return self.wanted.amount + self.extras.net


def check_parts(parts: Sequence[RefundPart]) -> None:
    """Raise ``MalformedRefund`` unless there are parts, each of another seller order, and money of each."""
    if len({part.seller_order_id for part in parts}) != len(parts):
        raise MalformedRefund("A refund names a seller order once.")
    if not parts or any(not part.wanted.amount or not 0 <= part.platform_minor <= part.wanted.amount for part in parts):
        raise MalformedRefund("Every part of a refund is an amount, and the platform bears no more than it.")
