"""A guest's cart joins an account's: added up, capped, named, once (CART-2, ADR 0017)."""

import asyncio

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.cart import (
    LINES_MAX,
    UNITS_MAX,
    AddToCart,
    CartTakenOver,
    CartView,
    ChangeQuantity,
    FromPage,
    InvalidGuestToken,
    PriceChanged,
    TakeOverCart,
    ViewCart,
)
from marketplace_core.kernel.access import ANONYMOUS, Actor
from marketplace_core.kernel.errors import NotSignedIn
from marketplace_core.kernel.ids import OfferId, PageId
from marketplace_core.kernel.money import Money
from marketplace_core.testing.conformance.cart import a_cart, an_offer, fill
from tests.core.cart.stall import ANN, BEN, GUS, GUS_TOKEN, Stall

THING = an_offer(1, available=5)
OTHER = an_offer(2, seller="sel_2", price_minor=300)
TAKE = TakeOverCart(guest_token=GUS_TOKEN)


async def put(stall: Stall, by: Actor, *numbers: int, quantity: int = 1) -> None:
    for number in numbers:
        await stall.execute(AddToCart(offer_id=OfferId(f"off_{number:04d}"), quantity=quantity), by)


def units(cart: CartView) -> dict[str, int]:
    return {line.offer_id: line.quantity for group in cart.groups for line in group.lines}


async def held(stall: Stall, by: Actor) -> dict[str, int]:
    return units(await stall.ask(ViewCart(), by))


@pytest.fixture
def stall(stall: Stall) -> Stall:
    stall.shelf.put(THING, OTHER)
    return stall


@pytest.mark.parametrize("token", ["", "usr_gus", "forged", f"{GUS_TOKEN}x"])
async def test_without_the_guests_token_nothing_moves(stall: Stall, token: str) -> None:
    await put(stall, GUS, 1)

    with pytest.raises(InvalidGuestToken):
        await stall.execute(TakeOverCart(guest_token=token))

    assert (await held(stall, GUS), await held(stall, ANN)) == ({"off_0001": 1}, {})
    assert GUS_TOKEN not in repr(TAKE)


async def test_nobody_takes_a_cart_over_before_signing_in(stall: Stall) -> None:
    with pytest.raises(NotSignedIn):
        await stall.execute(TAKE, ANONYMOUS)


async def test_ones_own_cart_is_not_added_to_itself(stall: Stall) -> None:
    await put(stall, GUS, 1, quantity=2)

    taken: CartTakenOver = await stall.execute(TAKE, GUS)

    assert (units(taken.cart), taken.left_out) == ({"off_0001": 2}, ())


async def test_a_guest_without_a_cart_changes_nothing(stall: Stall) -> None:
    await put(stall, ANN, 1)
    before = await stall.ask(ViewCart())

    for by, expected in ((ANN, before), (BEN, CartView())):
        taken: CartTakenOver = await stall.execute(TAKE, by)
        assert (taken.cart, taken.left_out) == (expected, ())


async def test_units_of_one_offer_are_added_up_and_other_lines_come_along_as_they_were(stall: Stall) -> None:
    await put(stall, ANN, 1, quantity=2)
    await put(stall, GUS, 1)
    source = FromPage(PageId("pge_1"))
    await stall.execute(AddToCart(offer_id=OTHER.offer_id, quantity=3, source=source), GUS)
    stall.shelf.put(attrs.evolve(OTHER, price=Money(350, "EUR")))

    taken: CartTakenOver = await stall.execute(TAKE)

    assert (units(taken.cart), taken.left_out) == ({"off_0001": 3, "off_0002": 3}, ())
    assert taken.cart.groups[1].lines[0].changes == (PriceChanged(Money(300, "EUR"), Money(350, "EUR")),)
    contents = await stall.reader.open_cart(ANN.own_user)
    assert contents is not None
    assert contents.lines[1].source == source
    assert await held(stall, GUS) == {}
    assert await stall.ask(ViewCart()) == taken.cart


async def test_taking_over_again_changes_nothing(stall: Stall) -> None:
    await put(stall, GUS, 1, 2)
    first: CartTakenOver = await stall.execute(TAKE)

    again: CartTakenOver = await stall.execute(TAKE)

    assert again == CartTakenOver(cart=first.cart, left_out=())


async def test_what_was_taken_at_once_by_two_is_taken_once(stall: Stall) -> None:
    await put(stall, GUS, 1, quantity=2)

    await asyncio.gather(*(stall.execute(TAKE, by) for by in (ANN, BEN) * 5))

    shares = [(await held(stall, by)).get("off_0001", 0) for by in (ANN, BEN, GUS)]
    assert sorted(shares) == [0, 0, 2]
    assert shares[2] == 0


async def test_no_more_come_along_than_are_in_stock_and_the_rest_is_named(stall: Stall) -> None:
    await put(stall, ANN, 1, quantity=3)
    await put(stall, GUS, 1, quantity=4)

    taken: CartTakenOver = await stall.execute(TAKE)

    (left,) = taken.left_out
    assert units(taken.cart) == {"off_0001": 5}
    assert (left.offer_id, left.title, left.variant_title) == (THING.offer_id, THING.title, THING.variant_title)
    assert (left.wanted, left.taken, left.reason) == (4, 2, "not_enough_stock")
    assert await held(stall, GUS) == {}


async def test_a_line_that_outgrew_the_stock_keeps_its_units(stall: Stall) -> None:
    await put(stall, ANN, 1, quantity=5)
    await put(stall, GUS, 1)
    stall.shelf.put(attrs.evolve(THING, available=2))

    taken: CartTakenOver = await stall.execute(TAKE)

    assert units(taken.cart) == {"off_0001": 5}
    assert [(left.taken, left.reason) for left in taken.left_out] == [(0, "not_enough_stock")]


async def test_a_line_holds_no_more_units_than_it_may(stall: Stall) -> None:
    stall.shelf.put(attrs.evolve(THING, available=5_000))
    await put(stall, ANN, 1, quantity=UNITS_MAX - 1)
    await put(stall, GUS, 1, quantity=2)

    taken: CartTakenOver = await stall.execute(TAKE)

    assert units(taken.cart) == {"off_0001": UNITS_MAX}
    assert [(left.taken, left.reason) for left in taken.left_out] == [(1, "too_many_units")]


async def test_a_cart_holds_no_more_lines_than_it_may(stall: Stall) -> None:
    stall.shelf.put(*(an_offer(number) for number in range(1, LINES_MAX + 3)))
    await put(stall, ANN, *range(1, LINES_MAX))
    await put(stall, GUS, 1, LINES_MAX, LINES_MAX + 1, LINES_MAX + 2)

    taken: CartTakenOver = await stall.execute(TAKE)

    assert len(units(taken.cart)) == LINES_MAX
    assert units(taken.cart)["off_0001"] == 2
    assert [(left.offer_id, left.reason) for left in taken.left_out] == [
        ("off_0101", "too_many_lines"),
        ("off_0102", "too_many_lines"),
    ]


async def test_what_cannot_be_bought_now_stays_out_with_its_reason(stall: Stall) -> None:
    await put(stall, GUS, 1, 2)
    stall.shelf.put(attrs.evolve(THING, purchasable=False, reason="seller_suspended"))
    del stall.shelf.shelf[OTHER.offer_id]

    taken: CartTakenOver = await stall.execute(TAKE)

    assert units(taken.cart) == {}
    assert [(left.wanted, left.taken, left.reason) for left in taken.left_out] == [
        (1, 0, "seller_suspended"),
        (1, 0, "not_offered"),
    ]
    assert await held(stall, GUS) == {}


async def test_another_currency_stays_out(stall: Stall) -> None:
    stall.shelf.put(attrs.evolve(OTHER, price=Money(300, "USD")))
    await put(stall, ANN, 1)
    await put(stall, GUS, 2)

    taken: CartTakenOver = await stall.execute(TAKE)

    assert units(taken.cart) == {"off_0001": 1}
    assert [left.reason for left in taken.left_out] == ["other_currency"]


async def test_lines_that_came_along_are_lines_like_any_other(stall: Stall) -> None:
    await put(stall, GUS, 1)
    taken: CartTakenOver = await stall.execute(TAKE)
    (line,) = taken.cart.groups[0].lines

    changed: CartView = await stall.execute(ChangeQuantity(line_id=line.line_id, quantity=2))

    assert units(changed) == {"off_0001": 2}
    assert line.unit_price_seen == THING.price


_LINES = st.dictionaries(st.integers(1, 6), st.integers(1, 9), max_size=6)


@given(mine=_LINES, theirs=_LINES, stock=st.dictionaries(st.integers(1, 6), st.integers(0, 12)))
def test_every_unit_is_either_in_or_named(mine: dict[int, int], theirs: dict[int, int], stock: dict[int, int]) -> None:
    cart, other = a_cart("crt_1"), a_cart("crt_2")
    for number, quantity in mine.items():
        fill(cart, number, quantity)
    for number, quantity in theirs.items():
        fill(other, number, quantity)
    before = {line.offer_id: line.quantity for line in cart.lines}
    offers = {offer.offer_id: offer for offer in (an_offer(number, available=left) for number, left in stock.items())}

    left_out = cart.take_over(other.lines, offers)

    after = {line.offer_id: line.quantity for line in cart.lines}
    missed = {left.offer_id: left.wanted - left.taken for left in left_out}
    assert len(after) == len(cart.lines)
    assert all(missing > 0 for missing in missed.values())
    for line in other.lines:
        had = before.get(line.offer_id, 0)
        assert after.get(line.offer_id, 0) == had + line.quantity - missed.get(line.offer_id, 0)
        stocked = offers[line.offer_id].available if line.offer_id in offers else 0
        assert after.get(line.offer_id, 0) <= max(had, stocked)
