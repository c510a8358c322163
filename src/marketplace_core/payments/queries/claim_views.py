"""What the buyer, the shop and operators are shown of a claim: all of them the same."""

from datetime import datetime

from attrs import field, frozen

from marketplace_core.kernel.ids import ClaimId, OrderId, PaymentId, RefundId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain.claim import Claim
from marketplace_core.payments.domain.claim_parts import ClaimedLine, ClaimKind, ClaimMessage, ClaimPhoto, SoldLine
from marketplace_core.payments.domain.standing import Portion
from marketplace_core.payments.domain.states.claim import ClaimState


@frozen(kw_only=True)
class ClaimAmount:
    """An amount that is wanted, offered or granted: so much for goods, so much for their delivery."""

    items: Money
    delivery: Money

    @property
    def amount(self) -> Money:
        """Both together."""
        return self.items + self.delivery

    @classmethod
    def of(cls, portion: Portion, currency: str) -> "ClaimAmount":
        """Show a portion."""
        return cls(items=Money(portion.items, currency), delivery=Money(portion.delivery, currency))


@frozen(kw_only=True)
class ClaimView:
    """A claim: what is wrong, what is wanted, what was said, and what becomes of it.

    ``due_at`` is when silence decides: the seller's at first, an operator's then; ``if_silent`` is what goes back to
    the buyer in that case. Both are None at an end. ``granted`` goes back to the buyer as the refund ``refund_id``.
    """

    claim_id: ClaimId
    order_id: OrderId
    payment_id: PaymentId
    seller_order_id: SellerOrderId
    seller_id: SellerId
    buyer_id: UserId
    state: ClaimState
    kind: ClaimKind
    lines: tuple[ClaimedLine, ...]
    wanted: ClaimAmount
    offer: ClaimAmount | None
    granted: ClaimAmount | None
    refund_id: RefundId | None
    messages: tuple[ClaimMessage, ...]
    photos: tuple[ClaimPhoto, ...]
    opened_at: datetime
    due_at: datetime | None
    decided_by: Who | None
    closed_at: datetime | None
    if_silent: ClaimAmount | None = None

    @classmethod
    def of(cls, claim: Claim) -> "ClaimView":
        """Show all of a claim."""

        def shown(portion: Portion | None) -> ClaimAmount | None:
            return None if portion is None else ClaimAmount.of(portion, claim.currency)

        return cls(
            claim_id=claim.claim_id,
            order_id=claim.order_id,
            payment_id=claim.payment_id,
            seller_order_id=claim.seller_order_id,
            seller_id=claim.seller_id,
            buyer_id=claim.buyer_id,
            state=claim.state,
            kind=claim.kind,
            lines=claim.lines,
            wanted=ClaimAmount.of(claim.wanted, claim.currency),
            offer=shown(claim.offer),
            granted=shown(claim.granted),
            refund_id=claim.refund_id,
            messages=claim.messages,
            photos=claim.photos,
            opened_at=claim.opened_at,
            due_at=claim.due_at,
            decided_by=claim.decided_by,
            closed_at=claim.closed_at,
        )


@frozen(kw_only=True)
class ClaimForecast:
    """What a buyer may claim of a seller's part of an order, before they do.

    ``kinds`` is what may be said to be wrong now: nothing if there can be no claim now, and ``why_not`` is then the
    reason as ``ClaimNotPossible`` gives it, or ``disputed`` while a card dispute decides. It begins to be possible at
    ``opens_at`` and ends at ``closes_at``, where that is known. ``claim_id`` is the claim that stands in the way. At
    most ``left`` can still go back. The seller has until ``answer_by``, were it opened now.
    """

    seller_order_id: SellerOrderId
    order_id: OrderId
    seller_id: SellerId
    kinds: tuple[ClaimKind, ...]
    why_not: str | None
    opens_at: datetime | None
    closes_at: datetime | None
    claim_id: ClaimId | None
    lines: tuple[SoldLine, ...]
    left: ClaimAmount
    answer_by: datetime


@frozen(kw_only=True)
class ClaimPhotoContent:
    """A photo of a claim with its bytes."""

    photo: ClaimPhoto
    content: bytes = field(repr=False)
