"""What is shown of refunds: to their buyer, to a shop, to operators, and before anything is given back."""

from datetime import datetime

from attrs import evolve, frozen

from marketplace_core.kernel.ids import OrderId, PaymentId, RefundId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money, total
from marketplace_core.payments.domain.commission import CommissionTerms
from marketplace_core.payments.domain.extras import NO_EXTRAS, Extras
from marketplace_core.payments.domain.refund import Refund
from marketplace_core.payments.domain.refund_parts import RefundPart
from marketplace_core.payments.domain.standing import Standing
from marketplace_core.payments.domain.states.payment import PaymentState
from marketplace_core.payments.domain.states.refund import RefundState


@frozen(kw_only=True)
class RefundBooking:
    """Where a part of a refund is taken from; together they sum to it.

    ``held`` was not the seller's yet. Of what was, ``commission`` and ``vat`` are given back by the platform,
    ``platform`` is what it bears beyond them, and the seller bears the rest: from the ``reserve``, from what is
    ``payable``, and as ``debt``.
    """

    held: Money
    commission: Money
    vat: Money
    platform: Money
    reserve: Money
    payable: Money
    debt: Money

    @classmethod
    def of(cls, part: RefundPart, currency: str) -> "RefundBooking":
        """Show what was decided about a part."""
        sources = part.sources
        return cls(
            held=Money(part.split.held.amount, currency),
            commission=Money(sources.commission, currency),
            vat=Money(sources.vat, currency),
            platform=Money(sources.platform, currency),
            reserve=Money(sources.parked + sources.reserve, currency),
            payable=Money(sources.payable, currency),
            debt=Money(sources.debt, currency),
        )


@frozen(kw_only=True)
class RefundPartView:
    """What one seller order gives back, and what goes with it: tax and fee, less what the platform had paid of it.

    ``booking`` is None until it is approved, and to the buyer always; until then tax, fee and subsidy may still change
    with other refunds.
    """

    seller_order_id: SellerOrderId
    seller_id: SellerId
    items: Money
    delivery: Money
    tax: Money
    fee: Money
    subsidy: Money
    booking: RefundBooking | None

    @property
    def amount(self) -> Money:
        """What the buyer gets."""
        return self.items + self.delivery + self.tax + self.fee - self.subsidy

    @classmethod
    def of(cls, part: RefundPart, currency: str) -> "RefundPartView":
        """Show a part; one that is taken from nowhere yet has no booking."""
        return cls(
            seller_order_id=part.seller_order_id,
            seller_id=part.seller_id,
            items=Money(part.wanted.items, currency),
            delivery=Money(part.wanted.delivery, currency),
            tax=Money(part.extras.tax, currency),
            fee=Money(part.extras.fee, currency),
            subsidy=Money(part.extras.subsidy, currency),
            booking=RefundBooking.of(part, currency) if part.split.amount else None,
        )


@frozen(kw_only=True)
class RefundView:
    """A refund: what goes back to the buyer, why, and where it stands.

    ``note`` says why it was rejected, or how it was settled. Without ``parts`` it gives back money that did not fit.
    """

    refund_id: RefundId
    order_id: OrderId
    payment_id: PaymentId
    buyer_id: UserId
    state: RefundState
    amount: Money
    reason: str
    requested_by: Who
    requester_id: UserId | None
    requested_at: datetime
    approved_at: datetime | None
    ended_at: datetime | None
    pending_reason: str | None
    failure_code: str | None
    note: str | None
    parts: tuple[RefundPartView, ...]

    @classmethod
    def of(cls, refund: Refund) -> "RefundView":
        """Show all of a refund."""
        currency = refund.amount.currency
        return cls(
            refund_id=refund.refund_id,
            order_id=refund.order_id,
            payment_id=refund.payment_id,
            buyer_id=refund.buyer_id,
            state=refund.state,
            amount=refund.amount,
            reason=refund.reason,
            requested_by=refund.requested_by,
            requester_id=refund.requester_id,
            requested_at=refund.requested_at,
            approved_at=refund.approved_at,
            ended_at=refund.ended_at,
            pending_reason=refund.pending_reason,
            failure_code=refund.failure_code,
            note=refund.note,
            parts=tuple(RefundPartView.of(part, currency) for part in refund.parts),
        )

    def for_buyer(self) -> "RefundView":
        """Leave out who bears it, which is not the buyer's to know."""
        return evolve(self, requester_id=None, parts=tuple(evolve(part, booking=None) for part in self.parts))

    def for_seller_order(self, seller_order_id: SellerOrderId) -> "RefundView | None":
        """Leave out what is no part of this seller order; None if nothing is left."""
        return self._with(tuple(part for part in self.parts if part.seller_order_id == seller_order_id))

    def for_seller(self, seller_id: SellerId) -> "RefundView | None":
        """Leave out what is no part of this shop; None if nothing is left."""
        found = self._with(tuple(part for part in self.parts if part.seller_id == seller_id))
        return None if found is None else evolve(found, requester_id=None)

    def _with(self, parts: tuple[RefundPartView, ...]) -> "RefundView | None":
        if not parts:
            return None
        return evolve(self, parts=parts, amount=total([part.amount for part in parts], self.amount.currency))


@frozen(kw_only=True)
class RefundablePart:
    """A seller's part of an order as a refund finds it: where its money is, on what terms, and what the shop has."""

    seller_order_id: SellerOrderId
    seller_id: SellerId
    standing: Standing
    terms: CommissionTerms
    reserve: Money
    payable: Money
    extras: Extras = NO_EXTRAS


@frozen(kw_only=True)
class RefundableOrder:
    """What may be given back of an order."""

    order_id: OrderId
    buyer_id: UserId
    state: PaymentState
    currency: str
    parts: tuple[RefundablePart, ...]


@frozen(kw_only=True)
class RefundPreviewPart:
    """What one seller order would give back, and what could still go back of it before that.

    ``booking`` says who would bear it; None to the buyer.
    """

    seller_order_id: SellerOrderId
    seller_id: SellerId
    items: Money
    delivery: Money
    refundable_items: Money
    refundable_delivery: Money
    tax: Money
    fee: Money
    subsidy: Money
    booking: RefundBooking | None

    @property
    def amount(self) -> Money:
        """What the buyer would get."""
        return self.items + self.delivery + self.tax + self.fee - self.subsidy


@frozen(kw_only=True)
class RefundPreview:
    """What a refund would come to if it were given now. ``needs_second``: another operator would have to approve it."""

    order_id: OrderId
    amount: Money
    needs_second: bool
    parts: tuple[RefundPreviewPart, ...]
