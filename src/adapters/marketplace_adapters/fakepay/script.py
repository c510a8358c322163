"""Makes things go wrong at FakePay, for tests and the demo: what the provider's README lists under ``/test``."""

from collections.abc import Mapping
from typing import Any, final

import anyio
import httpx
from attrs import field, frozen

from marketplace_adapters.fakepay.connection import TOTAL_SECONDS, said
from marketplace_core.payments import ProviderRefused, ProviderUnavailable


@final
@frozen
class FakepayScript:
    """Asks with the test secret. Every answer is the provider's own JSON.

    Every method raises ``ProviderRefused`` with the provider's code as its reason, and ``ProviderUnavailable``.
    """

    client: httpx.AsyncClient
    test_secret: str = field(repr=False)

    async def look(self, path: str, **query: str) -> Any:
        """Read something below ``/test``: ``look("clock")``."""
        return await self._ask("GET", path, query=query)

    async def do(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Make something happen: ``do("disputes", {"payment": reference})``."""
        return await self._ask("POST", path, body=body or {})

    async def forget(self, path: str = "script") -> Any:
        """Go back to usual: all of it, or only the ``faults`` or the ``webhooks``."""
        return await self._ask("DELETE", path)

    async def _ask(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: Mapping[str, Any] | None = None
    ) -> Any:
        headers = {"Authorization": f"Bearer {self.test_secret}"}
        try:
            with anyio.fail_after(TOTAL_SECONDS):
                answer = await self.client.request(
                    method, f"/test/{path}", params=query, json=None if body is None else dict(body), headers=headers
                )
        except (httpx.TransportError, TimeoutError) as failure:
            raise ProviderUnavailable("The payment provider did not answer.", ambiguous=True) from failure
        if answer.is_server_error:
            raise ProviderUnavailable(f"The payment provider answered {answer.status_code}.", ambiguous=True)
        if answer.is_error:
            code, _, message = said(answer)
            raise ProviderRefused(message, reason=code)
        return answer.json()
