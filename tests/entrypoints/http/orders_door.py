"""Orders over HTTP, on a house with stand-ins for its neighbours."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from attrs import field, frozen

from marketplace_core.app import Marketplace
from marketplace_core.identity import IdentifyActor
from marketplace_core.kernel.access import SYSTEM, Actor
from marketplace_core.kernel.errors import NotSignedIn
from marketplace_core.orders import ConfirmOrder
from marketplace_core.orders.ports import NO_TAXES, TaxCalculator
from marketplace_entrypoints.http.app import create_app
from marketplace_entrypoints.http.orders.router import router
from marketplace_entrypoints.rates import Tries
from tests.core.orders.house import ADAS_SHOP, ANN_HERSELF, BEN_HIMSELF, BOBS_SHOP, OPERATOR, House, open_house
from tests.entrypoints.http.small_door import counting

ADDRESS = {"name": "Ann Ash", "line1": "1 Long Lane", "city": "Aarhus", "postal_code": "8000", "country": "DK"}
TOKENS = {"ann": ANN_HERSELF, "ben": BEN_HIMSELF, "ada": ADAS_SHOP, "bob": BOBS_SHOP, "op": OPERATOR}


async def identified(query: IdentifyActor, by: Actor) -> Actor:
    if query.access_token not in TOKENS:
        raise NotSignedIn("Sign in again.")
    return TOKENS[query.access_token]


@frozen
class Opened:
    market: Marketplace
    tries: Tries = field(factory=counting)


@frozen
class Door:
    house: House
    client: httpx.AsyncClient

    async def get(self, path: str, who: str | None = "ann", **params: Any) -> httpx.Response:
        return await self.client.get(path, headers=self._headers(who), params=params)

    async def post(
        self, path: str, body: Any = None, who: str | None = "ann", key: str | None = None
    ) -> httpx.Response:
        headers = self._headers(who, key) | {"Content-Type": "application/json"}
        return await self.client.post(path, headers=headers, content=None if body is None else json.dumps(body))

    async def order(self, who: str = "ann", key: str | None = "key-0001", **changes: Any) -> httpx.Response:
        quote = (await self.get("/v1/checkout/quote", who)).json()
        return await self.post(
            "/v1/orders", {"quote_hash": quote["quote_hash"], "address": ADDRESS} | changes, who, key
        )

    async def sold(self) -> tuple[str, str]:
        """Place and pay an order; return it and Ada's part of it."""
        order_id = (await self.order()).json()["order_id"]
        await self.house.execute(ConfirmOrder(order_id=order_id), SYSTEM)
        order = (await self.get(f"/v1/orders/{order_id}")).json()
        return order_id, order["seller_orders"][0]["seller_order_id"]

    @staticmethod
    def _headers(who: str | None, key: str | None = None) -> dict[str, str]:
        headers = {} if who is None else {"Authorization": f"Bearer {who}"}
        return headers if key is None else headers | {"Idempotency-Key": key}


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    document: dict[str, Any] = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, document["code"]) == (status, code)
    return document


@asynccontextmanager
async def open_door(taxes: TaxCalculator = NO_TAXES) -> AsyncIterator[Door]:
    """Open the door of a house of its own."""
    house = open_house(taxes=taxes)
    house.market._answers[IdentifyActor] = identified
    transport = httpx.ASGITransport(create_app(Opened(house.market), routers=[router]))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield Door(house, client)
