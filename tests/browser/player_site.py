"""A small site for the player alone: the pages' own static files, one real ladder, and the pages' own policy."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from typing import Final

import uvicorn
from attrs import define, field
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from tests.architecture.source_tree import ROOT

STATIC: Final = ROOT / "src" / "entrypoints" / "marketplace_entrypoints" / "web" / "static"
STYLES: Final = json.loads((STATIC / "vendor" / "style-hashes.json").read_text(encoding="utf-8"))
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' " + " ".join(f"'{style}'" for style in STYLES),
        "img-src 'self' data:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "worker-src 'self' blob:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
TYPES: Final = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".vtt": "text/vtt; charset=utf-8",
}
CAPTIONS: Final = {
    "en": "WEBVTT\n\n00:00.000 --> 01:00.000\nThe glaze is poured, not brushed.\n",
    "ru": "WEBVTT\n\n00:00.000 --> 01:00.000\nГлазурь льют, а не наносят кистью.\n",
}
LABELS: Final = {"en": "English", "ru": "Русский"}
PATIENCE_SECONDS: Final = 10.0


@define
class PlayerSite:
    """What is served, what was asked for, and what is missing for the moment."""

    ladder: Path
    duration_ms: int
    poster: str
    address: str = ""
    pages: dict[str, str] = field(factory=dict)
    asked: list[str] = field(factory=list)
    missing: set[str] = field(factory=set)

    def publish(self, *players: str, lang: str = "en", head: str = "", after: str = "") -> str:
        """Put up a page of these players and return its address."""
        path = f"/pages/{len(self.pages)}"
        self.pages[path] = (
            f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Player</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
            '<link rel="stylesheet" href="/static/player.css"><link rel="stylesheet" href="/page.css">'
            f'<script type="module" src="/static/player.js"></script>{head}</head>'
            f"<body><main>{''.join(players)}{after}</main></body></html>"
        )
        return f"{self.address}{path}"

    def player(self, video: str = "vid_1", *, captions: tuple[str, ...] = (), extra: str = "") -> str:
        """Return the markup of a player, the way a page writes it."""
        tracks = "".join(
            f'<track kind="captions" srclang="{language}" label="{LABELS[language]}"'
            f' src="/media/captions/{language}.vtt">'
            for language in captions
        )
        media = f"/media/videos/{video}"
        return (
            f'<marketplace-player video="{video}" width="640" height="360" duration-ms="{self.duration_ms}"'
            f' storyboard="{media}/storyboard.vtt" {extra}>'
            f'<video poster="{media}/{self.poster}" preload="none" playsinline controls width="640" height="360">'
            f'<source src="{media}/master.m3u8" type="{TYPES[".m3u8"]}">{tracks}</video></marketplace-player>'
        )

    async def page(self, request: Request) -> Response:
        """Answer with a page that was put up."""
        return HTMLResponse(self.pages[request.url.path], headers={"Content-Security-Policy": POLICY})

    async def media(self, request: Request) -> Response:
        """Answer with one file of the ladder; every video is the same one."""
        self.asked.append(request.url.path)
        path = self.ladder / request.path_params["name"]
        if request.path_params["video"] in self.missing or not path.is_file():
            return PlainTextResponse("There is no such file.", 404)
        return FileResponse(path, media_type=TYPES.get(path.suffix))

    async def captions(self, request: Request) -> Response:
        """Answer with captions."""
        self.asked.append(request.url.path)
        return Response(CAPTIONS[request.path_params["language"]], media_type="text/vtt")

    async def style(self, request: Request) -> Response:
        """Answer with what a page around a player looks like."""
        css = (
            ":root{color-scheme:light dark;font-family:sans-serif}body{margin:0}"
            "main{display:grid;gap:1rem;max-width:60rem;margin:auto;padding:1rem}.tall{height:200vh}"
        )
        return Response(css, media_type="text/css")


class _CountedStatic(StaticFiles):
    def __init__(self, site: PlayerSite) -> None:
        super().__init__(directory=STATIC)
        self.site = site

    async def get_response(self, path: str, scope: Scope) -> Response:
        self.site.asked.append(f"/static/{path}")
        return await super().get_response(path, scope)


@contextmanager
def serving(site: PlayerSite) -> Iterator[PlayerSite]:
    """Serve the site on a free port for as long as the block runs."""
    app = Starlette(
        routes=[
            Route("/pages/{number}", site.page),
            Route("/page.css", site.style),
            Route("/media/videos/{video}/{name:path}", site.media),
            Route("/media/captions/{language}.vtt", site.captions),
            Mount("/static", _CountedStatic(site)),
        ]
    )
    with socket() as listener:
        listener.bind(("127.0.0.1", 0))
        site.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not server.started:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        try:
            yield site
        finally:
            server.should_exit = True
            thread.join(PATIENCE_SECONDS)
