"""``python -m benchmarks.pictures ADDRESS FOLDER``: a picture of every page, as everybody who may see it sees it.

The marketplace at the address is the demonstration (``./dev demo``). Pages are found by following links.
"""

import argparse
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, Page, sync_playwright

from marketplace_entrypoints.demo.catalogue import BUYERS, OPERATOR, PASSWORD, SHOPS
from tests.browser.conftest import FLAGS
from tests.browser.crawl import crawl

PEOPLE: Final = {
    "anybody": ("", ("/", "/search?q=gutiar", "/search?q=zzzzz", "/watch", "/sell")),
    "buyer": (BUYERS[0].email, ("/cart", "/checkout", "/orders", "/account")),
    "seller": (SHOPS[1].owner.email, ("/studio",)),
    "operator": (OPERATOR.email, ("/console",)),
}
SCROLL: Final = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 700) {
    scrollTo(0, y);
    await new Promise(done => setTimeout(done, 40));
  }
  scrollTo(0, 0);
}"""


def named(kind: str) -> str:
    """Return a file name for a kind of page."""
    return re.sub(r"[{}]", "", kind.strip("/")).replace("/", "-") or "home"


def enter(tab: Page, address: str, email: str) -> None:
    """Sign in, unless it is nobody."""
    if email:
        tab.goto(f"{address}/sign-in")
        tab.fill("[name=email]", email)
        tab.fill("[name=password]", PASSWORD)
        tab.click("main button.main")
        tab.wait_for_url(f"{address}/")


def fill_cart(tab: Page, address: str) -> None:
    """Put something of two shops into the cart."""
    for number in (0, 1):
        tab.goto(f"{address}/")
        links = tab.eval_on_selector_all("main a[href^='/products/']", "links => links.map(link => link.href)")
        tab.goto(links[number])
        tab.click("main form button.main")
        tab.wait_for_timeout(500)


Theme = Literal["light", "dark"]


def settings(options: argparse.Namespace) -> Iterator[tuple[int, Theme, str]]:
    """Return every width, theme and language that is asked for."""
    for width in options.widths:
        for theme in options.themes:
            for language in options.languages:
                yield width, theme, language


def take(browser: Browser, options: argparse.Namespace, who: str, width: int, theme: Theme, language: str) -> int:
    """Take the pictures of one person's pages; return how many."""
    email, starts = PEOPLE[who]
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, locale=language)
    tab = context.new_page()
    enter(tab, options.address, email)
    if who == "buyer":
        fill_cart(tab, options.address)

    def look(kind: str, shown: Page) -> None:
        shown.evaluate(SCROLL)
        shown.wait_for_timeout(150)
        path = options.folder / f"{who}-{named(kind)}-{width}-{theme}-{language}.png"
        shown.screenshot(path=path, full_page="watch" not in kind)

    seen = crawl(tab, options.address, look, starts=starts)
    context.close()
    return len(seen)


def main() -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--who", nargs="+", default=list(PEOPLE), choices=list(PEOPLE))
    parser.add_argument("--widths", nargs="+", type=int, default=[390, 768, 1280])
    parser.add_argument("--themes", nargs="+", default=["light", "dark"])
    parser.add_argument("--languages", nargs="+", default=["en", "ru"])
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        for who in options.who:
            for width, theme, language in settings(options):
                count = take(browser, options, who, width, theme, language)
                print(f"{who}, {width} px, {theme}, {language}: {count} pages", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
