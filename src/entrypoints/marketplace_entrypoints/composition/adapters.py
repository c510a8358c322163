"""Open the configured adapters, one after the other, for as long as the process lives."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final

from attrs import frozen
from pydantic import ValidationError

from marketplace_core.kernel.bus import EventBus
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.ids import IdFactory
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings, installed, load_adapter
from marketplace_core.kernel.rates import RateLimits
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.composition.surroundings import surroundings

SEARCH: Final = "marketplace_core.search_engine"


class MalformedAdapterSettings(InvalidInput):
    """An adapter's own settings do not fit."""

    code = "composition.malformed_adapter_settings"


@frozen(kw_only=True)
class OpenAdapters:
    """The open adapters of this process, by role."""

    around: Surroundings
    persistence: Any
    bus: EventBus | None
    files: Any
    search: Any
    search_standin: Any
    payments: Any
    video: Any
    mailer: Any
    webhook_sender: Any
    passwords: Any
    access_tokens: Any
    rate_limits: RateLimits


@asynccontextmanager
async def open_adapters(
    settings: Settings, *, clock: Clock | None = None, ids: IdFactory | None = None
) -> AsyncGenerator[OpenAdapters]:
    """Open the chosen adapter of every group, the database first; close them in reverse.

    Raises ``AdapterMissing`` and ``MalformedAdapterSettings``.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    opened: dict[str, Any] = {}
    around = surroundings(settings, opened, clock=clock, ids=ids)
    async with AsyncExitStack() as stack:
        for group, name in settings.chosen().items():
            plugin = load_adapter(group, name)
            own_settings = settings_of(plugin, settings, name)
            opened[group] = await stack.enter_async_context(plugin.open(own_settings, around))
        standin = None
        within = settings.search_engine_within
        if within != settings.chosen()[SEARCH] and within in installed(SEARCH):
            plugin = load_adapter(SEARCH, within)
            own_settings = settings_of(plugin, settings, within)
            standin = await stack.enter_async_context(plugin.open(own_settings, around))
        yield OpenAdapters(
            around=around,
            persistence=opened["marketplace_core.database"],
            bus=opened["marketplace_core.event_bus"],
            files=opened["marketplace_core.file_store"],
            search=opened[SEARCH],
            search_standin=standin,
            payments=opened["marketplace_core.payment_provider"],
            video=opened["marketplace_core.video_host"],
            mailer=opened["marketplace_core.mailer"],
            webhook_sender=opened["marketplace_core.webhook_sender"],
            passwords=opened["marketplace_core.passwords"],
            access_tokens=opened["marketplace_core.access_tokens"],
            rate_limits=opened["marketplace_core.rate_limits"],
        )


async def migrate(settings: Settings) -> str | None:
    """Bring the chosen database up to date and return its revision; None for one that does so when it is opened.

    Raises ``AdapterMissing`` and ``MalformedAdapterSettings``, and what the adapter raises.
    """
    group = "marketplace_core.database"
    plugin = load_adapter(group, settings.database)
    if plugin.migrate is None:
        return None
    settings.data.mkdir(parents=True, exist_ok=True)
    own_settings = settings_of(plugin, settings, settings.database)
    return await plugin.migrate(own_settings, surroundings(settings, {}))


def settings_of(plugin: AdapterPlugin[Any, Any], settings: Settings, name: str) -> Any:
    """Return an adapter's own settings. Raises ``MalformedAdapterSettings``, which names no value."""
    try:
        return plugin.settings(**settings.adapter(name))
    except (TypeError, ValueError) as wrong:
        raise MalformedAdapterSettings(f"The settings of the adapter {name!r} do not fit: {_said(wrong)}") from None


def _said(wrong: Exception) -> str:
    """Return what does not fit, without the values: secrets are among them, and this is logged."""
    if not isinstance(wrong, ValidationError):
        return str(wrong)
    return "; ".join(
        ": ".join(filter(None, (".".join(map(str, one["loc"])), one["msg"])))
        for one in wrong.errors(include_url=False, include_input=False)
    )
