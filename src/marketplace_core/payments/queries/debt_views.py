"""What is shown of sellers' standing and of the settlements of their debts."""

from datetime import datetime

from attrs import frozen

from marketplace_core.kernel.ids import PayoutId, SellerId, SettlementId, UserId
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain.debt import DebtSettlement, Means, Obstacle, SellerFacts
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.states.settlement import SettlementState


@frozen(kw_only=True)
class SellerStandingView:
    """What a seller may do in a currency, what stands in the way, and what is owed until when.

    ``room`` is what a seller whom the provider does not pay yet may still sell for; None: without such a limit.
    """

    seller_id: SellerId
    currency: str
    can_sell: bool
    can_be_paid: bool
    obstacles: tuple[Obstacle, ...]
    debt: Money
    debt_since: datetime | None
    debt_due: datetime | None
    debt_limit: Money
    room: Money | None

    @classmethod
    def of(cls, facts: SellerFacts, policy: PaymentPolicy, now: datetime) -> "SellerStandingView":
        """Compute it."""
        standing, debt = facts.standing, facts.debt
        selling = list(standing.obstacles(debt.amount_minor, policy, now))
        room = None
        if not facts.enabled:
            used = (facts.held + facts.owed).amount_minor
            room = Money(max(0, policy.unverified_held_max_minor - used), standing.currency)
            if not room:
                selling.append(Obstacle.UNVERIFIED_LIMIT)
        paying = [Obstacle.NOT_ENABLED] if not facts.enabled else []
        paying += [Obstacle.DEBT] if debt else []
        paying += [Obstacle.SUSPENDED] if standing.suspended else []
        return cls(
            seller_id=standing.seller_id,
            currency=standing.currency,
            can_sell=not selling,
            can_be_paid=not paying,
            obstacles=tuple(dict.fromkeys((*selling, *paying))),
            debt=debt,
            debt_since=standing.debt_since,
            debt_due=standing.debt_due(policy),
            debt_limit=Money(policy.debt_hard_minor, standing.currency),
            room=room,
        )


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
