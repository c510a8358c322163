"""The database is crashed under load, and brought back from a copy: nothing that was acknowledged is lost."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from itertools import count, pairwise
from pathlib import Path
from typing import Final

import pytest
from attrs import define, field
from sqlalchemy import func, select

from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.outbox import store_events
from marketplace_adapters.sqlalchemy.tables.machinery import deadlines, outbox
from marketplace_adapters.sqlalchemy.transactions import StorageUnavailable
from marketplace_adapters.sqlalchemy.work import SqlWork, begin
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.clock import SystemClock
from marketplace_core.kernel.ids import OrderId, TimeOrderedIds, UserId
from marketplace_core.orders import OrderExpired
from marketplace_core.payments.books import DiagnoseBooks
from marketplace_core.payments.comparing import CompareBooks, Discrepancy, DiscrepancyKind, Entry
from marketplace_core.payments.domain.timers import POLL_PAYMENT_EVERY
from tests.coherence import findings
from tests.databases import (
    BESIDE,
    OWNER,
    Postgres,
    a_place,
    folders_on_postgres,
    migrate,
    on_postgres,
    run,
)
from tests.outages.server import OwnServer, dump, own_server, restore
from tests.sweep.points import Points
from tests.sweep.shop import open_shop

WRITERS: Final = 12
CRASHES: Final = 3
LASTING_SECONDS: Final = 15.0
GAP_MAX_SECONDS: Final = 5.0
KIND: Final = "crash"


@pytest.fixture
def server() -> Iterator[OwnServer]:
    with own_server() as own:
        yield own


@define
class Writers:
    """Write timers with an event each, in one transaction, and remember what was acknowledged, and when."""

    database: Database
    acknowledged: dict[str, float] = field(factory=dict)
    refused: int = 0
    ambiguous: int = 0
    """How often nobody knew whether it was kept."""
    were_kept: int = 0
    """How often it was, when it was looked up."""

    async def write(self, name: str) -> None:
        async with begin(self.database, SqlWork)() as work:
            await work.deadlines.set(KIND, name, self.database.clock.now())
            expired = OrderExpired(order_id=OrderId(name), buyer_id=UserId("usr_1"))
            await store_events(self.database, work.connection, "Order", name, [expired])

    async def is_kept(self, name: str) -> bool:
        """Look it up by its business key, as soon as somebody answers."""
        here = select(deadlines.c.subject).where(deadlines.c.kind == KIND, deadlines.c.subject == name)
        while True:
            try:
                return await self.database.reader.row(here) is not None
            except StorageUnavailable:
                await asyncio.sleep(0.05)

    async def until_kept(self, name: str) -> None:
        while name not in self.acknowledged:
            try:
                await self.write(name)
            except StorageUnavailable as away:
                self.refused += 1
                if away.ambiguous:
                    self.ambiguous += 1
                    if await self.is_kept(name):
                        self.were_kept += 1
                        return
                await asyncio.sleep(0.05)
            else:
                self.acknowledged[name] = time.monotonic()

    async def go_on(self, writer: int, until: float) -> None:
        for number in count():
            if time.monotonic() > until:
                return
            await self.until_kept(f"{writer}-{number}")

    @property
    def longest_gap(self) -> float:
        times = sorted(self.acknowledged.values())
        return max(later - earlier for earlier, later in pairwise(times))


@pytest.mark.long
async def test_three_crashes_of_the_database_under_twelve_writers_lose_nothing_acknowledged(server: OwnServer) -> None:
    clock = SystemClock()
    with a_place(server.postgres) as place:
        async with on_postgres(place, clock, TimeOrderedIds(clock)) as database:
            writers = Writers(database)
            until = time.monotonic() + LASTING_SECONDS
            async with asyncio.TaskGroup() as group:
                for writer in range(WRITERS):
                    group.create_task(writers.go_on(writer, until))
                for _ in range(CRASHES):
                    await asyncio.sleep(LASTING_SECONDS / (CRASHES + 1))
                    await asyncio.to_thread(server.crash)

            kept = [row.subject for row in await database.reader.rows(select(deadlines.c.subject))]
            told = await database.reader.rows(
                select(outbox.c.aggregate_id, func.count().label("events")).group_by(outbox.c.aggregate_id)
            )

    print(
        f"{len(kept)} kept, {len(writers.acknowledged)} acknowledged, {writers.refused} refused,"
        f" {writers.ambiguous} ambiguous ({writers.were_kept} kept), longest gap {writers.longest_gap:.2f} s"
    )
    assert sorted(writers.acknowledged.keys() - set(kept)) == []
    assert len(kept) == len(writers.acknowledged) + writers.were_kept
    assert {row.aggregate_id: row.events for row in told} == dict.fromkeys(kept, 1)
    assert writers.refused >= CRASHES
    assert writers.longest_gap <= GAP_MAX_SECONDS


def _restored(server: Postgres, name: str, copy: Path) -> None:
    """Do what the guide says: an empty database, the copy, the rights."""
    server.drop(name)
    server.do(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
    server.do(f"ALTER SCHEMA public OWNER TO {OWNER}", database=name)
    restore(server.at(name), copy)
    run(migrate(server.at(name, OWNER)))


@pytest.mark.long
def test_a_copy_that_is_brought_back_is_sound_and_learns_from_the_provider_what_it_missed(
    postgres: Postgres, tmp_path: Path
) -> None:
    data, copy = tmp_path / "data", tmp_path / "marketplace.dump"
    with folders_on_postgres(postgres) as assign:
        assign(data)
        name = (data / BESIDE).read_text().partition("@/")[2].partition("?")[0]

        async def before() -> Sequence[Discrepancy]:
            async with open_shop(data, Points()) as shop:
                await shop.furnish()
                await shop.order()
                await shop.rest()
                return (await shop.ask(CompareBooks())).discrepancies

        async def missed() -> None:
            async with open_shop(data, Points()) as shop:
                await shop.pay()
                await shop.rest()
                assert (await shop.order()).state == "confirmed"

        async def after() -> tuple[Sequence[Discrepancy], Sequence[Discrepancy]]:
            async with open_shop(data, Points()) as shop:
                assert (await shop.order()).state == "pending_payment"
                assert not (await shop.opened.market.execute(DiagnoseBooks(), by=SYSTEM)).violations
                differences = (await shop.ask(CompareBooks())).discrepancies
                shop.pass_time(POLL_PAYMENT_EVERY)
                await shop.rest()
                assert (await shop.order()).state == "confirmed"
                return differences, (await shop.ask(CompareBooks())).discrepancies

        known = run(before())
        dump(postgres.at(name), copy)
        run(missed())
        _restored(postgres, name, copy)
        found, left = run(after())

        missed_ones = [one for one in found if one not in known]
        assert {(one.kind, one.entry) for one in missed_ones} == {
            (DiscrepancyKind.OTHER_STATE, Entry.PAYMENT),
            (DiscrepancyKind.BALANCE_DIFFERS, Entry.BALANCE),
        }
        assert left == known
        assert findings(data) == []
        (data / BESIDE).unlink()
