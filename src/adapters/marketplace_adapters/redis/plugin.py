"""The plugin: ``redis`` in the group ``marketplace_core.rate_limits``."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from marketplace_adapters.redis.connection import RedisConnection, RedisSettings
from marketplace_adapters.redis.rates import RatesWithFallback, RedisRateLimits
from marketplace_core.inmemory.rates import InMemoryRateLimits
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings
from marketplace_core.kernel.rates import RateLimits


@asynccontextmanager
async def _opened(settings: RedisSettings, around: Surroundings) -> AsyncGenerator[RateLimits]:
    connection = RedisConnection(settings)
    try:
        yield RatesWithFallback(
            RedisRateLimits(connection), InMemoryRateLimits(clock=around.clock, processes=settings.processes)
        )
    finally:
        await connection.close()


plugin: Final = AdapterPlugin(
    summary="Redis or Valkey: all processes count together; while it is away each lets its part through",
    settings=RedisSettings,
    open=_opened,
)
