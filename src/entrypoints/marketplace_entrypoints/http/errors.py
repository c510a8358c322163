"""Every error leaves as a problem document, those of the framework included."""

from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from marketplace_core.kernel.errors import MarketplaceError, Unavailable
from marketplace_core.kernel.rates import TooOften
from marketplace_entrypoints.http.edge import loggable
from marketplace_entrypoints.problems import TITLES, problem, problem_of, status_of

log = structlog.get_logger("http")
_FRAMEWORK_CODES = {
    404: "http.no_such_route",
    405: "http.method_not_allowed",
    400: "http.unreadable_body",
    413: "http.body_too_large",
    415: "http.unsupported_media_type",
}


class ProblemResponse(JSONResponse):
    """A body of type ``application/problem+json``."""

    media_type = "application/problem+json"


def render_errors(app: FastAPI) -> None:
    """Register the renderers."""
    app.add_exception_handler(MarketplaceError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _framework)
    app.add_exception_handler(Exception, _bug)


def _request_id(request: Request) -> str:
    return str(request.scope.get("state", {}).get("request_id", ""))


async def _refused(request: Request, refusal: Exception) -> ProblemResponse:
    assert isinstance(refusal, MarketplaceError)
    headers: dict[str, str] = {}
    status = status_of(refusal)
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(refusal, Unavailable):
        headers["Retry-After"] = str(refusal.retry_after_seconds)
        if isinstance(refusal, TooOften):
            headers["RateLimit-Limit"] = str(refusal.facts["limit"])
            headers["RateLimit-Remaining"] = str(refusal.facts["left"])
            headers["RateLimit-Reset"] = str(refusal.facts["full_after_seconds"])
    elif refusal.code == "kernel.idempotency_in_progress":
        headers["Retry-After"] = "1"
    if refusal.replayed:
        headers["Idempotent-Replayed"] = "true"
    return ProblemResponse(problem_of(refusal, _request_id(request)), status_code=status, headers=headers)


async def _invalid(request: Request, failure: Exception) -> ProblemResponse:
    assert isinstance(failure, RequestValidationError)
    errors: list[Any] = [
        {"field": ".".join(str(part) for part in error["loc"]), "message": error["msg"]}
        for error in failure.errors()[:50]
    ]
    document = problem(
        status=422,
        code="http.invalid_request",
        detail="The request does not fit its description; see errors.",
        request_id=_request_id(request),
        facts={"errors": errors},
    )
    return ProblemResponse(document, status_code=422)


async def _framework(request: Request, failure: Exception) -> ProblemResponse:
    assert isinstance(failure, HTTPException)
    code = _FRAMEWORK_CODES.get(failure.status_code, "http.refused")
    document = problem(
        status=failure.status_code,
        code=code,
        detail=f"{TITLES.get(failure.status_code, 'Refused')}: {request.method} {request.url.path[:200]}.",
        request_id=_request_id(request),
    )
    return ProblemResponse(document, status_code=failure.status_code, headers=dict(failure.headers or {}))


async def _bug(request: Request, failure: Exception) -> ProblemResponse:
    log.error("bug", request_id=_request_id(request), path=loggable(request.url.path), exc_info=failure)
    document = problem(
        status=500,
        code="http.internal_error",
        detail="Something went wrong on our side; it was written down under this request id.",
        request_id=_request_id(request),
    )
    return ProblemResponse(document, status_code=500)
