"""From an HTTP request to an HTTP answer: who may ask, what time has done meanwhile, what a test wants to go wrong."""

import hmac
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Final

import anyio
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from marketplace_adapters.fakepay.provider import faults, idempotency, settlement
from marketplace_adapters.fakepay.provider.answers import Answer
from marketplace_adapters.fakepay.provider.calls import Call, read_call
from marketplace_adapters.fakepay.provider.faults import Fault
from marketplace_adapters.fakepay.provider.institution import Provider
from marketplace_adapters.fakepay.provider.operations import Operation
from marketplace_adapters.fakepay.provider.refusals import Refusal

Endpoint = Callable[[Request], Awaitable[Response]]

_BUSY_RETRY_SECONDS: Final = 1


class ConnectionDropped(Exception):
    """Break a connection in the middle of an answer, because a test asked for it."""


class BrokenAnswer(Response):
    """Begin an answer and never finish it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Promise more than is sent, then break off: the server closes the connection."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"4096")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"id":', "more_body": True})
        raise ConnectionDropped


def merchant_endpoint(provider: Provider, operation: Operation) -> Endpoint:
    """Answer whoever holds the API key."""

    async def endpoint(request: Request) -> Response:
        try:
            _require_bearer(request, provider.api_key, code="invalid_api_key", what="API key")
            return await _answer(provider, operation, request)
        except Refusal as refusal:
            return render(refusal)

    return endpoint


def buyer_endpoint(provider: Provider, operation: Operation) -> Endpoint:
    """Answer a buyer's browser, which knows the secret of its payment."""

    async def endpoint(request: Request) -> Response:
        if request.method == "OPTIONS":  # a preflight was answered before it came here
            return Response(status_code=204, headers={"Allow": "POST, OPTIONS"})
        try:
            return await _answer(provider, operation, request)
        except Refusal as refusal:
            return render(refusal)

    return endpoint


def test_endpoint(provider: Provider, secret: str, operation: Operation) -> Endpoint:
    """Answer whoever holds the test secret. No fault is ever planned for these."""

    async def endpoint(request: Request) -> Response:
        try:
            _require_bearer(request, secret, code="invalid_test_secret", what="test secret")
            call = await read_call(request)
            return _json(await to_thread.run_sync(_run_up_to_date, provider, operation, call))
        except Refusal as refusal:
            return render(refusal)

    return endpoint


def render(refusal: Refusal) -> Response:
    """Turn a refusal into an answer."""
    headers = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": str(_BUSY_RETRY_SECONDS)}}
    return JSONResponse(
        refusal.body(), status_code=refusal.status, headers={**headers.get(refusal.status, {}), **refusal.headers}
    )


async def _answer(provider: Provider, operation: Operation, request: Request) -> Response:
    call = await read_call(request)
    fault = await to_thread.run_sync(faults.take, provider, operation.__name__)
    if fault is None:
        return _json(await to_thread.run_sync(_run_up_to_date, provider, operation, call))
    if fault.prevents:
        return await _go_wrong(fault, None)
    try:
        answer = await to_thread.run_sync(_run_up_to_date, provider, operation, call)
    except Refusal as refusal:
        answer = Answer(refusal.status, refusal.body())
    if fault.kind == "in_flight" and call.idempotency_key is not None:
        await to_thread.run_sync(_keep_in_flight, provider, call.idempotency_key, fault.seconds)
    return await _go_wrong(fault, answer)


async def _go_wrong(fault: Fault, answer: Answer | None) -> Response:
    match fault.kind:
        case "error_before" | "error_after":
            raise Refusal(500, "provider_error", "scripted_error", "Something went wrong here, as was asked for.")
        case "rate_limit":
            raise Refusal(
                429,
                "provider_error",
                "rate_limited",
                "Too many requests, as was asked for.",
                headers={"Retry-After": str(fault.seconds)},
            )
        case "timeout_before" | "timeout_after":
            await anyio.sleep(fault.seconds)
            if answer is not None:
                return _json(answer)
            raise Refusal(504, "provider_error", "scripted_timeout", "Nothing was done, as was asked for.")
        case _:
            return BrokenAnswer()


def _keep_in_flight(provider: Provider, key: str, seconds: int) -> None:
    idempotency.keep_in_flight(provider, key, seconds=seconds)


def _json(answer: Answer) -> Response:
    return JSONResponse(answer.body, status_code=answer.status, headers=dict(answer.headers))


def _run_up_to_date(provider: Provider, operation: Operation, call: Call) -> Answer:
    try:
        # In a transaction of its own: what time has done stays done, also when the operation is refused because of it.
        settlement.settle_due(provider)
        if "id" in call.path:
            settlement.settle_one(provider, call.path["id"])
        return operation(provider, call)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        raise Refusal(503, "provider_error", "books_busy", "The books are busy. Try again.") from error


def _require_bearer(request: Request, secret: str, *, code: str, what: str) -> None:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    known = hmac.compare_digest(given.strip().encode(), secret.encode())
    if scheme.lower() != "bearer" or not known:
        raise Refusal(401, "authentication_error", code, f"Send a valid {what} as a bearer token.")
