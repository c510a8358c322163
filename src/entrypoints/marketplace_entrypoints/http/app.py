"""The HTTP application: routes around the one door."""

from collections.abc import Sequence
from typing import Any, Final, Protocol

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.types import ASGIApp

from marketplace_core import Marketplace, __version__
from marketplace_entrypoints.http.edge import Edge
from marketplace_entrypoints.http.errors import render_errors

DESCRIPTION: Final = """
An open marketplace where many sellers sell: one cart, one payment, money held per seller until delivery, video first.

Every error is a problem document (RFC 9457, `application/problem+json`) with a stable `code`.
Lists are paged by cursor. Requests that cost money or stock take an `Idempotency-Key`.
"""
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


def create_app(opened: Opened, *, routers: Sequence[APIRouter], mounts: Sequence[tuple[str, ASGIApp]] = ()) -> ASGIApp:
    """Return the application over an open marketplace, the edge around it.

    ``mounts`` are applications of their own under a path (the embedded payment provider).
    """
    app = FastAPI(
        title="Marketplace",
        version=__version__,
        description=DESCRIPTION,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.opened = opened
    render_errors(app)
    for router in routers:
        app.include_router(router)
    for path, mounted in mounts:
        app.mount(path, mounted)
    described: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not described:
            described.update(_described(app))
        return described

    app.openapi = openapi  # type: ignore[method-assign]
    return Edge(app)


def _described(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, openapi_version="3.1.0", description=app.description, routes=app.routes
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
