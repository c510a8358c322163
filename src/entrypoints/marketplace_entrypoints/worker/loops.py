"""The loops of a worker process. Each takes what is due, then rests; all end when asked to."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Final

import anyio
import anyio.lowlevel
import structlog
from attrs import frozen

from marketplace_core.identity import ForgetGuests
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.bus import BusUnavailable
from marketplace_core.kernel.errors import InvalidInput, Unavailable
from marketplace_core.operations import ReportUndelivered
from marketplace_core.payments import SweepPayouts
from marketplace_core.payments.books import CheckLiquidity, InspectBooks
from marketplace_core.payments.comparing import (
    BooksNotReadable,
    CatchUp,
    NeverCompared,
    ReconcileBooks,
    ViewLastComparison,
)
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace
from marketplace_entrypoints.naming import named

log = structlog.get_logger("worker")
REST_SECONDS: Final = 0.1
"""How long a loop rests when nothing was due."""
LOGGED_MAX: Final = 20
"""How many findings are named in one line."""
TROUBLE_SECONDS: Final = 2.0
"""How long a loop rests after a failure of its own (the storage is away, say)."""
CATCH_UP_SECONDS: Final = 1.0
"""How often is looked for events that the bus did not bring."""
TELLING_SECONDS: Final = 0.5
"""How often is looked for what programs outside are to be told."""
AUDIT_SECONDS: Final = 300.0
"""How often the books are audited and our balance at the provider is looked at, besides before every payout run."""
NEWS_SECONDS: Final = 3600.0
"""How often the payment provider is asked what happened there, beside its messages."""
UNDELIVERED_SECONDS: Final = 3600.0
"""How often is looked for what was not delivered."""
COMPARED_EVERY: Final = timedelta(days=1)
"""How old the last comparison with the provider's books may become."""
COMPARISON_SECONDS: Final = 3600.0
"""How often is looked whether it has become so old."""
WORKED_OFF_SECONDS: Final = 300.0
"""How long a worker that was away has to work off what waited, before it is said to be stuck."""
GUESTS_SECONDS: Final = 3600.0
"""How long guests who never ordered may outstay their time."""
UPLOADS_SECONDS: Final = 3600.0
"""How often uploads are looked for that nobody confirmed within a day."""
FINISH_SECONDS: Final = 15.0
"""How long what is under way may take when the worker was asked to end."""
LOOPS: Final[tuple[str, ...]] = (
    "outbox",
    "catching-up",
    "inbox",
    "deadlines",
    "announcing",
    "webhooks",
    "payouts",
    "audit",
    "news",
    "undelivered",
    "comparison",
    "liquidity",
    "guests",
    "uploads",
    "provider",
    "events",
)
"""The names of all loops; ``events`` has something to do where there is an event bus."""


@frozen(kw_only=True)
class Loop:
    """One thing that is done again and again: ``step`` returns how much it moved, ``end`` waits for what it began."""

    name: str
    step: Callable[[], Awaitable[int]]
    rest_seconds: float = REST_SECONDS
    end: Callable[[], Awaitable[None]] | None = None
    first_after_seconds: float = 0.0

    async def run(self, stopping: anyio.Event) -> None:
        """Step until asked to stop; a step under way is finished first."""
        with anyio.move_on_after(self.first_after_seconds):
            if self.first_after_seconds:
                await stopping.wait()
        while not stopping.is_set():
            rest = self.rest_seconds
            try:
                if await self.step():
                    rest = 0
            except BusUnavailable as away:
                log.warning("the event bus is away", loop=self.name, failure=away.message)
                rest = TROUBLE_SECONDS
            except Exception as failure:  # a loop outlives whatever its step meets; what was due stays due
                log.error("loop", loop=self.name, exc_info=failure)
                rest = TROUBLE_SECONDS
            with anyio.move_on_after(rest):
                await stopping.wait()
            if not rest:
                await anyio.lowlevel.checkpoint()
        if self.end is not None:
            await self.end()


async def look_at_liquidity(opened: OpenMarketplace) -> int:
    """Compare our balance at the provider with what is owed to others, and log both; return 0."""
    try:
        found = await opened.market.execute(CheckLiquidity(), by=SYSTEM)
    except Unavailable as silence:
        log.warning("the balance at the provider is not known", why=str(silence))
        return 0
    for cover in found.covers:
        says = log.error if cover.missing else log.info
        says(
            "liquidity",
            currency=cover.currency,
            owed_minor=cover.owed.amount_minor,
            held_minor=cover.held.amount_minor,
            missing_minor=cover.missing.amount_minor,
            stands_still=found.stands_still,
        )
    return 0


async def report_undelivered(opened: OpenMarketplace) -> int:
    """Look for what is not delivered, tell operators what is new of it, and log it in one line; return 0."""
    found = await opened.market.execute(ReportUndelivered(), by=SYSTEM)
    if found.backlogs:
        log.warning(
            "not delivered",
            stuck=[trouble for one in found.backlogs for trouble in one.troubles][:LOGGED_MAX],
            oldest_at=min(one.oldest_at for one in found.backlogs).isoformat(),
            new=list(found.new[:LOGGED_MAX]),
        )
    return 0


async def compare_books(opened: OpenMarketplace) -> int:
    """Compare the books with the provider's own if that was not done for a day, and log what differs; return 0."""
    market = opened.market
    try:
        last = await market.ask(ViewLastComparison(), by=SYSTEM)
        if opened.adapters.around.clock.now() - last.compared_at < COMPARED_EVERY:
            return 0
    except NeverCompared:
        pass
    except BooksNotReadable:
        return 0
    try:
        found = await market.execute(ReconcileBooks(), by=SYSTEM)
    except Unavailable as silence:
        log.warning("the books of the provider are not known", why=str(silence))
        return 0
    says = log.error if found.discrepancies else log.info
    names = [one.name for one in found.discrepancies[:LOGGED_MAX]]
    says("books compared", provider=found.provider, differences=len(found.discrepancies), first=names)
    return 0


class UnknownLoop(InvalidInput):
    """There is no such loop, or it has nothing to do."""

    code = "services.unknown_loop"


async def clear_uploads(opened: OpenMarketplace) -> int:
    """Remove uploads that nobody confirmed within a day; return 0."""
    for left in await opened.upload_leftovers(remove=True):
        log.info("an upload that nobody confirmed was removed", key=left.key, size_bytes=left.size_bytes)
    return 0


def loops(opened: OpenMarketplace, *, payout_sweep_seconds: float) -> Mapping[str, Loop]:
    """Return the loops by name: those of ``LOOPS`` that have something to do."""
    dispatcher = opened.dispatcher

    async def sweep() -> int:
        await opened.market.execute(SweepPayouts(), by=SYSTEM)
        return 0

    async def audit() -> int:
        found = await opened.market.execute(InspectBooks(), by=SYSTEM)
        if found.stands_still:
            log.error(
                "money stands still", findings=[f"{one.check} {one.subject}" for one in found.violations[:LOGGED_MAX]]
            )
        return 0

    async def catch_up() -> int:
        if opened.tells_news:
            found = await opened.market.execute(CatchUp(), by=SYSTEM)
            if found.new:
                log.info(
                    "news of the payment provider", found=found.found, new=found.new, since=found.since.isoformat()
                )
        return 0

    async def housekeeping() -> int:
        return await opened.provider_housekeeping()

    async def forget_guests() -> int:
        await opened.market.execute(ForgetGuests(), by=SYSTEM)
        return 0

    couriers = opened.couriers
    every = (
        Loop(name="outbox", step=dispatcher.relay_events),
        Loop(name="catching-up", step=dispatcher.catch_up, rest_seconds=CATCH_UP_SECONDS),
        Loop(name="inbox", step=dispatcher.read_inbox),
        Loop(name="deadlines", step=dispatcher.fire_deadlines),
        Loop(name="announcing", step=couriers.announce, rest_seconds=TELLING_SECONDS),
        Loop(name="webhooks", step=couriers.set_out, rest_seconds=TELLING_SECONDS, end=couriers.come_home),
        Loop(name="payouts", step=sweep, rest_seconds=payout_sweep_seconds),
        Loop(name="audit", step=audit, rest_seconds=AUDIT_SECONDS),
        Loop(name="news", step=catch_up, rest_seconds=NEWS_SECONDS),
        Loop(
            name="undelivered",
            step=partial(report_undelivered, opened),
            rest_seconds=UNDELIVERED_SECONDS,
            first_after_seconds=WORKED_OFF_SECONDS,
        ),
        Loop(
            name="comparison",
            step=partial(compare_books, opened),
            rest_seconds=COMPARISON_SECONDS,
            first_after_seconds=WORKED_OFF_SECONDS,
        ),
        Loop(name="liquidity", step=partial(look_at_liquidity, opened), rest_seconds=AUDIT_SECONDS),
        Loop(name="guests", step=forget_guests, rest_seconds=GUESTS_SECONDS),
        Loop(name="uploads", step=partial(clear_uploads, opened), rest_seconds=UPLOADS_SECONDS),
        Loop(name="provider", step=housekeeping, rest_seconds=0.2),
    )
    over_the_bus = (Loop(name="events", step=dispatcher.take_events),) if dispatcher.bus is not None else ()
    return {loop.name: loop for loop in (*every, *over_the_bus)}


def loops_of(words: str) -> tuple[str, ...]:
    """Return the loops named in ``outbox,deadlines``; ``all`` is every one. Raises ``UnknownLoop``."""
    return named(words, LOOPS, "loop", UnknownLoop)


def chosen(opened: OpenMarketplace, only: Sequence[str], *, payout_sweep_seconds: float) -> tuple[Loop, ...]:
    """Return the loops of these names that have something to do. Raises ``UnknownLoop`` if none has."""
    every = loops(opened, payout_sweep_seconds=payout_sweep_seconds)
    found = tuple(loop for name, loop in every.items() if name in only)
    if not found:
        raise UnknownLoop(f"{', '.join(only)}: nothing to do without an event bus (MARKETPLACE_EVENT_BUS).")
    return found


async def work(opened: OpenMarketplace, stopping: anyio.Event, these: Sequence[Loop]) -> None:
    """Run loops until ``stopping`` is set. Raises ``BusTooOld``; a bus that is away is waited for.

    What is under way then is brought to its end, unless that takes too long: a command that is cut off is one that was
    never begun, and somebody else does it.
    """
    if opened.dispatcher.bus is not None:
        try:
            await opened.dispatcher.bus.ready()
        except BusUnavailable as away:
            log.warning("the event bus is away", failure=away.message)
    log.info("working", loops=[loop.name for loop in these])
    async with anyio.create_task_group() as group:
        for loop in these:
            group.start_soon(loop.run, stopping)
        await stopping.wait()
        log.info("leaving", seconds=FINISH_SECONDS)
        group.cancel_scope.deadline = anyio.current_time() + FINISH_SECONDS
    if group.cancel_scope.cancelled_caught:
        log.warning("cut off", seconds=FINISH_SECONDS)
