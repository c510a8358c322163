"""Vouchers on the pages: made by a shop and by the marketplace, entered in the cart, told line by line, stopped."""

import re

from tests.entrypoints.web.console import operator
from tests.entrypoints.web.street import ADA, ANN, Street
from tests.entrypoints.web.test_checkout import at_the_checkout, filled

OFF = {"code": "welcome", "amount_minor": "5,00", "percent_bps": "", "minimum_minor": ""}


async def test_a_voucher_takes_something_off_in_the_cart_at_the_checkout_and_on_the_order(street: Street) -> None:
    olga, ann = await operator(street), await street.signed_in(ANN)
    made = await olga.send("/console/vouchers", OFF | {"currency": "eur"}, follow=True)
    before = await at_the_checkout(street, ann, 0)

    entered = await ann.send("/cart/voucher", {"code": "Welcome"}, follow=True)
    desk = await ann.see("/checkout")
    placed = await ann.send("/checkout", filled(desk))
    order = await ann.see(placed.leads_to.removesuffix("/payment"))

    assert "The voucher is there." in made.words
    assert "WELCOME" in made.words
    total = re.search(r"Order and pay €([0-9.]+)", before.words)
    assert total is not None
    less = f"€{float(total[1]) - 5:.2f}"
    for page in (entered, desk, order):
        assert "Voucher WELCOME" in page.words
        assert "-€5.00" in page.words
        assert less in page.words
    assert "/cart/voucher/removal" in entered.forms
    assert "1" in (await olga.see("/console/vouchers")).words


async def test_a_code_that_takes_nothing_off_is_refused_and_the_cart_can_still_be_ordered(street: Street) -> None:
    ann = await street.signed_in(ANN)
    await at_the_checkout(street, ann, 0)

    refused = await ann.send("/cart/voucher", {"code": "<script>"})
    dropped = await ann.send("/cart/voucher/removal", follow=True)

    assert refused.status == 409
    assert "takes nothing off this cart" in refused.words
    assert "/cart/voucher" in dropped.forms
    assert (await ann.see("/checkout")).status == 200


async def test_one_that_was_stopped_meanwhile_is_said_in_the_cart_and_taken_out_there(street: Street) -> None:
    olga, ann = await operator(street), await street.signed_in(ANN)
    made = await olga.send("/console/vouchers", OFF | {"currency": "EUR"}, follow=True)
    await at_the_checkout(street, ann, 0)
    await ann.send("/cart/voucher", {"code": "WELCOME"})
    desk = await ann.see("/checkout")
    stop = next(form for form in made.forms if form.endswith("/stop"))
    stopped = await olga.send(stop, follow=True)

    placed = await ann.send("/checkout", filled(desk))
    checkout, cart = await ann.see("/checkout"), await ann.see("/cart")

    assert "stopped" in stopped.words
    assert (placed.status, checkout.status, cart.status) == (409, 409, 200)
    for page in (placed, checkout, cart):
        assert "takes nothing off this cart" in page.words
        assert "/cart/voucher/removal" in page.forms
    await ann.send("/cart/voucher/removal")
    assert "Order and pay" in (await ann.see("/checkout")).words


async def test_a_shop_makes_its_own_and_what_makes_no_sense_is_named(street: Street) -> None:
    ada = await street.signed_in(ADA)

    made = await ada.send("/studio/vouchers", {"code": "tunes", "percent_bps": "12,5", "uses_max": "3"}, follow=True)
    neither = await ada.send("/studio/vouchers", {"code": "TUNES-2"})
    wrong = await ada.send(
        "/studio/vouchers", {"code": "T-3", "percent_bps": "x", "valid_until": "soon", "uses_max": "a"}
    )
    again = await ada.send("/studio/vouchers", {"code": "TUNES", "amount_minor": "1"})
    listed = await ada.see("/studio/vouchers")

    assert "TUNES 12.5 % 0 of 3 for good" in made.words
    assert neither.status == 422
    assert "This voucher makes no sense as it stands." in neither.words
    assert (wrong.status, wrong.value("percent_bps")) == (422, "x")
    for sentence in ("A percentage is from 0.01 to 100.", "This is not a day.", "This is not a whole number."):
        assert sentence in wrong.words
    assert again.status == 409
    assert "already" in again.words
    assert "/studio/vouchers" in (await ada.see("/studio")).links
    assert listed.status == 200
