"""The cart: with scripts and without, alone and in two windows, and what it says when the world has moved on."""

import json

from marketplace_adapters.sqlalchemy.engine import counted
from marketplace_core.catalog import AdjustStock, ChangePrice, UnpublishProduct
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OfferId
from marketplace_core.kernel.money import Money
from tests.entrypoints.web.street import ANN, Sheet, Street, Visitor

PIECE = {"hx-request": "true"}


async def filled(street: Street, visitor: Visitor, *numbers: int, quantity: int = 1) -> Sheet:
    """Put some of the shop's products into a cart, and look at it."""
    for number in numbers:
        put = await visitor.send("/cart/lines", {"offer_id": street.shop.offers[number], "quantity": quantity})
        assert put.leads_to == "/cart", put.words
    return await visitor.see("/cart")


def lines(cart: Sheet) -> list[str]:
    """Return where the lines of a cart are changed, in their order."""
    found = [form for form in cart.forms if form.startswith("/cart/lines/") and not form.endswith("/removal")]
    return list(dict.fromkeys(found))


async def test_an_empty_cart_says_so_and_leads_on(street: Street) -> None:
    cart = await street.visitor().see("/cart")

    assert cart.status == 200
    assert "Nothing in it yet" in cart.words
    assert "/sign-in?next=/cart" in cart.links
    assert "access" not in cart.answer.cookies


async def test_a_stranger_fills_a_cart_without_an_account_and_without_scripts(street: Street) -> None:
    somebody = street.visitor()

    cart = await filled(street, somebody, 0, 2, quantity=2)

    assert "It is in your cart." in cart.words
    assert "Гитара" in cart.words
    assert "€80.00" in cart.words
    assert "Delivery free" in cart.words
    assert "/checkout" in cart.links
    assert somebody.client.cookies["basket"] == "4"


async def test_with_scripts_a_piece_of_a_page_and_the_new_count_are_enough(street: Street) -> None:
    somebody = street.visitor()

    put = await somebody.send("/cart/lines", {"offer_id": street.shop.offers[0], "quantity": "3"}, headers=PIECE)
    cart = await somebody.see("/cart")
    changed = await somebody.send(
        lines(cart)[0], {"version": cart.value("version"), "quantity": "3", "step": "-1"}, headers=PIECE
    )

    assert "<html" not in put.html + changed.html
    assert "/cart" in put.links
    assert json.loads(put.answer.headers["hx-trigger"]) == {"basket": {"value": 3}}
    assert json.loads(changed.answer.headers["hx-trigger"]) == {"basket": {"value": 2}}
    assert "€20.00" in changed.words


async def test_lines_are_changed_and_taken_out(street: Street) -> None:
    ann = await street.signed_in(ANN)
    cart = await filled(street, ann, 0, 1)

    more = await ann.send(lines(cart)[0], {"version": cart.value("version"), "quantity": "4"}, follow=True)
    less = await ann.send(f"{lines(more)[1]}/removal", {"version": more.value("version")}, follow=True)

    assert "€60.00" in more.words
    assert "Snare drum" not in less.words
    assert ann.client.cookies["basket"] == "4"


async def test_the_second_of_two_windows_sees_the_cart_as_it_is_now(street: Street) -> None:
    ann = await street.signed_in(ANN)
    here = there = await filled(street, ann, 0)

    await ann.send(lines(here)[0], {"version": here.value("version"), "quantity": "2"})
    stale = await ann.send(lines(there)[0], {"version": there.value("version"), "quantity": "5"})
    gone = await ann.send(f"{lines(there)[0]}/removal", {"version": there.value("version")}, headers=PIECE)

    assert (stale.status, gone.status) == (412, 412)
    assert "changed in another window" in stale.words
    assert "changed in another window" in gone.words
    assert stale.value("quantity") == "2"


async def test_what_cannot_be_had_is_refused_with_a_sentence(street: Street) -> None:
    somebody = street.visitor()
    cart = await filled(street, somebody, 0)
    version = cart.value("version")

    many = await somebody.send(lines(cart)[0], {"version": version, "quantity": "9"})
    none = await somebody.send(lines(cart)[0], {"version": version, "quantity": "none"})
    lost = await somebody.send("/cart/lines/cln_none", {"version": version, "quantity": "2"})
    unknown = await somebody.send("/cart/lines", {"offer_id": "<script>alert(1)</script>", "quantity": "1"})
    more = await somebody.send("/cart/lines", {"offer_id": street.shop.offers[0], "quantity": "6"}, headers=PIECE)

    assert [page.status for page in (many, none, lost, unknown, more)] == [409, 422, 404, 404, 409]
    assert "Only 5 are left." in many.words
    assert "How many would you like?" in none.words
    assert "not in your cart any more" in lost.words
    assert "<script>alert" not in unknown.html
    assert more.answer.headers["hx-retarget"] == "#notices"


async def test_what_changed_since_it_was_put_in_is_said_with_the_next_step(street: Street) -> None:
    ann = await street.signed_in(ANN)
    await filled(street, ann, 0, 1, 2, quantity=3)
    market, shop = street.opened.market, street.shop
    await market.execute(ChangePrice(offer_id=OfferId(shop.offers[0]), price=Money(1_250, "EUR")), by=SYSTEM)
    await market.execute(AdjustStock(offer_id=OfferId(shop.offers[1]), to=2, reason="counted"), by=SYSTEM)
    await market.execute(UnpublishProduct(product_id=shop.products[2]), by=SYSTEM)

    cart = await ann.see("/cart")
    taken = await ann.send(lines(cart)[1], {"version": cart.value("version"), "quantity": "2"}, follow=True)

    assert "€12.50 now; it was €10.00" in cart.words
    assert "Only 2 are left; you wanted 3." in cart.words
    assert "Take 2" in cart.words
    assert "taken this off sale" in cart.words
    assert "/checkout" not in cart.links
    assert "Only 2 are left" not in taken.words


async def test_a_cart_takes_a_bounded_number_of_statements(street: Street) -> None:
    ann = await street.signed_in(ANN)
    await filled(street, ann, 0, 1, 2)

    with counted() as count:
        await ann.see("/cart")

    assert count.statements == 6
