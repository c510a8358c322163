"""The HTTP door of one context, in front of a marketplace that is only that context."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
from attrs import field, frozen
from fastapi import APIRouter

from marketplace_core.app import Marketplace
from marketplace_core.identity import IdentifyActor
from marketplace_core.inmemory.rates import InMemoryRateLimits
from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.clock import SystemClock
from marketplace_core.kernel.errors import NotSignedIn
from marketplace_entrypoints.http.app import create_app
from marketplace_entrypoints.rates import RATES, Tries


def counting() -> Tries:
    """Return whoever counts tries, in memory."""
    return Tries(limits=InMemoryRateLimits(clock=SystemClock()), rates=RATES)


@frozen
class Opened:
    market: Marketplace
    address: str = "https://shop.example"
    tries: Tries = field(factory=counting)


@frozen
class SmallDoor:
    """Requests by whoever the bearer token names."""

    client: httpx.AsyncClient

    async def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        who: str | None = None,
        if_match: str | None = None,
        key: str | None = None,
        **params: Any,
    ) -> httpx.Response:
        headers = {} if who is None else {"Authorization": f"Bearer {who}"}
        if if_match is not None:
            headers["If-Match"] = if_match
        if key is not None:
            headers["Idempotency-Key"] = key
        content = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self.client.request(method, path, headers=headers, content=content, params=params or None)


@asynccontextmanager
async def open_door(
    market: Marketplace, router: APIRouter, people: Mapping[str, Actor], *, public_seconds: float = 0
) -> AsyncIterator[SmallDoor]:
    """Open it; ``people`` are known by their tokens."""

    async def identified(query: IdentifyActor, by: Actor) -> Actor:
        if query.access_token not in people:
            raise NotSignedIn("Sign in again.")
        return people[query.access_token]

    market._answers[IdentifyActor] = identified
    transport = httpx.ASGITransport(create_app(Opened(market), routers=[router], public_seconds=public_seconds))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield SmallDoor(client)


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """Check that an answer is this refusal, and return its document."""
    document: dict[str, Any] = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, document["code"]) == (status, code)
    return document
