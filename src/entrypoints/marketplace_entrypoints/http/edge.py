"""What every request passes first: request id, trace, body limit, security headers, one log line."""

import json
import re
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final

import anyio
import structlog
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marketplace_core.kernel.tracing import spanning
from marketplace_entrypoints.limits import BODY_BYTES_MAX, UPLOAD_PREFIX, body_bytes_max
from marketplace_entrypoints.problems import problem

DRAIN_BYTES_MAX: Final = 8 * BODY_BYTES_MAX
DRAIN_SECONDS: Final = 5.0
"""How much of a body that is refused is still read, and for how long."""
_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
_SECURITY_HEADERS: Final = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-site"),
]
_API_POLICY: Final = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
_LAST_ANSWER: Final = (b"connection", b"close")
"""The connection is of no use to another request: the rest of a refused body is not read, or the process ends."""

log = structlog.get_logger("http")


class BodyTooLarge(HTTPException):
    """The request body outgrew the limit while it was read.

    It is one of the framework's own, because the framework takes any other for a body that cannot be parsed.
    """

    def __init__(self) -> None:
        super().__init__(413, headers={"Connection": "close"})


class Edge:
    """An ASGI layer around the whole door.

    ``is_page`` tells by its path whether an address is a page. Pages say themselves that a body was too large, to
    browsers; everybody else gets a problem document. ``leaving`` tells whether the process is about to end:
    every answer is the last one of its connection then.
    """

    def __init__(
        self,
        app: ASGIApp,
        is_page: Callable[[str], bool] = lambda _: False,
        leaving: Callable[[], bool] = lambda: False,
    ) -> None:
        self._app = app
        self._is_page = is_page
        self._leaving = leaving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        with spanning(headers.get(b"traceparent", b"").decode("latin-1")):
            await self._serve(scope, headers, receive, send)

    async def _serve(self, scope: Scope, headers: Mapping[bytes, bytes], receive: Receive, send: Send) -> None:
        offered = headers.get(b"x-request-id", b"").decode("latin-1")
        request_id = offered if _REQUEST_ID.fullmatch(offered) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        status = 500
        answered = False
        limit = body_bytes_max(scope["path"])
        refused = limit is not None and _announced(headers) > limit

        async def answer(message: Message) -> None:
            nonlocal status, answered
            if message["type"] == "http.response.start":
                status = message["status"]
                present = {name for name, _ in message["headers"]}
                extra = [*_SECURITY_HEADERS, (b"x-request-id", request_id.encode())]
                if scope["path"].startswith(("/v1", "/health")):
                    extra.append(_API_POLICY)
                if refused or self._leaving():
                    extra.append(_LAST_ANSWER)
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in extra if name not in present),
                ]
            await send(message)
            answered = message["type"] == "http.response.body" and not message.get("more_body", False)

        try:
            if refused:
                await _drain(receive)
                await self._refuse(scope, headers, answer)
            else:
                await self._app(scope, receive if limit is None else _bounded(receive, limit), answer)
        except BodyTooLarge:
            await _refuse_body(answer, request_id, limit)
        except Exception:
            if not answered:
                raise
            # A bug that was answered is a bug that was logged. Raised, it would make the server drop the connection,
            # under whatever request its other end sends next.
        finally:
            log.info(
                "request",
                method=scope["method"],
                path=loggable(scope["path"]),
                status=status,
                duration_ms=round((time.perf_counter() - started) * 1000, 1),
                request_id=request_id,
                principal=scope["state"].get("principal", "anonymous"),
            )

    async def _refuse(self, scope: Scope, headers: Mapping[bytes, bytes], send: Send) -> None:
        if self._is_page(scope["path"]) and b"text/html" in headers.get(b"accept", b""):
            await self._app(scope, _refusing, send)
        else:
            raise BodyTooLarge


def _announced(headers: Mapping[bytes, bytes]) -> int:
    announced = headers.get(b"content-length", b"")
    return int(announced) if announced.isdigit() else 0


def loggable(path: str) -> str:
    """Return the path as it may be written down: an upload address is a permission, not a name."""
    return f"{UPLOAD_PREFIX}…" if path.startswith(UPLOAD_PREFIX) else path


def _bounded(receive: Receive, limit: int) -> Receive:
    read = 0

    async def bounded() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            if message.get("more_body"):
                await _drain(receive)
            raise BodyTooLarge
        return message

    return bounded


async def _refusing() -> Message:
    raise BodyTooLarge


async def _drain(receive: Receive) -> None:
    """Let a client finish what it is sending, within limits: whoever is cut off in the middle never reads why."""
    drained = 0
    with anyio.move_on_after(DRAIN_SECONDS):
        while drained < DRAIN_BYTES_MAX:
            message = await receive()
            drained += len(message.get("body", b""))
            if not message.get("more_body"):
                return


async def _refuse_body(send: Send, request_id: str, limit: int | None) -> None:
    document: dict[str, Any] = problem(
        status=413,
        code="http.body_too_large",
        detail=f"A request body holds at most {limit} bytes.",
        request_id=request_id,
    )
    body = json.dumps(document).encode()
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        _LAST_ANSWER,
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
