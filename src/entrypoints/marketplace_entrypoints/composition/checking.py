"""Whether adapters open as they are set up, and bring everything that is asked of them."""

from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from typing import Any, Final

from attrs import fields, frozen

from marketplace_core.bridges.assembly import Persistence
from marketplace_core.identity.ports import AccessTokens, Passwords
from marketplace_core.kernel.bus import EventBus
from marketplace_core.kernel.errors import MarketplaceError
from marketplace_core.kernel.files import FileStore
from marketplace_core.kernel.inbox import ProviderMessages
from marketplace_core.kernel.plugins import load_adapter
from marketplace_core.kernel.rates import RateLimits
from marketplace_core.notifications.ports import Mailer
from marketplace_core.payments.ports import (
    DisputeGateway,
    PaymentGateway,
    PayoutGateway,
    ProviderBooks,
    ProviderNews,
)
from marketplace_core.search.ports import SearchEngine, SearchIndex
from marketplace_core.video.ports import VideoHost
from marketplace_core.webhooks.ports import WebhookSender
from marketplace_entrypoints.composition.adapters import settings_of
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.composition.surroundings import surroundings

PORTS: Final[Mapping[str, tuple[type, ...]]] = {
    "marketplace_core.file_store": (FileStore,),
    "marketplace_core.search_engine": (SearchIndex, SearchEngine),
    "marketplace_core.video_host": (VideoHost,),
    "marketplace_core.mailer": (Mailer,),
    "marketplace_core.webhook_sender": (WebhookSender,),
    "marketplace_core.passwords": (Passwords,),
    "marketplace_core.access_tokens": (AccessTokens,),
    "marketplace_core.rate_limits": (RateLimits,),
}
"""Group → the ports that its adapters fill themselves."""
PAYMENT_PROVIDER: Final[Mapping[str, type]] = {
    "payments": PaymentGateway,
    "payouts": PayoutGateway,
    "disputes": DisputeGateway,
    "messages": ProviderMessages,
}
PAYMENT_PROVIDER_MAY: Final[Mapping[str, type]] = {"books": ProviderBooks, "news": ProviderNews}
BESIDES: Final = ("page", "provider_app", "mount", "tick")
"""What an adapter of a payment provider has, what it may have, and what the process needs of it besides ports."""


@frozen(kw_only=True)
class Checked:
    """One adapter: whether it opens, what it lacks of its port, and what it might have as well.

    ``refusal`` is why it does not open; ``says`` is what a server beside us is.
    """

    group: str
    name: str
    refusal: str | None
    lacks: tuple[str, ...] = ()
    could_have: tuple[str, ...] = ()
    says: str | None = None

    @property
    def is_fine(self) -> bool:
        """Tell whether it can be used."""
        return self.refusal is None and not self.lacks


async def check_adapters(settings: Settings, chosen: Mapping[str, str]) -> tuple[Checked, ...]:
    """Open the adapters one after the other, the database first, look at each, and close them again."""
    settings.data.mkdir(parents=True, exist_ok=True)
    opened: dict[str, Any] = {}
    around = surroundings(settings, opened)
    checked = []
    async with AsyncExitStack() as stack:
        for group, name in chosen.items():
            try:
                plugin = load_adapter(group, name)
                adapter = await stack.enter_async_context(plugin.open(settings_of(plugin, settings, name), around))
                says = await adapter.about() if hasattr(adapter, "about") else None
            except Exception as failure:  # noqa: BLE001 - whatever an adapter raises is what is told of it
                checked.append(Checked(group=group, name=name, refusal=_said(failure)))
                continue
            opened[group] = adapter
            lacks, could_have = tuple(_lacking(group, adapter)), tuple(_optional(group, adapter))
            checked.append(Checked(group=group, name=name, refusal=None, lacks=lacks, could_have=could_have, says=says))
    return tuple(checked)


def _lacking(group: str, adapter: Any) -> Iterator[str]:
    if group == "marketplace_core.event_bus" and adapter is not None:
        yield from _missing(EventBus, adapter, "")
    for port in PORTS.get(group, ()):
        yield from _missing(port, adapter, "")
    if group == "marketplace_core.database":
        yield from (field.name for field in fields(Persistence) if not hasattr(adapter, field.name))
    if group == "marketplace_core.payment_provider":
        yield from (name for name in (*PAYMENT_PROVIDER, *BESIDES) if not hasattr(adapter, name))
        for name, port in PAYMENT_PROVIDER.items():
            if hasattr(adapter, name):
                yield from _missing(port, getattr(adapter, name), f"{name}.")
        for name, port in PAYMENT_PROVIDER_MAY.items():
            if getattr(adapter, name, None) is not None:
                yield from _missing(port, getattr(adapter, name), f"{name}.")


def _optional(group: str, adapter: Any) -> Iterator[str]:
    if group == "marketplace_core.payment_provider":
        yield from (name for name in PAYMENT_PROVIDER_MAY if getattr(adapter, name, None) is None)


def _missing(port: type, adapter: Any, prefix: str) -> Iterator[str]:
    wanted = {name for base in port.__mro__[:-1] if base.__module__ != "typing" for name in vars(base)}
    yield from (f"{prefix}{name}" for name in sorted(wanted) if name[0] != "_" and not hasattr(adapter, name))


def _said(failure: Exception) -> str:
    return failure.message if isinstance(failure, MarketplaceError) else f"{type(failure).__name__}: {failure}"
