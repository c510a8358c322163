"""The buyer's browser at the provider: what the payment page does with a card and a client secret."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import anyio
import httpx
from attrs import frozen

from marketplace_adapters.fakepay.connection import TOTAL_SECONDS, said
from marketplace_core.payments import ProviderRefused, ProviderUnavailable

EXPIRY: Final = "12/34"
"""Any date in the future does for a test card."""


@frozen
class FakepayBuyer:
    """Pays as a buyer would, with nothing but the client secret."""

    client: httpx.AsyncClient

    async def pay(self, reference: str, client_secret: str, card: str) -> None:
        """Show a test card. Raises ``ProviderRefused`` with the reason of a decline, ``ProviderUnavailable``."""
        await self._post(
            reference, "confirm", {"client_secret": client_secret, "card_number": card, "exp": EXPIRY, "cvc": "123"}
        )

    async def authenticate(self, reference: str, client_secret: str, *, approve: bool) -> None:
        """Answer the bank's question. Raises as ``pay`` does."""
        outcome = "approve" if approve else "refuse"
        await self._post(reference, "authenticate", {"client_secret": client_secret, "outcome": outcome})

    async def _post(self, reference: str, verb: str, body: Mapping[str, Any]) -> None:
        try:
            with anyio.fail_after(TOTAL_SECONDS):
                answer = await self.client.post(f"/v1/payments/{quote(reference, safe='')}/{verb}", json=dict(body))
        except (httpx.TransportError, TimeoutError) as failure:
            raise ProviderUnavailable("The payment provider did not answer.", ambiguous=True) from failure
        if answer.is_server_error:
            raise ProviderUnavailable(f"The payment provider answered {answer.status_code}.", ambiguous=True)
        if answer.is_client_error:
            code, _, message = said(answer)
            raise ProviderRefused(message, reason=code)
