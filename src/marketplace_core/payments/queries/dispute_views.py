"""What operators are shown of card disputes."""

from datetime import datetime

from attrs import frozen

from marketplace_core.kernel.ids import DisputeId, OrderId, PaymentId, SellerId, SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain.dispute import Dispute, DisputePart
from marketplace_core.payments.domain.states.dispute import DisputeState


@frozen(kw_only=True)
class DisputePartView:
    """What a dispute takes of one seller order.

    ``from_escrow`` was not the seller's yet; ``from_seller`` was, and of that ``set_aside`` until it is decided.
    """

    seller_order_id: SellerOrderId
    seller_id: SellerId
    from_escrow: Money
    from_seller: Money
    set_aside: Money

    @property
    def amount(self) -> Money:
        """All of it."""
        return self.from_escrow + self.from_seller

    @classmethod
    def of(cls, part: DisputePart, currency: str) -> "DisputePartView":
        """Show a part."""
        return cls(
            seller_order_id=part.seller_order_id,
            seller_id=part.seller_id,
            from_escrow=Money(part.split.held.amount, currency),
            from_seller=Money(part.split.released.amount, currency),
            set_aside=Money(part.parked_minor, currency),
        )


@frozen(kw_only=True)
class PartDispute:
    """A card dispute as the seller sees it on whose part of an order it falls: nothing of other shops, nor of its fee.

    ``amount`` is what is taken of the part; of that ``from_seller`` was the seller's already.
    """

    dispute_id: DisputeId
    seller_order_id: SellerOrderId
    state: DisputeState
    amount: Money
    from_seller: Money
    reason: str
    opened_at: datetime
    closed_at: datetime | None


@frozen(kw_only=True)
class DisputeView:
    """A card dispute: what the network takes, why, until when it can be answered, and on whom it falls.

    Once the network has taken the money, ``amount`` is the sum of ``parts``, ``platform`` (what falls on no seller) and
    ``suspended`` (what is lost of money that did not fit its order and waited to go back); before that there are no
    parts. ``evidence_hash`` names what was handed in; None if nothing was by us.
    """

    dispute_id: DisputeId
    order_id: OrderId
    payment_id: PaymentId
    state: DisputeState
    amount: Money
    fee: Money
    reason: str
    opened_at: datetime
    evidence_due: datetime | None
    evidence_hash: str | None
    closed_at: datetime | None
    parts: tuple[DisputePartView, ...]
    platform: Money
    suspended: Money

    @classmethod
    def of(cls, dispute: Dispute) -> "DisputeView":
        """Show all of a dispute."""
        currency = dispute.amount.currency
        return cls(
            dispute_id=dispute.dispute_id,
            order_id=dispute.order_id,
            payment_id=dispute.payment_id,
            state=dispute.state,
            amount=dispute.amount,
            fee=dispute.fee,
            reason=dispute.reason,
            opened_at=dispute.opened_at,
            evidence_due=dispute.evidence_due,
            evidence_hash=dispute.evidence_hash,
            closed_at=dispute.closed_at,
            parts=tuple(DisputePartView.of(part, currency) for part in dispute.parts),
            platform=Money(dispute.on_platform_minor, currency),
            suspended=Money(dispute.suspended_minor, currency),
        )

    def for_seller_order(self, seller_order_id: SellerOrderId) -> PartDispute | None:
        """Show the part of it that falls on a seller order; None if none does."""
        for part in self.parts:
            if part.seller_order_id == seller_order_id:
                return PartDispute(
                    dispute_id=self.dispute_id,
                    seller_order_id=seller_order_id,
                    state=self.state,
                    amount=part.amount,
                    from_seller=part.from_seller,
                    reason=self.reason,
                    opened_at=self.opened_at,
                    closed_at=self.closed_at,
                )
        return None
