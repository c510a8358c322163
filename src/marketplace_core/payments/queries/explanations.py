"""Where each cent is, why it is there, and what moves it next: of an order, a payout, a seller's balance, a commission.

The parts of an explanation sum to its total, to the cent. Everybody is told what concerns them: a buyer all of their
own order and nothing of commission, a shop its own parts, an operator everything.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.ids import OrderId, PayoutId, SellerId, SellerOrderId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.payments.domain.access import is_for_seller, no_escrow, no_payment, no_payout
from marketplace_core.payments.domain.states.hold import HoldState
from marketplace_core.payments.domain.states.payout import PayoutState
from marketplace_core.payments.queries.readers import PaymentsReader
from marketplace_core.payments.queries.views import EscrowView

_STAFF: Final = frozenset({Role.OPERATOR, Role.SYSTEM})
PARTS_MAX: Final = 100
"""How many parts an order has at most."""


@frozen(kw_only=True)
class Cents:
    """Some of the money: ``where`` it is, about what, ``why``, and what moves it ``next``, ``at`` the time where known.

    ``where``, ``why`` and ``next`` are short words that programs may branch on.
    """

    where: str
    about: str
    amount: Money
    why: str
    next: str
    at: datetime | None = None


@frozen(kw_only=True)
class Explanation:
    """What all of it comes to, and where every cent of it is."""

    subject: str
    total: Money
    parts: tuple[Cents, ...]


@frozen
class ExplainOrder(Query[Explanation]):
    """Ask where each cent of an order's shares is."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    order_id: OrderId


@frozen
class ExplainPayout(Query[Explanation]):
    """Ask what a payout is made of, and what becomes of it."""

    permission: ClassVar[Permission] = Permission.SELLER

    payout_id: PayoutId


@frozen
class ExplainBalance(Query[tuple[Explanation, ...]]):
    """Ask where a seller's money is in every currency: what is theirs or will be, less what they owe."""

    permission: ClassVar[Permission] = Permission.SELLER

    seller_id: SellerId


@frozen
class ExplainCommission(Query[Explanation]):
    """Ask how the commission that is kept of a seller order, with its tax, comes about."""

    permission: ClassVar[Permission] = Permission.SELLER

    seller_order_id: SellerOrderId


@frozen(kw_only=True)
class Explainer:
    """Explains from what the rows say; what is foreign looks as if it were missing."""

    reader: PaymentsReader

    async def order(self, query: ExplainOrder, by: Actor) -> Explanation:
        """Explain an order. Raises ``PaymentNotFound``."""
        owner = await self.reader.order_holds(query.order_id)
        if owner is None:
            raise no_payment()
        found = await self.reader.escrows(PageRequest(limit=PARTS_MAX), order_id=query.order_id)
        knows_all = bool(by.roles & _STAFF) or by.user_id == owner.buyer_id
        holds = [one for one in found.items if knows_all or one.seller_id == by.seller_id]
        if not holds:
            raise no_payment()
        parts = tuple(part for hold in holds for part in _places(hold, is_buyer=not is_for_seller(by, hold.seller_id)))
        return _summed(query.order_id, holds[0].share.currency, parts)

    async def payout(self, query: ExplainPayout, by: Actor) -> Explanation:
        """Explain a payout. Raises ``PayoutNotFound``."""
        view = await self.reader.payout(query.payout_id)
        if view is None or not is_for_seller(by, view.seller_id):
            raise no_payout()
        where, next_ = _PAYOUT_MOVES[view.state]
        parts = tuple(
            Cents(
                where=where,
                about=item.seller_order_id or item.entry_id,
                amount=item.amount,
                why=item.entry_id,
                next=next_,
                at=view.paid_at,
            )
            for item in view.items
        )
        return _summed(view.payout_id, view.amount.currency, parts)

    async def balance(self, query: ExplainBalance, by: Actor) -> tuple[Explanation, ...]:
        """Explain a balance. Raises ``NotFound`` for a foreign shop."""
        by.require_seller(query.seller_id)
        view = await self.reader.balance(query.seller_id)
        return tuple(
            _summed(
                query.seller_id,
                one.currency,
                tuple(
                    Cents(where=where, about=query.seller_id, amount=amount, why=why, next=next_)
                    for where, amount, why, next_ in (
                        ("held", one.held, "paid_and_not_released", "release"),
                        ("payable", one.payable, "released", "payout_run"),
                        ("in_payout", one.in_payout, "claimed_by_a_payout", "bank"),
                        ("reserve", one.reserve, "kept_back_for_a_while", "reserve_matures"),
                        ("debt", -one.debt, "owed_to_the_marketplace", "next_income"),
                    )
                    if amount
                ),
            )
            for one in view.balances
        )

    async def commission(self, query: ExplainCommission, by: Actor) -> Explanation:
        """Explain a commission. Raises ``EscrowNotFound``."""
        hold = await self.reader.escrow(query.seller_order_id)
        if hold is None or not is_for_seller(by, hold.seller_id):
            raise no_escrow()
        return _summed(hold.seller_order_id, hold.share.currency, tuple(_charged(hold)))


def _summed(subject: str, currency: str, parts: Sequence[Cents]) -> Explanation:
    total = Money.zero(currency)
    for part in parts:
        total = total + part.amount
    return Explanation(subject=subject, total=total, parts=tuple(parts))


_PAYOUT_MOVES: Final = {
    PayoutState.ASSEMBLED: ("in_payout", "send"),
    PayoutState.READY: ("in_payout", "send"),
    PayoutState.HELD: ("in_payout", "operator"),
    PayoutState.TRANSFERRING: ("in_payout", "provider"),
    PayoutState.TRANSFER_FAILED: ("in_payout", "operator"),
    PayoutState.IN_TRANSIT: ("on_the_way_to_the_bank", "bank"),
    PayoutState.FAILED: ("at_the_provider", "seller_or_operator"),
    PayoutState.RETURNED: ("at_the_provider", "seller_or_operator"),
    PayoutState.PAID: ("at_the_bank", "nothing"),
    PayoutState.CANCELLED: ("payable", "payout_run"),
}
"""Where the money of a payout in a state is, and who moves it next."""


def _places(hold: EscrowView, *, is_buyer: bool) -> Iterable[Cents]:
    """Yield where every cent of a share is; a buyer is told that the shop has it, not how it was divided.

    While a card dispute has money that was released, its commission is still kept: what the shop has may be below zero.
    """
    at, charged = hold.standing, hold.standing.charged
    commission = (charged.commission, charged.vat) if not is_buyer else (0, 0)
    theirs = at.released.amount - sum(commission)
    next_, when = _next_of(hold)
    unpaid = "payment" if hold.state is HoldState.PENDING else "nothing"
    places = (
        ("unpaid", hold.share.amount_minor - at.share, "not_paid", unpaid),
        ("held", at.held.amount, ":".join((hold.state.value, *hold.freezes)), next_),
        ("commission", commission[0], "released", "nothing"),
        ("commission_tax", commission[1], "released", "tax_office"),
        ("seller", theirs, "released", "payout_run"),
        ("buyer", at.refunded.amount, "refunded", "nothing"),
        ("card_network", at.disputed.amount, "disputed", "card_network"),
        ("lost", at.lost.amount, "dispute_lost", "nothing"),
    )
    for where, minor, why, then in places:
        if minor:
            yield Cents(
                where=where,
                about=hold.seller_order_id,
                amount=Money(minor, hold.share.currency),
                why=why,
                next=then,
                at=when if where == "held" else None,
            )


def _next_of(hold: EscrowView) -> tuple[str, datetime | None]:
    """Return what moves held money next, and when at the latest."""
    if hold.state is HoldState.FROZEN:
        return hold.awaits.value, hold.hold_deadline
    return hold.awaits.value, hold.release_at or hold.hold_deadline


def _charged(hold: EscrowView) -> Iterable[Cents]:
    """Yield what every release charged, and what was charged again or given back since: all that is kept."""
    currency, terms = hold.share.currency, hold.terms
    rate = f"{terms.policy_version}:{terms.commission_bps}bps"
    kept = {"commission": hold.standing.charged.commission, "commission_tax": hold.standing.charged.vat}
    for release in hold.releases:
        for where, amount in (
            ("commission", release.division.commission),
            ("commission_tax", release.division.vat),
        ):
            kept[where] -= amount.amount_minor
            if amount:
                about = f"{hold.seller_order_id}:{release.number}"
                yield Cents(where=where, about=about, amount=amount, why=rate, next="nothing", at=release.released_at)
    for where, minor in kept.items():
        if minor:
            yield Cents(
                where=where,
                about=hold.seller_order_id,
                amount=Money(minor, currency),
                why="given_back_or_charged_again",
                next="nothing",
            )
