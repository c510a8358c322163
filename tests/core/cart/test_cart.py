"""The rules of a cart, without a store."""

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.cart import (
    AlreadyCheckedOut,
    FromVideo,
    InvalidQuantity,
    InvalidSource,
    LimitExceeded,
    LineNotFound,
    NotAvailable,
    NotEnoughStock,
    OfferNow,
    OtherCurrency,
)
from marketplace_core.cart.domain.cart import Cart, CartState
from marketplace_core.kernel.errors import ConcurrentUpdate, StaleVersion
from marketplace_core.kernel.ids import CartLineId, OrderId, VideoId
from marketplace_core.kernel.money import Money
from marketplace_core.testing.conformance.cart import NOW, a_cart, an_offer, fill


def add(cart: Cart, offer: OfferNow, quantity: int = 1) -> None:
    cart.add(offer, quantity, line_id=CartLineId(f"cln_{len(cart.lines) + 1}"), source=None, now=NOW)


@pytest.mark.parametrize("quantity", [0, -1, 1.5, "2", True, None])
def test_a_quantity_that_is_no_whole_number_from_one_is_refused(quantity: Any) -> None:
    cart = a_cart()

    with pytest.raises(InvalidQuantity):
        add(cart, an_offer(), quantity)

    assert cart.lines == ()


@pytest.mark.parametrize("quantity", [1_001, 2**31])
def test_more_than_a_thousand_units_of_one_offer_are_refused(quantity: int) -> None:
    cart = a_cart()

    with pytest.raises(LimitExceeded):
        add(cart, an_offer(available=2**32), quantity)

    assert cart.lines == ()


def test_the_thousand_and_first_unit_is_refused_even_in_two_steps() -> None:
    cart = a_cart()
    add(cart, an_offer(available=5_000), 1_000)

    with pytest.raises(LimitExceeded):
        add(cart, an_offer(available=5_000), 1)

    assert cart.lines[0].quantity == 1_000


def test_the_hundred_and_first_line_is_refused_and_more_of_the_first_is_not() -> None:
    cart = a_cart()
    for number in range(100):
        fill(cart, number)

    with pytest.raises(LimitExceeded):
        fill(cart, 100)
    fill(cart, 0, 2)

    assert len(cart.lines) == 100
    assert cart.lines[0].quantity == 3


def test_what_cannot_be_bought_does_not_go_in() -> None:
    cart = a_cart()
    offer = attrs.evolve(an_offer(), purchasable=False, reason="unpublished")

    with pytest.raises(NotAvailable) as refusal:
        add(cart, offer)

    assert refusal.value.facts["reason"] == "unpublished"
    assert cart.lines == ()


def test_no_more_goes_in_than_is_left_counting_what_is_in_already() -> None:
    cart = a_cart()
    offer = an_offer(available=3)
    add(cart, offer, 2)

    with pytest.raises(NotEnoughStock) as refusal:
        add(cart, offer, 2)

    assert refusal.value.facts == {"offer_id": offer.offer_id, "wanted": 4, "available": 3}
    assert cart.lines[0].quantity == 2


def test_a_cart_holds_one_currency_until_it_is_empty() -> None:
    cart = a_cart()
    add(cart, an_offer(1))
    yen = attrs.evolve(an_offer(2), price=Money(900, "JPY"))

    with pytest.raises(OtherCurrency):
        add(cart, yen)
    cart.empty()
    add(cart, yen)

    assert [line.offer_id for line in cart.lines] == [yen.offer_id]


def test_units_that_join_a_line_keep_the_price_first_seen() -> None:
    cart = a_cart()
    add(cart, an_offer(price_minor=1_000))

    add(cart, an_offer(price_minor=1_500), 2)

    assert [(line.quantity, line.unit_price_seen) for line in cart.lines] == [(3, Money(1_000, "EUR"))]


def test_fewer_units_are_possible_of_what_is_gone_and_more_are_not() -> None:
    cart = a_cart()
    add(cart, an_offer(), 5)
    line_id = cart.lines[0].line_id
    gone = attrs.evolve(an_offer(), purchasable=False, reason="archived")

    cart.change_quantity(line_id, 2, gone)
    with pytest.raises(NotAvailable):
        cart.change_quantity(line_id, 3, gone)
    with pytest.raises(NotAvailable):
        cart.change_quantity(line_id, 3, None)

    assert cart.lines[0].quantity == 2


def test_an_unknown_line_can_neither_be_changed_nor_removed() -> None:
    cart = a_cart()

    with pytest.raises(LineNotFound):
        cart.change_quantity(CartLineId("cln_none"), 1, None)
    with pytest.raises(LineNotFound):
        cart.remove(CartLineId("cln_none"))


def test_a_version_that_is_not_the_present_one_is_stale() -> None:
    cart = a_cart()

    cart.require_version(None)
    cart.require_version(0)
    with pytest.raises(StaleVersion):
        cart.require_version(1)


def test_a_cart_becomes_one_order_and_names_it_to_the_second() -> None:
    cart = a_cart()
    add(cart, an_offer())

    cart.check_out(OrderId("ord_1"), 0)
    cart.check_out(OrderId("ord_1"), 0)
    with pytest.raises(AlreadyCheckedOut) as refusal:
        cart.check_out(OrderId("ord_2"), 0)

    assert refusal.value.facts == {"order_id": "ord_1"}
    assert (cart.state, cart.order_id) == (CartState.CHECKED_OUT, "ord_1")


def test_a_cart_that_changed_since_it_was_ordered_is_not_checked_out() -> None:
    cart = a_cart()
    cart.version = 4

    with pytest.raises(ConcurrentUpdate):
        cart.check_out(OrderId("ord_1"), 3)

    assert cart.state is CartState.OPEN


@pytest.mark.parametrize("at_ms", [-1, 1.5, True, "7", 24 * 60 * 60 * 1_000 + 1])
def test_a_moment_of_a_video_is_whole_milliseconds_of_at_most_a_day(at_ms: Any) -> None:
    with pytest.raises(InvalidSource):
        FromVideo(VideoId("vid_1"), at_ms)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 400)), max_size=30))
def test_whatever_is_added_no_limit_is_ever_passed(wishes: list[tuple[int, int]]) -> None:
    cart = a_cart()
    refused = 0
    for number, quantity in wishes:
        try:
            cart.add(
                an_offer(number, available=900),
                quantity,
                line_id=CartLineId(f"cln_{number}"),
                source=None,
                now=NOW,
            )
        except (LimitExceeded, NotEnoughStock):
            refused += quantity

    assert all(1 <= line.quantity <= 900 for line in cart.lines)
    assert len({line.offer_id for line in cart.lines}) == len(cart.lines)
    assert sum(line.quantity for line in cart.lines) == sum(quantity for _, quantity in wishes) - refused
