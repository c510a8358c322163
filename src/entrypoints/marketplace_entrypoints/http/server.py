"""Serve the HTTP door until asked to stop."""

import asyncio

import uvicorn

from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.http.app import create_app
from marketplace_entrypoints.http.routes import ROUTERS
from marketplace_entrypoints.logs import log_as_json

SHUTDOWN_SECONDS = 15
"""How long requests under way may take after SIGTERM."""


async def _serve(settings: Settings) -> None:
    async with open_marketplace(settings) as opened:
        app = create_app(opened, routers=ROUTERS, mounts=opened.mounts())
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
        await uvicorn.Server(config).serve()


def serve(settings: Settings) -> None:
    """Open the marketplace and serve it on the configured address; ends on SIGTERM or SIGINT."""
    log_as_json(settings.log_level)
    with asyncio.Runner(loop_factory=uvicorn.Config(app=_serve, loop="uvloop").get_loop_factory()) as runner:
        runner.run(_serve(settings))
