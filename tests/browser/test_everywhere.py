"""Every page that links lead to, in every role: nothing breaks the policy, and nobody is left out."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from attrs import frozen
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from tests.browser.conftest import PageTrap
from tests.browser.crawl import crawl, kinds
from tests.browser.town import Town, enter

AXE: Final = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
GRAVE: Final = frozenset({"serious", "critical"})
STARTS: Final = {
    "anybody": ("/", "/search?q=cup", "/search?q=zzzzzz", "/watch", "/sell", "/cart", "/join"),
    "buyer": ("/", "/cart", "/checkout", "/orders", "/account", "/studio/open"),
    "seller": ("/studio",),
    "operator": ("/console",),
}
NOT_BY_LINKS: Final = {
    "/search/suggestions": "a part of a page, fetched while somebody types",
    "/orders/{order_id}/payment/return": "where the payment provider sends a buyer back to",
    "/orders/{order_id}/payment/state": "a part of a page that looks again by itself",
    "/studio/videos/events": "a stream of events",
    "/studio/videos/{video_id}/row": "a part of a page",
    "/studio/money/onboarding": "leads on to the payment provider's own pages",
    "/studio/money/statement.csv": "a file",
    "/claims/{claim_id}/photos/{photo_id}": "a picture",
    "/console/disputes/{dispute_id}/evidence.zip": "a file",
    "/events": "a stream of events",
    "/console/webhooks/{endpoint_id}": "no program is told anything in this town",
    "/studio/webhooks/{endpoint_id}": "no program is told anything in this town",
    "/console/mails/{mail_id}/html": "shown inside a frame",
    "/account/mails/{mail_id}/html": "shown inside a frame",
}
"""Kinds of pages that no link leads to, and why."""

pytestmark = pytest.mark.slow


def grave_faults(tab: Tab) -> list[str]:
    """Return what axe finds serious or critical on the page that is shown."""
    tab.evaluate(AXE)
    found: list[dict[str, Any]] = tab.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        json.dumps({"page": tab.url, "rule": each["id"], "where": [node["target"] for node in each["nodes"]][:4]})
        for each in found
        if each["impact"] in GRAVE
    ]


def entered(town: Town, page_trap: PageTrap, who: str, theme: Literal["light", "dark"]) -> Tab:
    """Return a tab in which that person has signed in."""
    tab = page_trap.open(viewport={"width": 1100, "height": 800}, locale="en", color_scheme=theme)
    person = {"buyer": town.buyer, "seller": town.potter.owner, "operator": town.operator}.get(who)
    if person is not None:
        enter(tab, town.address, person)
    if who == "buyer":
        tab.goto(f"{town.address}/products/{town.set.product_id}")
        tab.locator("main form button.main").first.click()
        tab.wait_for_selector("#notices .note")
    return tab


@frozen
class Tour:
    """What was found on the way through all pages: kinds of pages with an address each, and grave faults."""

    seen: Mapping[str, str]
    faults: Sequence[str]


@pytest.fixture(scope="module")
def tour(town: Town, browser: Browser) -> Tour:
    """Follow every link in every role, half of them in the dark."""
    trap = PageTrap(browser)
    seen: dict[str, str] = {}
    faults: list[str] = []
    for who, starts in STARTS.items():
        tab = entered(town, trap, who, "dark" if who in {"anybody", "seller"} else "light")
        starts = (*starts, *town.unlinked.get(who, ()))
        seen |= crawl(tab, town.address, lambda kind, shown: faults.extend(grave_faults(shown)), starts=starts)
    trap.close()
    return Tour(seen, [*faults, *trap.unforgiven()])


def test_no_page_has_a_grave_fault_and_none_breaks_the_policy(tour: Tour) -> None:
    assert tour.faults == []


def test_links_lead_to_every_kind_of_page(tour: Tour) -> None:
    missing = {path for _, path in kinds()} - tour.seen.keys() - NOT_BY_LINKS.keys()

    assert missing == set()
