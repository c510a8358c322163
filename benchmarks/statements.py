"""How many SQL statements each kind of request takes: counted inside this process, through the same HTTP door."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from attrs import frozen

from benchmarks.journeys import (
    EMPTY,
    ORDER,
    QUOTE,
    VIEW_ORDER,
    Call,
    add_call,
    cart_call,
    cart_offers,
    empty_call,
    filtered_call,
    list_call,
    next_call,
    order_call,
    product_call,
    quote_call,
    search_call,
    shelf_call,
    view_call,
)
from benchmarks.shop import CATEGORIES, PASSWORD, Stand
from marketplace_adapters.sqlalchemy.engine import counted
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace
from marketplace_entrypoints.http.app import create_app
from marketplace_entrypoints.http.routes import ROUTERS


@frozen
class Door:
    """The HTTP door without a socket."""

    client: httpx.AsyncClient

    async def counted(self, call: Call) -> tuple[int, Any]:
        """Send the request; return how many statements it took, and the answer's document.

        ``BEGIN`` and ``COMMIT`` are not counted, nor what the payment provider does in its own books.
        """
        with counted() as count:
            answer = await self.client.request(call.method, call.path, headers=dict(call.headers), json=call.body)
        answer.raise_for_status()
        return count.statements, answer.json()

    async def token(self, buyer: str) -> str:
        """Sign a buyer in."""
        answer = await self.client.post("/v1/sessions", json={"email": buyer, "password": PASSWORD})
        return str(answer.raise_for_status().json()["access_token"])


@asynccontextmanager
async def door(opened: OpenMarketplace) -> AsyncIterator[Door]:
    """Open it."""
    transport = httpx.ASGITransport(create_app(opened, routers=ROUTERS, mounts=opened.mounts()))
    async with httpx.AsyncClient(transport=transport, base_url="http://bench") as client:
        yield Door(client)


async def statements(opened: OpenMarketplace, stand: Stand) -> dict[str, int]:
    """Return the number of statements by kind of request.

    The cart holds three lines of two sellers when it is added to, quoted and ordered.
    """
    async with door(opened) as here:
        token = await here.token(stand.buyers[0])
        offers = cart_offers(stand, 0)
        await here.counted(empty_call(token))
        for offer_id in offers:
            await here.counted(add_call(token, offer_id))
        _, page = await here.counted(list_call())
        calls = [
            list_call(),
            next_call(page["next_cursor"]),
            shelf_call(CATEGORIES[0]),
            search_call(stand.words[0]),
            filtered_call(stand.words[0], CATEGORIES[0], 1_000),
            product_call(stand.product_ids[0]),
            add_call(token, offers[0]),
            cart_call(token),
        ]
        found = {call.kind: (await here.counted(call))[0] for call in calls}
        found[QUOTE], quote = await here.counted(quote_call(token))
        order = order_call(token, quote["quote_hash"], f"statements-{uuid.uuid4().hex}")
        found[ORDER], placed = await here.counted(order)
        found[VIEW_ORDER], _ = await here.counted(view_call(token, placed["order_id"]))
        await here.counted(add_call(token, offers[0]))
        found[EMPTY], _ = await here.counted(empty_call(token))
        return found
