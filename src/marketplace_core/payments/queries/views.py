"""What is shown of money."""

from datetime import datetime

from attrs import frozen

from marketplace_core.kernel.ids import OrderId, PaymentId, PayoutId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain.accounts import AccountKind
from marketplace_core.payments.domain.brake import Brake, BrakeCause
from marketplace_core.payments.domain.commission import CommissionTerms
from marketplace_core.payments.domain.escrow import Awaits, EscrowHold, Release
from marketplace_core.payments.domain.journals import JournalKind
from marketplace_core.payments.domain.parcels import Parcels
from marketplace_core.payments.domain.payment import Payment, PaymentStep
from marketplace_core.payments.domain.payout import Payout, PayoutItem
from marketplace_core.payments.domain.policy import Proof
from marketplace_core.payments.domain.standing import Standing
from marketplace_core.payments.domain.states.account import AccountState
from marketplace_core.payments.domain.states.hold import HoldState
from marketplace_core.payments.domain.states.payment import PaymentState
from marketplace_core.payments.domain.states.payout import PayoutState


@frozen(kw_only=True)
class PaymentView:
    """A payment as its buyer sees it."""

    payment_id: PaymentId
    order_id: OrderId
    buyer_id: UserId
    provider: str
    state: PaymentState
    amount: Money
    opened_at: datetime
    captured_at: datetime | None
    failure_code: str | None
    review_reason: str | None
    step: PaymentStep

    @classmethod
    def of(cls, payment: Payment) -> "PaymentView":
        """Show a payment."""
        return cls(
            payment_id=payment.payment_id,
            order_id=payment.order_id,
            buyer_id=payment.buyer_id,
            provider=payment.provider,
            state=payment.state,
            amount=payment.amount,
            opened_at=payment.opened_at,
            captured_at=payment.captured_at,
            failure_code=payment.failure_code,
            review_reason=payment.review_reason,
            step=payment.step,
        )


@frozen(kw_only=True)
class EscrowView:
    """A held payment: what is in escrow, when it is released, what was released, what went back to the buyer."""

    seller_order_id: SellerOrderId
    order_id: OrderId
    payment_id: PaymentId
    seller_id: SellerId
    state: HoldState
    share: Money
    held: Money
    refunded: Money
    proof: Proof | None
    held_at: datetime | None
    delivered_at: datetime | None
    release_at: datetime | None
    hold_deadline: datetime | None
    freezes: tuple[str, ...]
    releases: tuple[Release, ...]
    parcels: Parcels
    standing: Standing
    terms: CommissionTerms
    awaits: Awaits

    @property
    def arrived_at(self) -> datetime | None:
        """When the goods arrived, or the last parcel that did."""
        return self.delivered_at or self.parcels.last_at

    @classmethod
    def of(cls, hold: EscrowHold) -> "EscrowView":
        """Show a hold."""
        return cls(
            seller_order_id=hold.seller_order_id,
            order_id=hold.order_id,
            payment_id=hold.payment_id,
            seller_id=hold.seller_id,
            state=hold.state,
            share=hold.share,
            held=hold.held,
            refunded=hold.refunded,
            proof=hold.proof,
            held_at=hold.held_at,
            delivered_at=hold.delivered_at,
            release_at=hold.release_at,
            hold_deadline=hold.hold_deadline,
            freezes=tuple(sorted(hold.freezes)),
            releases=hold.releases,
            parcels=hold.parcels,
            standing=hold.standing,
            terms=hold.terms,
            awaits=hold.awaits,
        )


@frozen(kw_only=True)
class OrderHold:
    """A held payment as its buyer sees it: how much, until when, what lets it go. Commission is not theirs to know.

    ``refunded`` has gone back, or is on its way; of the rest, so much of goods and delivery can still go back.
    ``release_at`` is when the money goes to the seller by itself; ``hold_deadline`` is the latest it may be held.
    ``per_parcel`` says that it was agreed to go parcel by parcel.
    """

    seller_order_id: SellerOrderId
    seller_id: SellerId
    state: HoldState
    awaits: Awaits
    share: Money
    held: Money
    released: Money
    refunded: Money
    refundable_items: Money
    refundable_delivery: Money
    delivered_at: datetime | None
    release_at: datetime | None
    hold_deadline: datetime | None
    released_at: datetime | None
    freezes: tuple[str, ...]
    per_parcel: bool

    @classmethod
    def of(cls, hold: EscrowHold) -> "OrderHold":
        """Show a hold to its buyer."""
        rules = hold.terms.rules
        left = hold.standing.refundable
        return cls(
            seller_order_id=hold.seller_order_id,
            seller_id=hold.seller_id,
            state=hold.state,
            awaits=hold.awaits,
            share=hold.share,
            held=hold.held,
            released=hold.released,
            refunded=hold.refunded,
            refundable_items=Money(left.items, hold.share.currency),
            refundable_delivery=Money(left.delivery, hold.share.currency),
            delivered_at=hold.delivered_at,
            release_at=hold.release_at,
            hold_deadline=hold.hold_deadline,
            released_at=hold.releases[-1].released_at if hold.releases else None,
            freezes=tuple(sorted(hold.freezes)),
            per_parcel=rules is not None and rules.release_per_shipment,
        )


@frozen(kw_only=True)
class OrderHoldsView:
    """What is held of an order, one hold per seller order, in the order of their names."""

    order_id: OrderId
    payment_id: PaymentId
    buyer_id: UserId
    holds: tuple[OrderHold, ...]


@frozen(kw_only=True)
class SellerBalance:
    """Where a seller's money is, in one currency: in escrow, free to be paid, on its way, at the bank.

    ``reserve`` is kept back for a while after each release; ``debt`` is what the seller owes.
    """

    currency: str
    held: Money
    payable: Money
    in_payout: Money
    paid: Money
    reserve: Money
    debt: Money


@frozen(kw_only=True)
class BalanceView:
    """A seller's money in every currency, and whether the seller can be paid (None: no account yet)."""

    seller_id: SellerId
    account: AccountState | None
    balances: tuple[SellerBalance, ...]


@frozen(kw_only=True)
class PayoutView:
    """A payout and what it pays."""

    payout_id: PayoutId
    seller_id: SellerId
    state: PayoutState
    amount: Money
    items: tuple[PayoutItem, ...]
    assembled_at: datetime
    attempt: int
    failure_code: str | None
    paid_at: datetime | None

    @classmethod
    def of(cls, payout: Payout) -> "PayoutView":
        """Show a payout."""
        return cls(
            payout_id=payout.payout_id,
            seller_id=payout.seller_id,
            state=payout.state,
            amount=payout.amount,
            items=payout.items,
            assembled_at=payout.assembled_at,
            attempt=payout.attempt,
            failure_code=payout.failure_code,
            paid_at=payout.paid_at,
        )


@frozen(kw_only=True)
class BrakeView:
    """One time that money to sellers stood still; it still does while ``released_at`` is None."""

    brake_id: str
    cause: BrakeCause
    findings: tuple[str, ...]
    set_at: datetime
    released_at: datetime | None
    released_by: str | None
    note: str | None

    @classmethod
    def of(cls, brake: Brake) -> "BrakeView":
        """Show a brake."""
        return cls(
            brake_id=brake.brake_id,
            cause=brake.cause,
            findings=brake.findings,
            set_at=brake.set_at,
            released_at=brake.released_at,
            released_by=brake.released_by,
            note=brake.note,
        )


@frozen(kw_only=True)
class TrialBalanceRow:
    """All accounts of one kind in one currency; ``balance`` is debits − credits."""

    kind: AccountKind
    currency: str
    debits: Money
    credits: Money
    balance: Money


@frozen(kw_only=True)
class TrialBalanceView:
    """The books in a few lines: per currency the balances sum to zero."""

    rows: tuple[TrialBalanceRow, ...]
    sums: tuple[Money, ...]


@frozen(kw_only=True)
class PostedTransfer:
    """One transfer of a journal, by the codes of its accounts."""

    debit: str
    credit: str
    amount: Money


@frozen(kw_only=True)
class JournalView:
    """One fact in the books."""

    journal_id: str
    kind: JournalKind
    source_type: str
    source_id: str
    leg: str
    posted_at: datetime
    actor: str
    transfers: tuple[PostedTransfer, ...]
