"""What every event bus promises. Subclass ``EventBusConformance`` and override the fixture ``line``."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

import pytest

from marketplace_core.catalog import OfferPriceChanged, ProductPublished
from marketplace_core.kernel.bus import BusUnavailable, Delivery, EventBus
from marketplace_core.kernel.ids import EventId, OfferId, ProductId, SellerId
from marketplace_core.kernel.messages import Envelope, Event
from marketplace_core.kernel.money import Money

WHEN = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


class Line(Protocol):
    """A bus under test and what can happen to it. It is empty at first."""

    @property
    def bus(self) -> EventBus:
        """The bus."""
        ...

    async def another(self) -> EventBus:
        """Return the same bus as another worker has it."""
        ...

    async def until_offered_again(self) -> None:
        """Let the time go by after which a message that is not done is offered again."""
        ...

    async def rubbish(self, event_id: EventId | None) -> None:
        """Put a message on the bus that cannot be read, with or without the name of an event."""
        ...

    async def go_away(self) -> None:
        """Make the bus unreachable."""
        ...

    async def come_back(self) -> None:
        """Make it reachable again, with all it had."""
        ...


def published(number: int, sequence: int = 1, product: str = "prd_1") -> Envelope:
    """Return an event on its way."""
    event: Event = ProductPublished(product_id=ProductId(product), seller_id=SellerId("sel_1"), title="Käse 🧀\n100 %")
    if sequence > 1:
        event = OfferPriceChanged(
            product_id=ProductId(product), offer_id=OfferId("off_1"), old=Money(sequence, "EUR"), new=Money(0, "EUR")
        )
    return Envelope(
        event_id=EventId(f"evt_{number:026}"),
        event=event,
        aggregate_type="Product",
        aggregate_id=product,
        sequence=sequence,
        occurred_at=WHEN,
        actor="user:Žofie %",
        cause=None if number % 2 else f"evt_{number - 1:026}",
        trace=None if number % 3 else f"00-{number:032x}-{number + 1:016x}-01",
    )


async def taken(bus: EventBus, limit: int = 20, rounds: int = 20) -> Sequence[Delivery]:
    """Take from a bus until there is something, for some rounds."""
    for _ in range(rounds):
        if found := await bus.take(limit):
            return found
    return ()


async def all_taken(bus: EventBus) -> list[Delivery]:
    """Take whatever there is, a few times over, and be done with it."""
    found: list[Delivery] = []
    while some := await taken(bus, rounds=3):
        found += some
        for delivery in some:
            await bus.done(delivery)
    return found


class EventBusConformance:
    """The promises."""

    @pytest.fixture
    def line(self) -> Line:
        """Return the bus under test, empty."""
        raise NotImplementedError("override the fixture `line`")

    async def test_what_was_published_is_taken_once_in_order_and_whole(self, line: Line) -> None:
        """With everything an envelope carries."""
        sent = [published(1), published(2, sequence=2), published(3, product="prd_2")]
        for envelope in sent:
            await line.bus.publish(envelope)

        found = await all_taken(line.bus)

        assert [delivery.envelope for delivery in found] == sent
        assert [delivery.event_id for delivery in found] == [envelope.event_id for envelope in sent]

    async def test_what_is_published_twice_is_taken_once_unless_it_is_published_anew(self, line: Line) -> None:
        """So that publishing may be tried again, and a replay is not taken for that."""
        await line.bus.publish(published(1))
        await line.bus.publish(published(1))
        assert len(await all_taken(line.bus)) == 1

        await line.bus.publish(published(1), anew=".again")
        assert [delivery.envelope for delivery in await all_taken(line.bus)] == [published(1)]

    async def test_two_workers_share_what_there_is(self, line: Line) -> None:
        """A message is in one hand at a time."""
        for number in range(6):
            await line.bus.publish(published(number, product=f"prd_{number}"))
        other = await line.another()

        found = [await taken(bus, limit=2) for bus in (line.bus, other, line.bus)]

        assert sorted(str(one.event_id) for some in found for one in some) == [f"evt_{n:026}" for n in range(6)]

    async def test_what_is_not_done_is_offered_again_and_what_is_done_is_not(self, line: Line) -> None:
        """To somebody who lives longer."""
        await line.bus.publish(published(1))
        await line.bus.publish(published(2))
        first, second = await taken(line.bus)
        await line.bus.done(first)

        await line.until_offered_again()

        (again,) = await taken(line.bus)
        assert again.envelope == second.envelope

    async def test_what_is_offered_in_vain_is_given_up_some_time_and_told(self, line: Line) -> None:
        """A message that ends every process that takes it must not go round for ever."""
        await line.bus.publish(published(1))
        offers = 0
        given_up: list[EventId] = []
        for _ in range(20):
            offers += len(await line.bus.take(1))
            await line.until_offered_again()
            given_up += await line.bus.given_up()
            if given_up:
                break

        assert offers == 5
        assert set(given_up) == {published(1).event_id}
        await line.bus.publish(published(2))
        assert [one.envelope for one in await all_taken(line.bus)] == [published(2)]

    async def test_a_message_that_cannot_be_read_is_handed_over_as_such(self, line: Line) -> None:
        """And does not stop the next one."""
        await line.rubbish(published(1).event_id)
        await line.rubbish(None)
        await line.bus.publish(published(2))

        first, second, third = await all_taken(line.bus)

        assert (first.event_id, first.envelope, bool(first.complaint)) == (published(1).event_id, None, True)
        assert (second.event_id, second.envelope, bool(second.complaint)) == (None, None, True)
        assert third.envelope == published(2)

    async def test_a_bus_that_is_away_says_so_and_has_everything_when_it_is_back(self, line: Line) -> None:
        """Whoever wants something of it meanwhile is told in time."""
        await line.bus.publish(published(1))
        await line.go_away()

        with pytest.raises(BusUnavailable):
            await line.bus.publish(published(2))
        with pytest.raises(BusUnavailable):
            await line.bus.take(1)
        assert await line.bus.state() != "up"

        await line.come_back()
        await line.bus.publish(published(3))
        assert {published(1).event_id, published(3).event_id} <= {one.event_id for one in await all_taken(line.bus)}
        assert await line.bus.state() == "up"
