"""The provider's HTTP API: routes, who may call them, and how refusals look."""

import hmac
import sqlite3
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from marketplace_adapters.fakepay.provider import buyer_endpoints as buyer
from marketplace_adapters.fakepay.provider import merchant_endpoints as merchant
from marketplace_adapters.fakepay.provider import settlement
from marketplace_adapters.fakepay.provider.answers import Answer
from marketplace_adapters.fakepay.provider.calls import Call, read_call
from marketplace_adapters.fakepay.provider.institution import Clock, Provider, TokenFactory, open_provider, random_token
from marketplace_adapters.fakepay.provider.refusals import Refusal
from marketplace_adapters.fakepay.provider.terms import Terms

Operation = Callable[[Provider, Call], Answer]
Endpoint = Callable[[Request], Awaitable[Response]]
Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]

SCRIPT: Final = "/v1/payment-step.js"
"""Where the script is with which a buyer pays on the shop's own page."""

_SCRIPT_FILE: Final = Path(__file__).parent / "static" / "payment-step.js"
_SCRIPT_SECONDS = 300
_BUSY_RETRY_SECONDS = 1


def create_provider(
    path: Path | str,
    *,
    secrets: Sequence[str],
    clock: Clock,
    api_key: str,
    webhook_url: str | None = None,
    terms: Terms | None = None,
    new_token: TokenFactory = random_token,
) -> Starlette:
    """Open the books at `path` and return the application over them; `app.state.provider` is the Provider.

    Webhooks are signed with every one of `secrets`. Nothing is sent by itself: call `upkeep.keep_up` regularly.
    Raises what `open_provider` raises.
    """
    provider = open_provider(
        path,
        secrets=secrets,
        clock=clock,
        api_key=api_key,
        webhook_url=webhook_url,
        terms=terms,
        new_token=new_token,
    )
    return application(provider)


def application(provider: Provider, *, lifespan: Lifespan | None = None) -> Starlette:
    """Return the application over an open provider, which it closes at its end unless another `lifespan` is given."""
    app = Starlette(
        routes=_routes(provider),
        exception_handlers={HTTPException: _render_http_exception},
        lifespan=lifespan or partial(_closing, provider),
    )
    app.state.provider = provider
    return app


def _routes(provider: Provider) -> list[Route]:
    def route(method: str, path: str, operation: Operation) -> Route:
        return Route(path, _merchant_endpoint(provider, operation), methods=[method])

    def buyer_route(path: str, operation: Operation) -> Route:
        # The shop's page lives on another origin than the provider.
        cors = Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["POST"], allow_headers=["content-type"])
        return Route(path, _buyer_endpoint(provider, operation), methods=["POST", "OPTIONS"], middleware=[cors])

    return [
        Route(SCRIPT, _script_endpoint(_SCRIPT_FILE.read_bytes()), methods=["GET"]),
        Route("/v1/health", _health_endpoint(provider), methods=["GET"]),
        route("POST", "/v1/payments", merchant.create_payment),
        route("GET", "/v1/payments", merchant.list_payments),
        route("GET", "/v1/payments/{id}", merchant.view_payment),
        route("POST", "/v1/payments/{id}/cancel", merchant.cancel_payment),
        buyer_route("/v1/payments/{id}/confirm", buyer.confirm_payment),
        buyer_route("/v1/payments/{id}/authenticate", buyer.authenticate_payment),
        route("POST", "/v1/accounts", merchant.create_account),
        route("GET", "/v1/accounts", merchant.list_accounts),
        route("GET", "/v1/accounts/{id}", merchant.view_account),
        route("POST", "/v1/transfers", merchant.create_transfer),
        route("GET", "/v1/transfers", merchant.list_transfers),
        route("GET", "/v1/transfers/{id}", merchant.view_transfer),
        route("POST", "/v1/payouts", merchant.create_payout),
        route("GET", "/v1/payouts", merchant.list_payouts),
        route("GET", "/v1/payouts/{id}", merchant.view_payout),
        route("GET", "/v1/balance", merchant.view_balance),
        route("GET", "/v1/balance_transactions", merchant.list_balance_transactions),
        route("GET", "/v1/events", merchant.list_events),
    ]


def _merchant_endpoint(provider: Provider, operation: Operation) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            _require_api_key(request, provider.api_key)
            return await _perform(provider, operation, request)
        except Refusal as refusal:
            return _render(refusal)

    return endpoint


def _buyer_endpoint(provider: Provider, operation: Operation) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        if request.method == "OPTIONS":  # a preflight was answered before it came here
            return Response(status_code=204, headers={"Allow": "POST, OPTIONS"})
        try:
            return await _perform(provider, operation, request)
        except Refusal as refusal:
            return _render(refusal)

    return endpoint


def _script_endpoint(script: bytes) -> Endpoint:
    # Modules of another origin load only if that origin lets them.
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": f"public, max-age={_SCRIPT_SECONDS}"}

    async def endpoint(_request: Request) -> Response:
        return Response(script, headers=headers, media_type="text/javascript")

    return endpoint


def _health_endpoint(provider: Provider) -> Endpoint:
    def look() -> None:
        with provider.reading() as session:
            session.db.execute("SELECT count(*) FROM sqlite_schema")

    async def endpoint(_request: Request) -> Response:
        await to_thread.run_sync(look)
        return JSONResponse({"status": "ok"})

    return endpoint


async def _perform(provider: Provider, operation: Operation, request: Request) -> Response:
    call = await read_call(request)
    answer = await to_thread.run_sync(_run_up_to_date, provider, operation, call)
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


def _require_api_key(request: Request, api_key: str) -> None:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    known = hmac.compare_digest(given.strip().encode(), api_key.encode())
    if scheme.lower() != "bearer" or not known:
        raise Refusal(401, "authentication_error", "invalid_api_key", "Send a valid API key as a bearer token.")


def _render(refusal: Refusal) -> Response:
    headers = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": str(_BUSY_RETRY_SECONDS)}}
    return JSONResponse(refusal.body(), status_code=refusal.status, headers=headers.get(refusal.status))


async def _render_http_exception(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    code = {404: "unknown_route", 405: "method_not_allowed"}.get(error.status_code, "invalid_request")
    refusal = Refusal(error.status_code, "invalid_request", code, error.detail)
    return JSONResponse(refusal.body(), status_code=refusal.status, headers=error.headers)


@asynccontextmanager
async def _closing(provider: Provider, _app: Starlette) -> AsyncGenerator[None]:
    try:
        yield
    finally:
        provider.close()
