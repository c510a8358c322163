"""What a buyer may do with a cart, through the one door, in memory."""

import asyncio

import attrs
import pytest

from marketplace_core.cart import (
    AddToCart,
    AlreadyCheckedOut,
    CartNotFound,
    CartView,
    ChangeQuantity,
    CloseCart,
    EmptyCart,
    FromPage,
    FromVideo,
    InvalidQuantity,
    LineNotFound,
    NotAvailable,
    OfferNotFound,
    RemoveLine,
    ViewCart,
)
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM
from marketplace_core.kernel.errors import ConcurrentUpdate, NotAllowed, NotSignedIn, StaleVersion
from marketplace_core.kernel.ids import CartId, CartLineId, OfferId, OrderId, PageId, VideoId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.money import Money
from marketplace_core.testing.conformance.cart import an_offer
from tests.core.cart.stall import Stall

THING = an_offer(1)
OTHER = an_offer(2, seller="sel_2", price_minor=300)


async def test_an_unknown_offer_is_not_found_and_opens_no_cart(stall: Stall) -> None:
    with pytest.raises(OfferNotFound):
        await stall.execute(AddToCart(offer_id=OfferId("off_none")))

    assert await stall.ask(ViewCart()) == CartView()


async def test_an_offer_that_cannot_be_bought_is_refused_and_changes_nothing(stall: Stall) -> None:
    stall.shelf.put(attrs.evolve(THING, purchasable=False, reason="seller_suspended"))

    with pytest.raises(NotAvailable):
        await stall.execute(AddToCart(offer_id=THING.offer_id))

    assert await stall.ask(ViewCart()) == CartView()


async def test_whoever_is_not_signed_in_has_no_cart(stall: Stall) -> None:
    with pytest.raises(NotSignedIn):
        await stall.execute(AddToCart(offer_id=THING.offer_id), by=ANONYMOUS)
    with pytest.raises(NotSignedIn):
        await stall.ask(ViewCart(), by=ANONYMOUS)


async def test_a_buyer_may_not_close_a_cart(stall: Stall) -> None:
    with pytest.raises(NotAllowed):
        await stall.execute(CloseCart(cart_id=CartId("crt_0001"), order_id=OrderId("ord_1")))


async def test_another_buyers_line_does_not_exist(stall: Stall) -> None:
    stall.shelf.put(THING)
    mine: CartView = await stall.execute(AddToCart(offer_id=THING.offer_id))
    line_id = mine.groups[0].lines[0].line_id
    await stall.execute(AddToCart(offer_id=THING.offer_id), by=stall.ben)

    with pytest.raises(LineNotFound):
        await stall.execute(ChangeQuantity(line_id=line_id, quantity=2), by=stall.ben)
    with pytest.raises(LineNotFound):
        await stall.execute(RemoveLine(line_id=line_id), by=stall.ben)

    assert await stall.ask(ViewCart()) == mine


async def test_a_line_does_not_exist_for_a_buyer_without_a_cart(stall: Stall) -> None:
    with pytest.raises(LineNotFound):
        await stall.execute(ChangeQuantity(line_id=CartLineId("cln_0001"), quantity=2))
    with pytest.raises(LineNotFound):
        await stall.execute(RemoveLine(line_id=CartLineId("cln_0001")))
    assert await stall.execute(EmptyCart()) == CartView()


async def test_of_two_tabs_with_the_same_version_the_second_is_stale(stall: Stall) -> None:
    stall.shelf.put(THING)
    seen: CartView = await stall.execute(AddToCart(offer_id=THING.offer_id))
    line_id = seen.groups[0].lines[0].line_id

    first = await stall.execute(ChangeQuantity(line_id=line_id, quantity=2, expected_version=seen.version))
    with pytest.raises(StaleVersion):
        await stall.execute(ChangeQuantity(line_id=line_id, quantity=9, expected_version=seen.version))
    with pytest.raises(StaleVersion):
        await stall.execute(RemoveLine(line_id=line_id, expected_version=seen.version))
    with pytest.raises(StaleVersion):
        await stall.execute(EmptyCart(expected_version=seen.version))

    assert await stall.ask(ViewCart()) == first
    assert first.groups[0].lines[0].quantity == 2


async def test_a_quantity_of_nothing_is_refused(stall: Stall) -> None:
    stall.shelf.put(THING)
    seen: CartView = await stall.execute(AddToCart(offer_id=THING.offer_id))

    with pytest.raises(InvalidQuantity):
        await stall.execute(ChangeQuantity(line_id=seen.groups[0].lines[0].line_id, quantity=0))

    assert await stall.ask(ViewCart()) == seen


async def test_a_buyer_fills_changes_and_empties_a_cart_of_two_sellers(stall: Stall) -> None:
    stall.shelf.put(THING, OTHER)

    await stall.execute(AddToCart(offer_id=THING.offer_id, quantity=2))
    filled: CartView = await stall.execute(AddToCart(offer_id=OTHER.offer_id))
    assert [group.seller_id for group in filled.groups] == ["sel_1", "sel_2"]
    assert filled.total == Money(2_300, "EUR")

    changed: CartView = await stall.execute(
        ChangeQuantity(line_id=filled.groups[0].lines[0].line_id, quantity=1, expected_version=filled.version)
    )
    assert changed.total == Money(1_300, "EUR")
    assert changed.version == filled.version + 1

    left: CartView = await stall.execute(RemoveLine(line_id=changed.groups[0].lines[0].line_id))
    assert [group.seller_id for group in left.groups] == ["sel_2"]
    assert await stall.ask(ViewCart()) == left

    emptied: CartView = await stall.execute(EmptyCart())
    assert (emptied.groups, emptied.cart_id) == ((), filled.cart_id)
    assert await stall.execute(EmptyCart()) == emptied


async def test_the_same_quantity_again_changes_no_version(stall: Stall) -> None:
    stall.shelf.put(THING)
    seen: CartView = await stall.execute(AddToCart(offer_id=THING.offer_id, quantity=3))

    again = await stall.execute(ChangeQuantity(line_id=seen.groups[0].lines[0].line_id, quantity=3))

    assert again == seen


async def test_a_later_price_is_shown_beside_the_one_seen(stall: Stall) -> None:
    stall.shelf.put(THING)
    await stall.execute(AddToCart(offer_id=THING.offer_id))
    stall.shelf.put(attrs.evolve(THING, price=Money(1_100, "EUR")))

    shown: CartView = await stall.ask(ViewCart())

    line = shown.groups[0].lines[0]
    assert (line.unit_price_seen, line.unit_price) == (Money(1_000, "EUR"), Money(1_100, "EUR"))


@pytest.mark.parametrize("source", [FromVideo(VideoId("vid_1"), 4_200), FromPage(PageId("pge_1")), None])
async def test_a_line_remembers_where_it_came_from(stall: Stall, source: FromVideo | FromPage | None) -> None:
    stall.shelf.put(THING)

    await stall.execute(AddToCart(offer_id=THING.offer_id, source=source))
    await stall.execute(AddToCart(offer_id=THING.offer_id, source=FromPage(PageId("pge_2"))))

    assert stall.ann.user_id is not None
    contents = await stall.reader.open_cart(stall.ann.user_id)
    assert contents is not None
    assert contents.lines[0].source == source


async def test_a_cart_becomes_one_order_and_the_next_wish_opens_another(stall: Stall) -> None:
    stall.shelf.put(THING)
    seen: CartView = await stall.execute(AddToCart(offer_id=THING.offer_id))
    assert seen.cart_id is not None
    close = CloseCart(cart_id=seen.cart_id, order_id=OrderId("ord_1"), expected_version=seen.version)

    await stall.execute(close, by=SYSTEM)
    await stall.execute(close, by=SYSTEM)
    with pytest.raises(AlreadyCheckedOut):
        await stall.execute(CloseCart(cart_id=seen.cart_id, order_id=OrderId("ord_2")), by=SYSTEM)

    assert await stall.ask(ViewCart()) == CartView()
    next_cart: CartView = await stall.execute(AddToCart(offer_id=THING.offer_id))
    assert next_cart.cart_id != seen.cart_id


async def test_a_cart_that_changed_under_the_order_stays_open(stall: Stall) -> None:
    stall.shelf.put(THING)
    seen: CartView = await stall.execute(AddToCart(offer_id=THING.offer_id))
    changed: CartView = await stall.execute(AddToCart(offer_id=THING.offer_id))
    assert seen.cart_id is not None

    with pytest.raises(ConcurrentUpdate):
        await stall.execute(
            CloseCart(cart_id=seen.cart_id, order_id=OrderId("ord_1"), expected_version=seen.version), by=SYSTEM
        )

    assert await stall.ask(ViewCart()) == changed


async def test_an_unknown_cart_cannot_be_closed(stall: Stall) -> None:
    with pytest.raises(CartNotFound):
        await stall.execute(CloseCart(cart_id=CartId("crt_none"), order_id=OrderId("ord_1")), by=SYSTEM)


async def test_twenty_wishes_at_once_all_count(stall: Stall) -> None:
    stall.shelf.put(THING)
    wishes: list[Command[CartView]] = [AddToCart(offer_id=THING.offer_id) for _ in range(20)]

    await asyncio.gather(*(stall.execute(wish) for wish in wishes))

    shown: CartView = await stall.ask(ViewCart())
    assert [line.quantity for group in shown.groups for line in group.lines] == [20]
    assert shown.version == 20
