"""Serve the doors that speak HTTP, for programs and for people, until asked to stop."""

import asyncio
import signal
from collections.abc import Generator
from contextlib import contextmanager

import uvicorn

from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.http.app import create_app
from marketplace_entrypoints.http.routes import ROUTERS
from marketplace_entrypoints.logs import log_as_json
from marketplace_entrypoints.web.app import create_pages
from marketplace_entrypoints.web.routes import PAGES

SHUTDOWN_SECONDS = 15
"""How long requests under way may take after SIGTERM."""


class _Server(uvicorn.Server):
    """Takes SIGTERM and Ctrl-C as what they mean: finish, then return. The adapters are closed after that."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Listen to both signals while serving; nothing is raised again afterwards."""
        loop = asyncio.get_running_loop()
        signals = (signal.SIGINT, signal.SIGTERM)
        for number in signals:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in signals:
                loop.remove_signal_handler(number)


async def _serve(settings: Settings) -> None:
    async with open_marketplace(settings) as opened:
        pages = create_pages(opened, PAGES)
        app = create_app(opened, routers=ROUTERS, mounts=opened.mounts(), pages=pages)
        config = uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            h11_max_incomplete_event_size=64 * 1024,
        )
        await _Server(config).serve()


def serve(settings: Settings) -> None:
    """Open the marketplace and serve it on the configured address; ends on SIGTERM or SIGINT."""
    log_as_json(settings.log_level)
    loop_factory = uvicorn.Config(app=_serve, loop="uvloop", log_config=None).get_loop_factory()
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(_serve(settings))
