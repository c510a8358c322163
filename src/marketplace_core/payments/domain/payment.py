"""A payment: what the provider has said about the buyer's money, never less than it said before (money design 4.4).

::

    created(0) ► requires_action(1) ► processing(2) ► authorized(3) ► captured(4)
       ▲  └──────────── P2: an attempt was declined ────────┘
       └─► cancelled, by the provider's word only

    review: the provider's payment does not fit the order (other amount, other currency, money after the end).
            Whatever it took waits in suspense. It counts as unpaid until an operator has decided.

The state comes from the provider's object, fetched; a snapshot that lags behind what is known is ignored.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from types import MappingProxyType
from typing import Final

from attrs import define, field, frozen

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import OrderId, PaymentId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money, total
from marketplace_core.payments.domain.errors import MalformedShares, ProviderMismatch, WrongState
from marketplace_core.payments.domain.events import (
    PaymentCancelled,
    PaymentCaptured,
    PaymentDeclined,
    PaymentNeedsReview,
)
from marketplace_core.payments.domain.extras import NO_EXTRAS, Extras
from marketplace_core.payments.domain.states.payment import PAYMENT_MACHINE, PaymentState, PaymentTrigger

SHARES_MAX: Final = 100
KEY_LIFETIME: Final = timedelta(hours=23)
"""Providers forget idempotency keys after a day; an older request is looked up before it is repeated (D7)."""


RANKS: Final[Mapping[PaymentState, int]] = MappingProxyType({
    PaymentState.CREATED: 0,
    PaymentState.REQUIRES_ACTION: 1,
    PaymentState.PROCESSING: 2,
    PaymentState.AUTHORIZED: 3,
    PaymentState.CAPTURED: 4,
})  # fmt: skip
"""How far a payment has come; a snapshot of lower rank than the stored state is stale."""

_OPEN: Final = frozenset({
    PaymentState.CREATED, PaymentState.REQUIRES_ACTION, PaymentState.PROCESSING, PaymentState.AUTHORIZED,
})  # fmt: skip


_ADVANCES: Final = {
    PaymentState.REQUIRES_ACTION: PaymentTrigger.ASK,
    PaymentState.PROCESSING: PaymentTrigger.PROCESS,
    PaymentState.AUTHORIZED: PaymentTrigger.AUTHORIZE,
}


@frozen(kw_only=True)
class Share:
    """One seller's part of an order: what is held for the seller, and what the buyer pays beyond that, and less.

    The tax in the ``extras`` is owed to ``tax_jurisdiction``.
    """

    seller_order_id: SellerOrderId
    seller_id: SellerId
    items: Money
    delivery: Money
    extras: Extras = NO_EXTRAS
    tax_jurisdiction: str = ""

    @property
    def amount(self) -> Money:
        """What is held for the seller: items and delivery."""
        return self.items + self.delivery

    @property
    def price(self) -> Money:
        """What the buyer pays: the amount, tax and fee, less the subsidy."""
        return self.amount + Money(self.extras.net, self.amount.currency)


@frozen(kw_only=True)
class ProviderPayment:
    """The provider's payment object in our words, at one moment.

    ``reference`` is the provider's identifier, ``payment_id`` ours. ``amount`` is what the buyer is asked for,
    ``captured`` what the provider took, ``fee`` what it keeps of that (None: not known yet). ``attempts`` counts the
    buyer's attempts, ``failure_code`` says why the last one was declined.
    """

    reference: str
    payment_id: str
    state: PaymentState
    amount: Money
    captured: Money
    fee: Money | None = None
    attempts: int = 0
    failure_code: str | None = None
    client_secret: str | None = field(default=None, repr=False)


@frozen(kw_only=True)
class PaymentStep:
    """What the buyer does next: take ``client_secret`` to the provider's page, try again, wait, or nothing any more.

    ``provider_reference`` is the provider's identifier of the payment; ``failure_code`` says why the last attempt was
    declined.
    """

    payment_id: PaymentId
    order_id: OrderId
    provider: str
    state: PaymentState
    amount: Money
    provider_reference: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    failure_code: str | None = None


class Observed(Enum):
    """What a snapshot changed."""

    NOTHING = "nothing"
    PROGRESS = "progress"
    CAPTURED = "captured"
    CANCELLED = "cancelled"
    MISFIT = "misfit"
    """Money came in that does not fit: it goes to suspense."""


@define(kw_only=True, eq=False)
class Payment(Aggregate):
    """The buyer's payment for one order. ``provider`` is pinned when it is opened."""

    payment_id: PaymentId
    order_id: OrderId
    buyer_id: UserId
    amount: Money
    provider: str
    shares: tuple[Share, ...]
    opened_at: datetime
    state: PaymentState = PaymentState.CREATED
    requested_at: datetime | None = None
    reference: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    attempts: int = 0
    declined_attempts: int = 0
    failure_code: str | None = None
    captured: Money | None = None
    captured_at: datetime | None = None
    fee: Money | None = None
    review_reason: str | None = None

    @classmethod
    def open(
        cls,
        *,
        payment_id: PaymentId,
        order_id: OrderId,
        buyer_id: UserId,
        currency: str,
        provider: str,
        shares: tuple[Share, ...],
        now: datetime,
    ) -> "Payment":
        """Open a payment over its shares, each seller order once. Raises ``MalformedShares``."""
        if not 1 <= len(shares) <= SHARES_MAX:
            raise MalformedShares(f"A payment has 1 to {SHARES_MAX} shares.")
        if len({share.seller_order_id for share in shares}) != len(shares):
            raise MalformedShares("A seller order appears in a payment once.")
        parts = [part for share in shares for part in (share.items, share.delivery)]
        if any(part.currency != currency or part.amount_minor < 0 for part in parts):
            raise MalformedShares(f"Every part of a payment is an amount of {currency}, none below zero.")
        if any(share.extras.subsidy > share.amount.amount_minor for share in shares):
            raise MalformedShares("The platform pays no more of a share than it is.")
        if any(share.extras.tax and not share.tax_jurisdiction for share in shares):
            raise MalformedShares("Tax is owed to somebody.")
        amount = total([share.price for share in shares], currency)
        if not amount:
            raise MalformedShares("There is nothing to pay.")
        return cls(
            payment_id=payment_id,
            order_id=order_id,
            buyer_id=buyer_id,
            amount=amount,
            provider=provider,
            shares=tuple(sorted(shares, key=lambda share: share.seller_order_id)),
            opened_at=now,
        )

    @property
    def is_open(self) -> bool:
        """Tell whether the buyer may still pay."""
        return self.state in _OPEN

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing more is to be expected: ended unpaid, or paid with the provider's fee known."""
        return self.state is PaymentState.CANCELLED or (self.captured is not None and self.fee is not None)

    @property
    def step(self) -> PaymentStep:
        """What the buyer does next. Only an open payment shows its secret."""
        return PaymentStep(
            payment_id=self.payment_id,
            order_id=self.order_id,
            provider=self.provider,
            state=self.state,
            amount=self.amount,
            provider_reference=self.reference,
            client_secret=self.client_secret if self.is_open else None,
            failure_code=self.failure_code,
        )

    def key_may_be_forgotten(self, now: datetime) -> bool:
        """Tell whether the provider may no longer recognise the key of the first request."""
        return self.requested_at is not None and now - self.requested_at > KEY_LIFETIME

    @property
    def request_key(self) -> str:
        """Return the key with which the provider is asked: the same however often it is asked."""
        return f"payment:{self.payment_id}:1"

    @property
    def cancel_key(self) -> str:
        """Return the key with which the provider is asked to cancel."""
        return f"cancel:{self.payment_id}:1"

    def request(self, now: datetime) -> None:
        """Note that the provider is being asked, before it is."""
        if not self.is_open:
            raise WrongState(f"The payment is {self.state.value}.", state=self.state.value)
        self.requested_at = self.requested_at or now

    def cancel_unheard(self) -> None:
        """Cancel a payment that the provider has never heard of."""
        if self.reference is not None:
            raise WrongState("The provider knows this payment; only its word cancels it.")
        self._cancel()

    def observe(self, seen: ProviderPayment, *, now: datetime) -> Observed:
        """Apply the provider's object and say what it changed.

        Raises ``ProviderMismatch`` for somebody else's object.
        """
        if seen.payment_id != self.payment_id or self.reference not in {None, seen.reference}:
            raise ProviderMismatch(
                f"Asked about {self.payment_id}, the provider answered about {seen.payment_id} ({seen.reference})."
            )
        self.reference = seen.reference
        self.client_secret = seen.client_secret or self.client_secret
        if self.captured is not None and self.fee is None:
            self.fee = seen.fee
        if self.state is PaymentState.CANCELLED and self.captured is not None:
            return Observed.NOTHING
        misfit = self._misfit(seen)
        if misfit is not None:
            return self._review(seen, misfit, now)
        match seen.state:
            case PaymentState.CAPTURED:
                return self._capture(seen, now)
            case PaymentState.CANCELLED:
                return self._cancel() if self.state in _OPEN | {PaymentState.REVIEW} else Observed.NOTHING
            case PaymentState.CREATED if self._is_fresh_decline(seen):
                return self._decline(seen)
            case _:
                return self._advance(seen)

    def give_back(self) -> bool:
        """End a review: what came is to go back to the buyer (O5). False if it is in none, as when told again."""
        if self.state is not PaymentState.REVIEW:
            return False
        self.state = PAYMENT_MACHINE.after(self.state, PaymentTrigger.GIVE_BACK, Who.SYSTEM)
        return True

    @property
    def covers_order(self) -> bool:
        """Tell whether what came is enough for the order."""
        return self.captured is not None and self.is_covered_by(self.captured)

    def is_covered_by(self, left: Money) -> bool:
        """Tell whether so much is enough for the order."""
        return left.currency == self.amount.currency and self.amount <= left

    def accept(self, left: Money) -> Money:
        """End a review: what is ``left`` of what came is kept for the order (O4). Return what is more than it costs.

        Raises ``WrongState`` unless it is in review and that covers the order.
        """
        if not self.covers_order or not self.is_covered_by(left):
            raise WrongState("What came does not cover the order.", state=self.state.value)
        self.state = PAYMENT_MACHINE.after(self.state, PaymentTrigger.ACCEPT, Who.SYSTEM)
        return left - self.amount

    def _misfit(self, seen: ProviderPayment) -> str | None:
        if seen.amount.currency != self.amount.currency or seen.captured.currency != self.amount.currency:
            return "currency_mismatch"
        if self.state is PaymentState.CAPTURED and seen.captured == self.captured:
            return None
        if seen.amount != self.amount:
            return "amount_mismatch"
        if seen.state is PaymentState.CAPTURED and seen.captured != self.amount:
            return "amount_mismatch"
        if seen.state is PaymentState.CAPTURED and self.state in {PaymentState.CANCELLED, PaymentState.REVIEW}:
            return "late_capture"
        return None

    def _review(self, seen: ProviderPayment, reason: str, now: datetime) -> Observed:
        if self.state is PaymentState.CAPTURED:
            raise ProviderMismatch(f"The provider now tells another amount of {self.payment_id}, which is captured.")
        if seen.state is PaymentState.CANCELLED and not seen.captured:
            return self._cancel() if self.state is not PaymentState.CANCELLED else Observed.NOTHING
        if self.state is PaymentState.CANCELLED and not seen.captured:
            return Observed.NOTHING
        if self.state is not PaymentState.REVIEW:
            self._move(PaymentTrigger.MISFIT)
            self.review_reason = reason
            self.record(PaymentNeedsReview(payment_id=self.payment_id, order_id=self.order_id, reason=reason))
        if not seen.captured or self.captured is not None:
            return Observed.PROGRESS
        self.captured, self.captured_at, self.fee = seen.captured, now, seen.fee
        return Observed.MISFIT

    def _capture(self, seen: ProviderPayment, now: datetime) -> Observed:
        if self.state is PaymentState.CAPTURED:
            return Observed.NOTHING
        self._move(PaymentTrigger.CAPTURE)
        self.captured, self.captured_at, self.fee = seen.captured, now, seen.fee
        self.attempts, self.failure_code = max(self.attempts, seen.attempts), None
        self.record(PaymentCaptured(payment_id=self.payment_id, order_id=self.order_id, amount=seen.captured))
        return Observed.CAPTURED

    def _cancel(self) -> Observed:
        if self.captured is not None:
            raise ProviderMismatch(f"The provider calls {self.payment_id} cancelled after it has taken the money.")
        self._move(PaymentTrigger.CANCEL)
        self.record(PaymentCancelled(payment_id=self.payment_id, order_id=self.order_id))
        return Observed.CANCELLED

    def _is_fresh_decline(self, seen: ProviderPayment) -> bool:
        return (
            self.is_open
            and seen.failure_code is not None
            and seen.attempts >= self.attempts
            and seen.attempts > self.declined_attempts
        )

    def _decline(self, seen: ProviderPayment) -> Observed:
        self._move(PaymentTrigger.DECLINE)
        self.attempts = self.declined_attempts = seen.attempts
        self.failure_code = seen.failure_code
        self.record(
            PaymentDeclined(
                payment_id=self.payment_id, order_id=self.order_id, reason_code=seen.failure_code or "declined"
            )
        )
        return Observed.PROGRESS

    def _advance(self, seen: ProviderPayment) -> Observed:
        is_stale = self.state not in RANKS or RANKS[seen.state] <= RANKS[self.state] or seen.attempts < self.attempts
        if is_stale:
            return Observed.NOTHING
        self._move(_ADVANCES[seen.state])
        self.attempts, self.failure_code = seen.attempts, None
        return Observed.PROGRESS

    def _move(self, trigger: PaymentTrigger) -> None:
        self.state = PAYMENT_MACHINE.after(self.state, trigger, Who.PROVIDER)
