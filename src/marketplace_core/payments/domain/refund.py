"""A refund: money on its way back to a buyer, whoever bears it (money design 4.7).

The buyer never waits for the seller's money: who bears which part is decided when the refund is approved, and booked at
once; getting it from the seller is another matter. The provider is asked afterwards, under a key of the refund's own.
"""

from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from attrs import define, evolve

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import OrderId, PaymentId, RefundId, UserId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain import timers
from marketplace_core.payments.domain.errors import MalformedRefund, ProviderMismatch, WrongState
from marketplace_core.payments.domain.events import (
    RefundApproved,
    RefundBounced,
    RefundFailed,
    RefundRejected,
    RefundRequested,
    RefundShare,
    RefundStillOwed,
    RefundSucceeded,
)
from marketplace_core.payments.domain.payment import KEY_LIFETIME, Payment
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.refund_parts import ProviderRefund, RefundPart, RefundProgress, check_parts
from marketplace_core.payments.domain.standing import NOWHERE
from marketplace_core.payments.domain.states.refund import REFUND_MACHINE, UNDER_WAY, RefundState, RefundTrigger
from marketplace_core.payments.domain.waterfall import NO_SOURCES

REASON_CHARACTERS_MAX: Final = 500
BOUNCES_WITHIN: Final = timedelta(days=30)
"""For how long we look by ourselves whether a refund that has gone came back; a message is believed at any time."""


class RefundNews(Enum):
    """What a snapshot changed."""

    NOTHING = "nothing"
    PROGRESS = "progress"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    BOUNCED = "bounced"


_ALREADY: Final = {
    RefundProgress.PENDING: frozenset({RefundState.PENDING, RefundState.SUCCEEDED}),
    RefundProgress.SUCCEEDED: frozenset({RefundState.SUCCEEDED}),
    RefundProgress.FAILED: frozenset({RefundState.FAILED, RefundState.BOUNCED, RefundState.SETTLED}),
}
"""What the provider says → the states in which that is known or older than what is known."""


_GONE: Final = frozenset({RefundState.SUCCEEDED, RefundState.BOUNCED, RefundState.SETTLED})


@define(kw_only=True, eq=False)
class Refund(Aggregate):
    """Money back to the buyer of a payment, over one or several sellers' parts of it."""

    refund_id: RefundId
    payment_id: PaymentId
    order_id: OrderId
    buyer_id: UserId
    provider: str
    amount: Money
    reason: str
    requested_by: Who
    requester_id: UserId | None
    requested_at: datetime
    parts: tuple[RefundPart, ...]
    state: RefundState = RefundState.REQUESTED
    approved_at: datetime | None = None
    tried_at: datetime | None = None
    reference: str | None = None
    pending_reason: str | None = None
    failure_code: str | None = None
    note: str | None = None
    ended_at: datetime | None = None
    attempt: int = 1

    @classmethod
    def request(
        cls,
        *,
        refund_id: RefundId,
        payment_id: PaymentId,
        order_id: OrderId,
        buyer_id: UserId,
        provider: str,
        currency: str,
        reason: str,
        who: Who,
        requester_id: UserId | None,
        parts: tuple[RefundPart, ...],
        now: datetime,
    ) -> "Refund":
        """Ask for money back (R1). Raises ``MalformedRefund``."""
        reason = reason.strip()
        if not 1 <= len(reason) <= REASON_CHARACTERS_MAX:
            raise MalformedRefund(f"A refund has a reason of 1 to {REASON_CHARACTERS_MAX} characters.")
        check_parts(parts)
        refund = cls(
            refund_id=refund_id,
            payment_id=payment_id,
            order_id=order_id,
            buyer_id=buyer_id,
            provider=provider,
            amount=Money(sum(part.amount_minor for part in parts), currency),
            reason=reason,
            requested_by=who,
            requester_id=requester_id,
            requested_at=now,
            parts=tuple(sorted(parts, key=lambda part: part.seller_order_id)),
        )
        refund.record(
            RefundRequested(
                refund_id=refund_id,
                order_id=order_id,
                buyer_id=buyer_id,
                amount=refund.amount,
                reason=reason,
                by_buyer=who is Who.BUYER,
                shares=tuple(
                    RefundShare(
                        seller_order_id=part.seller_order_id,
                        seller_id=part.seller_id,
                        amount=Money(part.amount_minor, currency),
                    )
                    for part in refund.parts
                ),
            )
        )
        return refund

    @classmethod
    def of_misfit(cls, *, refund_id: RefundId, payment: Payment, amount: Money, reason: str, now: datetime) -> "Refund":
        """Owe all that came for a payment that does not fit its order: no seller order has a part in it."""
        refund = cls(
            refund_id=refund_id,
            payment_id=payment.payment_id,
            order_id=payment.order_id,
            buyer_id=payment.buyer_id,
            provider=payment.provider,
            amount=amount,
            reason=reason,
            requested_by=Who.SYSTEM,
            requester_id=None,
            requested_at=now,
            parts=(),
        )
        refund.approve((), Who.SYSTEM, now)
        return refund

    @property
    def is_of_misfit(self) -> bool:
        """Tell whether it gives back what never was any seller's."""
        return not self.parts

    @property
    def must_be_made(self) -> bool:
        """Tell whether the marketplace's own rules demand it: goods are called off, a claim is decided, money does not
        fit. It is made again when it fails.
        """
        return self.requested_by is Who.SYSTEM

    @property
    def freeze_reason(self) -> str:
        """Return the reason for which holds are frozen while it is due."""
        return f"refund:{self.refund_id.lower()}"

    @property
    def repeated_after(self) -> timedelta | None:
        """Say how long it waits before it is made by itself, while it is due; None: an operator decides."""
        failures = self.attempt - 2
        return timers.REPEAT_REFUND_AFTER[failures] if failures < len(timers.REPEAT_REFUND_AFTER) else None

    def again(self, refund_id: RefundId, now: datetime, *, by_itself: bool = True) -> "Refund":
        """Return the refund that is due in place of this one, which did not reach the buyer (R10).

        One that is not to be made ``by_itself`` waits for an operator from the beginning.
        """
        due = Refund(
            refund_id=refund_id,
            payment_id=self.payment_id,
            order_id=self.order_id,
            buyer_id=self.buyer_id,
            provider=self.provider,
            amount=self.amount,
            reason=self.reason,
            requested_by=self.requested_by,
            requester_id=self.requester_id,
            requested_at=now,
            parts=tuple(evolve(part, split=NOWHERE, sources=NO_SOURCES) for part in self.parts),
            attempt=self.attempt + 1 if by_itself else len(timers.REPEAT_REFUND_AFTER) + 2,
        )
        due._move(RefundTrigger.POSTPONE, Who.SYSTEM)
        return due

    def narrow(self, parts: tuple[RefundPart, ...]) -> None:
        """Want no more than this while it is due: something of it has gone back by another way. None: it is over."""
        self.parts = parts
        self.amount = Money(sum(part.amount_minor for part in parts), self.amount.currency)

    def narrow_to(self, left: Money) -> None:
        """Want no more than what is left in suspense while it is due: of the rest a card dispute has disposed."""
        self.amount = min(self.amount, left)

    @property
    def takes_money(self) -> bool:
        """Tell whether its amount is the buyer's now: owed, on its way, or there."""
        return self.state in UNDER_WAY or self.state in _GONE

    @property
    def key(self) -> str:
        """Return the key under which the provider is asked, however often."""
        return f"refund:{self.refund_id}:1"

    def key_may_be_forgotten(self, now: datetime) -> bool:
        """Tell whether the provider may no longer recognise the key."""
        return self.tried_at is not None and now - self.tried_at > KEY_LIFETIME

    def needs_second(self, policy: PaymentPolicy) -> bool:
        """Tell whether an operator's refund is so large that another operator has to approve it."""
        return self.amount.amount_minor >= policy.refund_four_eyes_minor

    def look_again_after(self, now: datetime) -> timedelta | None:
        """Say how long from now the provider is to be asked again; None: not any more.

        A refund that has gone may still come back; it is looked at for ``BOUNCES_WITHIN``.
        """
        if self.state in UNDER_WAY:
            return timers.POLL_REFUND_EVERY
        if self.state is RefundState.SUCCEEDED and self.ended_at is not None and now < self.ended_at + BOUNCES_WITHIN:
            return timers.POLL_GONE_EVERY
        return None

    def approve(self, parts: tuple[RefundPart, ...], who: Who, now: datetime) -> None:
        """Owe it to the buyer (R3): ``parts`` say now where each is taken from, who bears it, and what goes with it."""
        self._move(RefundTrigger.APPROVE, who)
        if any(part.split.amount != part.wanted.amount for part in parts):
            raise MalformedRefund("What a part is taken from does not sum to it.")
        if any(part.sources.amount != part.split.released.amount for part in parts):
            raise MalformedRefund("What a part is borne by does not sum to it.")
        self.parts, self.approved_at = parts, now
        if parts:
            self.amount = Money(sum(part.amount_minor for part in parts), self.amount.currency)
        self.record(
            RefundApproved(
                refund_id=self.refund_id,
                order_id=self.order_id,
                buyer_id=self.buyer_id,
                amount=self.amount,
                seller_order_ids=tuple(part.seller_order_id for part in parts),
            )
        )

    def reject(self, note: str, who: Who, now: datetime) -> None:
        """Refuse it, saying why (R2, R10). Raises ``WrongState`` for money that never was any seller's, if any is left.

        Only a timer knows that nothing is left of it.
        """
        if self.is_of_misfit and who is not Who.TIMER:
            raise WrongState("What did not fit an order is its buyer's, and nobody else's.")
        note = note.strip()
        if not 1 <= len(note) <= REASON_CHARACTERS_MAX:
            raise MalformedRefund(f"Say why, in 1 to {REASON_CHARACTERS_MAX} characters.")
        self._move(RefundTrigger.REJECT, who)
        self.note, self.ended_at = note, now
        self.record(RefundRejected(refund_id=self.refund_id, order_id=self.order_id, buyer_id=self.buyer_id, note=note))

    def cancel(self, who: Who, now: datetime) -> None:
        """Take the approval back while the provider has not been asked (R9).

        Raises ``WrongState`` for an operator where the marketplace's rules demand the refund.
        """
        if self.must_be_made and who is Who.OPERATOR:
            raise WrongState("The marketplace's own rules demand this refund; it cannot be called back.")
        self._move(RefundTrigger.CANCEL, who)
        self.ended_at = now

    def submit(self, now: datetime) -> None:
        """Note that the provider is being asked, before it is (R4). Noted once: the first time counts."""
        if self.state is RefundState.APPROVED:
            self._move(RefundTrigger.SUBMIT, Who.TIMER)
        self.tried_at = self.tried_at or now

    def refused(self, code: str, now: datetime) -> None:
        """Take note that the provider will not do it (R6): no money left."""
        self._fail(code, now)

    def observe(self, seen: ProviderRefund, now: datetime) -> RefundNews:
        """Apply the provider's object and say what it changed (R5 to R7).

        Raises ``ProviderMismatch`` for another one's object, or one that has come alive again.
        """
        if (
            seen.refund_id != self.refund_id
            or seen.amount != self.amount
            or self.reference not in {None, seen.reference}
        ):
            raise ProviderMismatch(
                f"Asked about {self.refund_id} of {self.amount}, the provider answered about {seen.refund_id} of "
                f"{seen.amount} ({seen.reference})."
            )
        is_new, self.reference = self.reference is None, seen.reference
        if self.state in _ALREADY[seen.state]:
            known = self.pending_reason
            if self.state is RefundState.PENDING:
                self.pending_reason = seen.pending_reason
            return RefundNews.PROGRESS if is_new or known != self.pending_reason else RefundNews.NOTHING
        match seen.state:
            case RefundProgress.PENDING:
                self._move(RefundTrigger.WAIT, Who.PROVIDER)
                self.pending_reason = seen.pending_reason
                return RefundNews.PROGRESS
            case RefundProgress.SUCCEEDED:
                self._move(RefundTrigger.SUCCEED, Who.PROVIDER)
                self.pending_reason, self.ended_at = None, now
                self.record(
                    RefundSucceeded(
                        refund_id=self.refund_id, order_id=self.order_id, buyer_id=self.buyer_id, amount=self.amount
                    )
                )
                return RefundNews.SUCCEEDED
            case RefundProgress.FAILED if self.state is RefundState.SUCCEEDED:
                self._move(RefundTrigger.BOUNCE, Who.PROVIDER)
                self.failure_code = seen.failure_code or "unknown"
                self.record(
                    RefundBounced(
                        refund_id=self.refund_id, order_id=self.order_id, buyer_id=self.buyer_id, amount=self.amount
                    )
                )
                return RefundNews.BOUNCED
            case RefundProgress.FAILED:
                self._fail(seen.failure_code or "unknown", now)
                return RefundNews.FAILED

    def remind(self) -> None:
        """Say again that it is still owed."""
        self.record(RefundStillOwed(refund_id=self.refund_id, order_id=self.order_id, amount=self.amount))

    def sent_without_asking(self, now: datetime) -> None:
        """Take note that the provider has nothing to send: the network has refunded it, or it was all subsidy."""
        self._move(RefundTrigger.SUBMIT, Who.TIMER)
        self._move(RefundTrigger.SUCCEED, Who.PROVIDER)
        self.ended_at = now
        if self.amount:
            self.record(
                RefundSucceeded(
                    refund_id=self.refund_id, order_id=self.order_id, buyer_id=self.buyer_id, amount=self.amount
                )
            )

    def settle(self, how: str, now: datetime) -> None:
        """Take note that it reached the buyer by other means (R8), after it bounced or before the provider was asked.

        ``how`` names means and reference.
        """
        how = how.strip()
        if not 1 <= len(how) <= REASON_CHARACTERS_MAX:
            raise MalformedRefund(f"Say how it was settled, in 1 to {REASON_CHARACTERS_MAX} characters.")
        self._move(RefundTrigger.SETTLE, Who.OPERATOR)
        self.note, self.ended_at = how, now

    def _fail(self, code: str, now: datetime) -> None:
        self._move(RefundTrigger.FAIL, Who.PROVIDER)
        self.pending_reason, self.failure_code, self.ended_at = None, code, now
        self.record(
            RefundFailed(
                refund_id=self.refund_id,
                order_id=self.order_id,
                buyer_id=self.buyer_id,
                amount=self.amount,
                reason_code=code,
            )
        )

    def _move(self, trigger: RefundTrigger, who: Who) -> None:
        self.state = REFUND_MACHINE.after(self.state, trigger, who)
