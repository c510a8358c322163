"""A hold: one seller's part of an order, between the buyer who paid and the seller who delivers (money design 4.6).

::

    pending ── E1 captured ──► held ── E6 released ──► released
       │                        │ ▲
       └── E2 never paid ► void  └─┴── E4/E5 frozen, by a set of reasons

There is no way back from released. Sums: held = share − released.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Final

from attrs import define, field, frozen

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import OrderId, PaymentId, SellerId, SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain.commission import CommissionTerms, Division
from marketplace_core.payments.domain.errors import EscrowNotReleasable, MalformedReason, WrongState
from marketplace_core.payments.domain.events import EscrowOverdue, EscrowReleased
from marketplace_core.payments.domain.policy import PaymentPolicy, Proof


class HoldState(Enum):
    """Where a hold stands."""

    PENDING = "pending"
    HELD = "held"
    FROZEN = "frozen"
    RELEASED = "released"
    VOID = "void"


class Awaits(Enum):
    """What a hold waits for before its money goes to the seller."""

    PAYMENT = "payment"
    RECEIPT = "receipt"
    DATE = "date"
    OPERATOR = "operator"
    NOTHING = "nothing"


TRANSITIONS: Final[Mapping[HoldState, frozenset[HoldState]]] = MappingProxyType({
    HoldState.PENDING: frozenset({HoldState.HELD, HoldState.VOID}),
    HoldState.HELD: frozenset({HoldState.FROZEN, HoldState.RELEASED}),
    HoldState.FROZEN: frozenset({HoldState.HELD}),
    HoldState.RELEASED: frozenset(),
    HoldState.VOID: frozenset(),
})  # fmt: skip

OVERDUE: Final = "overdue"
"""The freeze reason of a hold that outlived the provider's limit without being releasable."""
FREEZE_REASONS_MAX: Final = 20
_REASON: Final = re.compile(r"[a-z0-9_:-]{1,60}", re.ASCII)


@frozen(kw_only=True)
class Release:
    """Money that left a hold for good: the ``number``-th time, divided once."""

    number: int
    division: Division
    released_at: datetime


def checked_reason(reason: str) -> str:
    """Return a freeze reason, or raise ``MalformedReason``: 1 to 60 of ``a-z 0-9 _ : -``."""
    if not _REASON.fullmatch(reason):
        raise MalformedReason("A reason is 1 to 60 characters of a-z, 0-9, _, - and :, such as risk or claim:17.")
    return reason


def release_id(seller_order_id: SellerOrderId, number: int) -> str:
    """Name a release of a hold; payouts claim releases by this name."""
    return f"{seller_order_id}:{number}"


def seller_order_of(release: str) -> SellerOrderId:
    """Tell whose release it is, by its name."""
    return SellerOrderId(release.rpartition(":")[0])


@define(kw_only=True, eq=False)
class EscrowHold(Aggregate):
    """The held payment of one seller order: ``share`` = ``items`` + ``delivery``, under frozen ``terms``."""

    seller_order_id: SellerOrderId
    payment_id: PaymentId
    order_id: OrderId
    seller_id: SellerId
    items: Money
    delivery: Money
    terms: CommissionTerms
    state: HoldState = HoldState.PENDING
    freezes: frozenset[str] = frozenset()
    proof: Proof | None = None
    delivered_at: datetime | None = None
    release_at: datetime | None = None
    held_at: datetime | None = None
    hold_deadline: datetime | None = None
    releases: tuple[Release, ...] = field(factory=tuple)

    @property
    def share(self) -> Money:
        """What the buyer pays for this part."""
        return self.items + self.delivery

    @property
    def held(self) -> Money:
        """What is in escrow now."""
        if self.state in {HoldState.PENDING, HoldState.VOID}:
            return Money.zero(self.share.currency)
        return self.share - self.released

    @property
    def released(self) -> Money:
        """What has left escrow for good."""
        released = Money.zero(self.share.currency)
        for release in self.releases:
            released = released + release.division.released
        return released

    @property
    def awaits(self) -> Awaits:
        """What must happen before the money goes to the seller: the next thing, as far as it is known."""
        match self.state:
            case HoldState.PENDING:
                return Awaits.PAYMENT
            case HoldState.HELD:
                return Awaits.RECEIPT if self.release_at is None else Awaits.DATE
            case HoldState.FROZEN:
                return Awaits.OPERATOR
            case HoldState.RELEASED | HoldState.VOID:
                return Awaits.NOTHING

    def hold(self, *, now: datetime, until: datetime) -> None:
        """Take the captured share into escrow (E1). ``until`` is the latest moment the provider lets us hold it."""
        self._go(HoldState.HELD)
        self.held_at = now
        self.hold_deadline = until

    def void(self) -> None:
        """Give up a share that will not be paid (E2)."""
        self._go(HoldState.VOID)

    def deliver(self, proof: Proof, *, delivered_at: datetime, policy: PaymentPolicy) -> datetime:
        """Take note that the goods arrived and return when the hold may be released; a better proof only shortens it.

        Raises ``WrongState`` unless the money is in escrow.
        """
        if self.state not in {HoldState.HELD, HoldState.FROZEN}:
            raise WrongState(f"Nothing is held for {self.seller_order_id}.", state=self.state.value)
        release_at = policy.release_at(proof, delivered_at)
        if self.release_at is None or release_at < self.release_at:
            self.proof, self.delivered_at, self.release_at = proof, delivered_at, release_at
        return self.release_at

    def freeze(self, reason: str) -> None:
        """Stop the release for a reason (E4). The same reason twice is one reason."""
        if self.state is not HoldState.FROZEN:
            self._go(HoldState.FROZEN)
        if len(self.freezes | {reason}) > FREEZE_REASONS_MAX:
            raise WrongState(f"{self.seller_order_id} is frozen for {FREEZE_REASONS_MAX} reasons already.")
        self.freezes |= {reason}

    def unfreeze(self, reason: str) -> None:
        """Take a reason away; with the last one the hold is held again (E5). An absent reason is no error."""
        self.freezes -= {reason}
        if self.state is HoldState.FROZEN and not self.freezes:
            self._go(HoldState.HELD)

    def blocked_by(self, now: datetime, *, early: bool = False) -> tuple[str, ...]:
        """Say why the hold may not be released now; empty means it may. ``early`` waives the waiting time."""
        if self.state is HoldState.FROZEN:
            return tuple(f"frozen:{reason}" for reason in sorted(self.freezes))
        if self.state is not HoldState.HELD:
            return (self.state.value,)
        if self.release_at is None:
            return ("not_delivered",)
        if now < self.release_at and not early:
            return (f"waits_until:{self.release_at.isoformat()}",)
        return ()

    def release(self, *, now: datetime, early: bool = False) -> Release:
        """Let go of everything held and divide it under the frozen terms (E6).

        Raises ``EscrowNotReleasable`` with the reasons.
        """
        blocked_by = self.blocked_by(now, early=early)
        if blocked_by:
            raise EscrowNotReleasable("The held payment may not be released now.", blocked_by=list(blocked_by))
        division = self.terms.divide(released=self.held, base=self.items)
        release = Release(number=len(self.releases) + 1, division=division, released_at=now)
        self._go(HoldState.RELEASED)
        self.releases += (release,)
        self.record(
            EscrowReleased(
                seller_order_id=self.seller_order_id,
                order_id=self.order_id,
                seller_id=self.seller_id,
                amount=division.released,
                commission=division.commission,
                commission_vat=division.vat,
                payable=division.payable,
            )
        )
        return release

    def overdue(self) -> None:
        """Freeze a hold that no rule releases although the provider's limit is near; an operator must decide (E10)."""
        self.freeze(OVERDUE)
        self.record(
            EscrowOverdue(seller_order_id=self.seller_order_id, order_id=self.order_id, seller_id=self.seller_id)
        )

    def _go(self, state: HoldState) -> None:
        if state not in TRANSITIONS[self.state]:
            raise WrongState(
                f"The held payment of {self.seller_order_id} cannot go from {self.state.value} to {state.value}.",
                state=self.state.value,
            )
        self.state = state
