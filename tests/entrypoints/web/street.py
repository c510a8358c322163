"""A marketplace with one open shop, Ada's, served whole, with its payment provider; and people who visit it."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
from attrs import Factory, define, frozen

from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.composition.surroundings import ShiftedClock
from marketplace_entrypoints.http.app import create_app
from marketplace_entrypoints.http.routes import ROUTERS
from marketplace_entrypoints.web.app import create_pages
from marketplace_entrypoints.web.routes import PAGES
from tests.entrypoints.cli.music_shop import ADA, ANN, FurnishedFolder, MusicShop

PASSWORD = "correct horse battery"
ADDRESS = "http://passage.example"


class _Words(HTMLParser):
    """Collects what a reader sees, and where links and forms lead."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.forms: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self._hidden += tag in {"script", "style", "head"}
        if tag == "a" and names.get("href"):
            self.links.append(str(names["href"]))
        if tag == "form" and names.get("action"):
            self.forms.append(str(names["action"]))

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "style", "head"}

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.words.append(" ".join(data.split()))


@frozen
class Sheet:
    """A page as it came: its answer, the words on it, the links and forms."""

    answer: httpx.Response
    words: str
    links: tuple[str, ...]
    forms: tuple[str, ...]

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def html(self) -> str:
        return self.answer.text

    @property
    def leads_to(self) -> str:
        """Where a redirect goes; empty if the answer is none."""
        return str(self.answer.headers.get("location", ""))

    def value(self, name: str) -> str:
        """Return the value of the first input of that name."""
        tag = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*>', self.html)
        assert tag is not None, f"no input {name}"
        found = re.search(r'value="([^"]*)"', tag.group(0))
        return found.group(1) if found else ""


@define
class Visitor:
    """Somebody with a browser of their own; redirects are followed unless they want to see them."""

    client: httpx.AsyncClient
    language: str = "en"

    async def see(self, path: str, *, follow: bool = False, headers: Mapping[str, str] | None = None) -> Sheet:
        """Look at a page."""
        answer = await self.client.get(path, headers=self._headers(headers), follow_redirects=follow)
        return sheet(answer)

    async def send(
        self,
        path: str,
        data: Mapping[str, Any] | None = None,
        *,
        follow: bool = False,
        headers: Mapping[str, str] | None = None,
        files: Any = None,
    ) -> Sheet:
        """Send a form."""
        sent = {"sec-fetch-site": "same-origin", "referer": f"{ADDRESS}/", **(headers or {})}
        answer = await self.client.post(
            path, data=data or {}, files=files, headers=self._headers(sent), follow_redirects=follow
        )
        return sheet(answer)

    async def sign_in(self, email: str, password: str = PASSWORD) -> Sheet:
        """Sign in by the form."""
        return await self.send("/sign-in", {"email": email, "password": password})

    def _headers(self, more: Mapping[str, str] | None) -> dict[str, str]:
        return {"accept-language": self.language, **(more or {})}


def sheet(answer: httpx.Response) -> Sheet:
    """Read an answer."""
    parser = _Words()
    if "html" in answer.headers.get("content-type", ""):
        parser.feed(answer.text)
    return Sheet(answer, " ".join(parser.words), tuple(parser.links), tuple(parser.forms))


@define
class Street:
    """The marketplace, its shop, and a door for every visitor."""

    opened: OpenMarketplace
    shop: MusicShop
    app: Any
    visitors: list[httpx.AsyncClient] = Factory(list)

    def visitor(self, language: str = "en") -> Visitor:
        """Return somebody new."""
        client = httpx.AsyncClient(transport=httpx.ASGITransport(self.app, client=("127.0.0.1", 1)), base_url=ADDRESS)
        self.visitors.append(client)
        return Visitor(client, language)

    async def signed_in(self, email: str) -> Visitor:
        """Return somebody who has signed in."""
        visitor = self.visitor()
        assert (await visitor.sign_in(email)).status == 303
        return visitor

    async def pass_time(self, hours: float) -> None:
        """Let time pass, and what happens by itself in it."""
        clock = self.opened.adapters.around.clock
        assert isinstance(clock, ShiftedClock)
        clock.advance(hours * 3_600)
        await self.settle()

    async def settle(self) -> None:
        """Let happen what happens by itself."""
        await self.opened.provider_housekeeping()
        await self.opened.dispatcher.settle()


def street_settings(data: Path, **changes: Any) -> Settings:
    """Return how a street over this folder is set up."""
    return Settings(data=data, base_url=ADDRESS, name="Passage", clock="shifted", **changes)


@asynccontextmanager
async def open_street(furnished: FurnishedFolder, data: Path, **changes: Any) -> AsyncIterator[Street]:
    """Open one in a copy of a folder with its shop."""
    shop = furnished.copied_to(data)
    async with open_marketplace(street_settings(data, **changes)) as opened:
        app = create_app(opened, routers=ROUTERS, mounts=opened.mounts(), pages=create_pages(opened, PAGES))
        street = Street(opened, shop, app)
        yield street
        for client in street.visitors:
            await client.aclose()


__all__ = ["ADA", "ADDRESS", "ANN", "PASSWORD", "Sheet", "Street", "Visitor", "open_street", "sheet", "street_settings"]
