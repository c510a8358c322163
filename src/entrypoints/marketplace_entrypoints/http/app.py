"""The HTTP application: routes around the one door."""

from collections.abc import Sequence
from typing import Any, Final, Protocol

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.types import ASGIApp, Receive, Scope, Send

from marketplace_core import Marketplace, __version__
from marketplace_entrypoints.http.edge import Edge
from marketplace_entrypoints.http.errors import render_errors
from marketplace_entrypoints.http.health import Presence
from marketplace_entrypoints.http.kept import KeptAnswers

DESCRIPTION: Final = """
An open marketplace where many sellers sell: one cart, one payment, money held per seller until delivery, video first.

Every error is a problem document (RFC 9457, `application/problem+json`) with a stable `code`.
Lists are paged by cursor. Requests that cost money or stock take an `Idempotency-Key`.
"""
OWN_PATHS: Final = ("/v1", "/media", "/health")
"""What programs ask for; these paths and all below them."""
_PROBLEM: Final = {
    "description": "A problem document (RFC 9457)",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
_PROBLEM_SCHEMA: Final = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "examples": ["/problems/orders.quote-changed"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "examples": ["The price of Blue Cup changed from 12.00 EUR to 13.00 EUR."]},
        "code": {"type": "string", "examples": ["orders.quote_changed"]},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {"type": "object", "properties": {"field": {"type": "string"}, "message": {"type": "string"}}},
        },
    },
    "additionalProperties": True,
}


class Opened(Protocol):
    """What the routes need of an open marketplace."""

    @property
    def market(self) -> Marketplace:
        """The one door."""
        ...


class _Forked:
    """Sends requests for our own paths one way and all others another."""

    def __init__(self, ours: ASGIApp, paths: Sequence[str], others: ASGIApp) -> None:
        self._ours, self._paths, self._others = ours, tuple(f"{path}/" for path in paths), others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        is_others = scope["type"] == "http" and self.is_others(scope["path"])
        await (self._others if is_others else self._ours)(scope, receive, send)

    def is_others(self, path: str) -> bool:
        """Tell whether a path is not ours."""
        return not f"{path}/".startswith(self._paths)


def create_app(
    opened: Opened,
    *,
    routers: Sequence[APIRouter],
    mounts: Sequence[tuple[str, ASGIApp]] = (),
    pages: ASGIApp | None = None,
    presence: Presence | None = None,
    described: Sequence[APIRouter] | None = None,
    public_seconds: float = 0,
) -> ASGIApp:
    """Return the application over an open marketplace, the edge around it.

    ``mounts`` are applications of their own under a path (the embedded payment provider); ``pages`` answer every path
    that is neither theirs nor ours. ``described`` are the routers in the description of the door, where other processes
    answer for some of them; none leaves it to others to describe it. ``presence`` says what is served and until when.
    What anybody may keep is kept here for ``public_seconds``.
    """
    presence = presence or Presence()
    described = routers if described is None else described
    app = FastAPI(
        title="Marketplace",
        version=__version__,
        description=DESCRIPTION,
        openapi_url="/v1/openapi.json" if described else None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.opened = opened
    app.state.presence = presence
    render_errors(app)
    for router in routers:
        app.include_router(router)
    for path, mounted in mounts:
        app.mount(path, mounted)
    document: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not document:
            document.update(_described(app, described))
        return document

    app.openapi = openapi  # type: ignore[method-assign]
    ours: ASGIApp = KeptAnswers(app, public_seconds) if public_seconds else app
    if pages is None:
        return Edge(ours, leaving=presence.is_leaving)
    forked = _Forked(ours, (*OWN_PATHS, *(path for path, _ in mounts)), pages)
    return Edge(forked, is_page=forked.is_others, leaving=presence.is_leaving)


def _described(app: FastAPI, routers: Sequence[APIRouter]) -> dict[str, Any]:
    every = APIRouter()
    for router in routers:
        every.include_router(router)
    document = get_openapi(
        title=app.title, version=app.version, openapi_version="3.1.0", description=app.description, routes=every.routes
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = _PROBLEM_SCHEMA
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for operations in document["paths"].values():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = _PROBLEM
    return document
