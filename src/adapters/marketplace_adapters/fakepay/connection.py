"""One HTTP conversation with the provider: time limits, keys, and what each refusal means to us."""

from collections.abc import Mapping
from typing import Any, Final, TypeVar

import anyio
import httpx
from pydantic import BaseModel, ValidationError

from marketplace_core.kernel.tracing import traced
from marketplace_core.payments import ProviderRefused, ProviderUnavailable, UnknownAtProvider

CONNECT_SECONDS: Final = 1.0
READ_SECONDS: Final = 5.0
TOTAL_SECONDS: Final = 8.0
ANSWER_BYTES_MAX: Final = 1024 * 1024
TIMEOUTS: Final = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
_OUT_OF_ORDER: Final = frozenset({401, 403, 408, 425, 429})

ModelT = TypeVar("ModelT", bound=BaseModel)


class FakepayConnection:
    """Asks the provider and reads its answers into our models.

    Every method raises ``ProviderUnavailable`` (``ambiguous`` when a change may have happened all the same),
    ``UnknownAtProvider`` and ``ProviderRefused`` with the provider's code as its reason.
    """

    def __init__(self, client: httpx.AsyncClient, *, api_key: str) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {api_key}"}

    async def look(self, path: str, model: type[ModelT], **params: str | int) -> ModelT:
        """Read something."""
        return _read(await self._send("GET", path, params=params), model, changes=False)

    async def change(self, path: str, model: type[ModelT], body: Mapping[str, Any], *, key: str) -> ModelT:
        """Change something, once per key."""
        answer = await self._send("POST", path, json=dict(body), headers={"Idempotency-Key": key})
        return _read(answer, model, changes=True)

    async def _send(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str | int] | None = None,
        json: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        changes = method != "GET"
        try:
            # One limit for all of it: a provider that dribbles its answer would outlast any limit per read.
            with anyio.fail_after(TOTAL_SECONDS):
                return await self._client.request(
                    method, path, params=params, json=json, headers={**self._headers, **traced(), **(headers or {})}
                )
        except (httpx.ConnectError, httpx.ConnectTimeout) as failure:
            raise ProviderUnavailable("The payment provider cannot be reached.") from failure
        except (httpx.TransportError, TimeoutError) as failure:
            raise ProviderUnavailable("The payment provider did not answer.", ambiguous=changes) from failure


def _read(answer: httpx.Response, model: type[ModelT], *, changes: bool) -> ModelT:
    if answer.status_code >= 500 or answer.is_redirect:
        raise ProviderUnavailable(
            f"The payment provider answered {answer.status_code}.",
            ambiguous=changes,
            retry_after_seconds=_seconds(answer),
        )
    if answer.status_code in _OUT_OF_ORDER:
        raise ProviderUnavailable(
            f"The payment provider answered {answer.status_code}.", retry_after_seconds=_seconds(answer)
        )
    if answer.is_client_error:
        raise _refusal(answer)
    try:
        return model.model_validate_json(answer.content[:ANSWER_BYTES_MAX])
    except ValidationError as garbled:
        raise ProviderUnavailable("The payment provider's answer makes no sense.", ambiguous=changes) from garbled


def _refusal(answer: httpx.Response) -> Exception:
    code, kind, message = said(answer)
    if answer.status_code == httpx.codes.CONFLICT and kind == "idempotency_error":
        return ProviderUnavailable("The payment provider is still at the same request.", ambiguous=True)
    if answer.status_code == httpx.codes.NOT_FOUND:
        return UnknownAtProvider(message)
    return ProviderRefused(message, reason=code)


def said(answer: httpx.Response) -> tuple[str, str, str]:
    """Return code, type and message of a refusal."""
    try:
        error = answer.json()["error"]
        return str(error["code"])[:60], str(error["type"])[:60], str(error["message"])[:200]
    except (ValueError, KeyError, TypeError):
        return f"http_{answer.status_code}", "unknown", f"The payment provider answered {answer.status_code}."


def _seconds(answer: httpx.Response) -> int:
    wait = answer.headers.get("retry-after", "1")
    return min(int(wait), 600) if wait.isascii() and wait.isdigit() and len(wait) < 6 else 1
