"""What a seller owes, how it is settled, and what it keeps the seller from (money design 4.7, 4.10).

A debt arises when a refund or a lost dispute takes more than the seller has; whatever becomes payable pays it first.
What is left is settled otherwise: the seller tops up, the provider takes a transfer back, or it is written off.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Final

from attrs import define, frozen

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import PayoutId, SellerId, SettlementId, UserId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money, total
from marketplace_core.payments.domain.errors import MalformedSettlement, ProviderMismatch
from marketplace_core.payments.domain.events import DebtArose, DebtSettled, SellingStopped
from marketplace_core.payments.domain.payment import KEY_LIFETIME
from marketplace_core.payments.domain.payout import Payout, ProviderReversal
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.states.settlement import (
    SETTLEMENT_MACHINE,
    SettlementState,
    SettlementTrigger,
)

NOTE_CHARACTERS_MAX: Final = 500
BY_ITSELF: Final = "automatic"
"""The note of a settlement that nobody asked for."""


class Means(Enum):
    """How a debt is settled."""

    REVERSAL = "reversal"
    WRITE_OFF = "write_off"
    TOP_UP = "top_up"


class Obstacle(Enum):
    """Why a seller may not list, may not sell, or is not paid."""

    SUSPENDED = "suspended"
    CLOSING = "closing"
    DEBT = "debt"
    DEBT_TOO_LARGE = "debt_too_large"
    DEBT_TOO_OLD = "debt_too_old"
    UNVERIFIED_LIMIT = "unverified_limit"
    NOT_ENABLED = "not_enabled"


@define(kw_only=True, eq=False)
class DebtSettlement(Aggregate):
    """An amount by which a seller's debt is settled. ``note`` is the reason, or the reference of a top-up.

    A reversal takes back (some of) the transfer ``transfer_reference`` of the payout ``payout_id``.
    """

    settlement_id: SettlementId
    seller_id: SellerId
    provider: str
    amount: Money
    means: Means
    note: str
    requester_id: UserId | None
    requested_at: datetime
    payout_id: PayoutId | None = None
    transfer_reference: str | None = None
    state: SettlementState = SETTLEMENT_MACHINE.start
    tried_at: datetime | None = None
    reference: str | None = None
    refusal: str | None = None
    ended_at: datetime | None = None

    @classmethod
    def automatic(
        cls,
        settlement_id: SettlementId,
        debt: Money,
        *,
        paid: Sequence[Payout],
        asked: Sequence["DebtSettlement"],
        now: datetime,
    ) -> "DebtSettlement | None":
        """Ask for a debt to be taken back of the first payout of which nothing was; None: there is none.

        ``asked`` is what was taken back, or is being, before; what came to nothing took nothing. One reversal of a
        payout, so that the provider's can be told apart when its answer was lost.
        """
        taken = {one.payout_id for one in asked if one.state is not SettlementState.REJECTED}
        payout = next((one for one in paid if one.payout_id not in taken), None)
        if payout is None:
            return None
        return cls(
            settlement_id=settlement_id,
            seller_id=payout.seller_id,
            provider=payout.provider,
            amount=min(debt, payout.amount),
            means=Means.REVERSAL,
            note=BY_ITSELF,
            requester_id=None,
            requested_at=now,
            payout_id=payout.payout_id,
            transfer_reference=payout.transfer_reference,
        )

    @property
    def key(self) -> str:
        """Return the key under which the provider is asked, however often."""
        return f"settlement:{self.settlement_id}:1"

    def key_may_be_forgotten(self, now: datetime) -> bool:
        """Tell whether the provider may no longer recognise the key."""
        return self.tried_at is not None and now - self.tried_at > KEY_LIFETIME

    def needs_second(self, policy: PaymentPolicy) -> bool:
        """Tell whether so much is written off that another operator has to approve it."""
        return self.means is Means.WRITE_OFF and self.amount.amount_minor >= policy.write_off_four_eyes_minor

    def check(self) -> None:
        """Raise ``MalformedSettlement`` without an amount or a note."""
        if self.amount.amount_minor <= 0:
            raise MalformedSettlement("A settlement is an amount above zero.")
        if not 1 <= len(self.note) <= NOTE_CHARACTERS_MAX:
            raise MalformedSettlement(f"Say why, or under which reference, in 1 to {NOTE_CHARACTERS_MAX} characters.")

    def book(self, now: datetime) -> None:
        """An operator's word is enough: a write-off, or money that has arrived."""
        self._end(SettlementTrigger.BOOK, Who.OPERATOR, now)

    def reject(self, now: datetime) -> None:
        """Another operator says no."""
        self._end(SettlementTrigger.REJECT, Who.OPERATOR, now)

    def submit(self, now: datetime) -> None:
        """Note that the provider is being asked, before it is. Noted once: the first time counts."""
        if self.state is SettlementState.REQUESTED:
            self.state = SETTLEMENT_MACHINE.after(self.state, SettlementTrigger.SUBMIT, Who.TIMER)
        self.tried_at = self.tried_at or now

    def taken_back(self, seen: ProviderReversal, now: datetime) -> None:
        """The provider has taken it back. Raises ``ProviderMismatch`` for another amount."""
        if seen.amount != self.amount:
            raise ProviderMismatch(f"Asked for {self.amount} back, the provider answered {seen.amount}.")
        self.reference = seen.reference
        self._end(SettlementTrigger.BOOK, Who.PROVIDER, now)

    def refused(self, reason: str, now: datetime) -> None:
        """The provider will not: the debt stays."""
        self.refusal = reason
        self._end(SettlementTrigger.REJECT, Who.PROVIDER, now)

    def _end(self, trigger: SettlementTrigger, who: Who, now: datetime) -> None:
        self.state = SETTLEMENT_MACHINE.after(self.state, trigger, who)
        self.ended_at = now


def taken_of(payout: Payout, asked: Sequence[DebtSettlement]) -> Money:
    """Return what of the transfer of a payout has paid debts, given the reversals that were asked for."""
    taken = (one.amount for one in asked if one.payout_id == payout.payout_id and one.state is SettlementState.BOOKED)
    return total(list(taken), payout.amount.currency)


@define(kw_only=True, eq=False)
class SellerStanding(Aggregate):
    """What the marketplace remembers of a seller in a currency besides the books.

    ``debt_since`` is when the present debt began; ``stopped`` whether the seller was told that selling has stopped;
    ``closing`` whether the shop is being closed, or is.
    """

    seller_id: SellerId
    currency: str
    suspended: bool = False
    closing: bool = False
    debt_since: datetime | None = None
    stopped: bool = False

    def obstacles(self, debt_minor: int, policy: PaymentPolicy, now: datetime) -> tuple[Obstacle, ...]:
        """Say what keeps the seller from selling: suspended, closing, or too much debt, or for too long."""
        due = self.debt_due(policy)
        found = (
            (self.suspended, Obstacle.SUSPENDED),
            (self.closing, Obstacle.CLOSING),
            (debt_minor >= policy.debt_hard_minor, Obstacle.DEBT_TOO_LARGE),
            (bool(debt_minor) and due is not None and now >= due, Obstacle.DEBT_TOO_OLD),
        )
        return tuple(obstacle for stands, obstacle in found if stands)

    def debt_due(self, policy: PaymentPolicy) -> datetime | None:
        """Return by when the debt has to be paid, so that selling goes on."""
        return None if self.debt_since is None else self.debt_since + policy.debt_settled_within

    def take_back_at(self, asked: Sequence[DebtSettlement], policy: PaymentPolicy) -> datetime | None:
        """Return when the provider is asked next to take something back: a while after it was asked last.

        None when there is no debt, or it is due by then: what is left after that is for operators to decide about.
        """
        due = self.debt_due(policy)
        if self.debt_since is None or due is None:
            return None
        at = max((self.debt_since, *(one.requested_at for one in asked))) + policy.debt_taken_back_after
        return at if at < due else None

    def observe(self, debt: Money, policy: PaymentPolicy, now: datetime) -> None:
        """Take note of what is owed now, and tell the seller what that means."""
        if not debt:
            if self.debt_since is not None:
                self.record(DebtSettled(seller_id=self.seller_id, currency=self.currency))
            self.debt_since, self.stopped = None, False
            return
        if self.debt_since is None:
            self.debt_since = now
            self.record(DebtArose(seller_id=self.seller_id, debt=debt, due_at=now + policy.debt_settled_within))
        stops = bool(
            {Obstacle.DEBT_TOO_LARGE, Obstacle.DEBT_TOO_OLD} & set(self.obstacles(debt.amount_minor, policy, now))
        )
        if stops and not self.stopped:
            self.record(SellingStopped(seller_id=self.seller_id, debt=debt, noticed_at=now))
        self.stopped = stops


@frozen(kw_only=True)
class SellerFacts:
    """What is known of a seller in a currency: ``held`` is or will be in escrow, ``owed`` to the seller."""

    standing: SellerStanding
    enabled: bool
    held: Money
    owed: Money
    debt: Money

    def room(self, policy: PaymentPolicy) -> Money | None:
        """Return for how much the seller may still sell before the provider pays them; None: without such a limit."""
        if self.enabled:
            return None
        used = (self.held + self.owed).amount_minor
        return Money(max(0, policy.unverified_held_max_minor - used), self.standing.currency)

    def keeps_from_listing(self, policy: PaymentPolicy) -> tuple[Obstacle, ...]:
        """Say what keeps the seller from showing goods."""
        found = (
            (self.standing.suspended, Obstacle.SUSPENDED),
            (self.standing.closing, Obstacle.CLOSING),
            (not self.enabled and not policy.unverified_may_list, Obstacle.NOT_ENABLED),
        )
        return tuple(obstacle for stands, obstacle in found if stands)

    def keeps_from_selling(self, policy: PaymentPolicy, now: datetime) -> tuple[Obstacle, ...]:
        """Say what keeps the seller from taking orders. Who is kept from listing has nothing that could be ordered."""
        room = self.room(policy)
        found = (
            *self.keeps_from_listing(policy),
            *self.standing.obstacles(self.debt.amount_minor, policy, now),
            *((Obstacle.UNVERIFIED_LIMIT,) if room is not None and not room else ()),
        )
        return tuple(dict.fromkeys(found))

    def keeps_from_being_paid(self) -> tuple[Obstacle, ...]:
        """Say what keeps the seller from being paid."""
        found = (
            (not self.enabled, Obstacle.NOT_ENABLED),
            (bool(self.debt), Obstacle.DEBT),
            (self.standing.suspended, Obstacle.SUSPENDED),
        )
        return tuple(obstacle for stands, obstacle in found if stands)
