"""Lanterns: an aggregate, an event and a command for trials of the machinery, and the machinery itself."""

from typing import ClassVar, Protocol

import pytest
from attrs import define, frozen

from marketplace_core.kernel.access import Permission
from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.deadlines import DueDeadlines
from marketplace_core.kernel.idempotency import IdempotencyKeys
from marketplace_core.kernel.inbox import Inbox
from marketplace_core.kernel.messages import Command, Event
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.outbox import ConsumedMessages, Outbox
from marketplace_core.kernel.work import Begin, UnitOfWork
from marketplace_core.testing.clock import FrozenClock


@frozen(kw_only=True)
class LanternLit(Event):
    """A lantern was lit: an event of every kind of value that events may carry."""

    lantern: str
    price: Money
    flames: tuple[int, ...]
    note: str | None = None


@define(kw_only=True, eq=False)
class Lantern(Aggregate):
    """An aggregate for trials."""

    name: str
    lit: int = 0

    def light(self) -> None:
        """Light it once more."""
        self.lit += 1
        self.record(LanternLit(lantern=self.name, price=Money(5, "EUR"), flames=(1, self.lit)))


@frozen(kw_only=True)
class LightLantern(Command[Money]):
    """A command for trials."""

    permission: ClassVar[Permission] = Permission.ANYONE
    name: str
    flames: int = 1


class LanternWork(UnitOfWork, Protocol):
    """A unit of work that knows lanterns."""

    async def get(self, name: str) -> Lantern | None:
        """Return the lantern, or None."""
        ...

    async def put(self, lantern: Lantern) -> None:
        """Save the lantern and its events."""
        ...


@frozen(kw_only=True)
class Machinery:
    """What is under test. ``clock`` is the adapter's own clock."""

    clock: FrozenClock
    begin: Begin[LanternWork]
    outbox: Outbox
    consumed: ConsumedMessages
    deadlines: DueDeadlines
    inbox: Inbox
    keys: IdempotencyKeys


class WithLanterns:
    """What tests of the machinery share."""

    @pytest.fixture
    def machinery(self) -> Machinery:
        """Return the machinery under test, empty."""
        raise NotImplementedError("override the fixture `machinery`")

    async def _lit(self, machinery: Machinery, name: str, times: int = 1) -> None:
        for _ in range(times):
            async with machinery.begin() as work:
                lantern = await work.get(name) or Lantern(name=name)
                lantern.light()
                await work.put(lantern)
