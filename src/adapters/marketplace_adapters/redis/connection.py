"""Connections to the server, for as long as it answers at once.

Nobody waits for it: what takes longer than ``timeout_seconds``, connecting included, is given up. After that nobody
asks for a while, then one does, to see whether it is back.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from marketplace_core.kernel.errors import ErrorKind, MarketplaceError, Unavailable

OLDEST: Final = (6, 0)
"""What is older is given no corrections any more."""
TROUBLE: Final = (RedisError, OSError, asyncio.TimeoutError, EOFError, ValueError, TypeError, IndexError)
"""What the client library raises when the server is away, slow, or talks rubbish."""
CLOSE_SECONDS: Final = 1.0
ABOUT_SECONDS: Final = 2.0
SCHEMES: Final = ("redis", "rediss", "unix")


class RedisUnavailable(Unavailable):
    """The server cannot be reached, did not answer in time, or did not make sense."""

    code = "redis.unavailable"


class RedisTooOld(MarketplaceError):
    """The server is of a version that nobody mends any more."""

    code = "redis.too_old"
    kind = ErrorKind.INVALID


class RedisSettings(BaseModel):
    """Where the server is and how long it may take.

    ``server`` is an address, ``redis://[user:password@]host:port/database``, ``rediss://`` for TLS. ``processes`` is
    how many server processes count together: while Redis is away each of them lets that part of a rate through.
    ``timeout_seconds`` is how long anybody waits for it, ``pause_seconds`` how long nobody asks after it failed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    server: str = Field(default="redis://127.0.0.1:6379/0", repr=False)
    processes: int = Field(default=1, ge=1, le=1_000)
    timeout_seconds: float = Field(default=0.05, gt=0, le=5)
    pause_seconds: float = Field(default=1.0, ge=0, le=60)
    connections: int = Field(default=16, ge=1, le=1_000)
    prefix: str = Field(default="marketplace", pattern=r"^[a-z0-9_-]{1,40}$")

    @field_validator("server")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if urlsplit(value).scheme not in SCHEMES:
            raise ValueError("an address begins with redis://, rediss:// or unix://")
        return value

    @property
    def place(self) -> str:
        """Where it is, without the password."""
        parts = urlsplit(self.server)
        return f"{parts.hostname}:{parts.port or 6379}" if parts.hostname else parts.path


class RedisConnection:
    """Lends out the client, unless it is known not to answer."""

    def __init__(self, settings: RedisSettings) -> None:
        self.settings = settings
        self._pool = BlockingConnectionPool.from_url(
            settings.server,
            timeout=settings.timeout_seconds,
            max_connections=settings.connections,
            socket_timeout=settings.timeout_seconds,
            socket_connect_timeout=settings.timeout_seconds,
            retry=Retry(NoBackoff(), 0),
            protocol=2,
            driver_info=None,  # nobody needs to know, and it is one question more
            client_name="marketplace",
        )
        self._client: Redis = Redis(connection_pool=self._pool)
        self._failed_at: float | None = None
        self._asking = False

    @asynccontextmanager
    async def client(self) -> AsyncGenerator[Redis]:
        """Lend the client for one question. Trouble inside is raised as ``RedisUnavailable``."""
        now = asyncio.get_running_loop().time()
        if self._failed_at is not None and (self._asking or now - self._failed_at < self.settings.pause_seconds):
            raise RedisUnavailable("Redis did not answer a moment ago.")
        self._asking = self._failed_at is not None  # one asks whether it is back, everybody else goes on without
        try:
            async with asyncio.timeout(self.settings.timeout_seconds):
                yield self._client
            self._failed_at = None
        except TROUBLE as trouble:
            self._failed_at = asyncio.get_running_loop().time()
            # What was sent and not answered would be the answer to the next question on that line.
            with suppress(*TROUBLE):
                async with asyncio.timeout(self.settings.timeout_seconds):
                    await self._pool.disconnect(inuse_connections=False)
            raise RedisUnavailable(f"Redis does not answer: {type(trouble).__name__}.") from trouble
        finally:
            self._asking = False

    @property
    def state(self) -> str:
        """How it is, as far as is known without asking."""
        return "up" if self._failed_at is None else "degraded"

    async def about(self) -> str:
        """Return what the server is, for operators. Raises ``RedisUnavailable``, ``RedisTooOld``."""
        try:
            async with asyncio.timeout(ABOUT_SECONDS):
                patient = Redis.from_url(self.settings.server, socket_timeout=ABOUT_SECONDS, protocol=2)
                async with patient:
                    info: dict[str, Any] = await patient.info("server")
            kind = "Valkey" if info.get("server_name") == "valkey" else "Redis"
            version = str(info.get("valkey_version") or info["redis_version"])
            age = tuple(int(part) for part in str(info["redis_version"]).split(".")[:2])
        except (*TROUBLE, KeyError) as trouble:
            raise RedisUnavailable(
                f"Redis at {self.settings.place} does not answer: {type(trouble).__name__}."
            ) from trouble
        if age < OLDEST:
            raise RedisTooOld(
                f"The server at {self.settings.place} is {kind} {version}; it takes"
                f" {'.'.join(map(str, OLDEST))} or newer.",
                version=version,
            )
        return f"{kind} {version} at {self.settings.place}"

    async def close(self) -> None:
        """End all connections."""
        with suppress(*TROUBLE):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._client.aclose()
                await self._pool.aclose()
