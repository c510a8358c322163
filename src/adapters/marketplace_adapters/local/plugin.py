"""The plugin: ``local`` in the group ``marketplace_core.rate_limits``."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from marketplace_core.inmemory.rates import InMemoryRateLimits
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings
from marketplace_core.kernel.rates import RateLimits


class LocalSettings(BaseModel):
    """How many processes let their part of a rate through."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    processes: int = Field(default=1, ge=1, le=1_000)


@asynccontextmanager
async def _opened(settings: LocalSettings, around: Surroundings) -> AsyncGenerator[RateLimits]:
    yield InMemoryRateLimits(clock=around.clock, processes=settings.processes)


plugin: Final = AdapterPlugin(
    summary="Every process counts for itself and lets its part through; nothing has to run beside",
    settings=LocalSettings,
    open=_opened,
)
