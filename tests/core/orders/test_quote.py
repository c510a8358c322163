"""What a quote says, and when it stops holding."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.kernel.errors import Json
from marketplace_core.kernel.ids import CartId, OfferId
from marketplace_core.kernel.money import CurrencyMismatch, Money, total
from marketplace_core.orders.domain.delivery_terms import DeliveryTerms
from marketplace_core.orders.domain.errors import (
    CartEmpty,
    InvalidDeliveryTerms,
    MalformedQuoteHash,
    NotAvailable,
    QuoteChanged,
    QuoteExpired,
)
from marketplace_core.orders.domain.lines import BasketLine, Demand, OfferOnSale, OpenBasket
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.quote import QuoteStamp, agreed, quote
from marketplace_core.testing.conformance.orders import ADA, BOB, a_basket, an_offer

NOW = datetime(2026, 1, 1, 12, 0, 0, 500_000, tzinfo=UTC)
POLICY = CheckoutPolicy()
GUITAR, STRINGS, LAMP = an_offer(1, ADA, 1_000), an_offer(2, ADA, 250), an_offer(3, BOB, 2_500)


def shelf(*offers: OfferOnSale) -> Mapping[OfferId, OfferOnSale]:
    return {offer.offer_id: offer for offer in offers}


def lines_of(facts: Mapping[str, Json]) -> list[Json]:
    lines = facts["lines"]
    assert isinstance(lines, list)
    return lines


def test_an_empty_basket_gets_no_quote() -> None:
    basket = OpenBasket(cart_id=CartId("crt_1"), version=1, lines=())

    with pytest.raises(CartEmpty):
        quote(basket, {}, POLICY, NOW)


def test_a_basket_with_nothing_that_can_be_bought_counts_as_empty_and_says_why() -> None:
    withdrawn, short = attrs.evolve(GUITAR, obstacle="unpublished"), attrs.evolve(STRINGS, available=1)

    with pytest.raises(CartEmpty) as refusal:
        quote(a_basket(withdrawn, short, LAMP), shelf(withdrawn, short), POLICY, NOW)

    assert lines_of(refusal.value.facts) == [
        {"offer_id": GUITAR.offer_id, "title": "Thing 1", "reason": "unpublished"},
        {"offer_id": STRINGS.offer_id, "title": "Thing 2", "reason": "out_of_stock", "available": 1},
        {"offer_id": LAMP.offer_id, "title": None, "reason": "not_offered"},
    ]


def test_one_line_that_cannot_be_bought_spoils_the_quote_and_is_named() -> None:
    withdrawn = attrs.evolve(GUITAR, obstacle="seller_suspended")

    with pytest.raises(NotAvailable) as refusal:
        quote(a_basket(withdrawn, LAMP), shelf(withdrawn, LAMP), POLICY, NOW)

    assert lines_of(refusal.value.facts) == [
        {"offer_id": GUITAR.offer_id, "title": "Thing 1", "reason": "seller_suspended"}
    ]


def test_two_currencies_never_meet_in_one_quote() -> None:
    dollars = attrs.evolve(LAMP, unit_price=Money(100, "USD"))

    with pytest.raises(CurrencyMismatch):
        quote(a_basket(GUITAR, dollars), shelf(GUITAR, dollars), POLICY, NOW)


def test_a_quote_groups_by_seller_with_one_delivery_each() -> None:
    basket = a_basket(LAMP, GUITAR, STRINGS)

    quoted = quote(basket, shelf(GUITAR, STRINGS, LAMP), POLICY, NOW)

    assert [(one.seller_id, len(one.lines), one.items, one.delivery, one.total) for one in quoted.groups] == [
        (BOB, 1, Money(5_000, "EUR"), Money(0, "EUR"), Money(5_000, "EUR")),
        (ADA, 2, Money(2_500, "EUR"), Money(490, "EUR"), Money(2_990, "EUR")),
    ]
    assert quoted.total == Money(7_990, "EUR")
    assert quoted.expires_at == datetime(2026, 1, 1, 12, 15, tzinfo=UTC)


@pytest.mark.parametrize(("items_minor", "delivery_minor"), [(0, 490), (4_999, 490), (5_000, 0), (5_001, 0)])
def test_delivery_is_flat_and_free_from_the_threshold_on(items_minor: int, delivery_minor: int) -> None:
    items = Money(items_minor, "EUR")

    delivery = POLICY.delivery.delivery_of(items)

    assert delivery == Money(delivery_minor, "EUR")


def test_an_accepted_quote_holds_to_its_last_second() -> None:
    basket, offers = a_basket(GUITAR, LAMP), shelf(GUITAR, LAMP)
    quoted = quote(basket, offers, POLICY, NOW)

    same = agreed(quoted.quote_hash, basket, offers, POLICY, quoted.expires_at - timedelta(microseconds=1))

    assert same == quoted


def test_an_expired_quote_is_refused() -> None:
    basket, offers = a_basket(GUITAR), shelf(GUITAR)
    quoted = quote(basket, offers, POLICY, NOW)

    with pytest.raises(QuoteExpired):
        agreed(quoted.quote_hash, basket, offers, POLICY, quoted.expires_at)


def test_the_order_of_lines_does_not_matter() -> None:
    offers = shelf(GUITAR, STRINGS, LAMP)
    quoted = quote(a_basket(GUITAR, STRINGS, LAMP), offers, POLICY, NOW)

    same = agreed(quoted.quote_hash, a_basket(LAMP, STRINGS, GUITAR), offers, POLICY, NOW)

    assert same.quote_hash == quoted.quote_hash


@pytest.mark.parametrize("new_minor", [999, 1_001])
def test_another_price_up_or_down_is_refused_with_old_and_new(new_minor: int) -> None:
    basket = a_basket(GUITAR, LAMP)
    quoted = quote(basket, shelf(GUITAR, LAMP), POLICY, NOW)
    repriced = attrs.evolve(GUITAR, unit_price=Money(new_minor, "EUR"))

    with pytest.raises(QuoteChanged) as refusal:
        agreed(quoted.quote_hash, basket, shelf(repriced, LAMP), POLICY, NOW)

    assert lines_of(refusal.value.facts) == [
        {
            "offer_id": GUITAR.offer_id,
            "title": "Thing 1",
            "quantity": 2,
            "old_minor": 1_000,
            "new_minor": new_minor,
            "currency": "EUR",
        },
        {
            "offer_id": LAMP.offer_id,
            "title": "Thing 3",
            "quantity": 2,
            "old_minor": 2_500,
            "new_minor": 2_500,
            "currency": "EUR",
        },
    ]
    assert refusal.value.facts["total_minor"] == 2 * new_minor + 490 + 5_000


def test_another_quantity_basket_or_policy_is_another_quote() -> None:
    basket, offers = a_basket(GUITAR), shelf(GUITAR)
    quote_hash = quote(basket, offers, POLICY, NOW).quote_hash
    more = a_basket(GUITAR, quantity=3)
    other_cart = a_basket(GUITAR, cart_id="crt_0002")
    dearer = CheckoutPolicy(version="checkout-2", delivery_fee_minor=500)
    renamed = CheckoutPolicy(version="checkout-2")

    for present, policy in ((more, POLICY), (other_cart, POLICY), (basket, dearer), (basket, renamed)):
        with pytest.raises(QuoteChanged):
            agreed(quote_hash, present, offers, policy, NOW)


def test_a_shop_delivers_on_its_own_terms_and_the_others_on_the_marketplaces() -> None:
    basket, offers = a_basket(GUITAR, LAMP, quantity=2), shelf(GUITAR, LAMP)
    terms = DeliveryTerms(fee_minor=700)

    quoted = quote(basket, offers, POLICY, NOW, delivery={BOB: terms})

    assert [(one.seller_id, one.delivery) for one in quoted.groups] == [
        (ADA, Money(490, "EUR")),
        (BOB, Money(700, "EUR")),
    ]
    with pytest.raises(QuoteChanged):
        agreed(quoted.quote_hash, basket, offers, POLICY, NOW)
    assert agreed(quoted.quote_hash, basket, offers, POLICY, NOW, delivery={BOB: terms}).total == quoted.total


@pytest.mark.parametrize(
    ("terms", "fees"),
    [
        (DeliveryTerms(fee_minor=500), [500, 500, 500]),
        (DeliveryTerms(fee_minor=500, free_from_minor=0), [0, 0, 0]),
        (DeliveryTerms(fee_minor=500, free_from_minor=1_000), [500, 0, 0]),
        (DeliveryTerms(fee_minor=0), [0, 0, 0]),
    ],
)
def test_delivery_is_free_from_its_minimum_on_and_never_without_one(terms: DeliveryTerms, fees: list[int]) -> None:
    found = [terms.delivery_of(Money(items, "EUR")).amount_minor for items in (999, 1_000, 100_000)]

    assert found == fees


@pytest.mark.parametrize(("field", "value"), [("fee_minor", -1), ("free_from_minor", -1), ("fee_minor", 100_000_001)])
def test_terms_that_no_shop_can_mean_are_refused(field: str, value: int) -> None:
    with pytest.raises(InvalidDeliveryTerms) as refusal:
        DeliveryTerms(**{"fee_minor": 0, field: value})

    assert refusal.value.facts["field"] == field


def test_a_stretched_expiry_is_another_quote() -> None:
    basket, offers = a_basket(GUITAR), shelf(GUITAR)
    cart_id, expiry, digest = quote(basket, offers, POLICY, NOW).quote_hash.split(".")

    with pytest.raises(QuoteChanged):
        agreed(f"{cart_id}.{int(expiry) + 3_600}.{digest}", basket, offers, POLICY, NOW)


@pytest.mark.parametrize("text", ["", "x", "crt_1.1.2", "crt_1." + "9" * 20 + "." + "a" * 64, "crt_1.1767268800.XYZ"])
def test_a_text_that_is_no_quote_hash_is_refused(text: str) -> None:
    with pytest.raises(MalformedQuoteHash):
        QuoteStamp.read(text)


def test_stock_is_left_to_the_hold_when_a_quote_is_accepted() -> None:
    basket = a_basket(GUITAR)
    quoted = quote(basket, shelf(GUITAR), POLICY, NOW)
    sold_out = attrs.evolve(GUITAR, available=0)

    same = agreed(quoted.quote_hash, basket, shelf(sold_out), POLICY, NOW)

    assert same.demand == (Demand(offer_id=GUITAR.offer_id, quantity=2),)


def test_the_demand_ascends_by_offer_and_sums_lines_of_one_offer() -> None:
    lines = [
        BasketLine(offer_id=one.offer_id, quantity=1, unit_price_seen=one.unit_price) for one in (LAMP, GUITAR, LAMP)
    ]
    basket = OpenBasket(cart_id=CartId("crt_1"), version=1, lines=tuple(lines))

    quoted = quote(basket, shelf(GUITAR, LAMP), POLICY, NOW)

    assert quoted.demand == (
        Demand(offer_id=GUITAR.offer_id, quantity=1),
        Demand(offer_id=LAMP.offer_id, quantity=2),
    )


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(1, 10_000), st.integers(1, 20)), min_size=1, max_size=20),
    st.integers(0, 2_000),
    st.integers(0, 20_000),
)
def test_the_groups_sum_to_the_whole(wanted: list[tuple[int, int, int]], fee_minor: int, free_from_minor: int) -> None:
    policy = CheckoutPolicy(delivery_fee_minor=fee_minor, delivery_free_from_minor=free_from_minor)
    sellers = (ADA, BOB, "sel_c", "sel_d", "sel_e")
    offers = [
        an_offer(number, sellers[seller], price_minor)  # type: ignore[arg-type]
        for number, (seller, price_minor, _) in enumerate(wanted)
    ]
    lines = [
        BasketLine(offer_id=offer.offer_id, quantity=quantity, unit_price_seen=offer.unit_price)
        for offer, (_, _, quantity) in zip(offers, wanted, strict=True)
    ]
    basket = OpenBasket(cart_id=CartId("crt_1"), version=1, lines=tuple(lines))

    quoted = quote(basket, shelf(*offers), policy, NOW)

    goods = sum(price_minor * quantity for _, price_minor, quantity in wanted)
    deliveries = total([group.delivery for group in quoted.groups], "EUR")
    assert quoted.total == Money(goods, "EUR") + deliveries
    assert len({group.seller_id for group in quoted.groups}) == len(quoted.groups)
    assert sum(len(group.lines) for group in quoted.groups) == len(wanted)
    assert all(
        bool(group.delivery) == (group.items.amount_minor < free_from_minor and fee_minor > 0)
        for group in quoted.groups
    )
