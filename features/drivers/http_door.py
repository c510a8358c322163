"""How HTTP is spoken: a server process of its own, its data folder, and who is who."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final, Literal

import httpx

from features.drivers.driver import Refused
from features.drivers.names import email, free_port, password, slug
from features.drivers.processes import Process, forked
from marketplace_core.identity import GrantRole, IdentifyUser
from marketplace_core.kernel.access import SYSTEM, Role
from marketplace_core.kernel.ids import UserId
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.composition.surroundings import ShiftedClock
from tests.databases import BESIDE

START_SECONDS: Final = 120.0
"""Generous: a machine that is busy with other tests takes its time to import the product."""
CLOCKS_DIFFER_SECONDS: Final = 0.03
"""Every process asks the database for the time; on a busy machine their answers differ by as long as asking takes."""
OPERATOR: Final = "Operator"
NO_TAXES: Final[dict[str, Any]] = {}


class HttpDoor:
    """Knows people, shops, products and orders by the names the features give them."""

    def __init__(self, folder: Path, assign: Callable[[Path], None] = lambda _: None) -> None:
        """Open the door; ``assign`` gives a data folder a database of its own, if that is not in the folder."""
        self._folder = folder
        self._assign = assign
        self._open()

    def _open(
        self,
        *,
        reserve_bps: int = 0,
        sellers_accept: Literal["at_once", "by_hand"] = "at_once",
        taxes: Mapping[str, Any] = NO_TAXES,
    ) -> None:
        """Start the server on an empty data folder, and make the first operator."""
        data = Path(mkdtemp(prefix="data-", dir=self._folder))
        self._assign(data)
        self._port = free_port()
        self._settings = Settings(
            data=data,
            clock="shifted",
            port=self._port,
            log_level="error",
            reserve_bps=reserve_bps,
            sellers_accept=sellers_accept,
            taxes=dict(taxes),
            adapters={"https": {"loopback": True}},
        )
        environment = {
            "MARKETPLACE_DATA": str(data),
            "MARKETPLACE_CLOCK": "shifted",
            "MARKETPLACE_LOG_LEVEL": "error",
            "MARKETPLACE_RESERVE_BPS": str(reserve_bps),
            "MARKETPLACE_SELLERS_ACCEPT": sellers_accept,
            "MARKETPLACE_TAXES": json.dumps(taxes),
            "MARKETPLACE_ADAPTERS__HTTPS__LOOPBACK": "true",
        }
        self._servers = self._serve(data, environment)
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{self._port}", timeout=20)
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        try:
            self._wait_until_ready(data)
        except BaseException:
            self.close()
            raise
        self._behind = self._runner.run(self._stack.enter_async_context(open_marketplace(self._settings)))
        clock = self._behind.adapters.around.clock
        assert isinstance(clock, ShiftedClock)
        self._clock = clock
        self._tokens: dict[str, tuple[float, str]] = {}
        self._owners: dict[str, str] = {}
        self._products: dict[str, str] = {}
        self._orders: dict[str, str] = {}
        self._quotes: dict[str, str] = {}
        self._videos: dict[str, str] = {}
        self._guests: dict[str, dict[str, str]] = {}
        self._has_category = False
        self.register(OPERATOR)
        operator = self._runner.run(self._behind.market.ask(IdentifyUser(user=email(OPERATOR)), by=SYSTEM))
        self._runner.run(
            self._behind.market.execute(GrantRole(user_id=UserId(operator.own_user), role=Role.OPERATOR), by=SYSTEM)
        )

    def register(self, person: str, *, password: str | None = None) -> None:
        chosen = password if password is not None else _password(person)
        self._send(
            "POST", "/v1/users", None, json={"email": email(person), "password": chosen, "name": person, "locale": "en"}
        )

    def pass_time(self, *, minutes: int) -> None:
        self._clock.advance(timedelta(minutes=minutes).total_seconds())
        self._settle()

    def close(self) -> None:
        self._runner.run(self._stack.aclose())
        self._runner.close()
        self._client.close()
        for server in self._servers:
            server.terminate()
        for server in self._servers:
            server.wait(timeout=20)

    def _serve(self, data: Path, environment: Mapping[str, str]) -> Sequence[Process]:
        """Start what is behind the door, which is at the port."""
        return (forked(["serve", "--port", str(self._port)], environment, data / "server.log"),)

    def _wait_until_ready(self, folder: Path) -> None:
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                if self._client.get("/health/ready").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            if any(server.poll() is not None for server in self._servers) or time.monotonic() > until:
                raise RuntimeError(f"the server did not start:\n{(folder / 'server.log').read_text()[-3000:]}")
            time.sleep(0.05)

    def _get(self, path: str, person: str | None, *, params: dict[str, Any] | None = None) -> Any:
        return self._answer(self._client.get(path, headers=self._headers(person), params=params))

    def _send(self, method: str, path: str, person: str | None, **parts: Any) -> Any:
        headers = self._headers(person) | parts.pop("headers", {})
        answer = self._answer(self._client.request(method, path, headers=headers, **parts))
        self._settle()
        return answer

    def _upload(self, slot: dict[str, Any], content: bytes) -> None:
        self._answer(self._client.request(slot["method"], slot["url"], content=content, headers=slot["headers"]))

    def _at_provider(self, buyer: str, step: str, **fields: str) -> None:
        payment = self._get(f"/v1/orders/{self._orders[buyer]}", buyer)["payment"]
        body = {"client_secret": payment["client_secret"], **fields}
        answered = self._client.post(f"/fakepay/v1/payments/{payment['provider_reference']}/{step}", json=body)
        assert answered.status_code in {200, 402}, answered.text
        self._settle()

    def _settle(self) -> None:
        async def settle() -> None:
            while await self._behind.provider_housekeeping() + await self._behind.dispatcher.settle():
                pass

        self._runner.run(settle())
        if (
            self._settings.data / BESIDE
        ).exists():  # the server asked the database for the time, and may have been ahead of us
            time.sleep(CLOCKS_DIFFER_SECONDS)
            self._runner.run(settle())

    def _headers(self, person: str | None) -> dict[str, str]:
        return {} if person is None else {"Authorization": f"Bearer {self._token(person)}"}

    def _token(self, person: str) -> str:
        """Return an access token that is valid at the marketplace's (shifted) time."""
        now = self._behind.adapters.around.clock.now().timestamp()
        made_at, token = self._tokens.get(person, (0.0, ""))
        if now - made_at > 300 and person in self._guests:
            if made_at:
                spent = {"refresh_token": self._guests[person]["refresh_token"]}
                self._guests[person] = self._answer(self._client.post("/v1/sessions/refresh", json=spent))
            token = self._guests[person]["access_token"]
            self._tokens[person] = (now, token)
        elif now - made_at > 300:
            body = {"email": email(person), "password": _password(person)}
            token = self._answer(self._client.post("/v1/sessions", json=body))["access_token"]
            self._tokens[person] = (now, token)
        return token

    def _operates(self, method: str, person: str, by: str) -> None:
        self._send(method, f"/v1/users/{self._get('/v1/me', person)['user_id']}/roles/operator", by)

    def _seller(self, shop: str) -> str:
        return str(self._get(f"/v1/sellers/{slug(shop)}", OPERATOR)["seller_id"])

    def _product(self, title: str) -> Any:
        return self._get(f"/v1/products/{self._products[title]}", OPERATOR)

    def _offer(self, title: str) -> str:
        return str(self._product(title)["variants"][0]["offer_id"])

    def _part(self, buyer: str, shop: str) -> str:
        parts = self._get(f"/v1/orders/{self._orders[buyer]}", buyer)["seller_orders"]
        (part,) = [part["seller_order_id"] for part in parts if part["seller_name"] == shop]
        return str(part)

    def _renditions(self, url: str) -> int:
        return self._client.get(url).raise_for_status().text.count("#EXT-X-STREAM-INF")

    def _is_served(self, url: str, content_type: str) -> bool:
        answered = self._client.get(url)
        found = answered.status_code == 200 and answered.headers["content-type"] == content_type
        return found and len(answered.content) > 0

    @staticmethod
    def _answer(response: httpx.Response) -> Any:
        if response.status_code >= 400:
            assert response.headers["content-type"] == "application/problem+json", response.text
            problem = response.json()
            if response.status_code >= 500 and response.status_code != 503:
                raise AssertionError(response.text)
            raise Refused(problem["code"], response.text)
        return response.json() if response.content else None


def _password(person: str) -> str:
    return "a-very-long-operator-password-1" if person == OPERATOR else password(person)
