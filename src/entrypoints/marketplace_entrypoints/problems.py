"""One renderer of refusals: what kind of error gives which HTTP status and which exit code (RFC 9457)."""

from collections.abc import Mapping
from typing import Any, Final

from marketplace_core.kernel.errors import ErrorKind, MarketplaceError, StaleVersion

STATUS: Final = {
    ErrorKind.INVALID: 422,
    ErrorKind.NOT_FOUND: 404,
    ErrorKind.UNAUTHENTICATED: 401,
    ErrorKind.FORBIDDEN: 403,
    ErrorKind.RULE_BROKEN: 409,
    ErrorKind.CONFLICT: 409,
    ErrorKind.UNAVAILABLE: 503,
}
EXIT_CODE: Final = {
    ErrorKind.INVALID: 3,
    ErrorKind.NOT_FOUND: 4,
    ErrorKind.UNAUTHENTICATED: 5,
    ErrorKind.FORBIDDEN: 5,
    ErrorKind.RULE_BROKEN: 6,
    ErrorKind.CONFLICT: 7,
    ErrorKind.UNAVAILABLE: 8,
}
# Refusals whose HTTP status says more than their kind does.
_STATUS_BY_CODE: Final = {
    "kernel.invalid_signature": 400,
    "kernel.invalid_cursor": 400,
    "kernel.too_often": 429,
    "http.idempotency_key_required": 400,
    "http.body_too_large": 413,
    "filesystem.upload_too_large": 413,
    "filesystem.upload_type_wrong": 415,
}
TITLES: Final = {
    400: "The request cannot be read",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "The request conflicts with the present state",
    412: "The thing has changed meanwhile",
    413: "The request is too large",
    415: "Unsupported media type",
    416: "Range not satisfiable",
    422: "The request makes no sense",
    429: "Too many requests",
    500: "Something went wrong on our side",
    503: "Temporarily unavailable",
}


def status_of(refusal: MarketplaceError) -> int:
    """Return the HTTP status of a refusal."""
    if isinstance(refusal, StaleVersion):
        return 412
    return _STATUS_BY_CODE.get(refusal.code, STATUS[refusal.kind])


def exit_code_of(refusal: MarketplaceError) -> int:
    """Return the exit code of a refusal."""
    return EXIT_CODE[refusal.kind]


def problem(
    *, status: int, code: str, detail: str, request_id: str | None = None, facts: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return a problem document.

    ``type`` is a path of the problem catalogue made from the code; ``facts`` become members of their own.
    """
    document: dict[str, Any] = dict(facts or {})
    document |= {
        "type": f"/problems/{code.replace('_', '-')}",
        "title": TITLES.get(status, "Refused"),
        "status": status,
        "detail": detail,
        "code": code,
    }
    if request_id:
        document["request_id"] = request_id
    return document


def problem_of(refusal: MarketplaceError, request_id: str | None = None) -> dict[str, Any]:
    """Return the problem document of a refusal."""
    return problem(
        status=status_of(refusal), code=refusal.code, detail=refusal.message, request_id=request_id, facts=refusal.facts
    )
