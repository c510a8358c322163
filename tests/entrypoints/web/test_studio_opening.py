"""Opening a shop, and the first room of the studio."""

import pytest

from marketplace_core.identity import ApproveSeller, IdentifyUser, SuspendSeller
from marketplace_core.kernel.access import SYSTEM
from tests.entrypoints.web.street import ADA, ANN, Street

ROOMS = (
    "/studio",
    "/studio/products",
    "/studio/products/new",
    "/studio/products/import",
    "/studio/videos",
    "/studio/orders",
    "/studio/page",
    "/studio/money",
)
ANNS = {"name": "Ann's <b>pots</b>", "slug": "anns", "country": "DE", "currency": "EUR"}


async def test_anybody_may_read_what_selling_costs_and_when_the_money_comes(street: Street) -> None:
    page = await street.visitor().see("/sell")

    assert page.status == 200
    assert "10% of the price" in page.words
    assert "Tax of 20%" in page.words
    assert "14 days later" in page.words
    assert "/studio/open" in page.links


async def test_a_stranger_signs_in_first_and_comes_back(street: Street) -> None:
    somebody = street.visitor()

    answers = [await somebody.see(path) for path in (*ROOMS, "/studio/open")]

    assert {answer.status for answer in answers} == {303}
    assert answers[0].leads_to == "/sign-in?next=/studio"


async def test_whoever_has_no_shop_is_led_to_opening_one_from_every_room(street: Street) -> None:
    ann = await street.signed_in(ANN)

    answers = [await ann.see(path) for path in ROOMS]
    form = await ann.see("/studio/open")

    assert {answer.leads_to for answer in answers} == {"/studio/open"}
    assert "You have no shop yet" in form.words
    assert "Germany" in form.words


async def test_a_shop_is_opened_and_waits_visibly_with_what_can_be_done_meanwhile(street: Street) -> None:
    ann = await street.signed_in(ANN)

    opened = await ann.send("/studio/open", ANNS)
    page = await ann.see("/studio")

    assert (opened.status, opened.leads_to) == (303, "/studio")
    assert "Your shop waits for approval" in page.words
    assert "Meanwhile prepare everything" in page.words
    assert "Prepare your first product" in page.words
    assert "<b>pots</b>" not in page.html
    assert (await ann.see("/studio/open")).leads_to == "/studio"


async def test_what_is_wrong_with_a_new_shop_stands_at_its_field_and_nothing_typed_is_lost(street: Street) -> None:
    ann = await street.signed_in(ANN)

    taken = await ann.send("/studio/open", {**ANNS, "slug": "adas"})
    reserved = await ann.send("/studio/open", {**ANNS, "slug": "admin"})
    empty = await ann.send("/studio/open", {"slug": "anns"})

    assert [taken.status, reserved.status, empty.status] == [409, 422, 422]
    assert "Another shop has this address" in taken.words
    assert 'id="slug-error"' in reserved.html
    assert {'id="name-error"' in empty.html, 'id="country-error"' in empty.html} == {True}
    assert taken.value("name") == "Ann&#39;s &lt;b&gt;pots&lt;/b&gt;"


async def test_a_buyers_short_password_does_not_do_for_selling(street: Street) -> None:
    cleo = street.visitor()
    await cleo.send("/join", {"name": "Cleo", "email": "cleo@example.com", "password": "ten letters"})

    page = await cleo.send("/studio/open", {**ANNS, "slug": "cleos"})

    assert page.status == 409
    assert "at least 15 characters" in page.words
    assert "/account" in page.links


@pytest.mark.parametrize("reason", ["Two parcels never arrived.", ""])
async def test_a_suspended_shop_reads_why(street: Street, reason: str) -> None:
    ada = await street.signed_in(ADA)
    await street.opened.market.execute(SuspendSeller(seller_id=street.shop.seller_id, reason=reason), by=SYSTEM)

    page = await ada.see("/studio")

    assert "Your shop is suspended" in page.words
    assert reason in page.words


async def test_the_first_room_says_what_needs_doing(street: Street) -> None:
    ada = await street.signed_in(ADA)

    page = await ada.see("/studio")

    assert "3 products have no picture" in page.words
    assert "Design the page of your shop" in page.words
    assert "No orders yet" in page.words


async def test_an_approved_shop_waits_no_more(street: Street) -> None:
    ann = await street.signed_in(ANN)
    await ann.send("/studio/open", ANNS)
    seller = (await street.opened.market.ask(IdentifyUser(user=ANN), by=SYSTEM)).own_seller
    await street.opened.market.execute(ApproveSeller(seller_id=seller), by=SYSTEM)

    page = await ann.see("/studio")

    assert "waits for approval" not in page.words
    assert "/shops/anns" in page.links
