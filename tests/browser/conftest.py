"""A real browser, and pages that must not misbehave unnoticed."""

import os
import shutil
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from attrs import define, field
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, expect, sync_playwright

from tests.browser.place import Place, in_demonstration, in_town
from tests.browser.town import Town, build_town, violations_in
from tests.entrypoints.running.processes import Running

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
expect.set_options(timeout=20_000)
"""A machine that is busy with other tests takes its time; what comes sooner is seen sooner."""
LEFT_BEHIND: Final = ("htmx:afterRequest", "htmx:sendError", "htmx:sendAbort")
"""What htmx complains of when a page is left while it asks again: for tests that leave an order's page so."""
TELL_VIOLATIONS: Final = """
document.addEventListener('securitypolicyviolation', (event) =>
  window.tellViolation(
    `${event.effectiveDirective}: ${event.blockedURI} ${event.sample} (${event.sourceFile}:${event.lineNumber})`));
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Chromium, started once for each module: while it runs, this thread can run no other event loop.

    ``CHROMIUM`` names another program. Without one the tests are skipped, but in CI (``CI=true``) they fail.
    """
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        complaint = "no Chromium was found (Debian: apt install chromium); CHROMIUM=… names one"
        if os.environ.get("CI") == "true":
            pytest.fail(complaint)
        pytest.skip(complaint)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield started
        started.close()


@define(slots=False)
class PageTrap:
    """Opens pages and keeps what none of them should do: break the policy, complain, ask, fail, or go elsewhere."""

    browser: Browser
    problems: list[str] = field(factory=list)
    forgiven: list[str] = field(factory=list)
    contexts: list[BrowserContext] = field(factory=list)

    def open(self, address: str | None = None, **options: Any) -> Page:
        """Return a page of a context of its own, made with these options; ``address`` is where it begins."""
        context = self.browser.new_context(**options)
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        context.expose_binding("tellViolation", lambda _, violation: self.note("policy", violation))
        context.add_init_script(TELL_VIOLATIONS)
        page = context.new_page()
        self.watch(page)
        if address is not None:
            page.goto(address)
        return page

    def watch(self, page: Page) -> None:
        """Keep what this page does."""
        page.on("console", self.hear)
        page.on("dialog", self.refuse)
        page.on("pageerror", lambda error: self.note("script", str(error)))
        page.on("request", lambda request: self.follow(page, request))

    def hear(self, said: ConsoleMessage) -> None:
        """Note what the browser complains about."""
        if said.type in ("error", "warning"):
            self.note("console", said.text)

    def refuse(self, dialog: Dialog) -> None:
        """Note that the page asked in a window of its own, and close that."""
        self.note("dialog", dialog.message)
        dialog.dismiss()

    def follow(self, page: Page, request: Request) -> None:
        """Note a request that leaves the host of its page."""
        asked = urlsplit(request.url)
        if asked.scheme in ("data", "blob") or (request.is_navigation_request() and request.frame == page.main_frame):
            return
        if asked.netloc != urlsplit(page.url).netloc:
            self.note("elsewhere", request.url)

    def note(self, kind: str, what: str) -> None:
        """Keep one problem."""
        self.problems.append(f"{kind}: {what}")

    def forgive(self, *texts: str) -> None:
        """Let problems pass that contain one of these texts: the test means them to happen."""
        self.forgiven.extend(texts)

    def unforgiven(self) -> list[str]:
        """Return what should not have happened."""
        return [problem for problem in self.problems if not any(text in problem for text in self.forgiven)]

    def close(self) -> None:
        """Close every page that was opened."""
        for context in self.contexts:
            context.close()


@pytest.fixture
def page_trap(browser: Browser) -> Iterator[PageTrap]:
    """Return what opens pages; at the end of the test nothing may have been caught."""
    trap = PageTrap(browser)
    yield trap
    found = trap.unforgiven()
    trap.close()
    assert found == []


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Return a running marketplace that the tests of this folder share. Ask for it before a browser.

    At its end nothing may stand in its log of what browsers refused to load or run.
    """
    running = Running(tmp_path_factory.mktemp("town"))
    try:
        yield build_town(running)
        assert violations_in(running.log) == [], "browsers reported to the server that pages broke the policy"
    finally:
        running.close()


@pytest.fixture(params=["town", pytest.param("demonstration", marks=pytest.mark.demonstration)], scope="session")
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Return where a journey is clicked through: the town, and by a recipe of its own a fresh demonstration."""
    if request.param == "town":
        yield in_town(request.getfixturevalue("town"))
        return
    with in_demonstration(tmp_path_factory.mktemp("demonstration")) as place:
        yield place
