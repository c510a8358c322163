"""Post to addresses that others have named, and to nothing that is not public.

A name is resolved once, every address it has is looked at, and the connection is made to one of those, with the name in
TLS and in ``Host``: a name that is resolved differently a moment later leads nowhere else. No proxy, no cookies, no
redirects, no connection that is used twice; an answer is read as far as it is kept, and an attempt ends after so long.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, final
from urllib.parse import urlsplit

import httpx
from attrs import field, frozen

from marketplace_adapters.https.addresses import are_loopback, is_public
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.webhooks import Undelivered, UrlNotAllowed
from marketplace_core.webhooks.ports import Answer, WebhookSender

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Return the addresses of a name. Raises ``OSError``."""
KEPT_BYTES: Final = 1024
CONNECT_SHARE: Final = 0.3
"""How much of an attempt's time connecting may take, and as much again agreeing on TLS.

The library closes a line whose handshake takes longer than that, and leaves it open when it is interrupted from
outside: whoever answers nothing could hold as many as they like.
"""
USER_AGENT: Final = "marketplace-webhooks/1"


async def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@frozen(kw_only=True)
class _Target:
    """Where a message goes: to which address and port, under which name and path."""

    scheme: str
    host: str
    address: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The URL with the address in place of the name."""
        at = f"[{self.address}]" if ":" in self.address else self.address
        return f"{self.scheme}://{at}:{self.port}{self.path}"

    @property
    def named(self) -> str:
        """The name for ``Host``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"https": 443, "http": 80}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"


@final
@frozen(kw_only=True)
class HttpsSender(WebhookSender):
    """Sends over HTTPS. ``loopback`` lets it speak HTTP with this machine, for trying things out."""

    client: httpx.AsyncClient
    ports: frozenset[int]
    seconds: float
    loopback: bool = False
    resolved: Resolve = field(default=resolve)

    async def check(self, url: str) -> None:
        """Resolve it and look."""
        outside_transaction("webhooks.check")
        try:
            async with asyncio.timeout(self.seconds):
                await self._target(url)
        except TimeoutError:
            raise UrlNotAllowed("Nobody says where this host is.") from None

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Resolve it, look, connect to what was looked at, and post."""
        outside_transaction("webhooks.send")
        try:
            async with asyncio.timeout(self.seconds):
                return await self._post(await self._target(url, trying=True), headers, body)
        except TimeoutError:
            raise Undelivered(f"No answer within {self.seconds:g} seconds.", ambiguous=True) from None

    async def _target(self, url: str, *, trying: bool = False) -> _Target:
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if not self.loopback and not secure:
            raise UrlNotAllowed("An address begins with https://: what we send is for one reader.")
        if not self.loopback and port not in self.ports:
            raise UrlNotAllowed(f"Messages are sent to port {', '.join(map(str, sorted(self.ports)))} only.")
        try:
            addresses = await self.resolved(host, port)
        except (OSError, UnicodeError):
            complaint = f"The host {host} was not found."
            raise (Undelivered(complaint) if trying else UrlNotAllowed(complaint)) from None
        if not addresses:
            raise UrlNotAllowed(f"The host {host} has no address.")
        self._look(host, port, addresses, secure=secure)
        return _Target(scheme=parts.scheme, host=host, address=addresses[0], port=port, path=path)

    def _look(self, host: str, port: int, addresses: Sequence[str], *, secure: bool) -> None:
        if self.loopback and are_loopback(addresses):
            return
        if not all(map(is_public, addresses)):
            raise UrlNotAllowed(f"The host {host} is not on the public internet.")
        if not secure or port not in self.ports:
            raise UrlNotAllowed("An address begins with https:// and names no port of its own.")

    async def _post(self, target: _Target, headers: Mapping[str, str], body: bytes) -> Answer:
        request = self.client.build_request(
            "POST",
            target.url,
            content=body,
            headers={**headers, "host": target.named, "user-agent": USER_AGENT, "accept-encoding": "identity"},
            extensions={"sni_hostname": target.host},
            timeout=httpx.Timeout(self.seconds, connect=self.seconds * CONNECT_SHARE),
        )
        try:
            response = await self.client.send(request, stream=True, follow_redirects=False)
            try:
                return Answer(status=response.status_code, text=await _beginning(response))
            finally:
                await response.aclose()
        except (httpx.HTTPError, httpx.InvalidURL) as failure:
            raise Undelivered(f"{type(failure).__name__}: {failure}"[:300], ambiguous=True) from failure


async def _beginning(response: httpx.Response) -> str:
    """Read an answer as far as it is kept, and as a text that any database takes."""
    kept = bytearray()
    async for piece in response.aiter_raw():
        kept += piece
        if len(kept) >= KEPT_BYTES:
            break
    text = kept[:KEPT_BYTES].decode("utf-8", "replace").replace("\0", "?")
    return text.encode()[:KEPT_BYTES].decode("utf-8", "ignore")
