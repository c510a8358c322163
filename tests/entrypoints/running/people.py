"""People who use a running marketplace: they register, sign in, and send requests."""

import asyncio
from typing import Any, Final
from uuid import uuid4

import httpx
from attrs import define, field

from features.drivers.names import email, slug
from marketplace_core.identity import GrantRole, IdentifyUser
from marketplace_core.kernel.access import SYSTEM, Role
from marketplace_core.kernel.ids import UserId
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.composition.surroundings import clock_of
from tests.entrypoints.running.processes import Running

TOKEN_SECONDS: Final = 300.0
"""A token is used for half its life at most."""


@define(eq=False)
class Person:
    """Somebody with an account. ``send`` returns any answer, ``get`` and ``do`` insist on a good one."""

    running: Running
    name: str
    _token: str = field(default="", init=False)
    _signed_in_at: float = field(default=0.0, init=False)

    @property
    def email(self) -> str:
        """The address they signed up with."""
        return email(self.name)

    @property
    def password(self) -> str:
        """Their password; nothing else in the marketplace contains it."""
        return f"{slug(self.name)}-likes-canaries-7531"

    @property
    def token(self) -> str:
        """An access token that is valid at the marketplace's time."""
        now = clock_of(self.running.settings).now().timestamp()
        if now - self._signed_in_at > TOKEN_SECONDS:
            body = {"email": self.email, "password": self.password}
            self._token = good(self.running.client.post("/v1/sessions", json=body))["access_token"]
            self._signed_in_at = now
        return self._token

    @property
    def headers(self) -> dict[str, str]:
        """Whom the server sees."""
        return {"Authorization": f"Bearer {self.token}"}

    def send(self, method: str, path: str, **parts: Any) -> httpx.Response:
        """Send a request in their name."""
        headers = self.headers | parts.pop("headers", {})
        return self.running.client.request(method, path, headers=headers, **parts)

    def get(self, path: str, **params: Any) -> Any:
        """Read something."""
        return good(self.send("GET", path, params=params or None))

    def do(self, method: str, path: str, **parts: Any) -> Any:
        """Change something."""
        return good(self.send(method, path, **parts))


def good(answer: httpx.Response) -> Any:
    """Return the body of an answer that is no refusal."""
    assert answer.is_success, f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text}"
    return answer.json() if answer.content else None


def join(running: Running, name: str) -> Person:
    """Register somebody."""
    person = Person(running, name)
    body = {"email": person.email, "password": person.password, "name": name}
    good(running.client.post("/v1/users", json=body))
    return person


def newcomer(running: Running) -> Person:
    """Register somebody whose name nobody else has."""
    return join(running, f"Newcomer {uuid4().hex[:12]}")


def appoint(running: Running, name: str) -> Person:
    """Register somebody and make them an operator."""
    person = join(running, name)
    asyncio.run(_promote(running.settings, person.email))
    return person


async def _promote(settings: Settings, address: str) -> None:
    async with open_marketplace(settings) as opened:
        found = await opened.market.ask(IdentifyUser(user=address), by=SYSTEM)
        await opened.market.execute(GrantRole(user_id=UserId(found.own_user), role=Role.OPERATOR), by=SYSTEM)
