"""The bus in memory keeps the promises of a bus."""

from datetime import timedelta

import pytest
from attrs import define

from marketplace_core.inmemory.bus import OFFERED_AGAIN_SECONDS, InMemoryEventBus
from marketplace_core.kernel.ids import EventId
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.conformance.bus import EventBusConformance


@define
class InMemoryLine:
    clock: FrozenClock
    bus: InMemoryEventBus

    async def another(self) -> InMemoryEventBus:
        return self.bus

    async def until_offered_again(self) -> None:
        self.clock.advance(timedelta(seconds=OFFERED_AGAIN_SECONDS))

    async def rubbish(self, event_id: EventId | None) -> None:
        self.bus.publish_rubbish(event_id)

    async def go_away(self) -> None:
        self.bus.away = True

    async def come_back(self) -> None:
        self.bus.away = False


class TestInMemoryEventBus(EventBusConformance):
    @pytest.fixture
    def line(self) -> InMemoryLine:
        clock = FrozenClock()
        return InMemoryLine(clock, InMemoryEventBus(clock))
