"""``open_marketplace(settings)``: everything a process needs, for as long as it needs it."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final

import structlog
from attrs import frozen
from starlette.types import ASGIApp

from marketplace_core import Marketplace, MarketplaceError
from marketplace_core.bridges.assembly import Assembled
from marketplace_core.bridges.feed import Feed
from marketplace_core.delivering import Couriers
from marketplace_core.dispatch import Dispatcher
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.files import Leftover, UploadSlot
from marketplace_core.kernel.ids import IdFactory
from marketplace_core.payments import PaymentPage
from marketplace_entrypoints.composition.adapters import OpenAdapters, open_adapters
from marketplace_entrypoints.composition.container import assembled
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.composition.terms import settings_terms
from marketplace_entrypoints.rates import Tries, rates_of

log = structlog.get_logger("composition")
LEFT_AFTER: Final = timedelta(days=1)
"""No upload that is younger is ever taken to be left behind: its address lives an hour at most."""


@frozen(kw_only=True)
class OpenMarketplace:
    """An open marketplace: the one door, what happens by itself, and the adapters beneath."""

    settings: Settings
    adapters: OpenAdapters
    assembled: Assembled

    @property
    def market(self) -> Marketplace:
        """The one door."""
        return self.assembled.market

    @property
    def address(self) -> str:
        """The address at which we are reached from outside, without a slash at the end."""
        return self.settings.address

    @property
    def dispatcher(self) -> Dispatcher:
        """What happens by itself."""
        return self.assembled.dispatcher

    @property
    def feed(self) -> Feed:
        """What happens, for those who look on."""
        return self.assembled.feed

    @property
    def couriers(self) -> Couriers:
        """Who tells programs outside what happens."""
        return self.assembled.couriers

    @property
    def payment_page(self) -> PaymentPage:
        """How a buyer pays on a page of ours, with the chosen provider."""
        page: PaymentPage = self.adapters.payments.page
        return page

    @property
    def tries(self) -> Tries:
        """Who may try what how often."""
        return Tries(limits=self.adapters.rate_limits, rates=rates_of(self.settings.rates))

    @property
    def tells_news(self) -> bool:
        """Whether the payment provider can be asked what happened there."""
        return getattr(self.adapters.payments, "news", None) is not None

    async def health(self) -> dict[str, str]:
        """Tell per dependency whether it is ``up``, ``degraded`` or ``down``."""
        try:
            outbox = await self.adapters.persistence.outbox.state()
        except MarketplaceError:
            return {"database": "down"}
        found = {"database": "up", "outbox": "degraded" if outbox.quarantined else "up"}
        bus = self.adapters.bus
        if bus is not None:  # what waits goes on waiting: nothing is down without it
            found["event_bus"] = "up" if await bus.state() == "up" else "degraded"
        if self.settings.redis:
            found["rate_limits"] = await self.adapters.rate_limits.state()
        return found

    async def provider_housekeeping(self) -> int:
        """Let an embedded payment provider do its own work (settle, deliver its messages); return how much it did."""
        done: int = await self.adapters.payments.tick()
        return done

    async def send_to_slot(self, slot: UploadSlot, file: Path) -> None:
        """Upload a local file to an upload address of ours, as an uploading client would, without going over HTTP."""
        await self.adapters.files.receive_file(slot, file)

    async def upload_leftovers(self, *, remove: bool) -> Sequence[Leftover]:
        """Return uploads that nobody confirmed within a day; removing them as well, if asked to."""
        found: Sequence[Leftover] = await self.adapters.files.leftovers(LEFT_AFTER)
        for leftover in found if remove else ():
            await self.adapters.files.discard(leftover)
        return found

    @property
    def file_origins(self) -> Sequence[str]:
        """Return the origins, besides ours, that browsers get files from and send them to."""
        origins: Sequence[str] = getattr(self.adapters.files, "origins", ())
        return origins

    def video_file(self, video_id: str, name: str) -> Path | None:
        """Return one file of a ready video if the video host keeps its files on this machine."""
        look = getattr(self.adapters.video, "published_file", None)
        path: Path | None = look(video_id, name) if look else None
        return path

    def mounts(self) -> list[tuple[str, ASGIApp]]:
        """Return the applications served beside ours: what the payment provider's adapter brings for browsers."""
        provider = self.adapters.payments
        return [] if provider.provider_app is None else [(provider.mount, provider.provider_app)]


def report(kind: str, name: str, failure: BaseException) -> None:
    """Log a failed attempt of something that happens by itself."""
    log.warning(
        "failed attempt",
        kind=kind,
        name=name,
        failure=f"{type(failure).__name__}: {failure}",
        exc_info=None if isinstance(failure, MarketplaceError) else failure,
    )


@asynccontextmanager
async def open_marketplace(
    settings: Settings, *, clock: Clock | None = None, ids: IdFactory | None = None
) -> AsyncGenerator[OpenMarketplace]:
    """Open the configured adapters and wire the marketplace over them; ``clock`` and ``ids`` are a simulation's own.

    Raises ``AdapterMissing``, ``MalformedAdapterSettings``, ``UnsafeSetting``, and what adapters raise when they open.
    """
    async with open_adapters(settings, clock=clock, ids=ids) as adapters:
        terms = settings_terms(settings, max_hold=adapters.payments.payments.max_hold)
        wired = assembled(adapters, report, terms, operators_address=settings.operators_address)
        yield OpenMarketplace(settings=settings, adapters=adapters, assembled=wired)
