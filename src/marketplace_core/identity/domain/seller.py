"""A shop and whether it may sell (money design 4.10; onboarding at the payment provider is the payout account's)."""

from datetime import datetime
from enum import Enum
from typing import Final

from attrs import define

from marketplace_core.identity.domain import timers
from marketplace_core.identity.domain.errors import SellerNotInState
from marketplace_core.identity.domain.events import (
    SellerApplied,
    SellerApproved,
    SellerClosed,
    SellerClosing,
    SellerReinstated,
    SellerStayed,
    SellerSuspended,
)
from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_core.kernel.machines import Rest, StateMachine, Who, arrow


class SellerStatus(Enum):
    """Where a shop stands with the marketplace."""

    APPLIED = "applied"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSING = "closing"
    CLOSED = "closed"

    @property
    def can_list(self) -> bool:
        """Whether its goods may be shown and found."""
        return self is SellerStatus.ACTIVE

    @property
    def can_sell(self) -> bool:
        """Whether its goods may be ordered. What is ordered already is shipped whatever the state."""
        return self is SellerStatus.ACTIVE


class SellerStep(Enum):
    """What is done with a shop."""

    APPROVE = "approve"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    CLOSE = "close"
    STAY = "stay"
    FINISH = "finish"


_S, _T = SellerStatus, SellerStep

SELLER_MACHINE: Final = StateMachine(
    name="a shop",
    start=_S.APPLIED,
    transitions=(
        arrow("4.10", _S.APPLIED, _T.APPROVE, _S.ACTIVE, Who.OPERATOR),
        arrow("4.10", _S.APPLIED, _T.CLOSE, _S.CLOSED, Who.SELLER, guard="nothing of it is open"),
        arrow("4.10", _S.ACTIVE, _T.SUSPEND, _S.SUSPENDED, Who.OPERATOR),
        arrow("4.10", _S.SUSPENDED, _T.REINSTATE, _S.ACTIVE, Who.OPERATOR),
        arrow("4.10", _S.ACTIVE, _T.CLOSE, _S.CLOSING, Who.SELLER, guard="nothing of it is open"),
        arrow("4.10", _S.CLOSING, _T.SUSPEND, _S.SUSPENDED, Who.OPERATOR),
        arrow("4.10", _S.CLOSING, _T.STAY, _S.ACTIVE, Who.SELLER),
        arrow("4.10", _S.CLOSING, _T.FINISH, _S.CLOSED, Who.TIMER, guard="the last cent is settled"),
    ),
    rests=(
        Rest(state=_S.APPLIED, party=Who.OPERATOR),
        Rest(state=_S.ACTIVE, party=Who.SELLER),
        Rest(state=_S.SUSPENDED, party=Who.OPERATOR),
        Rest(
            state=_S.CLOSING,
            party=Who.TIMER,
            deadline=timers.FINISH_CLOSING,
            term="P1D, again until everything is settled",
            binds_money=True,
        ),
    ),
    ends=frozenset({_S.CLOSED}),
    refusal=SellerNotInState,
)
_ALREADY: Final = frozenset(
    {
        (SellerStatus.ACTIVE, SellerStep.APPROVE),
        (SellerStatus.SUSPENDED, SellerStep.SUSPEND),
        (SellerStatus.ACTIVE, SellerStep.REINSTATE),
        (SellerStatus.CLOSING, SellerStep.CLOSE),
        (SellerStatus.CLOSED, SellerStep.CLOSE),
        (SellerStatus.ACTIVE, SellerStep.STAY),
        (SellerStatus.CLOSED, SellerStep.FINISH),
    }
)
"""Steps that find their work done: asked twice, done once."""


@define(kw_only=True, eq=False)
class Seller(Aggregate):
    """One shop, owned by one user. ``status_reason`` is the operator's note on the last step; it is never mailed."""

    seller_id: SellerId
    user_id: UserId
    name: str
    slug: str
    country: str
    currency: str
    applied_at: datetime
    status: SellerStatus = SellerStatus.APPLIED
    status_reason: str = ""

    @classmethod
    def apply(
        cls, seller_id: SellerId, user_id: UserId, *, name: str, slug: str, country: str, currency: str, now: datetime
    ) -> "Seller":
        """Open a shop that waits for the operator."""
        seller = cls(
            seller_id=seller_id,
            user_id=user_id,
            name=name,
            slug=slug,
            country=country,
            currency=currency,
            applied_at=now,
        )
        seller.record(SellerApplied(seller_id=seller_id, user_id=user_id, name=name, slug=slug))
        return seller

    def approve(self) -> bool:
        """Let the shop sell; tell whether that changed anything. Raises ``SellerNotInState``."""
        if not self._step(SellerStep.APPROVE, Who.OPERATOR):
            return False
        self.record(
            SellerApproved(
                seller_id=self.seller_id, user_id=self.user_id, name=self.name, slug=self.slug, currency=self.currency
            )
        )
        return True

    def suspend(self, reason: str) -> bool:
        """Stop the shop from selling; tell whether that changed anything. Raises ``SellerNotInState``."""
        if not self._step(SellerStep.SUSPEND, Who.OPERATOR, reason):
            return False
        self.record(SellerSuspended(seller_id=self.seller_id))
        return True

    def reinstate(self) -> bool:
        """Let a suspended shop sell again; tell whether that changed anything. Raises ``SellerNotInState``."""
        if not self._step(SellerStep.REINSTATE, Who.OPERATOR):
            return False
        self.record(SellerReinstated(seller_id=self.seller_id))
        return True

    def close(self) -> bool:
        """Begin to close the shop; one that never sold is closed at once. Tell whether that changed anything.

        Raises ``SellerNotInState``: a suspended shop is not closed before an operator has decided about it.
        """
        if not self._step(SellerStep.CLOSE, Who.SELLER):
            return False
        if self.status is SellerStatus.CLOSED:
            self.record(SellerClosed(seller_id=self.seller_id))
        else:
            self.record(SellerClosing(seller_id=self.seller_id))
        return True

    def stay(self) -> bool:
        """Sell on instead of closing; tell whether that changed anything. Raises ``SellerNotInState``."""
        if not self._step(SellerStep.STAY, Who.SELLER):
            return False
        self.record(SellerStayed(seller_id=self.seller_id))
        return True

    def finish_closing(self) -> bool:
        """Close the shop for good; tell whether that changed anything. Raises ``SellerNotInState``."""
        if not self._step(SellerStep.FINISH, Who.TIMER):
            return False
        self.record(SellerClosed(seller_id=self.seller_id))
        return True

    def _step(self, step: SellerStep, who: Who, reason: str = "") -> bool:
        if (self.status, step) in _ALREADY:
            return False
        self.status = SELLER_MACHINE.after(self.status, step, who)
        self.status_reason = reason
        return True
