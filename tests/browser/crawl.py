"""Goes wherever links lead, once for each kind of page."""

from collections.abc import Callable, Iterator
from re import Pattern
from typing import Final
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Page as Tab
from starlette.routing import compile_path

from marketplace_entrypoints.web.routes import PAGES

STEPS_MAX: Final = 200

Look = Callable[[str, Tab], None]
"""Takes the path of a kind of page, as it is written in the routes, and the tab that shows one."""


def kinds() -> list[tuple[Pattern[str], str]]:
    """Return every kind of page that can be looked at."""
    return [(compile_path(page.path)[0], page.path) for page in PAGES if "GET" in page.methods]


def kind_of(address: str) -> str | None:
    """Return the kind of page at an address; None for what is no page."""
    path = urlsplit(address).path
    return next((kind for pattern, kind in kinds() if pattern.fullmatch(path) or pattern.match(path)), None)


def crawl(tab: Tab, address: str, look: Look, *, starts: tuple[str, ...] = ("/",)) -> dict[str, str]:
    """Follow links from ``starts`` until no new kind of page turns up; return an address for each kind that was seen.

    ``look`` is called on every page that is opened.
    """
    seen: dict[str, str] = {}
    waiting = [urljoin(address, start) for start in starts]
    visits = 0
    while waiting and visits < STEPS_MAX:
        here = waiting.pop(0)
        kind = kind_of(here)
        if kind is None or kind in seen:
            continue
        visits += 1
        answer = tab.goto(here)
        assert answer is not None
        assert answer.status < 500, (here, answer.status)
        if answer.status != 200 or kind_of(tab.url) != kind:
            continue
        seen[kind] = here
        look(kind, tab)
        waiting += [found for found in _links(tab) if found.startswith(address)]
    return seen


def _links(tab: Tab) -> Iterator[str]:
    hrefs: list[str] = tab.eval_on_selector_all(
        "a[href]:not([download], [type^='image/'])", "links => links.map(link => link.href)"
    )
    yield from dict.fromkeys(hrefs)
