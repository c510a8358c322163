"""What is shown of sellers' standing and of the settlements of their debts."""

from datetime import datetime

from attrs import frozen

from marketplace_core.kernel.ids import PayoutId, SellerId, SettlementId, UserId
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain.debt import DebtSettlement, Means, Obstacle, SellerFacts
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.states.settlement import SettlementState
from marketplace_core.payments.domain.timers import debt_subject


@frozen(kw_only=True)
class SellerStandingView:
    """What a seller may do in a currency, what stands in the way of each, and what is owed until when.

    ``obstacles`` are all of them. ``room`` is what a seller whom the provider does not pay yet may still sell for, of
    ``room_limit``; None: without such a limit. From ``payout_limit`` of debt on no payout leaves, from ``debt_limit``
    on nothing is sold.
    """

    seller_id: SellerId
    currency: str
    can_list: bool
    can_sell: bool
    can_be_paid: bool
    not_listing: tuple[Obstacle, ...]
    not_selling: tuple[Obstacle, ...]
    not_paid: tuple[Obstacle, ...]
    obstacles: tuple[Obstacle, ...]
    debt: Money
    debt_since: datetime | None
    debt_due: datetime | None
    payout_limit: Money
    debt_limit: Money
    room: Money | None
    room_limit: Money

    @classmethod
    def of(cls, facts: SellerFacts, policy: PaymentPolicy, now: datetime) -> "SellerStandingView":
        """Compute it."""
        standing = facts.standing
        listing = facts.keeps_from_listing(policy)
        selling = facts.keeps_from_selling(policy, now)
        paying = facts.keeps_from_being_paid()
        return cls(
            seller_id=standing.seller_id,
            currency=standing.currency,
            can_list=not listing,
            can_sell=not selling,
            can_be_paid=not paying,
            not_listing=listing,
            not_selling=selling,
            not_paid=paying,
            obstacles=tuple(dict.fromkeys((*listing, *selling, *paying))),
            debt=facts.debt,
            debt_since=standing.debt_since,
            debt_due=standing.debt_due(policy),
            payout_limit=Money(policy.debt_soft_minor, standing.currency),
            debt_limit=Money(policy.debt_hard_minor, standing.currency),
            room=facts.room(policy),
            room_limit=Money(policy.unverified_held_max_minor, standing.currency),
        )


@frozen(kw_only=True)
class DebtorView:
    """A seller who owes something in a currency: how much, since when; ``stopped``: too much, or for too long."""

    seller_id: SellerId
    debt: Money
    debt_since: datetime | None
    stopped: bool

    @property
    def subject(self) -> str:
        """Name the debt."""
        return debt_subject(self.seller_id, self.debt.currency)


@frozen(kw_only=True)
class SettlementView:
    """A settlement of a debt: how much, by what means, and where it stands."""

    settlement_id: SettlementId
    seller_id: SellerId
    amount: Money
    means: Means
    state: SettlementState
    note: str
    requester_id: UserId | None
    requested_at: datetime
    payout_id: PayoutId | None
    refusal: str | None
    ended_at: datetime | None

    @classmethod
    def of(cls, settlement: DebtSettlement) -> "SettlementView":
        """Show a settlement."""
        return cls(
            settlement_id=settlement.settlement_id,
            seller_id=settlement.seller_id,
            amount=settlement.amount,
            means=settlement.means,
            state=settlement.state,
            note=settlement.note,
            requester_id=settlement.requester_id,
            requested_at=settlement.requested_at,
            payout_id=settlement.payout_id,
            refusal=settlement.refusal,
            ended_at=settlement.ended_at,
        )
