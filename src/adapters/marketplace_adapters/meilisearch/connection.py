"""The line to a Meilisearch server: bounded threads, bounded times, and no change believed before it is made."""

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final, TypeVar, cast

from meilisearch import Client
from meilisearch.errors import MeilisearchApiError, MeilisearchError
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, SecretStr

from marketplace_adapters._threads import ThreadBridge, open_threads
from marketplace_adapters.meilisearch.breaker import Breaker
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.search import SearchUnavailable

ResultT = TypeVar("ResultT")
_MISSING: Final = "index_not_found"
_UNDECIDED: Final = frozenset({"enqueued", "processing"})


class MeilisearchSettings(BaseModel):
    """Where Meilisearch is, and how long anybody waits for it.

    ``search_seconds`` is for a search as a whole, ``request_seconds`` for one request that writes, ``task_seconds`` for
    what the request asked for to be done. After ``failures_max`` searches in a row that failed it is left alone for
    ``rest_seconds``. Searches show at most ``hits_max`` products, page by page. ``synonyms`` are words and what else is
    to be found for them: ``{"phone": ["mobile"]}``; both ways if said both ways.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    url: HttpUrl = HttpUrl("http://127.0.0.1:7700")
    api_key: SecretStr | None = None
    index: str = Field(default="products", pattern=r"^[A-Za-z0-9_-]{1,64}$")
    search_seconds: float = Field(default=0.5, gt=0, le=30)
    request_seconds: float = Field(default=5, gt=0, le=60)
    task_seconds: float = Field(default=30, gt=0, le=3600)
    poll_seconds: float = Field(default=0.02, gt=0, le=10)
    failures_max: int = Field(default=3, ge=1, le=100)
    rest_seconds: float = Field(default=5, gt=0, le=3600)
    threads: int = Field(default=8, ge=1, le=64)
    waiting_max: int = Field(default=32, ge=0, le=1000)
    hits_max: int = Field(default=10_000, ge=100, le=1_000_000)
    synonyms: dict[str, list[str]] = Field(default_factory=dict)


class Failed(SearchUnavailable):
    """The server answered, and the answer was no; ``reason`` is the server's own code."""

    code = "meilisearch.refused"

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message, reason=reason)
        self.reason = reason

    @property
    def is_of_a_missing_index(self) -> bool:
        """Tell whether there is no such index."""
        return self.reason == _MISSING


class Connection:
    """Speaks to one server through its official client, which blocks and is for one thread."""

    def __init__(self, settings: MeilisearchSettings, searching: ThreadBridge, writing: ThreadBridge) -> None:
        self.settings = settings
        self.breaker = Breaker(settings.failures_max, settings.rest_seconds)
        self._searching, self._writing = searching, writing
        self._clients = threading.local()

    async def search(self, ask: Callable[[Client], ResultT], until: float) -> ResultT:
        """Ask as a part of a search that has to be over by then. Raises ``SearchUnavailable``."""
        left = until - time.monotonic()
        if left <= 0:
            raise SearchUnavailable("Meilisearch takes too long.")
        try:
            async with asyncio.timeout(left):
                return await self._searching.run(self._asked, ask, self.settings.search_seconds)
        except TimeoutError as late:
            raise SearchUnavailable("Meilisearch takes too long.") from late

    async def ask(self, ask: Callable[[Client], ResultT]) -> ResultT:
        """Ask for something that is not a search. Raises ``SearchUnavailable``, ``Failed``."""
        outside_transaction("a request to Meilisearch")
        return await self._writing.run(self._asked, ask, self.settings.request_seconds)

    async def carry_out(self, ask: Callable[[Client], Any]) -> None:
        """Ask for a change and wait until it has been made: a 202 is a promise, and no more.

        Raises ``SearchUnavailable``, and ``Failed`` with the reason in words if it could not be made.
        """
        until = time.monotonic() + self.settings.task_seconds
        task = (await self.ask(ask)).task_uid
        while True:
            state = await self.ask(lambda client: client.get_task(task))
            if state.status == "succeeded":
                return
            if state.status not in _UNDECIDED:
                error: Mapping[str, Any] = state.error or {}
                why = error.get("message") or state.status
                code = str(error.get("code") or state.status)
                raise Failed(f"Meilisearch did not carry out {state.type}: {why}", code)
            if time.monotonic() > until:
                raise SearchUnavailable(
                    f"Meilisearch has not carried out {state.type} within {self.settings.task_seconds:g} seconds"
                    f" (task {task})."
                )
            await asyncio.sleep(self.settings.poll_seconds)

    def _asked(self, ask: Callable[[Client], ResultT], seconds: float) -> ResultT:
        try:
            return ask(self._client(seconds))
        except MeilisearchApiError as refusal:
            raise Failed(f"Meilisearch refused: {refusal.message}", str(refusal.code)) from refusal
        except MeilisearchError as failure:
            raise SearchUnavailable(f"Meilisearch cannot be reached: {type(failure).__name__}.") from failure
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as garbage:
            raise SearchUnavailable(f"Meilisearch answered with something else: {type(garbage).__name__}.") from garbage

    def _client(self, seconds: float) -> Client:
        """Return this thread's client: one sets the headers of a request on itself."""
        clients: dict[float, Client] | None = getattr(self._clients, "by_seconds", None)
        if clients is None:
            clients = self._clients.by_seconds = {}
        if seconds not in clients:
            key = self.settings.api_key
            clients[seconds] = Client(
                str(self.settings.url).rstrip("/"),
                key.get_secret_value() if key is not None else None,
                timeout=cast(int, seconds),  # it is handed on to requests as it is
            )
        return clients[seconds]


@asynccontextmanager
async def open_connection(settings: MeilisearchSettings) -> AsyncGenerator[Connection]:
    """Open the threads; the server is asked when somebody wants something of it."""
    many = {"threads": settings.threads, "waiting_max": settings.waiting_max}
    async with open_threads("meilisearch-search", **many) as searching, open_threads("meilisearch", **many) as writing:
        yield Connection(settings, searching, writing)


def batches(rows: Sequence[ResultT], size: int) -> Sequence[Sequence[ResultT]]:
    """Return rows, so many at once."""
    return [rows[start : start + size] for start in range(0, len(rows), size)]
