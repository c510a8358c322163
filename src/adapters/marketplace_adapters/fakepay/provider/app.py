"""The provider's HTTP API: its routes, put together."""

from collections.abc import AsyncGenerator, Callable, Sequence
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

from marketplace_adapters.fakepay.provider import onboarding_page
from marketplace_adapters.fakepay.provider.answering import (
    Endpoint,
    buyer_endpoint,
    merchant_endpoint,
    test_endpoint,
)
from marketplace_adapters.fakepay.provider.institution import Clock, Provider, TokenFactory, open_provider, random_token
from marketplace_adapters.fakepay.provider.operations import FOR_BUYERS, FOR_MERCHANTS, Operation
from marketplace_adapters.fakepay.provider.refusals import Refusal
from marketplace_adapters.fakepay.provider.script_operations import FOR_TESTS
from marketplace_adapters.fakepay.provider.terms import Terms

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]

SCRIPT: Final = "/v1/payment-step.js"
"""Where the script is with which a buyer pays on the shop's own page."""

_SCRIPT_FILE: Final = Path(__file__).parent / "static" / "payment-step.js"
_SCRIPT_SECONDS = 300


def create_provider(
    path: Path | str,
    *,
    secrets: Sequence[str],
    clock: Clock,
    api_key: str,
    webhook_url: str | None = None,
    terms: Terms | None = None,
    test_secret: str | None = None,
    public_url: str | None = None,
    new_token: TokenFactory = random_token,
) -> Starlette:
    """Open the books at `path` and return the application over them; `app.state.provider` is the Provider.

    Webhooks are signed with every one of `secrets`. Nothing is sent by itself: call `upkeep.keep_up` regularly.
    Without a `test_secret` nothing can be scripted. Raises what `open_provider` raises.
    """
    provider = open_provider(
        path,
        secrets=secrets,
        clock=clock,
        api_key=api_key,
        webhook_url=webhook_url,
        terms=terms,
        test_secret=test_secret,
        public_url=public_url,
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
    def buyer_route(path: str, operation: Operation) -> Route:
        # The shop's page lives on another origin than the provider.
        cors = Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["POST"], allow_headers=["content-type"])
        return Route(path, buyer_endpoint(provider, operation), methods=["POST", "OPTIONS"], middleware=[cors])

    routes = [
        Route(SCRIPT, _script_endpoint(_SCRIPT_FILE.read_bytes()), methods=["GET"]),
        Route("/v1/health", _health_endpoint(provider), methods=["GET"]),
        Route(onboarding_page.ROUTE, onboarding_page.onboarding_endpoint(provider), methods=["GET", "POST"]),
        *(buyer_route(path, operation) for _, path, operation in FOR_BUYERS),
        *(
            Route(path, merchant_endpoint(provider, operation), methods=[method])
            for method, path, operation in FOR_MERCHANTS
        ),
    ]
    if provider.test_secret is None:
        return routes
    return [
        *routes,
        *(
            Route(path, test_endpoint(provider, provider.test_secret, operation), methods=[method])
            for method, path, operation in FOR_TESTS
        ),
    ]


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
