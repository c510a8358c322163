"""The durable machinery of a command: transactions, consumed messages, deadlines, inbox, idempotency keys.

Subclass ``MachineryConformance`` and override the fixture ``machinery``.
"""

import asyncio
from datetime import timedelta

import pytest

from marketplace_core.kernel.deadlines import Deadline
from marketplace_core.kernel.errors import ConcurrentUpdate, IdempotencyInProgress, IdempotencyKeyReused, RuleBroken
from marketplace_core.kernel.idempotency import KEEP_HOURS, LEASE_SECONDS, Claimed, Completed
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.queues import KEPT_SECONDS, Begun
from marketplace_core.kernel.work import AlreadyHandled, Circumstances, circumstances
from marketplace_core.testing.conformance.lanterns import Lantern, LightLantern, Machinery, WithLanterns
from marketplace_core.testing.queues import all_begun


def _message(message_id: str, reference: str | None = "pay_1") -> ProviderMessage:
    return ProviderMessage(
        provider="fake", message_id=message_id, type="paid", subject="payment", reference=reference, raw=b"{}"
    )


class MachineryConformance(WithLanterns):
    """What every store promises about transactions and messages."""

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

        assert [one.item.subject for one in await all_begun(machinery.deadlines, now)] == ["red"]
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
        (fired,) = await all_begun(machinery.deadlines, now)
        async with machinery.begin() as work:
            await work.deadlines.set("snuff", "red", now + timedelta(hours=1))

        await machinery.deadlines.done(fired.item)
        await machinery.deadlines.retry(fired.item, now, "no")

        (kept,) = await machinery.deadlines.upcoming(10)
        assert kept == Deadline(kind="snuff", subject="red", due_at=now + timedelta(hours=1))

    async def test_a_failed_deadline_is_tried_again_later(self, machinery: Machinery) -> None:
        """Its attempts are counted; success removes it."""
        now = machinery.clock.now()
        async with machinery.begin() as work:
            await work.deadlines.set("snuff", "red", now)
        (fired,) = await all_begun(machinery.deadlines, now)

        await machinery.deadlines.retry(fired.item, now + timedelta(seconds=1), "no")

        assert not await all_begun(machinery.deadlines, now)
        assert [deadline.attempts for deadline in await machinery.deadlines.upcoming(10)] == [1]
        (again,) = await all_begun(machinery.deadlines, now + timedelta(seconds=1))
        assert (again.attempts, again.item.attempts) == (1, 1)
        await machinery.deadlines.done(again.item)
        assert not await machinery.deadlines.upcoming(10)

    async def test_a_deadline_is_counted_before_it_fires_and_kept_from_others_for_a_while(
        self, machinery: Machinery
    ) -> None:
        """The oldest comes first; one that nobody came to the end of comes again, and others before it do not wait."""
        now = machinery.clock.now()
        later = now + timedelta(seconds=KEPT_SECONDS)
        async with machinery.begin() as work:
            await work.deadlines.set("snuff", "blue", now)
            await work.deadlines.set("snuff", "red", now - timedelta(seconds=1))
            await work.deadlines.set("snuff", "green", later + timedelta(seconds=1))
        red = Deadline(kind="snuff", subject="red", due_at=now - timedelta(seconds=1))
        blue = Deadline(kind="snuff", subject="blue", due_at=now)

        begun = [await machinery.deadlines.begin(now) for _ in range(3)]

        assert begun == [
            Begun(item=red, attempts=0),
            Begun(item=blue, attempts=0),
            None,
        ]
        await machinery.deadlines.done(blue)
        assert [await machinery.deadlines.any_left(moment) for moment in (now, later)] == [False, True]
        assert await machinery.deadlines.begin(later) is None
        again = await machinery.deadlines.begin(later, left=True)
        assert again is not None
        assert (again.item.subject, again.attempts) == ("red", 1)
        await machinery.deadlines.retry(again.item, later, "no")
        third = await machinery.deadlines.begin(later)
        assert third is not None
        assert (third.item.subject, third.attempts) == ("red", 2)

    async def test_a_deadline_that_was_begun_again_stays_counted_when_the_first_attempt_fails_after_all(
        self, machinery: Machinery
    ) -> None:
        """Whoever began it first knows of one attempt; there were two."""
        now = machinery.clock.now()
        later = now + timedelta(seconds=KEPT_SECONDS)
        async with machinery.begin() as work:
            await work.deadlines.set("snuff", "red", now)
        first = await machinery.deadlines.begin(now)
        assert first is not None
        assert await machinery.deadlines.begin(later, left=True) is not None

        await machinery.deadlines.retry(first.item, later, "no")

        (third,) = await all_begun(machinery.deadlines, later)
        assert third.attempts == 2

    async def test_a_deadline_that_was_moved_after_it_was_begun_is_nobodys(self, machinery: Machinery) -> None:
        """Whoever began it speaks of another one."""
        now = machinery.clock.now()
        async with machinery.begin() as work:
            await work.deadlines.set("snuff", "red", now)
        begun = await machinery.deadlines.begin(now)
        assert begun is not None
        async with machinery.begin() as work:
            await work.deadlines.set("snuff", "red", now - timedelta(seconds=1))

        await machinery.deadlines.done(begun.item)

        again = await machinery.deadlines.begin(now)
        assert again is not None
        assert again.attempts == 0

    async def test_a_provider_message_is_stored_once(self, machinery: Machinery) -> None:
        """The same message id from the same provider is the same message."""
        now = machinery.clock.now()

        assert await machinery.inbox.remember(_message("m1"), now)
        assert not await machinery.inbox.remember(_message("m1"), now)

        assert await all_begun(machinery.inbox, now) == [Begun(item=_message("m1"), attempts=0)]

    async def test_a_provider_message_is_tried_until_processed_or_quarantined(self, machinery: Machinery) -> None:
        """Failures wait, successes and hopeless cases leave the queue."""
        now = machinery.clock.now()
        for name in ("m1", "m2", "m3"):
            await machinery.inbox.remember(_message(name), now)
        assert len(await all_begun(machinery.inbox, now)) == 3

        await machinery.inbox.processed(_message("m1"), now)
        await machinery.inbox.failed(_message("m2"), "no", now + timedelta(seconds=5))
        await machinery.inbox.failed(_message("m3"), "no", None)

        assert not await all_begun(machinery.inbox, now)
        assert not await machinery.inbox.any_left(now + timedelta(seconds=KEPT_SECONDS))
        assert await all_begun(machinery.inbox, now + timedelta(seconds=5)) == [Begun(item=_message("m2"), attempts=1)]

    async def test_a_provider_message_that_failed_lets_others_go_first(self, machinery: Machinery) -> None:
        """Whichever has been due for longest."""
        now = machinery.clock.now()
        await machinery.inbox.remember(_message("m1"), now - timedelta(seconds=1))
        await machinery.inbox.remember(_message("m2"), now)

        assert await machinery.inbox.begin(now) == Begun(item=_message("m1"), attempts=0)
        await machinery.inbox.failed(_message("m1"), "no", now + timedelta(seconds=1))

        later = await all_begun(machinery.inbox, now + timedelta(seconds=2))
        assert later == [Begun(item=_message("m2"), attempts=0), Begun(item=_message("m1"), attempts=1)]

    async def test_a_provider_message_is_counted_before_it_is_processed_and_kept_from_others_for_a_while(
        self, machinery: Machinery
    ) -> None:
        """One that nobody came to the end of comes again; one that failed does not wait for that."""
        now = machinery.clock.now()
        later = now + timedelta(seconds=KEPT_SECONDS)
        await machinery.inbox.remember(_message("m1"), now - timedelta(seconds=1))
        await machinery.inbox.remember(_message("m2"), now)

        begun = [await machinery.inbox.begin(now) for _ in range(3)]

        assert begun == [
            Begun(item=_message("m1"), attempts=0),
            Begun(item=_message("m2"), attempts=0),
            None,
        ]
        await machinery.inbox.failed(_message("m2"), "no", now)
        assert await machinery.inbox.begin(now) == Begun(item=_message("m2"), attempts=1)
        await machinery.inbox.processed(_message("m2"), now)
        assert [await machinery.inbox.any_left(moment) for moment in (now, later)] == [False, True]
        assert await machinery.inbox.begin(later) is None
        assert await machinery.inbox.begin(later, left=True) == Begun(item=_message("m1"), attempts=1)

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
