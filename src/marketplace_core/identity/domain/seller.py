"""A shop and whether it may sell (money design 4.10; the states that applying, approval and suspension need)."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Final

from attrs import define

from marketplace_core.identity.domain.errors import SellerNotInState
from marketplace_core.identity.domain.events import SellerApplied, SellerApproved, SellerReinstated, SellerSuspended
from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.ids import SellerId, UserId


class SellerStatus(Enum):
    """Where a shop stands with the marketplace."""

    APPLIED = "applied"
    ACTIVE = "active"
    SUSPENDED = "suspended"

    @property
    def can_list(self) -> bool:
        """Whether its goods may be shown and found."""
        return self is SellerStatus.ACTIVE

    @property
    def can_sell(self) -> bool:
        """Whether its goods may be ordered. What is ordered already is shipped whatever the state."""
        return self is SellerStatus.ACTIVE


class SellerStep(Enum):
    """What an operator does with a shop."""

    APPROVE = "approve"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"


TRANSITIONS: Final[Mapping[tuple[SellerStatus, SellerStep], SellerStatus]] = {
    (SellerStatus.APPLIED, SellerStep.APPROVE): SellerStatus.ACTIVE,
    (SellerStatus.ACTIVE, SellerStep.SUSPEND): SellerStatus.SUSPENDED,
    (SellerStatus.SUSPENDED, SellerStep.REINSTATE): SellerStatus.ACTIVE,
}
_ALREADY: Final = frozenset(
    {
        (SellerStatus.ACTIVE, SellerStep.APPROVE),
        (SellerStatus.SUSPENDED, SellerStep.SUSPEND),
        (SellerStatus.ACTIVE, SellerStep.REINSTATE),
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
        if not self._step(SellerStep.APPROVE, ""):
            return False
        self.record(
            SellerApproved(
                seller_id=self.seller_id, user_id=self.user_id, name=self.name, slug=self.slug, currency=self.currency
            )
        )
        return True

    def suspend(self, reason: str) -> bool:
        """Stop the shop from selling; tell whether that changed anything. Raises ``SellerNotInState``."""
        if not self._step(SellerStep.SUSPEND, reason):
            return False
        self.record(SellerSuspended(seller_id=self.seller_id))
        return True

    def reinstate(self) -> bool:
        """Let a suspended shop sell again; tell whether that changed anything. Raises ``SellerNotInState``."""
        if not self._step(SellerStep.REINSTATE, ""):
            return False
        self.record(SellerReinstated(seller_id=self.seller_id))
        return True

    def _step(self, step: SellerStep, reason: str) -> bool:
        if (self.status, step) in _ALREADY:
            return False
        target = TRANSITIONS.get((self.status, step))
        if target is None:
            raise SellerNotInState(
                f"A shop that is {self.status.value} cannot be the subject of {step.value!r}.",
                status=self.status.value,
                step=step.value,
            )
        self.status = target
        self.status_reason = reason
        return True
