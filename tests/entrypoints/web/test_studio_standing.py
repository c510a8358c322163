"""The studio's standing page and closing the shop: what the shop may do, what it owes, and how it ends."""

import pytest

from marketplace_core.identity import SuspendSeller, ViewSeller
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.payments.debts import Obstacle
from marketplace_entrypoints.web.language import language
from marketplace_entrypoints.web.standing import OBSTACLES
from tests.entrypoints.web.paying import ordered
from tests.entrypoints.web.street import ADA, ANN, Street
from tests.entrypoints.web.test_console_money import _delivered, _held


async def test_a_shop_reads_what_it_may_do(street: Street) -> None:
    ada = await street.signed_in(ADA)

    money = await ada.see("/studio/money")
    page = await ada.see("/studio/money/standing")

    assert "/studio/money/standing" in money.links
    assert "Show goods yes Nothing stands in the way." in page.words
    assert "You owe nothing." in page.words
    assert "/studio/closing" in page.links


async def test_what_stands_in_the_way_is_said_with_what_lifts_it(street: Street) -> None:
    hold = await _held(street)
    ada = await street.signed_in(ADA)
    await street.opened.market.execute(SuspendSeller(seller_id=hold.seller_id, reason="A look."), by=SYSTEM)
    await street.settle()

    page, closing = await ada.see("/studio/money/standing"), await ada.see("/studio/closing")
    refused = await ada.send("/studio/closing")

    assert page.words.count("no The shop is suspended. The marketplace has to let it go on.") == 3
    assert "Order …" in closing.words
    assert refused.status == 409


@pytest.mark.parametrize("code", ["en", "ru"])
def test_every_obstacle_has_a_reason_and_what_lifts_it(code: str) -> None:
    said = [language(code).say(words) for obstacle in Obstacle for words in OBSTACLES[obstacle]]

    assert all(said)
    assert OBSTACLES.keys() == set(Obstacle)


async def test_a_shop_is_closed_after_what_is_open_and_kept_meanwhile(street: Street) -> None:
    part = await ordered(street)
    ada = await street.signed_in(ADA)

    hindered = await ada.see("/studio/closing")
    refused = await ada.send("/studio/closing")
    assert f"/studio/orders/{part}" in hindered.links
    assert "/studio/closing" not in hindered.forms
    assert "Something of your shop is still open." in refused.words
    await _delivered(street, part)
    offered = await ada.see("/studio/closing")
    assert "/studio/closing" in offered.forms

    closing = await ada.send("/studio/closing", follow=True)
    assert "Your shop is being closed." in closing.words
    assert "/studio/closing/cancellation" in closing.forms
    await street.settle()
    overview = await ada.see("/studio")
    assert "/studio/closing" in overview.links
    assert (await street.visitor().see("/shops/adas")).status == 404
    kept = await ada.send("/studio/closing/cancellation", follow=True)
    assert "Your shop stays, and sells on." in kept.words
    await street.settle()
    assert (await street.visitor().see("/shops/adas")).status == 200


async def test_a_shop_that_never_sold_is_closed_and_its_owner_stays(street: Street) -> None:
    ada = await street.signed_in(ADA)

    await ada.send("/studio/closing")
    await street.settle()
    page, late = await ada.see("/studio/closing"), await ada.send("/studio/closing/cancellation")

    assert "Your shop is closed for good" in page.words
    assert page.forms == tuple(form for form in page.forms if "closing" not in form)
    assert late.status == 409
    assert (await ada.see("/studio/money/statement")).status == 200
    assert (await ada.see("/account")).status == 200


async def test_closing_is_for_the_shop_only(street: Street) -> None:
    ann, stranger = await street.signed_in(ANN), street.visitor()

    for path in ("/studio/closing", "/studio/money/standing"):
        assert (await ann.see(path)).leads_to == "/studio/open"
        assert "/sign-in" in (await stranger.see(path)).leads_to
    assert (await ann.send("/studio/closing")).leads_to == "/studio/open"
    shops = await street.opened.market.ask(ViewSeller(seller="adas"), by=SYSTEM)
    assert shops.status.value == "active"
