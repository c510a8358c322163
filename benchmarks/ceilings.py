"""What the bare framework can do: the same server as the product's, and nothing behind it.

``/hello`` answers two bytes before any framework. Every other path goes to FastAPI, whose one route returns a body
that lies ready. ``python -m benchmarks.ceilings PORT FILE WORKERS`` serves the file's content as that body.
"""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import uvicorn
import uvloop
from fastapi import FastAPI, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from marketplace_entrypoints.crew import listening

HELLO = [(b"content-type", b"text/plain"), (b"content-length", b"2")]


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    """Say hi."""
    await send({"type": "http.response.start", "status": 200, "headers": HELLO})
    await send({"type": "http.response.body", "body": b"hi"})


def ceilings(body: bytes) -> ASGIApp:
    """Return both bare applications as one."""
    framework = FastAPI(openapi_url=None)

    @framework.get("/ready")
    async def ready() -> Response:
        return Response(body, media_type="application/json")

    async def either(scope: Scope, receive: Receive, send: Send) -> None:
        await (hello if scope["path"] == "/hello" else framework)(scope, receive, send)

    return either


def serve(door: socket.socket, body: bytes) -> None:
    """Serve until SIGTERM, configured as the product's own server is."""
    config = uvicorn.Config(
        ceilings(body),
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        h11_max_incomplete_event_size=64 * 1024,
    )
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(uvicorn.Server(config).serve(sockets=[door]))


def serve_in(workers: int, port: int, body: bytes) -> None:
    """Serve on the loopback address in so many processes, which share the listening socket as the product's do."""
    with listening("127.0.0.1", port) as door:
        children = [_forked(door, body) for _ in range(workers)]

    def end(*_: object) -> None:
        for child in children:
            os.kill(child, signal.SIGTERM)

    signal.signal(signal.SIGTERM, end)
    for child in children:
        os.waitpid(child, 0)


def _forked(door: socket.socket, body: bytes) -> int:
    child = os.fork()
    if child == 0:
        serve(door, body)
        os._exit(0)
    return child


if __name__ == "__main__":
    serve_in(int(sys.argv[3]), int(sys.argv[1]), Path(sys.argv[2]).read_bytes())
