"""What somebody wants back of an order, and what giving it back would come to."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from attrs import evolve, frozen

from marketplace_core.kernel.ids import SellerId, SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import allocate
from marketplace_core.payments.domain.commission import CommissionTerms
from marketplace_core.payments.domain.errors import (
    MalformedRefund,
    RefundBlockedByDispute,
    RefundExceedsRemaining,
    WrongState,
)
from marketplace_core.payments.domain.extras import Extras
from marketplace_core.payments.domain.refund_parts import RefundPart, check_parts
from marketplace_core.payments.domain.standing import FREE, NOTHING, Portion, Split, Standing
from marketplace_core.payments.domain.states.payment import PaymentState
from marketplace_core.payments.domain.waterfall import drawn


@frozen(kw_only=True)
class RefundWish:
    """What shall go back of one seller order, in minor units of the order's currency.

    ``platform_minor`` is what the platform bears of a part whose money the seller has already; operators only.
    """

    seller_order_id: SellerOrderId
    items_minor: int = 0
    delivery_minor: int = 0
    platform_minor: int = 0


class Refundable(Protocol):
    """A seller's part of an order that money may be given back of."""

    @property
    def seller_order_id(self) -> SellerOrderId:
        """Whose part."""
        ...

    @property
    def seller_id(self) -> SellerId:
        """Which shop's."""
        ...

    @property
    def standing(self) -> Standing:
        """Where every cent of it is."""
        ...

    @property
    def extras(self) -> Extras:
        """What was agreed beyond the share: tax, fee, subsidy."""
        ...


def wanted_parts(
    known: Sequence[Refundable],
    *,
    state: PaymentState,
    wishes: Sequence[RefundWish],
    amount_minor: int | None,
    who: Who,
) -> tuple[RefundPart, ...]:
    """Say what is wanted of each part that the asker decides about: ``wishes``, or an amount over all of them.

    Wishes are of goods and delivery; tax, fee and subsidy go with them.

    Raises ``MalformedRefund``, ``RefundExceedsRemaining``, ``RefundBlockedByDispute``, ``WrongState`` for an order that
    is not paid.
    """
    if state is not PaymentState.CAPTURED:
        raise WrongState("The order is not paid; there is nothing to give back.", state=state.value)
    if (amount_minor is None) == (not wishes):
        raise MalformedRefund("Name seller orders, or an amount for all of them; not both.")
    if amount_minor is not None:
        return spread(amount_minor, known)
    named = {part.seller_order_id: part for part in known}
    parts = tuple(_wished(wish, named, who) for wish in wishes)
    check_parts(parts)
    return parts


def spread(amount_minor: int, known: Sequence[Refundable]) -> tuple[RefundPart, ...]:
    """Split an amount over what can still be refunded, by largest remainder, ties by name.

    Raises ``MalformedRefund`` unless it is above zero, ``RefundExceedsRemaining``, ``RefundBlockedByDispute``.
    """
    ordered = sorted(known, key=lambda part: part.seller_order_id)
    for part in ordered:
        _taken(part.seller_order_id, part.standing, NOTHING)
    left = [part.standing.refundable for part in ordered]
    remaining = sum(portion.amount for portion in left)
    if amount_minor <= 0:
        raise MalformedRefund("A refund is an amount above zero.")
    if amount_minor > remaining:
        raise RefundExceedsRemaining("That is more than can still be refunded.", remaining_minor=remaining)
    shares = iter(allocate(amount_minor, [minor for one in left for minor in (one.items, one.delivery)]))
    parts = [(part, Portion(items=next(shares), delivery=next(shares))) for part in ordered]
    return tuple(
        RefundPart(
            seller_order_id=part.seller_order_id,
            seller_id=part.seller_id,
            wanted=wanted,
            extras=part.standing.extras_of(wanted, part.extras),
        )
        for part, wanted in parts
        if wanted.amount
    )


def foreseen(part: RefundPart, standing: Standing, terms: CommissionTerms, *, reserve: int, payable: int) -> RefundPart:
    """Say where a part would be taken from and who would bear it, if it were approved now. Minor units.

    Raises ``RefundBlockedByDispute``, ``RefundExceedsRemaining``.
    """
    split = _taken(part.seller_order_id, standing, part.wanted)
    charge = FREE if terms.keeps_commission else standing.refund(split).excess(terms)
    sources = drawn(
        split.released.amount, charge=charge, platform=part.platform_minor, reserve=reserve, payable=payable
    )
    return evolve(part, split=split, sources=sources)


def _taken(name: SellerOrderId, standing: Standing, wanted: Portion) -> Split:
    if standing.disputed.amount:
        raise RefundBlockedByDispute(f"A card dispute decides about the payment of {name}.")
    return standing.take(wanted)


def _wished(wish: RefundWish, named: Mapping[SellerOrderId, Refundable], who: Who) -> RefundPart:
    part = named.get(wish.seller_order_id)
    if part is None:
        raise MalformedRefund(f"{wish.seller_order_id} is no part of this order that you decide about.")
    if min(wish.items_minor, wish.delivery_minor, wish.platform_minor) < 0:
        raise MalformedRefund("No amount of a refund is below zero.")
    if wish.platform_minor and who is not Who.OPERATOR:
        raise MalformedRefund("Only an operator lets the platform bear a part.")
    wanted = Portion(items=wish.items_minor, delivery=wish.delivery_minor)
    _taken(part.seller_order_id, part.standing, wanted)
    return RefundPart(
        seller_order_id=part.seller_order_id,
        seller_id=part.seller_id,
        wanted=wanted,
        platform_minor=wish.platform_minor,
        extras=part.standing.extras_of(wanted, part.extras),
    )
