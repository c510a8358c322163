"""Discounts, tax and the service fee: always to the cent, never below zero, never off somebody else's goods."""

from datetime import timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.kernel.ids import SellerId, VoucherId
from marketplace_core.kernel.money import Money
from marketplace_core.orders import (
    FlatRate,
    FlatTaxes,
    InvalidVoucher,
    Limits,
    Quote,
    QuoteChanged,
    RemittedBy,
    Value,
    Voucher,
    VoucherExhausted,
    VoucherNotApplicable,
)
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.quote import agreed, quote
from marketplace_core.orders.ports import taxed
from marketplace_core.testing.conformance.orders import ADA, BOB, NOW, a_basket, an_offer
from marketplace_core.testing.conformance.vouchers import a_voucher

GUITAR, STRINGS, LAMP = an_offer(1, ADA, 1_000), an_offer(2, ADA, 250), an_offer(3, BOB, 2_500)
SHELF = {offer.offer_id: offer for offer in (GUITAR, STRINGS, LAMP)}
BASKET = a_basket(GUITAR, STRINGS, LAMP)
"""Ada's goods are 25.00 and her delivery 4.90, Bob's 50.00 and his delivery nothing."""
POLICY = CheckoutPolicy(service_fee_minor=100, service_fee_bps=100)
US_TAX = taxed(FlatTaxes({"US": FlatRate(rate_bps=825)}), "US")


def fixed(amount_minor: int, seller_id: SellerId | None = None, **changes: object) -> Voucher:
    voucher = a_voucher(seller_id=seller_id)
    voucher.value = Value(currency="EUR", amount_minor=amount_minor)
    for name, value in changes.items():
        setattr(voucher, name, value)
    return voucher


def quoted(voucher: Voucher | None = None, policy: CheckoutPolicy = POLICY) -> Quote:
    return quote(BASKET, SHELF, policy, NOW, voucher=voucher, tax_of=US_TAX)


def adds_up(priced: Quote) -> bool:
    totals = priced.totals
    parts = (totals.goods, totals.delivery, totals.tax, totals.fee)
    assert min(part.amount_minor for part in (*parts, totals.discount)) >= 0
    for group in priced.groups:
        off = [(line.discount_minor, line.subsidy_minor) for line in group.lines]
        wholes = [line.total.amount_minor for line in group.lines]
        assert all(a >= 0 and b >= 0 and a + b <= whole for (a, b), whole in zip(off, wholes, strict=True))
        assert sum(a for a, _ in off) == group.pricing.discount_minor
        assert sum(b for _, b in off) == group.pricing.subsidy_minor
        assert min(group.items.amount_minor, group.price.amount_minor) >= 0
        assert group.items.amount_minor + group.pricing.discount_minor == sum(
            line.total.amount_minor for line in group.lines
        )
    return priced.total == totals.total == totals.goods + totals.delivery + totals.tax + totals.fee - totals.discount


def test_tax_and_fee_come_on_top_and_the_shares_stay_what_they_are() -> None:
    priced = quoted()

    totals = priced.totals
    assert (totals.goods, totals.delivery, totals.discount) == (Money(7_500, "EUR"), Money(490, "EUR"), Money(0, "EUR"))
    assert [group.pricing.tax_minor for group in priced.groups] == [247, 412]  # 246.675 and 412.5, half to even
    assert (totals.tax.amount_minor, totals.fee.amount_minor) == (659, 175)
    assert [group.pricing.fee_minor for group in priced.groups] == [65, 110]
    assert priced.total == Money(7_500 + 490 + 659 + 175, "EUR")
    assert adds_up(priced)


def test_the_platforms_voucher_is_split_over_all_lines_and_no_share_is_lower() -> None:
    plain, priced = quoted(), quoted(fixed(1_000))

    assert [group.total for group in priced.groups] == [group.total for group in plain.groups]
    assert [group.pricing.tax_minor for group in priced.groups] == [247, 412]
    assert [group.pricing.subsidy_minor for group in priced.groups] == [334, 666]
    assert [[line.subsidy_minor for line in group.lines] for group in priced.groups] == [[267, 67], [666]]
    assert priced.total == plain.total - Money(1_000, "EUR")
    assert adds_up(priced)


def test_a_shops_voucher_lowers_its_own_share_and_the_tax_on_it_and_nobody_elses() -> None:
    plain, priced = quoted(), quoted(fixed(1_000, BOB))

    ada, bob = priced.groups
    assert ada.pricing.discount_minor == ada.pricing.subsidy_minor == 0
    assert (bob.items.amount_minor, bob.pricing.discount_minor, bob.pricing.subsidy_minor) == (4_000, 1_000, 0)
    assert bob.pricing.tax_minor == 330
    assert (ada.total, bob.delivery) == (plain.groups[0].total, plain.groups[1].delivery)
    assert priced.totals.discount == Money(1_000, "EUR")
    assert adds_up(priced)


def test_tax_that_the_seller_remits_is_told_and_adds_nothing() -> None:
    included = taxed(FlatTaxes({"*": FlatRate(rate_bps=2_000, remitted_by=RemittedBy.SELLER)}), "FR")

    priced = quote(BASKET, SHELF, CheckoutPolicy(), NOW, tax_of=included)

    taxes = [group.pricing.tax for group in priced.groups]
    assert [(tax.amount_minor, tax.jurisdiction) for tax in taxes if tax] == [(498, "FR"), (833, "FR")]
    assert priced.total == Money(7_990, "EUR")


_OVER = Limits(valid_from=NOW - timedelta(days=2), valid_until=NOW)
_TO_COME = Limits(valid_from=NOW + timedelta(seconds=1))
NOT_APPLICABLE = {
    "another shop's": fixed(100, SellerId("sel_none")),
    "over": fixed(100, limits=_OVER),
    "not valid yet": fixed(100, limits=_TO_COME),
    "stopped": fixed(100, stopped_at=NOW),
    "below its minimum": fixed(100, value=Value(currency="EUR", amount_minor=100, minimum_minor=7_501)),
    "below its minimum of that shop's": fixed(
        100, BOB, value=Value(currency="EUR", amount_minor=100, minimum_minor=5_001)
    ),
    "in another currency": fixed(100, value=Value(currency="USD", amount_minor=100)),
    "worth nothing": fixed(100, ADA, value=Value(currency="EUR", percent_bps=1)),
}


@pytest.mark.parametrize("voucher", NOT_APPLICABLE.values(), ids=NOT_APPLICABLE)
def test_what_takes_nothing_off_is_refused_always_in_the_same_words(voucher: Voucher) -> None:
    with pytest.raises(VoucherNotApplicable) as refusal:
        quoted(voucher)

    assert (str(refusal.value), refusal.value.facts) == (str(VoucherNotApplicable()), {})


def test_one_that_is_used_up_says_so_but_only_where_it_would_apply() -> None:
    spent = fixed(100, limits=attrs.evolve(a_voucher().limits, uses_max=3), used=3)

    with pytest.raises(VoucherExhausted):
        quoted(spent)
    spent.stop(NOW)
    with pytest.raises(VoucherNotApplicable):
        quoted(spent)


def test_something_is_always_left_to_be_paid() -> None:
    everything = fixed(1_000_000)

    priced = quoted(everything, CheckoutPolicy())
    of_bob = quoted(fixed(1_000_000, BOB), CheckoutPolicy())

    assert priced.total.amount_minor == 490 + priced.totals.tax.amount_minor
    assert [group.total.amount_minor for group in of_bob.groups] == [2_990, 50]
    assert adds_up(priced)
    assert adds_up(of_bob)


def test_whatever_changes_in_the_price_needs_a_new_consent_and_is_told() -> None:
    voucher = fixed(1_000)
    seen = quoted(voucher)
    others: dict[str, dict[str, Any]] = {
        "without the voucher": {"voucher": None},
        "another voucher": {"voucher": fixed(1_000, code="OTHER")},
        "funded by somebody else": {"voucher": fixed(1_000, ADA)},
        "another country": {"tax_of": taxed(FlatTaxes({"US": FlatRate(rate_bps=825)}), "FR")},
        "the same amount for another office": {"tax_of": taxed(FlatTaxes({"*": FlatRate(rate_bps=825)}), "CA")},
    }

    kept = agreed(seen.quote_hash, BASKET, SHELF, POLICY, NOW, voucher=voucher, tax_of=US_TAX)
    assert kept == seen
    for changed in others.values():
        with pytest.raises(QuoteChanged) as refusal:
            present: dict[str, Any] = {"voucher": voucher, "tax_of": US_TAX} | changed
            agreed(seen.quote_hash, BASKET, SHELF, POLICY, NOW, **present)
        told = refusal.value.facts["totals"]
        assert isinstance(told, dict)
        assert told["total_minor"] == refusal.value.facts["total_minor"]
    with pytest.raises(QuoteChanged):
        fee = attrs.evolve(POLICY, service_fee_minor=101)
        agreed(seen.quote_hash, BASKET, SHELF, fee, NOW, voucher=voucher, tax_of=US_TAX)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Value(currency="EUR"),
        lambda: Value(currency="EUR", percent_bps=1, amount_minor=1),
        lambda: Value(currency="EUR", percent_bps=10_001),
        lambda: Value(currency="EUR", percent_bps=0),
        lambda: Value(currency="EUR", amount_minor=0),
        lambda: Value(currency="EUR", amount_minor=1, minimum_minor=-1),
        lambda: Limits(valid_from=NOW, uses_max=0),
        lambda: Limits(valid_from=NOW, uses_per_buyer_max=1_000_001),
        lambda: Limits(valid_from=NOW, valid_until=NOW),
        lambda: a_voucher("no"),
        lambda: a_voucher("WITH SPACE"),
        lambda: a_voucher("-HYPHEN"),
        lambda: a_voucher("ÄPFEL"),
        lambda: a_voucher("A" * 33),
    ],
)
def test_a_voucher_that_makes_no_sense_is_refused(make: object) -> None:
    with pytest.raises(InvalidVoucher):
        make()  # type: ignore[operator]


def test_a_voucher_that_would_be_over_is_refused_and_codes_are_capitals() -> None:
    over = Limits(valid_from=NOW - timedelta(days=2), valid_until=NOW)

    with pytest.raises(InvalidVoucher):
        Voucher.make(
            voucher_id=VoucherId("vch_1"), code="OK-1", seller_id=None, value=a_voucher().value, limits=over, now=NOW
        )
    assert a_voucher(" spring-10 ").code == "SPRING-10"


@given(
    prices=st.lists(
        st.tuples(st.integers(1, 50_000), st.integers(1, 5), st.sampled_from([ADA, BOB, SellerId("sel_cyd")])),
        min_size=1,
        max_size=8,
    ),
    takes_off=st.one_of(
        st.integers(1, 10_000).map(lambda bps: (bps, None)), st.integers(1, 10**6).map(lambda a: (None, a))
    ),
    funded_by=st.sampled_from([None, ADA, BOB]),
    rate_bps=st.integers(0, 10_000),
    fee=st.tuples(st.integers(0, 1_000), st.integers(0, 10_000)),
)
def test_every_price_adds_up_and_nothing_is_below_zero(
    prices: list[tuple[int, int, SellerId]],
    takes_off: tuple[int | None, int | None],
    funded_by: SellerId | None,
    rate_bps: int,
    fee: tuple[int, int],
) -> None:
    offers = [an_offer(number, seller, price) for number, (price, _, seller) in enumerate(prices)]
    basket = a_basket(*offers)
    lines = [attrs.evolve(line, quantity=n) for line, (_, n, _) in zip(basket.lines, prices, strict=True)]
    voucher = a_voucher(seller_id=funded_by)
    voucher.value = Value(currency="EUR", percent_bps=takes_off[0], amount_minor=takes_off[1])
    policy = CheckoutPolicy(service_fee_minor=fee[0], service_fee_bps=fee[1])
    tax_of = taxed(FlatTaxes({"*": FlatRate(rate_bps=rate_bps)}), "")

    try:
        priced = quote(
            attrs.evolve(basket, lines=tuple(lines)),
            {offer.offer_id: offer for offer in offers},
            policy,
            NOW,
            voucher=voucher,
            tax_of=tax_of,
        )
    except VoucherNotApplicable:
        return

    assert adds_up(priced)
    assert priced.total.amount_minor >= policy.least_payment_minor
    assert priced.totals.discount.amount_minor > 0
    assert all(group.pricing.discount_minor == 0 for group in priced.groups if group.seller_id != funded_by)
