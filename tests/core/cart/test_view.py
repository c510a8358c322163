"""What a cart comes to at current prices."""

import attrs
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.cart import BecameUnavailable, CartView, PriceChanged, StockShort
from marketplace_core.cart.domain.cart import Cart
from marketplace_core.cart.domain.view import LINE_TOTAL_MINOR_MAX, view
from marketplace_core.kernel.ids import CartLineId
from marketplace_core.kernel.money import AMOUNT_MINOR_MAX, Money
from marketplace_core.testing.conformance.cart import NOW, a_cart, an_offer


def a_cart_of(*wanted: tuple[int, str, int, int]) -> Cart:
    """Each line is (offer number, seller, price in minor units, quantity)."""
    cart = a_cart()
    for number, seller, price_minor, quantity in wanted:
        offer = an_offer(number, seller=seller, price_minor=price_minor, available=10_000)
        cart.add(offer, quantity, line_id=CartLineId(f"cln_{number}"), source=None, now=NOW)
    return cart


def test_no_cart_and_an_empty_cart_come_to_nothing() -> None:
    empty = a_cart()
    empty.version = 3

    assert view(None, {}) == CartView()
    assert view(empty.contents, {}) == CartView(cart_id=empty.cart_id, version=3)


def test_lines_are_grouped_by_seller_in_the_order_they_were_put_in() -> None:
    cart = a_cart_of((1, "sel_b", 100, 1), (2, "sel_a", 250, 2), (3, "sel_b", 40, 3))
    offers = {line.offer_id: an_offer(int(line.offer_id[-1]), seller=line.seller_id) for line in cart.lines}
    priced = {
        key: attrs.evolve(offer, price=line.unit_price_seen)
        for (key, offer), line in zip(offers.items(), cart.lines, strict=True)
    }

    shown = view(cart.contents, priced)

    assert [(group.seller_id, [line.line_id for line in group.lines]) for group in shown.groups] == [
        ("sel_b", ["cln_1", "cln_3"]),
        ("sel_a", ["cln_2"]),
    ]
    assert [group.subtotal for group in shown.groups] == [Money(220, "EUR"), Money(500, "EUR")]
    assert (shown.total, shown.currency) == (Money(720, "EUR"), "EUR")


def test_a_price_other_than_the_one_seen_is_named_with_both_and_counted_at_the_new_one() -> None:
    cart = a_cart_of((1, "sel_1", 1_000, 2))
    offer = an_offer(1, price_minor=1_250)

    line = view(cart.contents, {offer.offer_id: offer}).groups[0].lines[0]

    assert (line.unit_price, line.unit_price_seen) == (Money(1_250, "EUR"), Money(1_000, "EUR"))
    assert line.changes == (PriceChanged(Money(1_000, "EUR"), Money(1_250, "EUR")),)
    assert line.purchasable
    assert line.total == Money(2_500, "EUR")
    assert cart.lines[0].unit_price_seen == Money(1_000, "EUR")


def test_a_line_that_can_no_longer_be_bought_stays_says_why_and_is_not_counted() -> None:
    cart = a_cart_of((1, "sel_1", 1_000, 1), (2, "sel_1", 500, 1))
    gone = attrs.evolve(an_offer(1, price_minor=1_000), purchasable=False, reason="seller_suspended")
    stays = an_offer(2, price_minor=500)

    shown = view(cart.contents, {gone.offer_id: gone, stays.offer_id: stays})

    line = shown.groups[0].lines[0]
    assert (line.purchasable, line.reason) == (False, "seller_suspended")
    assert line.changes == (BecameUnavailable("seller_suspended"),)
    assert shown.total == Money(500, "EUR")


def test_a_line_whose_offer_disappeared_altogether_shows_what_was_seen() -> None:
    cart = a_cart_of((1, "sel_1", 1_000, 2))

    shown = view(cart.contents, {})

    line = shown.groups[0].lines[0]
    assert (line.title, line.unit_price, line.purchasable, line.reason) == (
        "Thing 1",
        Money(1_000, "EUR"),
        False,
        "not_offered",
    )
    assert shown.total == Money(0, "EUR")


def test_a_line_that_ran_short_says_how_many_are_left() -> None:
    cart = a_cart_of((1, "sel_1", 1_000, 5))
    offer = an_offer(1, available=2)

    line = view(cart.contents, {offer.offer_id: offer}).groups[0].lines[0]

    assert line.changes == (StockShort(5, 2),)
    assert (line.purchasable, line.reason) == (False, "not_enough_stock")


def test_an_offer_that_changed_its_currency_cannot_be_bought_with_the_others() -> None:
    cart = a_cart_of((1, "sel_1", 1_000, 1))
    offer = attrs.evolve(an_offer(1), price=Money(1_000, "USD"))

    shown = view(cart.contents, {offer.offer_id: offer})

    line = shown.groups[0].lines[0]
    assert (line.purchasable, line.reason) == (False, "other_currency")
    assert line.changes == (PriceChanged(Money(1_000, "EUR"), Money(1_000, "USD")),)
    assert (shown.total, shown.currency) == (Money(0, "EUR"), "EUR")


def test_a_line_too_dear_for_the_books_is_not_counted_and_breaks_nothing() -> None:
    cart = a_cart_of((1, "sel_1", 1_000, 1_000))
    offer = an_offer(1, price_minor=AMOUNT_MINOR_MAX, available=5_000)

    shown = view(cart.contents, {offer.offer_id: offer})

    line = shown.groups[0].lines[0]
    assert (line.purchasable, line.reason, line.total) == (False, "amount_too_large", Money(0, "EUR"))
    assert shown.total == Money(0, "EUR")


@given(
    st.lists(
        st.tuples(st.sampled_from(["sel_1", "sel_2", "sel_3"]), st.integers(0, 10**9), st.integers(1, 1_000)),
        min_size=1,
        max_size=100,
    )
)
def test_the_total_is_the_sum_of_what_can_be_bought(lines: list[tuple[str, int, int]]) -> None:
    cart = a_cart_of(*((number, *line) for number, line in enumerate(lines)))
    offers = {
        line.offer_id: an_offer(
            number, seller=line.seller_id, price_minor=line.unit_price_seen.amount_minor, available=10_000
        )
        for number, line in enumerate(cart.lines)
    }

    shown = view(cart.contents, offers)

    expected = sum(price * quantity for _, price, quantity in lines if price * quantity <= LINE_TOTAL_MINOR_MAX)
    assert shown.total == Money(expected, "EUR")
    assert sum(len(group.lines) for group in shown.groups) == len(lines)
