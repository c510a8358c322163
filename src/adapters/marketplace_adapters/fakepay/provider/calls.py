"""Reads one HTTP request, within limits, into what an endpoint may look at."""

import json
from collections.abc import Mapping

from attrs import frozen
from starlette.requests import Request

from marketplace_adapters.fakepay.provider.refusals import Refusal

BODY_BYTES_MAX = 64 * 1_024


@frozen(kw_only=True)
class Call:
    """Hold one request: what is in its path, its query and its body, its idempotency key, and where it was sent to."""

    operation: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, object]
    idempotency_key: str | None
    base_url: str


async def read_call(request: Request) -> Call:
    """Read a request. Raises Refusal: body_too_large, unsupported_media_type, invalid_json."""
    return Call(
        operation=f"{request.method} {request.url.path}",
        path=dict(request.path_params),
        query=dict(request.query_params),
        body=_parse(await _read_body(request), request.headers.get("content-type", "")),
        idempotency_key=request.headers.get("idempotency-key"),
        base_url=str(request.base_url),
    )


async def _read_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES_MAX:
            raise Refusal(413, "invalid_request", "body_too_large", f"A request has at most {BODY_BYTES_MAX} bytes.")
    return bytes(body)


def _parse(body: bytes, content_type: str) -> dict[str, object]:
    if not body:
        return {}
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise Refusal(415, "invalid_request", "unsupported_media_type", "Send the request as application/json.")
    try:
        parsed = json.loads(body.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise _invalid_json() from error
    if not isinstance(parsed, dict):
        raise _invalid_json()
    return parsed


def _refuse_constant(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON")


def _invalid_json() -> Refusal:
    return Refusal(400, "invalid_request", "invalid_json", "The body is not a JSON object.")
