"""The durable machinery of a command: transactions, outbox, consumed messages, deadlines, inbox, idempotency keys.

Subclass ``MachineryConformance`` and override the fixture ``machinery``.
"""

import asyncio
from datetime import timedelta
from typing import ClassVar, Protocol

import pytest
from attrs import define, frozen

from marketplace_core.kernel.access import Permission
from marketplace_core.kernel.aggregate import Aggregate
from marketplace_core.kernel.deadlines import Deadline, DueDeadlines
from marketplace_core.kernel.errors import ConcurrentUpdate, IdempotencyInProgress, IdempotencyKeyReused, RuleBroken
from marketplace_core.kernel.idempotency import KEEP_HOURS, LEASE_SECONDS, Claimed, Completed, IdempotencyKeys
from marketplace_core.kernel.inbox import Inbox, ProviderMessage
from marketplace_core.kernel.messages import Command, Event
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.outbox import ConsumedMessages, Outbox
from marketplace_core.kernel.work import AlreadyHandled, Begin, Circumstances, UnitOfWork, circumstances
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


def _message(message_id: str, reference: str | None = "pay_1") -> ProviderMessage:
    return ProviderMessage(
        provider="fake", message_id=message_id, type="paid", subject="payment", reference=reference, raw=b"{}"
    )


class MachineryConformance:
    """What every store promises about transactions and messages."""

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

    async def test_a_block_that_fails_leaves_nothing_behind(self, machinery: Machinery) -> None:
        """Neither state, nor event, nor deadline."""
        with pytest.raises(RuleBroken):
            async with machinery.begin() as work:
                lantern = Lantern(name="red")
                lantern.light()
                await work.put(lantern)
                await work.deadlines.set("snuff", "red", machinery.clock.now())
                raise RuleBroken("no")

        async with machinery.begin() as work:
            assert await work.get("red") is None
        assert not await machinery.outbox.waiting(machinery.clock.now(), 10)
        assert not await machinery.deadlines.upcoming(10)

    async def test_a_block_inside_a_block_shares_its_fate(self, machinery: Machinery) -> None:
        """The inner block sees the outer one's changes, and both vanish together."""
        with pytest.raises(RuleBroken):
            async with machinery.begin() as outer:
                await outer.put(Lantern(name="red"))
                async with machinery.begin() as inner:
                    assert await inner.get("red") is not None
                    await inner.put(Lantern(name="blue"))
                raise RuleBroken("no")

        async with machinery.begin() as work:
            assert await work.get("blue") is None

    async def test_a_failed_inner_block_dooms_the_outer_one(self, machinery: Machinery) -> None:
        """Swallowing its error does not save the rest."""
        with pytest.raises(RuntimeError):
            async with machinery.begin() as outer:
                await outer.put(Lantern(name="red"))
                try:
                    async with machinery.begin():
                        raise RuleBroken("no")
                except RuleBroken:
                    pass

        async with machinery.begin() as work:
            assert await work.get("red") is None

    async def test_saving_what_somebody_else_saved_is_refused(self, machinery: Machinery) -> None:
        """The version that was read must still be the stored one."""
        await self._lit(machinery, "red")
        async with machinery.begin() as work:
            mine = await work.get("red")
            assert mine is not None
        await self._lit(machinery, "red")

        mine.light()
        with pytest.raises(ConcurrentUpdate):
            async with machinery.begin() as work:
                await work.put(mine)

        async with machinery.begin() as work:
            kept = await work.get("red")
            assert kept is not None
            assert kept.lit == 2

    async def test_writers_queue_up_and_lose_nothing(self, machinery: Machinery) -> None:
        """Thirty tasks, thirty changes."""
        await asyncio.gather(*(self._lit(machinery, "red") for _ in range(30)))

        async with machinery.begin() as work:
            lantern = await work.get("red")
            assert lantern is not None
            assert lantern.lit == 30

    async def test_events_come_back_whole_and_numbered(self, machinery: Machinery) -> None:
        """Values survive; the sequence of an aggregate has no gap."""
        await self._lit(machinery, "red", times=2)

        (first, attempts), *rest = await machinery.outbox.waiting(machinery.clock.now(), 10)
        assert first.event == LanternLit(lantern="red", price=Money(5, "EUR"), flames=(1, 1))
        assert (first.sequence, attempts, rest) == (1, 0, [])
        await machinery.outbox.published((first.event_id,), machinery.clock.now())
        ((second, _),) = await machinery.outbox.waiting(machinery.clock.now(), 10)
        assert second.sequence == 2

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

    async def test_a_message_is_consumed_once_per_consumer(self, machinery: Machinery) -> None:
        """The second delivery is rolled back with everything it did."""
        token = circumstances.set(Circumstances(actor="system", cause="evt_1", consumer="Light"))
        await self._lit(machinery, "red")
        circumstances.reset(token)

        token = circumstances.set(Circumstances(actor="system", cause="evt_1", consumer="Light"))
        with pytest.raises(AlreadyHandled):
            await self._lit(machinery, "red")
        circumstances.reset(token)

        assert await machinery.consumed.seen("Light", "evt_1")
        assert not await machinery.consumed.seen("Other", "evt_1")
        async with machinery.begin() as work:
            lantern = await work.get("red")
            assert lantern is not None
            assert lantern.lit == 1

    async def test_a_message_may_be_remembered_twice(self, machinery: Machinery) -> None:
        """Remembering is harmless to repeat."""
        await machinery.consumed.remember("Light", "evt_1")
        await machinery.consumed.remember("Light", "evt_1")

        assert await machinery.consumed.seen("Light", "evt_1")

    async def test_deadlines_are_due_in_order_and_moved_by_setting_them_again(self, machinery: Machinery) -> None:
        """One timer per kind and subject."""
        now = machinery.clock.now()
        async with machinery.begin() as work:
            await work.deadlines.set("snuff", "red", now + timedelta(hours=2))
            await work.deadlines.set("snuff", "blue", now + timedelta(hours=1))
            await work.deadlines.set("snuff", "grey", now + timedelta(hours=1))
            await work.deadlines.set("snuff", "red", now)
            await work.deadlines.cancel("snuff", "grey")

        assert [deadline.subject for deadline in await machinery.deadlines.due(now, 10)] == ["red"]
        assert [deadline.subject for deadline in await machinery.deadlines.upcoming(10)] == ["red", "blue"]

    async def test_a_deadline_that_is_due_is_taken_once(self, machinery: Machinery) -> None:
        """Before it is due nobody takes it; of two who saw it due, the second one is told so."""
        now = machinery.clock.now()
        async with machinery.begin() as work:
            await work.deadlines.set("snuff", "red", now + timedelta(minutes=1))
            assert not await work.deadlines.take("snuff", "red", now)
        assert len(await machinery.deadlines.upcoming(10)) == 1

        async with machinery.begin() as work:
            assert await work.deadlines.take("snuff", "red", now + timedelta(minutes=1))
            assert not await work.deadlines.take("snuff", "red", now + timedelta(minutes=1))
        assert not await machinery.deadlines.upcoming(10)

    async def test_a_deadline_that_was_moved_while_it_fired_stays(self, machinery: Machinery) -> None:
        """Done and retry speak only of the timer that fired."""
        now = machinery.clock.now()
        async with machinery.begin() as work:
            await work.deadlines.set("snuff", "red", now)
        (fired,) = await machinery.deadlines.due(now, 10)
        async with machinery.begin() as work:
            await work.deadlines.set("snuff", "red", now + timedelta(hours=1))

        await machinery.deadlines.done(fired)
        await machinery.deadlines.retry(fired, now, "no")

        (kept,) = await machinery.deadlines.upcoming(10)
        assert kept == Deadline(kind="snuff", subject="red", due_at=now + timedelta(hours=1))

    async def test_a_failed_deadline_is_tried_again_later(self, machinery: Machinery) -> None:
        """Its attempts are counted; success removes it."""
        now = machinery.clock.now()
        async with machinery.begin() as work:
            await work.deadlines.set("snuff", "red", now)
        (fired,) = await machinery.deadlines.due(now, 10)

        await machinery.deadlines.retry(fired, now + timedelta(seconds=1), "no")

        assert not await machinery.deadlines.due(now, 10)
        (again,) = await machinery.deadlines.due(now + timedelta(seconds=1), 10)
        assert again.attempts == 1
        await machinery.deadlines.done(again)
        assert not await machinery.deadlines.upcoming(10)

    async def test_a_provider_message_is_stored_once(self, machinery: Machinery) -> None:
        """The same message id from the same provider is the same message."""
        now = machinery.clock.now()

        assert await machinery.inbox.remember(_message("m1"), now)
        assert not await machinery.inbox.remember(_message("m1"), now)

        ((message, attempts),) = await machinery.inbox.waiting(now, 10)
        assert (message, attempts) == (_message("m1"), 0)

    async def test_a_provider_message_is_tried_until_processed_or_quarantined(self, machinery: Machinery) -> None:
        """Failures wait, successes and hopeless cases leave the queue."""
        now = machinery.clock.now()
        for name in ("m1", "m2", "m3"):
            await machinery.inbox.remember(_message(name), now)

        await machinery.inbox.processed(_message("m1"), now)
        await machinery.inbox.failed(_message("m2"), "no", now + timedelta(seconds=5))
        await machinery.inbox.failed(_message("m3"), "no", None)

        assert not await machinery.inbox.waiting(now, 10)
        assert [
            (message.message_id, attempts)
            for message, attempts in await machinery.inbox.waiting(now + timedelta(seconds=5), 10)
        ] == [("m2", 1)]

    async def test_a_provider_message_that_failed_lets_others_go_first(self, machinery: Machinery) -> None:
        """Whichever has been due for longest."""
        now = machinery.clock.now()
        for name in ("m1", "m2"):
            await machinery.inbox.remember(_message(name), now)

        await machinery.inbox.failed(_message("m1"), "no", now + timedelta(seconds=1))

        later = await machinery.inbox.waiting(now + timedelta(seconds=2), 10)
        assert [message.message_id for message, _ in later] == ["m2", "m1"]

    async def test_a_key_in_use_is_refused_until_its_lease_ends(self, machinery: Machinery) -> None:
        """Then the work is taken over: its holder has died."""
        command = LightLantern(name="red")
        now = machinery.clock.now()
        assert await machinery.keys.claim("ann", "key-00001", command, now) == Claimed()

        with pytest.raises(IdempotencyInProgress):
            await machinery.keys.claim("ann", "key-00001", command, now)

        assert (
            await machinery.keys.claim("ann", "key-00001", command, now + timedelta(seconds=LEASE_SECONDS)) == Claimed()
        )
        assert await machinery.keys.claim("bob", "key-00001", command, now) == Claimed()

    async def test_a_completed_key_gives_its_result_again(self, machinery: Machinery) -> None:
        """For as long as it is kept."""
        command = LightLantern(name="red")
        now = machinery.clock.now()
        await machinery.keys.claim("ann", "key-00001", command, now)
        await machinery.keys.complete("ann", "key-00001", command, Completed(result=Money(7, "EUR")), now)

        kept = await machinery.keys.claim("ann", "key-00001", command, now)

        assert kept == Completed(result=Money(7, "EUR"))
        assert await machinery.keys.claim("ann", "key-00001", command, now + timedelta(hours=KEEP_HOURS)) == Claimed()

    async def test_work_and_its_completed_key_are_kept_together_or_not_at_all(self, machinery: Machinery) -> None:
        """Whoever dies between the two leaves a claim that another takes over, and nothing done."""
        command, now = LightLantern(name="red"), machinery.clock.now()
        await machinery.keys.claim("ann", "key-00001", command, now)

        async def work() -> None:
            await self._lit(machinery, "red")
            await machinery.keys.complete("ann", "key-00001", command, Completed(result=Money(7, "EUR")), now)

        with pytest.raises(RuleBroken):
            async with machinery.keys.together():
                await work()
                raise RuleBroken("struck")
        async with machinery.begin() as seen:
            assert await seen.get("red") is None
        later = now + timedelta(seconds=LEASE_SECONDS)
        assert await machinery.keys.claim("ann", "key-00001", command, later) == Claimed()

        async with machinery.keys.together():
            await work()
        async with machinery.begin() as seen:
            assert await seen.get("red") is not None
        assert await machinery.keys.claim("ann", "key-00001", command, later) == Completed(result=Money(7, "EUR"))

    async def test_a_kept_refusal_has_its_code_and_facts(self, machinery: Machinery) -> None:
        """The second caller reads what the first one read."""
        command = LightLantern(name="red")
        now = machinery.clock.now()
        await machinery.keys.claim("ann", "key-00001", command, now)
        await machinery.keys.complete(
            "ann", "key-00001", command, Completed(refusal=RuleBroken("Too dark.", lantern="red")), now
        )

        kept = await machinery.keys.claim("ann", "key-00001", command, now)

        assert isinstance(kept, Completed)
        assert kept.refusal is not None
        assert (kept.refusal.code, kept.refusal.message, dict(kept.refusal.facts)) == (
            "kernel.rule_broken",
            "Too dark.",
            {"lantern": "red"},
        )

    async def test_a_key_with_another_request_is_refused(self, machinery: Machinery) -> None:
        """A key names one request for ever."""
        now = machinery.clock.now()
        await machinery.keys.claim("ann", "key-00001", LightLantern(name="red"), now)

        with pytest.raises(IdempotencyKeyReused):
            await machinery.keys.claim("ann", "key-00001", LightLantern(name="red", flames=2), now)

    async def test_an_abandoned_key_may_be_claimed_again(self, machinery: Machinery) -> None:
        """An outage must not burn the key."""
        command = LightLantern(name="red")
        now = machinery.clock.now()
        await machinery.keys.claim("ann", "key-00001", command, now)

        await machinery.keys.abandon("ann", "key-00001", command)

        assert await machinery.keys.claim("ann", "key-00001", command, now) == Claimed()
