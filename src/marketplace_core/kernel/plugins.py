"""Adapters are found by entry point: a group per port, the configured name, and an ``AdapterPlugin`` behind it."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from functools import cache
from importlib.metadata import EntryPoints, entry_points
from pathlib import Path
from typing import Any, Final, Generic, TypeVar, cast

from attrs import frozen

from marketplace_core.kernel.clock import Clock, CommonClock
from marketplace_core.kernel.errors import ErrorKind, InvalidInput, MarketplaceError
from marketplace_core.kernel.ids import IdFactory

SettingsT = TypeVar("SettingsT")
PortT = TypeVar("PortT", covariant=True)

GROUPS: Final = (
    "marketplace_core.database",
    "marketplace_core.event_bus",
    "marketplace_core.file_store",
    "marketplace_core.mailer",
    "marketplace_core.passwords",
    "marketplace_core.payment_provider",
    "marketplace_core.rate_limits",
    "marketplace_core.search_engine",
    "marketplace_core.access_tokens",
    "marketplace_core.video_host",
    "marketplace_core.webhook_sender",
)
"""Every group of adapters there is; third parties register in these."""


class AdapterMissing(MarketplaceError):
    """The configured adapter is not installed."""

    code = "kernel.adapter_missing"
    kind = ErrorKind.INVALID


class UnsafeSetting(InvalidInput):
    """A setting that is fine for trying things out and dangerous in production, or the other way round."""

    code = "kernel.unsafe_setting"


@frozen(kw_only=True)
class Surroundings:
    """What an adapter may use of the process it is opened in.

    ``data`` is the folder for its files, ``base_url`` the address at which our HTTP door is reached, ``secret(name)``
    a stable random secret of 32 bytes of its own, ``opened`` the adapters opened before it, by group (the database is
    the first). ``production`` tells whether real customers are served: what only pretends refuses to open then, and
    what is real refuses to otherwise. ``common_clock`` is what ``clock`` goes by, for a database that
    knows the time of all processes and tells it; a simulation has none.
    """

    data: Path
    clock: Clock
    ids: IdFactory
    base_url: str
    secret: Callable[[str], bytes]
    opened: Mapping[str, Any]
    production: bool = False
    common_clock: CommonClock | None = None


@frozen(kw_only=True)
class AdapterPlugin(Generic[SettingsT, PortT]):
    """How to open one adapter.

    ``settings`` is the type its settings are parsed into, by keyword; ``open`` gets an instance and the
    ``Surroundings`` and yields the port for as long as the process lives. ``summary`` is one line for operators.
    ``migrate`` brings what is stored up to date before anybody opens it, and returns the revision; an adapter without
    it does so whenever it is opened, or stores nothing. ``mount`` is the path under which it serves something
    to browsers.
    """

    summary: str
    settings: type[SettingsT]
    open: Callable[[SettingsT, Surroundings], AbstractAsyncContextManager[PortT]]
    migrate: Callable[[SettingsT, Surroundings], Awaitable[str]] | None = None
    mount: str | None = None


@cache
def _all_registered() -> EntryPoints:
    """Read once for each process: it opens the metadata of every installed distribution."""
    return cast("EntryPoints", entry_points())  # what is returned without arguments is typed by Python 3.9


def _registered(group: str) -> EntryPoints:
    return _all_registered().select(group=group)


def installed(group: str) -> dict[str, str]:
    """Return the adapters of a group: name → the distribution that brings it. Loads none of them."""
    found = _registered(group)
    return {
        point.name: point.dist.name if point.dist else "unknown"
        for point in sorted(found, key=lambda point: point.name)
    }


def load_adapter(group: str, name: str) -> AdapterPlugin[Any, Any]:
    """Load the one adapter that is configured.

    Raises ``AdapterMissing`` with what is installed and which extra to add.
    """
    for point in _registered(group).select(name=name):
        try:
            plugin = point.load()
        except ModuleNotFoundError as missing:
            raise AdapterMissing(
                f"The adapter {name!r} of {group} needs the package {missing.name!r}: "
                f"pip install 'marketplace-adapters[{name}]'.",
                group=group,
                name=name,
                missing=missing.name or "",
            ) from missing
        if not isinstance(plugin, AdapterPlugin):
            raise AdapterMissing(
                f"{point.value} is registered as {name!r} of {group} but is not an AdapterPlugin.",
                group=group,
                name=name,
            )
        return plugin
    available = ", ".join(installed(group)) or "none"
    raise AdapterMissing(
        f"No adapter {name!r} for {group}. Installed: {available}. "
        f"Add one: pip install 'marketplace-adapters[{name}]'.",
        group=group,
        name=name,
        installed=list(installed(group)),
    )
