"""Serve the doors that speak HTTP, for programs and for people, until asked to stop."""

import asyncio
import signal
from collections.abc import Generator, Sequence
from contextlib import contextmanager

import structlog
import uvicorn
from starlette.types import ASGIApp

from marketplace_core.bridges.feed import Feed
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.crew import inherited, serve_as_crew
from marketplace_entrypoints.http.app import create_app
from marketplace_entrypoints.http.health import Presence
from marketplace_entrypoints.http.health import router as health
from marketplace_entrypoints.http.routes import BY_ROLE, ROUTERS
from marketplace_entrypoints.logs import log_as_json
from marketplace_entrypoints.roles import PROVIDER, WEB, roles_of
from marketplace_entrypoints.web.app import create_pages
from marketplace_entrypoints.web.routes import PAGES

SHUTDOWN_SECONDS = 13
"""How long requests under way may take when no more are taken."""
log = structlog.get_logger("server")


class _Server(uvicorn.Server):
    """Takes SIGTERM and Ctrl-C as what they mean: finish, then return. The adapters are closed after that.

    After SIGTERM it says at once that it is not ready any more, and goes on answering for so many seconds: whoever
    sends requests here needs that long to notice. A second signal ends the waiting.
    """

    def __init__(self, config: uvicorn.Config, presence: Presence, drain_seconds: float, feed: Feed) -> None:
        super().__init__(config)
        self._presence, self._drain_seconds, self._feed = presence, drain_seconds, feed

    def _asked(self, number: int) -> None:
        waits = number == signal.SIGTERM and self._drain_seconds > 0 and not self._presence.leaving
        self._presence.leaving = True
        self._feed.close()  # pages that listen do so elsewhere from now on
        if waits:
            log.info("leaving", seconds=self._drain_seconds)
            asyncio.get_running_loop().call_later(self._drain_seconds, self.handle_exit, number, None)
        else:
            self.handle_exit(number, None)

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Listen to both signals while serving; nothing is raised again afterwards."""
        loop = asyncio.get_running_loop()
        signals = (signal.SIGINT, signal.SIGTERM)
        for number in signals:
            loop.add_signal_handler(number, self._asked, number)
        try:
            yield
        finally:
            for number in signals:
                loop.remove_signal_handler(number)


def create_service(opened: OpenMarketplace, roles: Sequence[str], presence: Presence | None = None) -> ASGIApp:
    """Return what a process of these roles serves: their paths, and of others not even a part."""
    held = [router for role, routers in BY_ROLE.items() if role in roles for router in routers]
    return create_app(
        opened,
        routers=[health, *held],
        mounts=opened.mounts() if PROVIDER in roles else (),
        pages=create_pages(opened, PAGES) if WEB in roles else None,
        presence=presence or Presence(roles=tuple(roles)),
        described=ROUTERS if WEB in roles else (),
        public_seconds=opened.settings.public_seconds,
    )


async def _serve(settings: Settings, roles: Sequence[str]) -> None:
    async with open_marketplace(settings) as opened:
        presence = Presence(roles=tuple(roles))
        app = create_service(opened, roles, presence)
        config = uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            server_header=False,
            forwarded_allow_ips=settings.trusted_proxies or None,
            lifespan="off",
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            h11_max_incomplete_event_size=64 * 1024,
        )
        door = inherited()
        await _Server(config, presence, settings.drains, opened.feed).serve(sockets=None if door is None else [door])


def serve(settings: Settings, workers: int = 1) -> None:
    """Open the marketplace and serve its roles on the configured address; ends on SIGTERM or SIGINT.

    Raises ``UnknownRole``; of several processes, ``AddressTaken`` and ``CrewLost``.
    """
    roles = roles_of(settings.roles)
    log_as_json(settings.log_level)
    if workers > 1:
        serve_as_crew(settings, workers)
        return
    loop_factory = uvicorn.Config(app=_serve, loop="uvloop", log_config=None).get_loop_factory()
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(_serve(settings, roles))
