"""Take a voucher off, put tax and fee on, to the minor unit. Ties go by identifier (money design D4)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, TypeAlias

from attrs import evolve

from marketplace_core.kernel.money import Money, allocate, total
from marketplace_core.orders.domain.errors import VoucherNotApplicable
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.pricing import Tax
from marketplace_core.orders.domain.splitting import SellerGroup
from marketplace_core.orders.domain.voucher import Voucher

TaxOf: TypeAlias = Callable[[SellerGroup], Tax | None]
UNTAXED: Final[TaxOf] = lambda group: None  # noqa: E731 - a constant that happens to be callable


def priced(
    groups: Sequence[SellerGroup], voucher: Voucher | None, tax_of: TaxOf, policy: CheckoutPolicy, now: datetime
) -> tuple[SellerGroup, ...]:
    """Price the parts of a basket: discount first, then tax on what is left of each share, then the buyer's fee.

    Raises ``VoucherNotApplicable``, ``VoucherExhausted``.
    """
    reduced = discounted(groups, voucher, policy.least_payment_minor, now) if voucher else tuple(groups)
    fees = _fees(reduced, policy)
    return tuple(
        evolve(group, pricing=evolve(group.pricing, tax=tax_of(group), fee_minor=fee))
        for group, fee in zip(reduced, fees, strict=True)
    )


def discounted(
    groups: Sequence[SellerGroup], voucher: Voucher, least_minor: int, now: datetime
) -> tuple[SellerGroup, ...]:
    """Take a voucher off the goods it is for, split over their lines; ``least_minor`` stays to be paid.

    A shop's voucher is off that shop's goods and lowers its share. The platform's is off everybody's, and the shares
    stay what they are. Raises ``VoucherNotApplicable``, ``VoucherExhausted``.
    """
    currency = groups[0].items.currency
    eligible = [group for group in groups if voucher.seller_id in {None, group.seller_id}]
    goods = total([group.items for group in eligible], currency)
    payable = total([group.total for group in eligible], currency).amount_minor
    amount = min(voucher.worth(goods, now), payable - least_minor)
    if amount <= 0:
        raise VoucherNotApplicable
    lines = sorted((line for group in eligible for line in group.lines), key=lambda line: line.offer_id)
    weights = [line.total.amount_minor for line in lines]
    off = dict(zip((line.offer_id for line in lines), allocate(amount, weights), strict=True))
    return tuple(
        _reduced(group, [off[line.offer_id] for line in group.lines], voucher) if group in eligible else group
        for group in groups
    )


def _reduced(group: SellerGroup, off: Sequence[int], voucher: Voucher) -> SellerGroup:
    amount = sum(off)
    if voucher.seller_id is None:
        lines = [evolve(line, subsidy_minor=minor) for line, minor in zip(group.lines, off, strict=True)]
        pricing = evolve(group.pricing, subsidy_minor=amount, voucher=voucher.code)
        return evolve(group, lines=tuple(lines), pricing=pricing)
    lines = [evolve(line, discount_minor=minor) for line, minor in zip(group.lines, off, strict=True)]
    pricing = evolve(group.pricing, discount_minor=amount, voucher=voucher.code)
    items = group.items - Money(amount, group.items.currency)
    return evolve(group, lines=tuple(lines), items=items, pricing=pricing)


def _fees(groups: Sequence[SellerGroup], policy: CheckoutPolicy) -> list[int]:
    goods = total([group.items for group in groups], groups[0].items.currency)
    ordered = sorted(groups, key=lambda group: group.seller_id)
    weights = [group.total.amount_minor for group in ordered]
    fee = policy.service_fee_of(goods).amount_minor
    if not sum(weights):
        return [0 for _ in groups]
    shares = dict(zip((group.seller_id for group in ordered), allocate(fee, weights), strict=True))
    return [shares[group.seller_id] for group in groups]
