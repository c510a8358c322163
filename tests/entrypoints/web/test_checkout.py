"""From the cart to the payment page: as a guest and as an account, and everything that can come between."""

import asyncio
import re
from datetime import timedelta

import httpx

from marketplace_adapters.sqlalchemy.engine import counted
from marketplace_core.catalog import AdjustStock, ChangePrice, UnpublishProduct
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OfferId
from marketplace_core.kernel.money import Money
from tests.entrypoints.web.street import ANN, PASSWORD, Sheet, Street, Visitor

HOME = {
    "name": "Ann Berg",
    "line1": "1 Main Street",
    "line2": "",
    "city": "Lyon",
    "postal_code": "69001",
    "country": "FR",
}
HOSTILE = "<script>alert(1)</script> \U0001f3b8 " + "x" * 100


async def at_the_checkout(street: Street, visitor: Visitor, *numbers: int) -> Sheet:
    """Put products into the cart and go to the checkout."""
    for number in numbers or (0,):
        await visitor.send("/cart/lines", {"offer_id": street.shop.offers[number], "quantity": "1"})
    return await visitor.see("/checkout")


def filled(desk: Sheet, **changed: str) -> dict[str, str]:
    """Fill the form in."""
    return {"quote_hash": desk.value("quote_hash"), "key": desk.value("key"), **HOME, **changed}


async def unreachable(request: httpx.Request) -> None:
    """Cut the line to the provider."""
    raise httpx.ConnectError("The line is cut.", request=request)


async def test_a_guest_comes_from_a_product_to_the_payment_without_scripts(street: Street) -> None:
    somebody = street.visitor()
    desk = await at_the_checkout(street, somebody, 0, 1)

    placed = await somebody.send("/checkout", filled(desk, email="grace@example.com"))
    payment = await somebody.see(placed.leads_to)
    order = await somebody.see(placed.leads_to.removesuffix("/payment"))

    assert "Order and pay €34.90" in desk.words
    assert "These prices are good until" in desk.words
    assert "held until your parcels have arrived" in desk.words
    assert re.fullmatch(r"/orders/ord_\w+/payment", placed.leads_to)
    assert "<payment-step" in payment.html
    assert "Paying needs JavaScript" in payment.words
    assert "Waiting for payment" in order.words
    assert "Lyon" in order.words
    assert somebody.client.cookies.get("basket", "0") == "0"


async def test_an_account_is_known_and_so_is_where_its_last_order_went(street: Street) -> None:
    ann = await street.signed_in(ANN)
    first = await at_the_checkout(street, ann)
    placed = await ann.send("/checkout", filled(first, name="Ann at Work"))
    second = await at_the_checkout(street, ann, 1)

    assert placed.leads_to.endswith("/payment")
    assert ANN in first.words
    assert first.value("name") == "ann"
    assert (second.value("name"), second.value("city")) == ("Ann at Work", "Lyon")
    assert 'name="email"' not in second.html


async def test_a_guest_who_signs_in_takes_the_cart_along(street: Street) -> None:
    somebody = street.visitor()
    await at_the_checkout(street, somebody, 0)
    ann = await street.signed_in(ANN)
    await at_the_checkout(street, ann, 1)

    back = await somebody.send("/sign-in", {"email": ANN, "password": PASSWORD, "next": "/checkout"}, follow=True)

    assert back.status == 200
    assert "Guitar" in back.words
    assert "Snare drum" in back.words
    assert ANN in back.words
    assert somebody.client.cookies["basket"] == "2"


async def test_what_cannot_come_along_when_signing_in_is_named(street: Street) -> None:
    somebody = street.visitor()
    await at_the_checkout(street, somebody, 0, 1)
    await street.opened.market.execute(UnpublishProduct(product_id=street.shop.products[1]), by=SYSTEM)

    page = await somebody.send("/sign-in", {"email": ANN, "password": PASSWORD, "next": "/checkout"})

    assert "Not everything came along" in page.words
    assert "Snare drum" in page.words
    assert "Guitar" not in page.words
    assert "/checkout" in page.links


async def test_every_field_that_does_not_fit_is_named_and_nothing_typed_is_lost(street: Street) -> None:
    somebody = street.visitor()
    desk = await at_the_checkout(street, somebody)

    page = await somebody.send(
        "/checkout", filled(desk, email="nowhere", line1="", postal_code="9" * 21, country="xx", city="Lyon")
    )
    unseen = await somebody.send("/checkout", filled(page, email="nowhere"))

    assert (page.status, unseen.status) == (422, 422)
    assert all(f'id="{name}-error"' in page.html for name in ("line1", "postal_code", "country"))
    assert 'id="email-error"' in unseen.html
    assert (page.value("city"), page.value("email")) == ("Lyon", "nowhere")
    assert page.value("key") != desk.value("key")


async def test_hostile_texts_in_an_address_stay_texts(street: Street) -> None:
    somebody = street.visitor()
    desk = await at_the_checkout(street, somebody)

    endless = await somebody.send("/checkout", filled(desk, email="g@example.com", line1=HOSTILE + "x" * 10_000))
    placed = await somebody.send("/checkout", filled(endless, email="g@example.com", name=HOSTILE[:90], line2=HOSTILE))
    order = await somebody.see(placed.leads_to.removesuffix("/payment"))

    assert endless.status == 422
    assert "longer than 200 characters" in endless.words
    assert "<script>alert" not in endless.html + order.html
    assert "\U0001f3b8" in order.words


async def test_a_changed_price_needs_consent_to_the_new_one(street: Street) -> None:
    somebody = street.visitor()
    desk = await at_the_checkout(street, somebody, 0, 1)
    price = ChangePrice(offer_id=OfferId(street.shop.offers[0]), price=Money(1_500, "EUR"))
    await street.opened.market.execute(price, by=SYSTEM)

    refused = await somebody.send("/checkout", filled(desk, email="g@example.com"))
    agreed = await somebody.send("/checkout", filled(refused, email="g@example.com"))

    assert refused.status == 409
    assert "Guitar [/b] with brackets €10.00 €15.00" in refused.words
    assert "Snare drum €20.00" not in refused.words
    assert "Order and pay €39.90" in refused.words
    assert refused.value("name") == "Ann Berg"
    assert agreed.leads_to.endswith("/payment")


async def test_prices_that_are_too_old_are_shown_anew(street: Street) -> None:
    somebody = street.visitor()
    desk = await at_the_checkout(street, somebody)
    cart, stamp, digest = desk.value("quote_hash").split(".")
    old = f"{cart}.{int(stamp) - int(timedelta(hours=1).total_seconds())}.{digest}"

    expired = await somebody.send("/checkout", filled(desk, email="g@example.com", quote_hash=old))
    made_up = await somebody.send("/checkout", filled(expired, email="g@example.com", quote_hash="'; drop table"))
    keyless = await somebody.send("/checkout", filled(made_up, email="g@example.com", key=""))
    agreed = await somebody.send("/checkout", filled(keyless, email="g@example.com"))

    assert (expired.status, made_up.status, keyless.status) == (409, 422, 422)
    assert "good for 15 minutes" in expired.words
    assert agreed.leads_to.endswith("/payment")


async def test_what_sold_out_meanwhile_is_named_and_can_be_taken_out(street: Street) -> None:
    somebody = street.visitor()
    desk = await at_the_checkout(street, somebody, 0, 1)
    gone = AdjustStock(offer_id=OfferId(street.shop.offers[1]), to=0, reason="sold at the fair")
    await street.opened.market.execute(gone, by=SYSTEM)

    refused = await somebody.send("/checkout", filled(desk, email="g@example.com"))
    again = await somebody.see("/checkout")
    removal = next(form for form in reversed(refused.forms) if form.endswith("/removal"))
    await somebody.send(removal, {"version": refused.value("version")})
    desk = await somebody.see("/checkout")

    assert refused.status == again.status == 409
    assert "Not everything can be bought any more: Snare drum." in refused.words
    assert "Sold out since you put it in" in refused.words
    assert "Order and pay" in desk.words


async def test_there_is_no_checkout_without_a_cart(street: Street) -> None:
    somebody, ann = street.visitor(), await street.signed_in(ANN)

    nobodys, empty = await somebody.see("/checkout"), await ann.see("/checkout")

    assert nobodys.leads_to == "/sign-in?next=/checkout"
    assert empty.leads_to == "/cart"


async def test_a_session_that_ends_at_the_checkout_comes_back_to_it_with_the_cart(street: Street) -> None:
    ann = await street.signed_in(ANN)
    desk = await at_the_checkout(street, ann)
    for name in ("access", "session"):
        ann.client.cookies.set(name, "gone", domain="passage.example", path="/")

    ended = await ann.send("/checkout", filled(desk), headers={"referer": "http://passage.example/checkout"})
    back = await ann.send("/sign-in", {"email": ANN, "password": PASSWORD, "next": "/checkout"}, follow=True)

    assert ended.leads_to == "/sign-in?next=/checkout&ended=1"
    assert "Guitar" in back.words
    assert "Order and pay" in back.words


async def test_a_button_pressed_twice_places_one_order(street: Street) -> None:
    ann = await street.signed_in(ANN)
    desk = await at_the_checkout(street, ann)

    first, second = await asyncio.gather(*(ann.send("/checkout", filled(desk)) for _ in range(2)))
    other = await ann.send("/checkout", filled(desk, key="another-key-altogether"))
    orders = await ann.see("/orders")

    assert first.leads_to == second.leads_to == other.leads_to
    assert orders.html.count('href="/orders/ord_') == 1


async def test_a_provider_that_does_not_answer_costs_nobody_the_order(street: Street) -> None:
    ann = await street.signed_in(ANN)
    desk = await at_the_checkout(street, ann)
    client = street.opened.adapters.payments.buyer.client
    client.event_hooks = {"request": [unreachable]}

    placed = await ann.send("/checkout", filled(desk))
    waiting = await ann.see(placed.leads_to)
    refused = await ann.send(placed.leads_to)
    client.event_hooks = {}
    asked = await ann.send(placed.leads_to, follow=True)

    assert "does not answer right now" in waiting.words
    assert (refused.status, "Nothing is lost" in refused.words) == (503, True)
    assert "<payment-step" not in waiting.html
    assert "<payment-step" in asked.html


async def test_a_checkout_takes_a_bounded_number_of_statements(street: Street) -> None:
    ann = await street.signed_in(ANN)
    await at_the_checkout(street, ann, 0, 1, 2)

    with counted() as count:
        await ann.see("/checkout")

    assert count.statements == 6
