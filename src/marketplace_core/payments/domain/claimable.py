"""Whether there may be a claim about a seller's part of an order, and what stands in its way."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, Protocol

from marketplace_core.kernel.ids import ClaimId, SellerOrderId
from marketplace_core.payments.domain.claim_parts import ClaimKind
from marketplace_core.payments.domain.errors import ClaimNotPossible, RefundBlockedByDispute
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.standing import Standing
from marketplace_core.payments.domain.states.claim import CLAIMS_OPENED, DECIDED, ClaimState

UNDELIVERED: Final = "undelivered"
"""The freeze reason of a parcel that came back: its buyer need not wait for the date on which it should have come."""


class Claimable(Protocol):
    """A held payment as far as it tells whether there may be a claim about it."""

    @property
    def seller_order_id(self) -> SellerOrderId:
        """Whose part of which order it is for."""
        ...

    @property
    def standing(self) -> Standing:
        """Where every cent of it is."""
        ...

    @property
    def held_at(self) -> datetime | None:
        """When it was paid."""
        ...

    @property
    def delivered_at(self) -> datetime | None:
        """When the goods arrived, all of them."""
        ...

    @property
    def arrived_at(self) -> datetime | None:
        """When the goods arrived, or the last parcel that did."""
        ...

    @property
    def freezes(self) -> Collection[str]:
        """For which reasons it is frozen."""
        ...


class Claimed(Protocol):
    """A claim as far as it stands in the way of another one."""

    @property
    def claim_id(self) -> ClaimId:
        """Its name."""
        ...

    @property
    def seller_order_id(self) -> SellerOrderId:
        """What it is about."""
        ...

    @property
    def state(self) -> ClaimState:
        """Where it stands."""
        ...


def in_the_way(seller_order_id: SellerOrderId, known: Sequence[Claimed]) -> Claimed | None:
    """Return the claim about a seller order that is open, or was decided; None if there may be another."""
    about = (one for one in known if one.seller_order_id == seller_order_id)
    return next((one for one in about if one.state in CLAIMS_OPENED | DECIDED), None)


def check_unclaimed(seller_order_id: SellerOrderId, known: Sequence[Claimed]) -> None:
    """Raise ``ClaimNotPossible`` if there is an open claim about a seller order, or one that was decided."""
    other = in_the_way(seller_order_id, known)
    if other is not None:
        reason = "decided_already" if other.state in DECIDED else "open_already"
        raise ClaimNotPossible("There is a claim about this.", reason=reason, claim_id=other.claim_id)


def check_claimable(hold: Claimable, kind: ClaimKind, policy: PaymentPolicy, now: datetime) -> None:
    """Raise ``ClaimNotPossible`` unless a claim may be opened about a hold now.

    Raises ``RefundBlockedByDispute`` while a card dispute is open on it.
    """
    if hold.standing.disputed.amount:
        raise RefundBlockedByDispute(f"A card dispute decides about the payment of {hold.seller_order_id}.")
    if not hold.standing.refundable.amount or hold.held_at is None:
        raise ClaimNotPossible("There is no money left that could go back.", reason="nothing_left")
    if hold.arrived_at is not None and (hold.delivered_at is not None or kind is not ClaimKind.NOT_RECEIVED):
        closes_at = hold.arrived_at + policy.claim_window
        if now > closes_at:
            raise ClaimNotPossible("The time for claims is over.", reason="too_late", closed_at=closes_at.isoformat())
        return
    if kind is not ClaimKind.NOT_RECEIVED:
        raise ClaimNotPossible("What has not arrived cannot be looked at.", reason="not_delivered")
    opens_at = hold.held_at + policy.claim_undelivered_after
    if now < opens_at and UNDELIVERED not in hold.freezes:
        raise ClaimNotPossible("It may still arrive.", reason="too_early", opens_at=opens_at.isoformat())
