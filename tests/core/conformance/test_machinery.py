"""The in-memory machinery keeps the promises of the machinery."""

import asyncio
from typing import Any

import pytest

from marketplace_core.inmemory.machinery import (
    InMemoryConsumedMessages,
    InMemoryDueDeadlines,
    InMemoryIdempotencyKeys,
    InMemoryInbox,
    InMemoryOutbox,
)
from marketplace_core.inmemory.store import InMemoryWork, Store, Table
from marketplace_core.kernel.errors import RuleBroken
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.lanterns import Lantern, Machinery
from marketplace_core.testing.conformance.machinery import MachineryConformance
from marketplace_core.testing.conformance.outbox import OutboxConformance


class InMemoryLanternWork(InMemoryWork):
    """Lanterns in a table."""

    @property
    def _lanterns(self) -> Table[Lantern]:
        return self.store.table("lanterns")

    async def get(self, name: str) -> Lantern | None:
        return self._lanterns.get(name)

    async def put(self, lantern: Lantern) -> None:
        self.store.save(self._lanterns, lantern.name, lantern)


class InMemoryMachinery:
    """The machinery under test."""

    @pytest.fixture
    def machinery(self) -> Any:
        clock = FrozenClock()
        store = Store(clock, CountingIds())
        return Machinery(
            clock=clock,
            begin=store.begin(InMemoryLanternWork),
            outbox=InMemoryOutbox(store),
            consumed=InMemoryConsumedMessages(store),
            deadlines=InMemoryDueDeadlines(store),
            inbox=InMemoryInbox(store),
            keys=InMemoryIdempotencyKeys(store),
        )


class TestInMemoryMachinery(InMemoryMachinery, MachineryConformance):
    pass


class TestInMemoryOutbox(InMemoryMachinery, OutboxConformance):
    pass


async def test_what_is_written_outside_a_transaction_survives_the_rollback_of_anothers() -> None:
    store = Store(FrozenClock(), CountingIds())
    notes: Table[str] = store.table("notes")
    written = asyncio.Event()

    async def fail() -> None:
        async with store.begin(InMemoryLanternWork)():
            notes.put("mine", "gone")
            await written.wait()
            raise RuleBroken("no")

    failing = asyncio.create_task(fail())
    await asyncio.sleep(0)
    notes.put("theirs", "kept")
    written.set()
    with pytest.raises(RuleBroken):
        await failing

    assert notes.find() == ["kept"]
