"""The plugin: ``outbox`` in the group ``marketplace_core.event_bus``."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from attrs import frozen

from marketplace_core.kernel.bus import EventBus
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings


@frozen
class OutboxSettings:
    """There is nothing to set."""


@asynccontextmanager
async def _opened(settings: OutboxSettings, around: Surroundings) -> AsyncGenerator[EventBus | None]:  # noqa: ARG001
    yield None


plugin: Final = AdapterPlugin(
    summary="No bus: workers react to what stands in the database's outbox; nothing has to run beside",
    settings=OutboxSettings,
    open=_opened,
)
