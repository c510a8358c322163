"""The outbox: what is published, what is reacted to, and in which order.

Subclass ``OutboxConformance`` and override the fixture ``machinery``.
"""

from datetime import timedelta

from marketplace_core.kernel.ids import EventId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.queues import KEPT_SECONDS
from marketplace_core.kernel.tracing import spanning
from marketplace_core.testing.conformance.lanterns import LanternLit, Machinery, WithLanterns


class OutboxConformance(WithLanterns):
    """What every outbox must do."""

    async def test_events_come_back_whole_and_numbered(self, machinery: Machinery) -> None:
        """Values survive; the sequence of an aggregate has no gap."""
        await self._lit(machinery, "red", times=2)

        (first, attempts), *rest = await machinery.outbox.waiting(machinery.clock.now(), 10)
        assert first.event == LanternLit(lantern="red", price=Money(5, "EUR"), flames=(1, 1))
        assert (first.sequence, attempts, rest) == (1, 0, [])
        await machinery.outbox.published((first.event_id,), machinery.clock.now())
        ((second, _),) = await machinery.outbox.waiting(machinery.clock.now(), 10)
        assert second.sequence == 2

    async def test_an_event_keeps_the_trace_of_the_work_that_caused_it(self, machinery: Machinery) -> None:
        """And has none if that belonged to none."""
        with spanning(None) as span:
            await self._lit(machinery, "red")
        await self._lit(machinery, "blue")

        offered = await machinery.outbox.waiting(machinery.clock.now(), 10)

        assert [envelope.trace for envelope, _ in offered] == [span.traceparent, None]

    async def test_a_failed_event_waits_and_holds_back_only_its_own_aggregate(self, machinery: Machinery) -> None:
        """Order per aggregate holds; a quarantined event steps aside."""
        await self._lit(machinery, "red", times=2)
        await self._lit(machinery, "blue")
        now = machinery.clock.now()
        (red, _), (blue, _) = await machinery.outbox.waiting(now, 10)

        await machinery.outbox.failed(red.event_id, "no", now + timedelta(seconds=5))

        assert [envelope.event_id for envelope, _ in await machinery.outbox.waiting(now, 10)] == [blue.event_id]
        later = now + timedelta(seconds=6)
        assert [attempts for _, attempts in await machinery.outbox.waiting(later, 10)] == [1, 0]
        await machinery.outbox.failed(red.event_id, "no", None)
        assert [envelope.sequence for envelope, _ in await machinery.outbox.waiting(later, 10)] == [2, 1]
        state = await machinery.outbox.state()
        assert (state.waiting, state.quarantined) == (2, 1)

    async def test_what_is_taken_is_what_waits_and_may_be_put_back(self, machinery: Machinery) -> None:
        """Whoever takes it publishes it; what could not be tried costs no attempt."""
        await self._lit(machinery, "red", times=2)
        await self._lit(machinery, "blue")
        now = machinery.clock.now()
        waiting = await machinery.outbox.waiting(now, 10)

        taken = await machinery.outbox.take(now, 10)
        await machinery.outbox.put_back([envelope.event_id for envelope, _ in taken])

        assert taken == waiting
        assert await machinery.outbox.take(now, 10) == waiting
        await machinery.outbox.published([envelope.event_id for envelope, _ in waiting], now)
        ((second, attempts),) = await machinery.outbox.take(now, 10)
        assert (second.sequence, attempts) == (2, 0)

    async def test_an_attempt_is_counted_before_it_is_made_and_others_do_not_wait_for_it(
        self, machinery: Machinery
    ) -> None:
        """What nobody came to the end of is kept for a while, with what follows in its aggregate, and comes again."""
        now = machinery.clock.now()
        later = now + timedelta(seconds=KEPT_SECONDS)
        await self._lit(machinery, "red", times=2)
        await self._lit(machinery, "blue")

        red, blue = [await machinery.outbox.begin(now) for _ in range(2)]

        assert red is not None
        assert blue is not None
        assert (red.item.aggregate_id, red.item.sequence, red.attempts) == ("red", 1, 0)
        assert (blue.item.aggregate_id, blue.attempts) == ("blue", 0)
        assert [await machinery.outbox.begin(now, left=left) for left in (False, True)] == [None, None]
        assert not await machinery.outbox.any_left(now)
        await machinery.outbox.published((blue.item.event_id,), now)
        assert await machinery.outbox.any_left(later)
        assert await machinery.outbox.begin(later) is None
        again = await machinery.outbox.begin(later, left=True)
        assert again is not None
        assert (again.item.event_id, again.attempts) == (red.item.event_id, 1)
        await machinery.outbox.failed(red.item.event_id, "no", later, counted=True)
        third = await machinery.outbox.begin(later)
        assert third is not None
        assert third.attempts == 2
        await machinery.outbox.published((red.item.event_id,), later)
        second = await machinery.outbox.begin(later)
        assert second is not None
        assert (second.item.sequence, second.attempts) == (2, 0)

    async def test_what_is_published_is_done_unless_somebody_has_yet_to_react(self, machinery: Machinery) -> None:
        """Then it waits on, for whoever reads the bus; a reaction ends it, and so does a second one."""
        now = machinery.clock.now()
        await self._lit(machinery, "red")
        await self._lit(machinery, "blue")
        (red, _), (blue, _) = await machinery.outbox.waiting(now, 10)

        await machinery.outbox.published((red.event_id,), now)
        await machinery.outbox.published((blue.event_id,), now, react_by=now + timedelta(seconds=60))

        assert not await machinery.outbox.waiting(now, 10)
        state = await machinery.outbox.state()
        assert (state.waiting, state.unpublished) == (1, 0)
        for _ in range(2):
            await machinery.outbox.reacted(blue.event_id, now)
        assert (await machinery.outbox.state()).waiting == 0
        assert not await machinery.outbox.overdue(now + timedelta(days=1), 10)

    async def test_what_nobody_reacted_to_in_time_is_overdue_in_the_order_of_its_aggregate(
        self, machinery: Machinery
    ) -> None:
        """The first event of each aggregate only, and only once it is published and its time is over."""
        now = machinery.clock.now()
        late = now + timedelta(seconds=60)
        await self._lit(machinery, "red", times=3)
        await self._lit(machinery, "blue")
        for _ in range(2):  # the third of the red ones stays unpublished
            waiting = [envelope.event_id for envelope, _ in await machinery.outbox.waiting(now, 10)]
            await machinery.outbox.published(waiting, now, react_by=late)

        assert not await machinery.outbox.overdue(now, 10)
        first, blue = await machinery.outbox.overdue(late, 10)
        assert (first.envelope.aggregate_id, first.envelope.sequence, first.attempts) == ("red", 1, 0)
        assert blue.envelope.aggregate_id == "blue"
        of_red = await machinery.outbox.unreacted("Lantern", "red")
        assert [(one.envelope.sequence, one.is_published) for one in of_red] == [(1, True), (2, True), (3, False)]
        assert [one.envelope.sequence for one in await machinery.outbox.unreacted("Lantern", "red", 2)] == [1, 2]

        await machinery.outbox.reacted(first.envelope.event_id, now)
        assert [one.envelope.sequence for one in await machinery.outbox.overdue(late, 10)] == [2, 1]

    async def test_one_of_many_claims_an_overdue_event_and_its_attempt_counts_whatever_comes(
        self, machinery: Machinery
    ) -> None:
        """Nobody else gets it before the next try, which one more failure postpones or ends."""
        now = machinery.clock.now()
        await self._lit(machinery, "red")
        ((red, _),) = await machinery.outbox.waiting(now, 10)
        await machinery.outbox.published((red.event_id,), now, react_by=now)
        (found,) = await machinery.outbox.overdue(now, 10)

        later = now + timedelta(seconds=5)
        claims = [await machinery.outbox.claim(found, later) for _ in range(2)]

        assert claims == [True, False]
        assert not await machinery.outbox.overdue(now, 10)
        (again,) = await machinery.outbox.overdue(later, 10)
        assert again.attempts == 1
        await machinery.outbox.failed(red.event_id, "no", None, counted=True)
        assert (await machinery.outbox.state()).quarantined == 1
        assert not await machinery.outbox.overdue(later, 10)
        assert not await machinery.outbox.unreacted("Lantern", "red")

    async def test_what_failed_before_it_was_marked_as_published_is_tried_again_when_it_should(
        self, machinery: Machinery
    ) -> None:
        """Whoever reads the bus may be faster than whoever wrote to it."""
        now = machinery.clock.now()
        await self._lit(machinery, "red")
        ((red, _),) = await machinery.outbox.waiting(now, 10)

        await machinery.outbox.failed(red.event_id, "no", now + timedelta(seconds=1))
        await machinery.outbox.published((red.event_id,), now, react_by=now + timedelta(seconds=60))

        (again,) = await machinery.outbox.overdue(now + timedelta(seconds=1), 10)
        assert again.attempts == 1

    async def test_what_was_reacted_to_fails_no_more(self, machinery: Machinery) -> None:
        """A late word about a failure changes nothing."""
        now = machinery.clock.now()
        await self._lit(machinery, "red")
        ((red, _),) = await machinery.outbox.waiting(now, 10)
        await machinery.outbox.published((red.event_id,), now)

        await machinery.outbox.failed(red.event_id, "late", None)

        assert (await machinery.outbox.state()).quarantined == 0

    async def test_what_was_given_out_can_be_read_from_any_day_on(self, machinery: Machinery) -> None:
        """In order, piece by piece; what nobody has taken yet is left out."""
        await self._lit(machinery, "red")
        machinery.clock.advance(timedelta(days=1))
        since = machinery.clock.now()
        for name in ("blue", "green", "white"):
            await self._lit(machinery, name)
        waiting = [envelope.event_id for envelope, _ in await machinery.outbox.waiting(since, 10)]
        await machinery.outbox.published(waiting[:3], since, react_by=since)

        first = await machinery.outbox.given_out(since, None, 1)
        rest = await machinery.outbox.given_out(since, first[0].event_id, 10)

        assert [one.aggregate_id for one in (*first, *rest)] == ["blue", "green"]
        assert len(await machinery.outbox.given_out(since - timedelta(days=2), None, 10)) == 3

    async def test_an_event_is_announced_once_whether_published_or_not(self, machinery: Machinery) -> None:
        """Others are told of it beside the reactions to it."""
        now = machinery.clock.now()
        await self._lit(machinery, "red", times=2)
        (first, _), *_ = await machinery.outbox.waiting(now, 1)
        await machinery.outbox.published((first.event_id,), now)

        first, second = await machinery.outbox.unannounced(10)
        for _ in range(2):
            await machinery.outbox.announced((first.event_id,))

        assert await machinery.outbox.unannounced(10) == [second]
        assert [one.event_id for one, _ in await machinery.outbox.waiting(now, 10)] == [second.event_id]

    async def test_the_tail_is_followed_from_an_event_on_and_a_little_before(self, machinery: Machinery) -> None:
        """What was committed late is among the few before; whoever follows knows what is new."""
        await self._lit(machinery, "red", times=3)
        first, second, third = await machinery.outbox.tail(None, 10)

        after = await machinery.outbox.tail(second.event_id, 10)

        assert [one.sequence for one in (first, second, third)] == [1, 2, 3]
        assert [one.sequence for one in after] == [1, 2, 3]
        assert [one.sequence for one in await machinery.outbox.tail(None, 2)] == [2, 3]
        assert await machinery.outbox.tail(EventId("evt_nowhere"), 10) == []
