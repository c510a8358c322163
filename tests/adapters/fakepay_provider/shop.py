"""A merchant, a buyer, a webhook receiver and a clock, for tests of the provider through its API."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from attrs import define, field
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from marketplace_adapters.fakepay.provider.app import application
from marketplace_adapters.fakepay.provider.institution import Provider

API_KEY = "test-api-key"
SECRET = "test-signing-secret"
TEST_SECRET = "test-scripting-secret"
WEBHOOK_URL = "http://shop.test/webhooks/fakepay"

SUCCESS = "4242424242424242"
DECLINE = "4000000000000002"
NO_FUNDS = "4000000000009995"
CONFIRMATION = "4000000000003220"
LATE = "4000000000000077"
REFUND_PENDING = "4000000000007726"
REFUND_BOUNCES = "4000000000005126"
DISPUTED_AS_FRAUD = "4000000000000259"
NOT_RECEIVED = "4000000000002685"
INQUIRY = "4000000000001976"


@define
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **distance: float) -> None:
        self.now += timedelta(**distance)


def connect(provider: Provider, *, api_key: str | None = API_KEY) -> httpx.AsyncClient:
    """Open a client on the provider's application."""
    headers = {} if api_key is None else {"Authorization": f"Bearer {api_key}"}
    transport = httpx.ASGITransport(application(provider))
    return httpx.AsyncClient(transport=transport, base_url="http://fakepay.test", headers=headers)


@define
class Shop:
    """What a merchant's server and its buyers ask of the provider."""

    provider: Provider
    server: httpx.AsyncClient
    browser: httpx.AsyncClient
    _keys: int = 0

    async def post(self, path: str, *, key: str | None = None, **body: Any) -> httpx.Response:
        if key is None:
            self._keys += 1
            key = f"key-{self._keys}"
        return await self.server.post(path, json=body, headers={"Idempotency-Key": key})

    async def get(self, path: str, **query: str) -> Any:
        response = await self.server.get(path, params=query)
        assert response.status_code == 200, response.text
        return response.json()

    async def new_payment(self, amount_minor: int = 10_000, **more: Any) -> Any:
        body = {"amount_minor": amount_minor, "currency": "EUR", "reference": "payment-1", **more}
        response = await self.post("/v1/payments", **body)
        assert response.status_code == 201, response.text
        return response.json()

    async def confirm(self, payment: Any, card: str, **more: str) -> httpx.Response:
        body = {"client_secret": payment["client_secret"], "card_number": card, "exp": "12/34", "cvc": "123", **more}
        return await self.browser.post(f"/v1/payments/{payment['id']}/confirm", json=body)

    async def authenticate(self, payment: Any, outcome: str) -> httpx.Response:
        body = {"client_secret": payment["client_secret"], "outcome": outcome}
        return await self.browser.post(f"/v1/payments/{payment['id']}/authenticate", json=body)

    async def cancel(self, payment: Any) -> httpx.Response:
        return await self.server.post(f"/v1/payments/{payment['id']}/cancel")

    async def paid(self, amount_minor: int = 10_000, *, card: str = SUCCESS, **more: Any) -> Any:
        payment = await self.new_payment(amount_minor, **more)
        response = await self.confirm(payment, card)
        assert response.status_code == 200, response.text
        return await self.get(f"/v1/payments/{payment['id']}")

    async def new_account(self, reference: str = "seller-1") -> Any:
        response = await self.post("/v1/accounts", reference=reference)
        assert response.status_code == 201, response.text
        return response.json()

    async def transfer(self, account: Any, amount_minor: int, **more: Any) -> httpx.Response:
        body = {"account": account["id"], "amount_minor": amount_minor, "currency": "EUR", "reference": "transfer-1"}
        return await self.post("/v1/transfers", **{**body, **more})

    async def pay_out(self, account: Any, amount_minor: int, **more: Any) -> httpx.Response:
        body = {"account": account["id"], "amount_minor": amount_minor, "currency": "EUR", "reference": "payout-1"}
        return await self.post("/v1/payouts", **{**body, **more})

    async def refund(self, payment: Any, amount_minor: int | None = None, **more: Any) -> httpx.Response:
        body = {"payment": payment["id"], "amount_minor": amount_minor, "reference": "refund-1"}
        return await self.post("/v1/refunds", **{**body, **more})

    async def refunded(self, payment: Any, amount_minor: int | None = None, **more: Any) -> Any:
        response = await self.refund(payment, amount_minor, **more)
        assert response.status_code == 201, response.text
        return response.json()

    async def reverse(self, transfer: Any, amount_minor: int | None = None, **more: Any) -> httpx.Response:
        body = {"amount_minor": amount_minor, "reference": "reversal-1"}
        return await self.post(f"/v1/transfers/{transfer['id']}/reversals", **{**body, **more})

    async def ask(self, path: str, **body: Any) -> httpx.Response:
        """Ask for something with the test secret."""
        return await self.browser.post(path, json=body, headers={"Authorization": f"Bearer {TEST_SECRET}"})

    async def make(self, path: str, **body: Any) -> Any:
        """Make something happen with the test secret."""
        response = await self.ask(path, **body)
        assert response.is_success, response.text
        return response.json()

    async def look(self, path: str, **query: str) -> Any:
        """Look at something with the test secret."""
        response = await self.browser.get(path, params=query, headers={"Authorization": f"Bearer {TEST_SECRET}"})
        assert response.is_success, response.text
        return response.json()

    async def disputed(self, payment: Any, **more: Any) -> Any:
        return await self.make("/test/disputes", payment=payment["id"], **more)

    async def advance(self, dispute: Any, status: str) -> Any:
        return await self.make(f"/test/disputes/{dispute['id']}/advance", status=status)

    async def again(self, thing: Any) -> Any:
        """Look at a thing as it is now."""
        return await self.get(f"/v1/{thing['object'].replace('_', '-')}s/{thing['id']}")

    async def booked(self) -> list[tuple[str, int]]:
        """Return type and net of the platform's balance transactions after the payments themselves."""
        return [
            (one["type"], one["net_minor"])
            for one in await self.transactions()
            if one["owner"] == "platform" and one["type"] not in {"payment", "fee"}
        ]

    async def assert_sound(self) -> None:
        audit = await self.get("/v1/audit")
        assert (audit["sound"], audit["findings"]) == (True, [])

    async def balance(self, account: Any = None, currency: str = "EUR") -> int:
        query = {} if account is None else {"account": account["id"]}
        told = (await self.get("/v1/balance", **query))["balances"]
        return next((int(one["available_minor"]) for one in told if one["currency"] == currency), 0)

    async def transactions(self) -> list[Any]:
        found: list[Any] = []
        after: dict[str, str] = {}
        while True:
            page = await self.get("/v1/balance-transactions", limit="100", **after)
            found += page["data"]
            if not page["has_more"]:
                return found
            after = {"after": found[-1]["id"]}

    async def event_types(self) -> list[str]:
        return [event["type"] for event in (await self.get("/v1/events", limit="100"))["data"]]


@define
class Receiver:
    """A webhook endpoint that keeps what it gets and answers what it is told to."""

    answers: list[int] = field(factory=list)
    received: list[tuple[bytes, str]] = field(factory=list)

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/webhooks/fakepay", self._receive, methods=["POST"])])

    async def _receive(self, request: Request) -> Response:
        self.received.append((await request.body(), request.headers["fakepay-signature"]))
        return Response(status_code=self.answers.pop(0) if self.answers else 200)


def code_of(response: httpx.Response) -> str:
    """Return the code of an error answer, having checked its shape."""
    error = response.json()["error"]
    assert set(error) == {"type", "code", "message"}
    return str(error["code"])
