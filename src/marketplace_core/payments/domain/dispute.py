"""A card dispute: the buyer's bank takes a payment back, and the card network decides whose the money is (4.8).

Its state is the provider's, fetched; messages are only reasons to look, in any order. Which sellers it falls on is
decided when the money is withdrawn: the one whose goods are named, or all in proportion to what can still be refunded;
what exceeds that is the platform's. The same cent is never in a refund and in a dispute.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from attrs import define, evolve, frozen

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import DisputeId, OrderId, PaymentId, SellerId, SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money, allocate
from marketplace_core.payments.domain.errors import ProviderMismatch
from marketplace_core.payments.domain.events import (
    DisputedShare,
    DisputeLost,
    DisputeOpened,
    DisputePrevented,
    DisputeWarned,
    DisputeWon,
    EvidenceDue,
)
from marketplace_core.payments.domain.payment import Payment
from marketplace_core.payments.domain.standing import NOWHERE, Split
from marketplace_core.payments.domain.states.dispute import DISPUTE_MACHINE, OPENED, DisputeState, DisputeTrigger
from marketplace_core.payments.domain.waterfall import NO_SOURCES, Sources

REMIND_BEFORE: Final = timedelta(days=2)
"""How long before the network's date operators are reminded of the evidence."""


@frozen(kw_only=True)
class ProviderDispute:
    """The provider's dispute object in our words, at one moment.

    ``reference`` is the provider's identifier, ``payment_reference`` its name of the payment. ``amount`` is what the
    network takes, which may exceed the payment; ``fee`` what the dispute costs, ``fee_returned`` what of it came back.
    ``evidence_due`` is the network's date, ``evidence_digest`` that of the ``Evidence`` handed in, if any was. ``item``
    is the seller order whose goods the bank names, if it names any.
    """

    reference: str
    payment_reference: str
    state: DisputeState
    amount: Money
    fee: Money
    fee_returned: Money
    reason: str
    evidence_due: datetime | None = None
    evidence_digest: str | None = None
    item: SellerOrderId | None = None


@frozen(kw_only=True)
class DisputePart:
    """What a dispute takes of one seller order: ``split`` of its share, ``parked_minor`` of it set aside by the seller.

    ``sources`` say who bore what was lost of money that the seller had already.
    """

    seller_order_id: SellerOrderId
    seller_id: SellerId
    split: Split = NOWHERE
    parked_minor: int = 0
    sources: Sources = NO_SOURCES


class DisputeNews(Enum):
    """What a snapshot asks for; several of them one after the other bring a dispute to where the provider is."""

    OPEN = "open"
    ANSWER = "answer"
    WIN = "win"
    REGAIN = "regain"
    LOSE = "lose"
    PREVENT = "prevent"
    CLOSE = "close"


_STEPS: Final = {
    DisputeState.NEEDS_RESPONSE: (DisputeNews.OPEN,),
    DisputeState.UNDER_REVIEW: (DisputeNews.OPEN, DisputeNews.ANSWER),
    DisputeState.WON: (DisputeNews.OPEN, DisputeNews.WIN),
    DisputeState.LOST: (DisputeNews.OPEN, DisputeNews.LOSE),
    DisputeState.PREVENTED: (DisputeNews.PREVENT,),
    DisputeState.WARNING_CLOSED: (DisputeNews.CLOSE,),
    DisputeState.WARNING: (),
}


@define(kw_only=True, eq=False)
class Dispute(Aggregate):
    """One dispute about one payment. ``excess_minor`` is what falls on no seller.

    Of that ``suspended_minor`` was lost of money that waited in suspense and was never any seller's.
    """

    dispute_id: DisputeId
    payment_id: PaymentId
    order_id: OrderId
    provider: str
    reference: str
    amount: Money
    fee: Money
    reason: str
    opened_at: datetime
    state: DisputeState = DisputeState.WARNING
    parts: tuple[DisputePart, ...] = ()
    excess_minor: int = 0
    suspended_minor: int = 0
    evidence_due: datetime | None = None
    evidence_hash: str | None = None
    closed_at: datetime | None = None

    @classmethod
    def of(cls, seen: ProviderDispute, *, dispute_id: DisputeId, payment: Payment, now: datetime) -> "Dispute":
        """Take note of a dispute that was not known (C1): nothing is withdrawn yet, as far as this row says."""
        dispute = cls(
            dispute_id=dispute_id,
            payment_id=payment.payment_id,
            order_id=payment.order_id,
            provider=payment.provider,
            reference=seen.reference,
            amount=seen.amount,
            fee=seen.fee,
            reason=seen.reason,
            opened_at=now,
            evidence_due=seen.evidence_due,
        )
        dispute.record(
            DisputeWarned(dispute_id=dispute_id, order_id=payment.order_id, amount=seen.amount, reason=seen.reason)
        )
        return dispute

    @property
    def freeze_reason(self) -> str:
        """Return the reason for which holds are frozen meanwhile."""
        return f"dispute:{self.dispute_id.lower()}"

    @property
    def is_open(self) -> bool:
        """Tell whether the network has the money and has not decided."""
        return self.state in OPENED

    @property
    def evidence_by(self) -> datetime | None:
        """By when an operator is reminded of the evidence."""
        return None if self.evidence_due is None else self.evidence_due - REMIND_BEFORE

    def steps_to(self, seen: ProviderDispute) -> tuple[DisputeNews, ...]:
        """Say what has to happen, in this order, to be where the provider is; nothing if that is here or behind.

        Raises ``ProviderMismatch`` for another one's object.
        """
        if seen.reference != self.reference:
            raise ProviderMismatch(f"Asked about {self.reference}, the provider answered about {seen.reference}.")
        if self.state is DisputeState.LOST:
            return (DisputeNews.REGAIN,) if seen.state is DisputeState.WON else ()
        if self.state in DISPUTE_MACHINE.ends - {DisputeState.WARNING_CLOSED}:
            return ()
        steps = _STEPS[seen.state]
        if self.state is DisputeState.WARNING_CLOSED:
            return steps if DisputeNews.OPEN in steps else ()
        if self.is_open:
            steps = tuple(step for step in steps if step is not DisputeNews.OPEN)
        if self.state is DisputeState.UNDER_REVIEW:
            steps = tuple(step for step in steps if step is not DisputeNews.ANSWER)
        return steps

    @property
    def taken_minor(self) -> int:
        """What the network has of the payment and no refund accounts for."""
        if self.state is DisputeState.PREVENTED:
            return self.excess_minor
        return self.amount.amount_minor if self.is_open or self.state is DisputeState.LOST else 0

    @property
    def fallen_minor(self) -> int:
        """What of it is taken of sellers, for now or for good, and of money that waited in suspense."""
        has_parts = self.is_open or self.state is DisputeState.LOST
        of_sellers = sum(part.split.amount for part in self.parts) if has_parts else 0
        return of_sellers + (self.suspended_minor if self.is_gone else 0)

    @property
    def on_platform_minor(self) -> int:
        """What of it neither a seller bears nor money in suspense."""
        return self.excess_minor - self.suspended_minor

    @property
    def is_gone(self) -> bool:
        """Tell whether the network keeps what falls on no seller."""
        return self.state in {DisputeState.LOST, DisputeState.PREVENTED}

    def bear(self, amount: Money) -> None:
        """Let so much of what is gone fall on money that waited in suspense instead of on the platform."""
        self.suspended_minor += amount.amount_minor

    def withdraw(self, seen: ProviderDispute, parts: Sequence[DisputePart], excess_minor: int) -> None:
        """The network took the money (C2): ``parts`` say of whom, ``excess_minor`` is the platform's."""
        self._move(DisputeTrigger.OPEN)
        self.amount, self.fee, self.evidence_due = seen.amount, seen.fee, seen.evidence_due
        self.parts, self.excess_minor = tuple(parts), excess_minor
        self.record(
            DisputeOpened(
                dispute_id=self.dispute_id,
                order_id=self.order_id,
                amount=self.amount,
                reason=self.reason,
                shares=self._shares,
            )
        )

    def take_more(self, part: DisputePart) -> None:
        """Let a part fall on a seller that the platform had borne so far: a refund of it failed."""
        others = [one for one in self.parts if one.seller_order_id != part.seller_order_id]
        mine = next((one for one in self.parts if one.seller_order_id == part.seller_order_id), None)
        if mine is not None:
            part = evolve(part, split=mine.split + part.split, parked_minor=mine.parked_minor + part.parked_minor)
        self.excess_minor -= part.split.amount - (mine.split.amount if mine else 0)
        self.parts = tuple(sorted([*others, part], key=lambda one: one.seller_order_id))

    def answered(self) -> None:
        """The network has the evidence and looks at it (C3)."""
        if self.state is DisputeState.NEEDS_RESPONSE:
            self._move(DisputeTrigger.ANSWER)

    def note_evidence(self, digest: str | None) -> bool:
        """Note what the provider says was handed in; tell whether that was not known."""
        if digest is None or digest == self.evidence_hash:
            return False
        self.evidence_hash = digest
        return True

    def win(self, now: datetime) -> None:
        """The money comes back (C5, C9)."""
        self._move(DisputeTrigger.WIN)
        self.closed_at = now
        self.record(
            DisputeWon(dispute_id=self.dispute_id, order_id=self.order_id, amount=self.amount, shares=self._shares)
        )

    def lose(self, parts: Sequence[DisputePart], now: datetime) -> None:
        """The money is gone (C6); ``parts`` say now who bears it."""
        self._move(DisputeTrigger.LOSE)
        self.parts, self.closed_at = tuple(parts), now
        self.record(
            DisputeLost(dispute_id=self.dispute_id, order_id=self.order_id, amount=self.amount, shares=self._shares)
        )

    @property
    def _shares(self) -> tuple[DisputedShare, ...]:
        currency = self.amount.currency
        return tuple(
            DisputedShare(
                seller_order_id=part.seller_order_id,
                seller_id=part.seller_id,
                amount=Money(part.split.amount, currency),
            )
            for part in self.parts
            if part.split.amount
        )

    def prevent(self, now: datetime) -> None:
        """The network settled it by a refund (C8)."""
        self._move(DisputeTrigger.PREVENT)
        self.closed_at = now
        self.record(DisputePrevented(dispute_id=self.dispute_id, order_id=self.order_id, amount=self.amount))

    def close(self, now: datetime) -> None:
        """Nothing came of the warning (C7)."""
        self._move(DisputeTrigger.CLOSE)
        self.closed_at = now

    def remind(self) -> None:
        """Say that the evidence is due soon."""
        self.record(EvidenceDue(dispute_id=self.dispute_id, order_id=self.order_id, due_at=self.evidence_due))

    def _move(self, trigger: DisputeTrigger) -> None:
        self.state = DISPUTE_MACHINE.after(self.state, trigger, Who.PROVIDER)


def fallen_on(amount_minor: int, refundable: Sequence[int], named: int | None = None) -> tuple[int, ...]:
    """Split a disputed amount in proportion to what can still be refunded of each part, at most all of it.

    If the bank names the goods of one part, ``named`` is its position: it alone is concerned.
    """
    concerned = [there_is if named in {None, position} else 0 for position, there_is in enumerate(refundable)]
    there_is = sum(concerned)
    if not there_is:
        return tuple(0 for _ in refundable)
    return allocate(min(amount_minor, there_is), concerned)
