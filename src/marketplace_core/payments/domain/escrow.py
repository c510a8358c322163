"""A hold: one seller's part of an order, between the buyer who paid and the seller who delivers (money design 4.6).

What became of every cent of it stands in its ``Standing``; this module says what may happen when. There is no way back
from released: what is owed back afterwards is another fact. A failed refund out of escrow opens a hold again.
"""

import re
from datetime import datetime
from enum import Enum
from typing import Final

from attrs import define, evolve, field, frozen

from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import OrderId, PaymentId, SellerId, SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain.commission import Charge, CommissionTerms, Division
from marketplace_core.payments.domain.errors import (
    EscrowNotReleasable,
    MalformedReason,
    RefundBlockedByDispute,
    WrongState,
)
from marketplace_core.payments.domain.events import EscrowOverdue, EscrowReleased, EscrowReopened
from marketplace_core.payments.domain.extras import NO_EXTRAS, Extras
from marketplace_core.payments.domain.parcels import NO_PARCELS, ParcelArrived, Parcels
from marketplace_core.payments.domain.policy import PaymentPolicy, Proof
from marketplace_core.payments.domain.standing import FREE, NOTHING, UNPAID, Portion, Split, Standing
from marketplace_core.payments.domain.states.hold import HOLD_MACHINE, HoldState, HoldTrigger


class Awaits(Enum):
    """What a hold waits for before its money goes to the seller."""

    PAYMENT = "payment"
    RECEIPT = "receipt"
    DATE = "date"
    OPERATOR = "operator"
    NOTHING = "nothing"


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
    """The held payment of one seller order: ``share`` = ``items`` + ``delivery``, under frozen ``terms``.

    ``extras`` are what the buyer paid beyond the share, and less; the tax in them is owed to ``tax_jurisdiction``.
    ``standing`` says where every cent of it is, from the moment it is paid. ``freezes`` are the reasons that keep it
    from being released, ``releases`` what has gone to the seller, divided. ``parcels`` are those that arrived, where a
    share is released parcel by parcel.
    """

    seller_order_id: SellerOrderId
    payment_id: PaymentId
    order_id: OrderId
    seller_id: SellerId
    items: Money
    delivery: Money
    terms: CommissionTerms
    extras: Extras = NO_EXTRAS
    tax_jurisdiction: str = ""
    state: HoldState = HoldState.PENDING
    standing: Standing = UNPAID
    freezes: frozenset[str] = frozenset()
    proof: Proof | None = None
    delivered_at: datetime | None = None
    release_at: datetime | None = None
    held_at: datetime | None = None
    hold_deadline: datetime | None = None
    parcels: Parcels = NO_PARCELS
    releases: tuple[Release, ...] = field(factory=tuple)

    @property
    def share(self) -> Money:
        """What is held for the seller of what the buyer pays for this part."""
        return self.items + self.delivery

    @property
    def held(self) -> Money:
        """What is in escrow now."""
        return Money(self.standing.held.amount, self.share.currency)

    @property
    def released(self) -> Money:
        """What has left escrow for the seller so far, before commission."""
        released = Money.zero(self.share.currency)
        for release in self.releases:
            released = released + release.division.released
        return released

    @property
    def refunded(self) -> Money:
        """What has gone back to the buyer, or is on its way there."""
        return Money(self.standing.refunded.amount, self.share.currency)

    @property
    def refundable(self) -> Money:
        """What may still go back to the buyer."""
        return Money(self.standing.refundable.amount, self.share.currency)

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
            case _:
                return Awaits.NOTHING

    def hold(self, *, now: datetime, until: datetime) -> None:
        """Take the captured share into escrow (E1). ``until`` is the latest moment the provider lets us hold it."""
        self._move(HoldTrigger.CAPTURE, Who.PROVIDER)
        paid = Portion(items=self.items.amount_minor, delivery=self.delivery.amount_minor)
        self.standing = Standing(held=paid, kept=self.extras)
        self.held_at = now
        self.hold_deadline = until

    def void(self) -> None:
        """Give up a share that will not be paid (E2)."""
        self._move(HoldTrigger.VOID, Who.SYSTEM)

    def deliver(self, proof: Proof, *, delivered_at: datetime, policy: PaymentPolicy) -> datetime:
        """Take note that the goods arrived and return when the hold may be released; a better proof only shortens it.

        What has gone back to the buyer may be in escrow again one day, so it is noted then as well. Raises
        ``WrongState`` if the share was never paid.
        """
        if self.state in {HoldState.PENDING, HoldState.VOID}:
            raise WrongState(f"Nothing is held for {self.seller_order_id}.", state=self.state.value)
        release_at = policy.release_at(proof, delivered_at)
        if self.release_at is None or release_at < self.release_at:
            self.proof, self.delivered_at, self.release_at = proof, delivered_at, release_at
        return self.release_at

    def arrive(
        self, number: int, items: int, proof: Proof, *, expected: int, delivered_at: datetime, policy: PaymentPolicy
    ) -> None:
        """Take note that a parcel arrived with goods worth ``items``; goods worth ``expected`` are still to arrive.

        Raises ``WrongState`` if the share was never paid.
        """
        if self.state in {HoldState.PENDING, HoldState.VOID}:
            raise WrongState(f"Nothing is held for {self.seller_order_id}.", state=self.state.value)
        release_at = policy.release_at(proof, delivered_at)
        parcel = ParcelArrived(
            number=number, items=items, proof=proof, delivered_at=delivered_at, release_at=release_at
        )
        self.parcels = self.parcels.with_arrival(parcel, expected=expected)

    def expect_less(self, items: int) -> None:
        """Take note that goods worth so much will not be sent."""
        self.parcels = self.parcels.without(items)

    def due(self, now: datetime, *, early: bool = False) -> Portion:
        """Return what of the held money may go to the seller as far as time decides; ``early`` waives the waiting."""
        if self._is_due(now, early=early):
            return self.standing.held
        if not self.parcels.arrived:
            return NOTHING
        return Portion(items=max(0, self.standing.held.items - self.parcels.kept(now, early=early)))

    def next_release(self, now: datetime) -> datetime | None:
        """Return when something is due next: now, at a later time, or None if that is not known."""
        if self._is_due(now) or self.due(now).amount:
            return now
        waiting = (self.release_at, self.parcels.next_at(now))
        return min((max(one, now) for one in waiting if one is not None), default=None)

    @property
    def arrived_at(self) -> datetime | None:
        """When the goods arrived, or the last parcel that did."""
        return self.delivered_at or self.parcels.last_at

    def freeze(self, reason: str, who: Who = Who.OPERATOR) -> None:
        """Stop the release for a reason (E4). The same reason twice is one reason."""
        self._move(HoldTrigger.FREEZE, who)
        if len(self.freezes | {reason}) > FREEZE_REASONS_MAX:
            raise WrongState(f"{self.seller_order_id} is frozen for {FREEZE_REASONS_MAX} reasons already.")
        self.freezes |= {reason}

    def unfreeze(self, reason: str, who: Who = Who.OPERATOR) -> None:
        """Take a reason away; with the last one the hold is held again (E5). An absent reason is no error."""
        self.freezes -= {reason}
        if self.state is HoldState.FROZEN and not self.freezes:
            self._move(HoldTrigger.UNFREEZE, who)

    def blocked_by(self, now: datetime, *, early: bool = False) -> tuple[str, ...]:
        """Say why the hold may not be released now; empty means it may. ``early`` waives the waiting time."""
        if self.state is HoldState.FROZEN:
            return tuple(f"frozen:{reason}" for reason in sorted(self.freezes))
        if self.state is not HoldState.HELD:
            return (self.state.value,)
        if self._is_due(now, early=early) or self.due(now, early=early).amount:
            return ()
        waits_until = self.next_release(now)
        return ("not_delivered",) if waits_until is None else (f"waits_until:{waits_until.isoformat()}",)

    def release(self, *, now: datetime, early: bool = False) -> Release:
        """Let go of everything that is due and divide it under the frozen terms (E6): all of it, or of some parcels.

        Raises ``EscrowNotReleasable`` with the reasons.
        """
        blocked_by = self.blocked_by(now, early=early)
        if blocked_by:
            raise EscrowNotReleasable("The held payment may not be released now.", blocked_by=list(blocked_by))
        portion = self.due(now, early=early)
        amount, after = Money(portion.amount, self.share.currency), self.standing.release(portion)
        charge = after.due(self.terms).capped(amount.amount_minor)
        division = self.terms.divide(released=amount, charge=charge)
        release = Release(number=len(self.releases) + 1, division=division, released_at=now)
        trigger = HoldTrigger.RELEASE_PART if after.held.amount else HoldTrigger.RELEASE
        self._move(trigger, Who.OPERATOR if early else Who.TIMER)
        self.standing = after.charge(charge)
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

    def refund_of(self, wanted: Portion) -> Split:
        """Say where a refund would be taken from. Raises as ``refund`` does, and changes nothing."""
        if self.standing.disputed.amount:
            raise RefundBlockedByDispute(f"A card dispute decides about the payment of {self.seller_order_id}.")
        return self.standing.take(wanted)

    def extras_of(self, wanted: Portion) -> Extras:
        """Say which extras would go back with a refund. Raises as ``refund`` does, and changes nothing."""
        self.refund_of(wanted)  # what is there no more has no extras either
        return self.standing.extras_of(wanted, self.extras)

    def refund(
        self, wanted: Portion, who: Who, *, by_network: bool = False, unpaid_minor: int = 0
    ) -> tuple[Split, Extras]:
        """Send a portion back to the buyer (E3, E7, E9).

        Say where it was taken from, escrow first, and which extras go back with it.

        ``unpaid_minor`` of it the buyer never paid: it goes back to the platform as a subsidy does.

        What the card network has refunded itself (``by_network``) has gone, whatever other disputes are open; its
        amount is its own and takes no extras along. Raises ``RefundBlockedByDispute`` while a card dispute is open on
        this share, ``RefundExceedsRemaining``.
        """
        split = self.standing.take(wanted) if by_network else self.refund_of(wanted)
        extras = NO_EXTRAS if by_network else self.standing.extras_of(wanted, self.extras)
        extras = evolve(extras, subsidy=extras.subsidy + unpaid_minor)
        self.standing = self.standing.refund(split, extras)
        if split.held.amount:
            self._move(HoldTrigger.REFUND_PART if self.standing.held.amount else HoldTrigger.REFUND, who)
            self._drop_freezes()
        return split, extras

    def refund_failed(self, split: Split, extras: Extras = NO_EXTRAS) -> None:
        """Take a refund back that did not happen: escrow is escrow again, and opens a hold that had ended (E11)."""
        self.standing = self.standing.unrefund(split, extras)
        if split.held.amount:
            self._reopen()

    def dispute(self, amount_minor: int, reason: str) -> Split:
        """Set so much apart for an open card dispute, from escrow first, and freeze what is held (E4)."""
        split = self.standing.dispute(amount_minor)
        self.standing = self.standing.freeze(split)
        if self.state in {HoldState.HELD, HoldState.FROZEN}:
            self.freeze(reason, Who.PROVIDER)
        return split

    def dispute_won(self, split: Split, reason: str) -> None:
        """Get back what was set apart for a dispute (E5)."""
        self.standing = self.standing.unfreeze(split)
        self.unfreeze(reason, Who.PROVIDER)

    def dispute_lost(self, split: Split, reason: str) -> None:
        """Give up what was set apart for a dispute; a hold that nothing is left of ends (E9)."""
        self.standing = self.standing.lose(split)
        if split.held.amount and not self.standing.held.amount and not self.standing.disputed.held.amount:
            self._move(HoldTrigger.LOSE, Who.PROVIDER)
            self._drop_freezes()
        else:
            self.unfreeze(reason, Who.PROVIDER)

    def dispute_regained(self, split: Split) -> None:
        """Get back what was lost with a dispute that was turned round (E11)."""
        self.standing = self.standing.regain(split)
        if split.held.amount:
            self._reopen()

    @property
    def excess_charge(self) -> Charge:
        """What was charged beyond what the seller has of this share now; nothing if the terms keep it."""
        return FREE if self.terms.keeps_commission else self.standing.excess(self.terms)

    @property
    def due_charge(self) -> Charge:
        """What is to be charged again on what the seller has of this share now."""
        return FREE if self.terms.keeps_commission else self.standing.due(self.terms)

    def give_back(self, charge: Charge) -> None:
        """Keep so much less commission."""
        self.standing = self.standing.give_back(charge)

    def charge(self, charge: Charge) -> None:
        """Keep so much more commission."""
        self.standing = self.standing.charge(charge)

    def earn_fee(self) -> int:
        """Keep what is left of the buyer's fee for good, and say how much that is, in minor units."""
        earned = self.standing.kept.fee
        self.standing = self.standing.earn_fee()
        return earned

    def overdue(self) -> None:
        """Freeze a hold that no rule releases although the provider's limit is near; an operator must decide (E10).

        Said again, it is brought to mind again.
        """
        self.freeze(OVERDUE, Who.TIMER)
        self.record(
            EscrowOverdue(seller_order_id=self.seller_order_id, order_id=self.order_id, seller_id=self.seller_id)
        )

    def _is_due(self, now: datetime, *, early: bool = False) -> bool:
        """Tell whether all of it arrived and its time has come, even if nothing is left of it."""
        return self.release_at is not None and (early or now >= self.release_at)

    def _drop_freezes(self) -> None:
        if self.state in HOLD_MACHINE.ends:
            self.freezes = frozenset()

    def _reopen(self) -> None:
        if self.state in {HoldState.RELEASED, HoldState.REFUNDED, HoldState.LOST}:
            self._move(HoldTrigger.REOPEN, Who.PROVIDER)
            self.record(
                EscrowReopened(seller_order_id=self.seller_order_id, order_id=self.order_id, seller_id=self.seller_id)
            )

    def _move(self, trigger: HoldTrigger, who: Who) -> None:
        self.state = HOLD_MACHINE.after(self.state, trigger, who)
