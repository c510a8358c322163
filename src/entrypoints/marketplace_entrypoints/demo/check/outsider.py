"""Somebody who knows the marketplace by its HTTP address and nothing else."""

import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any, Final, TypeVar

import anyio
import httpx
from attrs import define, field

TIMEOUT_SECONDS: Final = 30.0
LOOK_EVERY_SECONDS: Final = 0.15
FINE: Final = frozenset({httpx.codes.OK, httpx.codes.CREATED, httpx.codes.ACCEPTED, httpx.codes.NO_CONTENT})
SeenT = TypeVar("SeenT")


class Unexpected(Exception):
    """The marketplace did something else than it promises; the message says what, in a sentence."""


def require(condition: object, otherwise: str) -> None:
    """Pass, or raise ``Unexpected`` with this sentence."""
    if not condition:
        raise Unexpected(otherwise)


async def eventually(
    look: Callable[[], Awaitable[SeenT | None]], otherwise: str, *, within_seconds: float = TIMEOUT_SECONDS
) -> SeenT:
    """Look again and again until something is seen. Raises ``Unexpected`` with the sentence and the time waited."""
    deadline = time.monotonic() + within_seconds
    while time.monotonic() < deadline:
        seen = await look()
        if seen is not None:
            return seen
        await anyio.sleep(LOOK_EVERY_SECONDS)
    raise Unexpected(f"{otherwise} (waited {within_seconds:.0f} s)")


@define(kw_only=True)
class Outsider:
    """A person with an HTTP client; signs in by e-mail and password and refreshes the session when it runs out."""

    http: httpx.AsyncClient
    name: str
    email: str
    password: str = field(repr=False)
    _access: str | None = field(default=None, init=False, repr=False)
    _refresh: str | None = field(default=None, init=False, repr=False)

    async def register(self) -> None:
        """Open an account and sign in."""
        await self.post("/v1/users", {"email": self.email, "password": self.password, "name": self.name})
        await self.sign_in()

    async def sign_in(self) -> None:
        """Begin a session."""
        body = {"email": self.email, "password": self.password, "device": "the demonstration's check"}
        self._keep(await self.post("/v1/sessions", body))

    async def get(self, path: str, **params: Any) -> Any:
        """Read; the answer is 200 and JSON."""
        answer = await self.send("GET", path, params=params)
        return answer.json()

    async def post(self, path: str, body: Mapping[str, Any] | None = None, *, key: str | None = None) -> Any:
        """Create or do something; the answer is JSON, or nothing."""
        headers = {"Idempotency-Key": key} if key else {}
        answer = await self.send("POST", path, json=body, headers=headers)
        return answer.json() if answer.content else None

    async def put(self, path: str, body: Mapping[str, Any]) -> Any:
        """Replace something; the answer is JSON, or nothing."""
        answer = await self.send("PUT", path, json=body)
        return answer.json() if answer.content else None

    async def send(
        self,
        method: str,
        path: str,
        *,
        fine: Collection[int] = FINE,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> httpx.Response:
        """Send one request. Raises ``Unexpected`` if the answer's status is not ``fine``."""
        answer = await self._send(method, path, headers or {}, more)
        if answer.status_code == httpx.codes.UNAUTHORIZED and self._refresh is not None:
            renewed = await self.http.post("/v1/sessions/refresh", json={"refresh_token": self._refresh})
            require(renewed.status_code in FINE, f"{self.name}'s session could not be refreshed: {told(renewed)}")
            self._keep(renewed.json())
            answer = await self._send(method, path, headers or {}, more)
        require(answer.status_code in fine, f"{method} {path} answered {told(answer)}")
        return answer

    async def _send(
        self, method: str, path: str, headers: Mapping[str, str], more: Mapping[str, Any]
    ) -> httpx.Response:
        signed = {"Authorization": f"Bearer {self._access}"} if self._access else {}
        return await self.http.request(method, path, headers={**signed, **headers}, **more)

    def _keep(self, session: Mapping[str, Any]) -> None:
        self._access, self._refresh = session["access_token"], session["refresh_token"]


async def upload(http: httpx.AsyncClient, slot: Mapping[str, Any], content: bytes) -> None:
    """Send bytes to a signed address, without any other credentials. Raises ``Unexpected``."""
    if slot["fields"]:
        answer = await http.post(slot["url"], data=slot["fields"], files={"file": ("upload", content)})
    else:
        answer = await http.request(slot["method"], slot["url"], headers=slot["headers"], content=content)
    require(answer.status_code in FINE, f"The upload address answered {told(answer)}")


def told(answer: httpx.Response) -> str:
    """Return status and, from a problem document, code and detail."""
    if answer.headers.get("content-type", "").startswith("application/problem+json"):
        problem = answer.json()
        return f"{answer.status_code} {problem['code']}: {problem['detail']}"
    return f"{answer.status_code}: {answer.text[:200]}"
