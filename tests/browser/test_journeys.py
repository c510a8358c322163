"""Both journeys, clicked through."""

import re
from typing import Final

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import LEFT_BEHIND, PageTrap
from tests.browser.place import Place
from tests.browser.town import CLIP_SECONDS, Town, ended, enter, pay_by_card, watch
from tests.entrypoints.running.trade import DECLINED_CARD, GOOD_CARD

WIDE: Final = {"width": 1280, "height": 900}
NARROW: Final = {"width": 390, "height": 844}

pytestmark = pytest.mark.slow


def fill_address(tab: Tab, email: str = "") -> None:
    """Say who orders and where it goes."""
    if email:
        tab.fill("[name=email]", email)
    tab.fill("[name=name]", "Gerda Guest")
    tab.fill("[name=line1]", "Lindenweg 1")
    tab.fill("[name=postal_code]", "10115")
    tab.fill("[name=city]", "Berlin")
    tab.select_option("[name=country]", "DE")


def test_a_guest_finds_watches_and_buys_from_two_shops(place: Place, page_trap: PageTrap) -> None:
    page_trap.forgive(*LEFT_BEHIND)
    tab = page_trap.open(place.address, viewport=WIDE, locale="en")
    page_trap.forgive("402")  # a declined card, as the provider answers it

    tab.locator(".finder input").press_sequentially(place.typed, delay=30)
    tab.locator("#suggestions a", has_text=place.found).first.click()
    frames = watch(tab, tab.locator("main marketplace-player").first)
    tab.locator("main form button.main").first.click()
    expect(tab.locator("#basket-count")).to_have_text("1")
    tab.goto(f"{place.address}{place.second}")
    tab.locator("main form button.main").first.click()
    expect(tab.locator("#basket-count")).to_have_text("2")
    tab.locator("a.basket").click()
    expect(tab.locator("main")).to_contain_text(place.shops[0])
    expect(tab.locator("main")).to_contain_text(place.shops[1])
    tab.locator("main a[href='/checkout']").first.click()
    fill_address(tab, "gerda@example.org")
    tab.locator("main form button.main").click()
    pay_by_card(tab, DECLINED_CARD)
    expect(tab.locator("payment-step .note.bad")).to_be_visible()
    pay_by_card(tab, GOOD_CARD)
    tab.wait_for_url(re.compile(r"/orders/ord_\w+(\?paid=1)?$"))

    expect(tab.locator("main")).to_contain_text(f"Parcel from {place.shops[0]}")
    expect(tab.locator("ol.steps").first).to_contain_text("held")
    assert frames >= ended(place.film_seconds)


def test_a_buyer_without_scripts_gets_as_far_as_the_payment(town: Town, page_trap: PageTrap) -> None:
    tab = page_trap.open(town.address, viewport=NARROW, locale="en", java_script_enabled=False)

    tab.fill(".finder input", "radio")
    tab.locator(".finder input").press("Enter")
    tab.locator("main a", has_text="Oak Radio").first.click()
    tab.locator("main form button.main").first.click()
    expect(tab.locator("main")).to_contain_text("Oak Radio")
    tab.locator("main a[href='/checkout']").first.click()
    fill_address(tab, "nora@example.org")
    tab.locator("main form button.main").click()

    tab.wait_for_url(re.compile(r"/orders/ord_\w+/payment$"))
    assert "Paying needs JavaScript" in tab.content()  # inside <noscript>, which this browser does not lay out
    expect(tab.get_by_role("link", name="Back to the order")).to_be_visible()


def test_a_seller_opens_a_shop_shows_sells_ships_and_is_paid(place: Place, page_trap: PageTrap) -> None:
    page_trap.forgive(*LEFT_BEHIND)
    seller = page_trap.open(f"{place.address}/join", viewport=WIDE, locale="en")
    password = "a-long-sentence-about-tea-kettles"

    seller.fill("[name=name]", "Sami Seller")
    seller.fill("[name=email]", "sami@example.org")
    seller.fill("[name=password]", password)
    seller.locator("main button.main").click()
    seller.goto(f"{place.address}/studio/open")
    seller.fill("[name=name]", "Kettle Corner")
    seller.fill("[name=slug]", "kettle-corner")
    seller.select_option("[name=country]", "DE")
    seller.locator("main button.main").click()
    expect(seller.locator("main")).to_contain_text("approved")

    operator = page_trap.open(viewport=WIDE, locale="en")
    enter(operator, place.address, place.operator)
    operator.goto(f"{place.address}/console/shops")
    operator.locator("main a", has_text="Kettle Corner").first.click()
    operator.locator("details.once summary", has_text="Approve").click()
    operator.locator("details.once form[action$='/approval'] button").click()
    expect(operator.locator("body")).to_contain_text("Approved")

    seller.goto(f"{place.address}/studio/products/new")
    seller.fill("[name=title]", "Copper Kettle")
    seller.fill("[name=description]", "It sings in F sharp.")
    seller.select_option("[name=category]", label=place.shelf)
    seller.locator("[name=r0_price]").fill("89,50")
    seller.locator("[name=r0_stock]").fill("3")
    seller.locator("main button.main", has_text="Save the draft").first.click()
    seller.wait_for_url(re.compile(r"/studio/products/prd_\w+"))
    seller.locator("#videos input[type=file]").set_input_files(str(place.clip))
    expect(seller.locator("#videos [data-state=ready]")).to_be_visible(timeout=120_000)
    seller.reload()
    seller.get_by_role("button", name="Publish").first.click()
    seller.get_by_role("link", name="See it as a buyer").click()
    frames = watch(seller, seller.locator("main marketplace-player").first)
    assert frames >= ended(CLIP_SECONDS)

    seller.goto(f"{place.address}/studio/page")
    seller.fill("[name=headline]", "It sings when it is ready")
    seller.locator("[name=hero_video]").first.check(force=True)
    seller.locator(".lineup button").first.click()
    seller.fill("[name=label]", "Have a look")
    seller.fill("[name=target]", "/shops/kettle-corner")
    seller.get_by_role("button", name="Save and publish").click()
    expect(seller.locator("body")).to_contain_text("Your page is public")
    seller.goto(f"{place.address}/shops/kettle-corner")
    expect(seller.locator("h1")).to_contain_text("It sings when it is ready")
    hero = watch(seller, seller.locator("main marketplace-player").first)
    assert hero >= ended(CLIP_SECONDS)

    buyer = page_trap.open(f"{place.address}/shops/kettle-corner", viewport=NARROW, locale="en")
    buyer.locator("main a[href^='/products/']").first.click()
    buyer.locator("main form button.main").first.click()
    expect(buyer.locator("#basket-count")).to_have_text("1")
    buyer.goto(f"{place.address}/checkout")
    fill_address(buyer, "bo@example.org")
    buyer.locator("main form button.main").click()
    pay_by_card(buyer, GOOD_CARD)
    buyer.wait_for_url(re.compile(r"/orders/ord_\w+(\?paid=1)?$"))

    seller.goto(f"{place.address}/studio/orders")
    seller.locator("main a[href^='/studio/orders/sor_']").first.click()
    seller.fill("[name=carrier]", "DHL")
    seller.fill("[name=tracking]", "JD0001")
    seller.locator("main form button.main").first.click()
    expect(seller.locator("body")).to_contain_text("Marked as shipped")

    buyer.goto(buyer.url.partition("?")[0])
    expect(buyer.locator("main")).to_contain_text("JD0001")
    buyer.locator("summary", has_text="I have received it").click()
    buyer.get_by_role("button", name="Yes, release the payment").click()
    expect(buyer.locator("body")).to_contain_text("Thank you")

    seller.goto(f"{place.address}/studio/money")
    expect(seller.locator("main")).to_contain_text("Payable")
