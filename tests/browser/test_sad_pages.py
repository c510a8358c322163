"""What pages say when something comes between: another tab, a session that ended, goods that went."""

import re
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LEFT_BEHIND, PageTrap
from tests.browser.test_journeys import fill_address
from tests.browser.town import Town, enter
from tests.entrypoints.running.people import newcomer
from tests.entrypoints.running.trade import GOOD_CARD, offer, order

WIDE: Final = {"width": 1280, "height": 900}

pytestmark = pytest.mark.slow


def test_two_tabs_change_one_cart_and_the_second_is_told(town: Town, page_trap: PageTrap) -> None:
    first = page_trap.open(f"{town.address}/products/{town.cup.product_id}", viewport=WIDE, locale="en")
    page_trap.forgive("409")
    page_trap.forgive("412")
    first.locator("main form button.main").first.click()
    expect(first.locator("#basket-count")).to_have_text("1")
    first.goto(f"{town.address}/cart")
    second = first.context.new_page()
    page_trap.watch(second)
    second.goto(f"{town.address}/cart")

    first.locator("main [name=quantity]").first.fill("3")
    first.locator("main [name=quantity]").first.press("Enter")
    expect(first.locator("#basket-count")).to_have_text("3")
    second.locator("main [name=quantity]").first.fill("2")
    second.locator("main [name=quantity]").first.press("Enter")

    expect(second.locator("body")).to_contain_text("changed in another window")
    expect(second.locator("main [name=quantity]").first).to_have_value("3")


def test_a_session_that_ends_during_the_checkout_comes_back_with_its_cart(town: Town, page_trap: PageTrap) -> None:
    buyer = newcomer(town.running)
    tab = page_trap.open(viewport=WIDE, locale="en")
    enter(tab, town.address, buyer)
    tab.goto(f"{town.address}/products/{town.cup.product_id}")
    tab.locator("main form button.main").first.click()
    expect(tab.locator("#basket-count")).to_have_text("1")
    tab.goto(f"{town.address}/checkout")
    fill_address(tab)

    tab.context.clear_cookies()
    tab.locator("main form button.main").click()
    tab.wait_for_url(re.compile(r"/sign-in\?next=/checkout"))
    tab.fill("[name=email]", buyer.email)
    tab.fill("[name=password]", buyer.password)
    tab.locator("main button.main").click()

    tab.wait_for_url(f"{town.address}/checkout")
    expect(tab.locator("main")).to_contain_text("Blue Cup")


def test_goods_that_go_while_somebody_looks_are_named_with_a_next_step(town: Town, page_trap: PageTrap) -> None:
    last = offer(town.potter, "The Last Plate", stock=1)
    tab = page_trap.open(f"{town.address}/products/{last.product_id}", viewport=WIDE, locale="en")
    page_trap.forgive("409")
    order(newcomer(town.running), last)

    tab.locator("main form button.main").first.click()

    expect(tab.locator("#notices .note.bad")).to_be_visible()
    assert tab.locator("#notices .note.bad a").count() >= 1


def test_a_film_that_fails_says_so_and_offers_another_try(town: Town, page_trap: PageTrap) -> None:
    tab = page_trap.open(viewport=WIDE, locale="en")
    page_trap.forgive("404")
    page_trap.forgive("Failed to load")
    tab.route(re.compile(r"\.m3u8"), lambda route: route.fulfill(status=404, body="gone"))
    tab.goto(f"{town.address}/products/{town.cup.product_id}")

    tab.locator("marketplace-player button").first.click()

    expect(tab.locator("marketplace-player[data-state=fault]")).to_be_visible()
    expect(tab.locator("marketplace-player button").filter(visible=True).first).to_be_enabled()


def test_from_the_first_page_to_a_paid_order_by_the_keyboard_alone(town: Town, page_trap: PageTrap) -> None:
    page_trap.forgive(*LEFT_BEHIND)
    tab = page_trap.open(town.address, viewport=WIDE, locale="en")

    def reach(selector: str, presses: int = 120) -> None:
        for _ in range(presses):
            tab.keyboard.press("Tab")
            if tab.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
                return
        raise AssertionError(f"{selector} was not reached by the keyboard")

    reach(".finder input")
    tab.keyboard.type("blue cup")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile("/search"))
    reach("main a[href^='/products/']")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile("/products/"))
    reach("main form button.main")
    tab.keyboard.press("Enter")
    expect(tab.locator("#basket-count")).to_have_text("1")
    tab.goto(f"{town.address}/cart")
    reach("main a[href='/checkout']")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile("/checkout$"))
    for name, value in (
        ("email", "kay@example.org"),
        ("name", "Kay Board"),
        ("line1", "Tab Street 9"),
        ("postal_code", "10115"),
        ("city", "Berlin"),
        ("country", "Germany"),
    ):
        reach(f"[name={name}]")
        tab.keyboard.type(value)
    reach("main form button.main")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile(r"/payment$"))
    reach("payment-step [name=number]")
    tab.keyboard.type(GOOD_CARD)
    reach("payment-step [name=expiry]")
    tab.keyboard.type("12/34")
    reach("payment-step [name=code]")
    tab.keyboard.type("123")
    reach("payment-step form button.main")
    tab.keyboard.press("Enter")

    tab.wait_for_url(re.compile(r"/orders/ord_\w+(\?paid=1)?$"))
    expect(tab.locator("main")).to_contain_text("held")
