"""Buyers who buy, workers who work, and what is beside fails: nobody notices, nothing is lost or doubled."""

import asyncio
import json
import random
import sqlite3
import statistics
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any, Final

import anyio
from attrs import define, field
from nats.aio.client import Client

from features.drivers.names import free_port
from marketplace_core.catalog import ViewProduct
from marketplace_core.kernel.ids import ProductId
from marketplace_core.traffic import GRACE_SECONDS
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace, open_marketplace
from marketplace_entrypoints.composition.settings import Often, Settings
from marketplace_entrypoints.worker.loops import LOOPS, chosen, work
from tests.adapters.nats.server import NatsServer
from tests.adapters.redis.server import RedisServer
from tests.adapters.s3.server import S3Server
from tests.adapters.smtp.server import MailServer
from tests.coherence import OURS, findings
from tests.load.deeds import Known, Worker, somebody
from tests.load.run import SHOPS, address, prepare
from tests.logs import log_only
from tests.outages.proxy import Fault, Wire

BUS, REDIS, SMTP = "bus", "redis", "smtp"
DRAINED_WITHIN_SECONDS: Final = 60.0
MAIL_PAUSE_SECONDS: Final = 0.2
UNCOUNTED: Final = {"checkout": Often(times=100_000, seconds=60)}
"""One buyer stands for many."""
SLOWER_TIMES_MAX: Final = 1.5
SLOWER_SECONDS_MAX: Final = 0.1
"""Below that much nobody can tell a slower checkout from a busy machine."""
LEFT: Final = "SELECT count(*) FROM outbox WHERE reacted_at IS NULL OR published_at IS NULL"
FAILED: Final = "SELECT count(*) FROM outbox WHERE last_error IS NOT NULL"
WRONG: Final = {
    "given up": "SELECT count(*) FROM outbox WHERE quarantined = 1",
    "reacted to in the wrong order": (
        "SELECT count(*) FROM outbox AS a JOIN outbox AS b ON a.aggregate_type = b.aggregate_type"
        " AND a.aggregate_id = b.aggregate_id AND a.aggregate_seq < b.aggregate_seq AND a.reacted_at > b.reacted_at"
    ),
    "paid and not confirmed": "SELECT count(*) FROM orders_orders WHERE state <> 'confirmed'",
    "mails that were not sent": "SELECT count(*) FROM notifications_mails WHERE state <> 'sent'",
    "orders without exactly one confirmation": (
        "SELECT count(*) FROM orders_orders WHERE 1 <> (SELECT count(*) FROM notifications_mails"
        " WHERE template = 'order_confirmation' AND fact LIKE '%' || order_id || '%')"
    ),
}  # fmt: skip


class Steady(random.Random):
    """Buys one thing and pays with a good card, always."""

    def choice(self, options: Any) -> Any:
        """Take the first."""
        return options[0]


@define
class Outage:
    """One trouble and what came of it."""

    name: str
    bought: int
    failed: list[str]
    seconds: list[float]
    drained_seconds: float
    violations: list[str] = field(factory=list)
    tried_again: int = 0

    @property
    def p95(self) -> float:
        """The duration of a checkout that 95 of 100 do not exceed."""
        return statistics.quantiles(self.seconds, n=20)[-1] if len(self.seconds) > 1 else self.seconds[0]

    def __str__(self) -> str:
        """Say it in one line."""
        return (
            f"{self.name:14} {self.bought} of {self.bought + len(self.failed)} checkouts, p95 {self.p95 * 1000:.0f} ms,"
            f" backlog gone after {self.drained_seconds:.1f} s, {self.tried_again} events tried again,"
            f" {len(self.violations)} violations"
        )


@define
class Town:
    """An open marketplace with servers behind wires, and somebody who buys in it."""

    data: Path
    opened: OpenMarketplace
    server: NatsServer | S3Server
    wires: Mapping[str, Wire]
    buyer: Worker
    redis: RedisServer | None = None

    async def suffer(
        self, name: str, times: int, begin: Callable[[], Awaitable[None]], end: Callable[[], Awaitable[None]]
    ) -> Outage:
        """Let a trouble begin, buy so many times, let it end, and see when everything has come to rest."""
        failed_before = self._asked(FAILED)
        await begin()
        seconds, failed = [], []
        for _ in range(times):
            began = time.perf_counter()
            try:
                await self.opened.tries.checkout(self.buyer.buyer.principal)
                await self.buyer.buy()
            except Exception as failure:  # noqa: BLE001 - it is counted
                failed.append(repr(failure))
            seconds.append(time.perf_counter() - began)
        await end()
        over = time.monotonic()
        while self._asked(LEFT) or await self._provider_waits():
            if time.monotonic() - over > DRAINED_WITHIN_SECONDS:
                break
            await asyncio.sleep(0.1)
        waited = time.monotonic() - over
        again = self._asked(FAILED) - failed_before
        outage = Outage(name, times - len(failed), failed, seconds, waited, tried_again=again)
        outage.violations += [f"a checkout failed: {one}" for one in failed]
        outage.violations += [f"{number} left" for number in [self._asked(LEFT)] if number]
        outage.violations += [f"{number} {what}" for what, ask in WRONG.items() if (number := self._asked(ask))]
        outage.violations += findings(self.data)
        return outage

    async def _keep_from_workers(self) -> None:
        """Have the server store what is published and deliver none of it."""
        client = Client()
        await client.connect(self.server.address)
        until = json.dumps({"pause_until": "2999-01-01T00:00:00Z"}).encode()
        answer = await client.request("$JS.API.CONSUMER.PAUSE.MARKETPLACE.reactions", until)
        assert json.loads(answer.data)["paused"]
        await client.close()

    def _asked(self, question: str) -> int:
        with closing(sqlite3.connect(self.data / OURS, timeout=30)) as books:
            ((number,),) = books.execute(question)
            return int(number)

    async def _provider_waits(self) -> int:
        return (
            self._asked("SELECT count(*) FROM provider_messages WHERE processed_at IS NULL")
            + self._asked("SELECT count(*) FROM orders_orders WHERE state <> 'confirmed'")
            + self._asked("SELECT count(*) FROM notifications_mails WHERE state = 'queued'")
        )

    async def break_wire(self, name: str, fault: Fault, times: int) -> Outage:
        """Have a wire fail."""
        wire = self.wires[name]

        async def end() -> None:
            await wire.suffer(Fault.NONE)
            if name == SMTP:  # a mail that did not leave is tried again after half a minute, then two minutes
                await asyncio.sleep(2 * MAIL_PAUSE_SECONDS)
                self.opened.adapters.around.clock.advance(300)  # type: ignore[attr-defined]

        shown = fault.value if fault is Fault.NONE else f"{name} {fault.value}"
        return await self.suffer(shown, times, lambda: wire.suffer(fault), end)

    async def stop_redis(self, times: int, *, hold: bool = False) -> Outage:
        """Have Redis held up, or killed and started again."""
        redis = self.redis
        assert redis is not None

        async def begin() -> None:
            (redis.hold if hold else redis.stop)()

        async def end() -> None:
            await asyncio.to_thread(redis.let_go if hold else redis.start)

        return await self.suffer(f"{REDIS} {'held' if hold else 'killed'}", times, begin, end)

    async def stop_server(self, times: int, *, hold: bool = False, wipe: bool = False) -> Outage:
        """Have the server held up, or killed and started again, with or without what it had stored."""

        async def begin() -> None:
            if hold:
                self.server.hold()
            elif wipe:
                await self._keep_from_workers()
            else:
                self.server.stop()

        async def end() -> None:
            if hold:
                self.server.let_go()
                return
            if wipe:
                self.server.stop()
                self.server.wipe()
            await asyncio.to_thread(self.server.start)
            if wipe:  # what it had and nobody had taken is reacted to after a while, without it
                self.opened.adapters.around.clock.advance(GRACE_SECONDS)  # type: ignore[attr-defined]

        return await self.suffer(f"{BUS} {'held' if hold else 'wiped' if wipe else 'restarted'}", times, begin, end)


@asynccontextmanager
async def town(folder: Path) -> AsyncGenerator[Town]:
    """Open it all; close it all."""
    log_only()
    data = folder / "data"
    await prepare(data, 1)
    server, redis, mails = NatsServer(folder / "nats"), RedisServer(folder / "redis"), MailServer()
    await asyncio.to_thread(server.start)
    await asyncio.to_thread(redis.start)
    await mails.start()
    wires = {name: Wire(free_port(), one.port) for name, one in ((BUS, server), (REDIS, redis), (SMTP, mails))}
    for wire in wires.values():
        await wire.open()
    settings = Settings(
        data=data,
        clock="shifted",
        event_bus="nats",
        mailer="smtp",
        redis=f"redis://127.0.0.1:{wires[REDIS].port}/0",
        rates=UNCOUNTED,
        adapters={
            "nats": {"servers": f"nats://127.0.0.1:{wires[BUS].port}", "timeout_seconds": 2, "wait_seconds": 0.2},
            "smtp": {
                "port": wires[SMTP].port,
                "security": "none",
                "timeout_seconds": 2,
                "pause_seconds": MAIL_PAUSE_SECONDS,
            },
        },
    )
    stopping = anyio.Event()
    try:
        async with open_marketplace(settings) as opened, anyio.create_task_group() as group:
            group.start_soon(work, opened, stopping, chosen(opened, LOOPS, payout_sweep_seconds=3600.0))
            yield Town(data, opened, server, wires, await a_buyer(opened, data), redis)
            stopping.set()
    finally:
        for wire in wires.values():
            await wire.close()
        await mails.stop()
        redis.stop()
        server.stop()


async def a_buyer(opened: OpenMarketplace, data: Path, number: int = 0) -> Worker:
    """Return one of the buyers, who buys one thing of each shop."""
    by = await somebody(opened, address(f"buyer{number}"))
    offers = []
    for shop in SHOPS:
        product = ProductId((data / f"{shop}.product").read_text())
        offers.append((await opened.market.ask(ViewProduct(product_id=product), by=by)).variants[0].offer_id)
    return Worker(opened, Steady(1), Known(), by, {}, (by, by), tuple(offers))


async def run(folder: Path, times: int, *, all_of_them: bool = True) -> list[Outage]:
    """Let everything go wrong, one after the other; the first of the list is what it is like when nothing does.

    Without ``all_of_them`` it is a wire to each that hangs, one that brings rubbish, and a lost stream.
    """
    faults = tuple(Fault)[1:] if all_of_them else (Fault.HANG,)
    async with town(folder) as here:
        outages = [await here.break_wire(BUS, Fault.NONE, times)]
        outages += [await here.break_wire(name, fault, times) for name in (BUS, REDIS, SMTP) for fault in faults]
        if not all_of_them:
            outages.append(await here.break_wire(BUS, Fault.GARBAGE, times))
        if all_of_them:
            outages.append(await here.stop_redis(times, hold=True))
            outages.append(await here.stop_redis(times))
            outages.append(await here.stop_server(times, hold=True))
            outages.append(await here.stop_server(times))
        outages.append(await here.stop_server(times, wipe=True))
    return compared(outages)


def compared(outages: list[Outage]) -> list[Outage]:
    """Hold every trouble against the first, which is none: nobody who buys may notice."""
    usual = outages[0].p95
    for outage in outages[1:]:
        if outage.p95 > max(usual * SLOWER_TIMES_MAX, usual + SLOWER_SECONDS_MAX):
            outage.violations.append(f"checkouts took {outage.p95:.2f} s, {usual:.2f} s without the trouble")
    return outages
