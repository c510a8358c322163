"""What everybody must do who tells what was not delivered, and who remembers what is known to be stuck."""

from datetime import timedelta

import pytest
from attrs import evolve

from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.messages import Envelope
from marketplace_core.operations import REACTIONS, RELAY, Backlog, EventsStuck, Mover, Undelivered, Watch
from marketplace_core.testing.conformance.operations import MESSAGE, OperationsGround
from marketplace_core.testing.payments import NOW, a_dispute, a_payment
from marketplace_core.testing.queues import give_up

HOUR = timedelta(hours=1)
LATER = NOW + timedelta(hours=2)
INBOX = "inbox:fakepay"


async def told(ground: OperationsGround) -> Envelope:
    """Have one event stored, and return it."""
    async with ground.payments() as work:
        await work.payments.save(a_payment())
        await work.disputes.save(a_dispute())
    ((envelope, _),) = await ground.outbox.waiting(NOW, 10)
    return envelope


async def letters(ground: OperationsGround, limit: int = 10) -> list[Undelivered]:
    """Return what was stored an hour before ``LATER`` and not delivered."""
    return list(await ground.reader.undelivered(LATER - HOUR, LATER, limit))


async def backlogs(ground: OperationsGround) -> list[Backlog]:
    """Count the same."""
    return list(await ground.reader.backlogs(LATER - HOUR))


class UndeliveredLettersConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> OperationsGround:
        """Return empty boxes."""
        raise NotImplementedError

    async def test_nothing_is_stuck_where_everything_was_delivered(self, ground: OperationsGround) -> None:
        envelope = await told(ground)
        await ground.inbox.remember(MESSAGE, NOW)
        await ground.outbox.published([envelope.event_id], NOW)
        await ground.inbox.processed(MESSAGE, NOW)

        assert (await letters(ground), await backlogs(ground)) == ([], [])

    async def test_what_has_waited_too_long_is_listed_with_who_has_not_got_it(self, ground: OperationsGround) -> None:
        envelope = await told(ground)
        await ground.inbox.remember(evolve(MESSAGE, message_id="evt:0"), NOW - HOUR)

        message, event = await letters(ground)

        assert (message.letter_id, message.consumer, message.type, message.about) == (
            "message:fakepay:evt:0", INBOX, "refund.updated", "refund rfd_1",
        )  # fmt: skip
        assert (event.letter_id, event.consumer, event.about) == (f"event:{envelope.event_id}", RELAY, "Dispute dsp_1")
        assert (event.since, event.attempts, event.error, event.moved_by) == (NOW, 0, "", Mover.WORKER)
        assert await letters(ground, limit=1) == [message]

    async def test_what_is_younger_is_not_stuck_yet(self, ground: OperationsGround) -> None:
        await told(ground)
        await ground.inbox.remember(MESSAGE, NOW)
        before = NOW - timedelta(microseconds=1)

        assert list(await ground.reader.undelivered(before, LATER, 10)) == []
        assert list(await ground.reader.backlogs(before)) == []

    async def test_a_message_that_is_tried_again_says_when_and_what_it_met(self, ground: OperationsGround) -> None:
        await ground.inbox.remember(MESSAGE, NOW)
        await ground.inbox.begin(NOW)
        await ground.inbox.failed(MESSAGE, "NotFound: who is that?", LATER + HOUR)
        await ground.inbox.remember(evolve(MESSAGE, message_id="evt:2"), NOW)

        retried, waiting = await letters(ground)
        (backlog,) = await backlogs(ground)

        assert (retried.moved_by, retried.next_try_at, retried.attempts) == (Mover.RETRY, LATER + HOUR, 1)
        assert (retried.error, waiting.error) == ("NotFound: who is that?", "")
        assert (waiting.moved_by, waiting.next_try_at) == (Mover.WORKER, None)
        assert backlog == Backlog(
            consumer=INBOX, type="refund.updated", waiting=1, retried=1, given_up=0, oldest_at=NOW,
            error="NotFound: who is that?",
        )  # fmt: skip

    async def test_what_was_given_up_is_stuck_at_once_and_needs_a_person(self, ground: OperationsGround) -> None:
        envelope = await told(ground)
        await ground.outbox.failed(envelope.event_id, "RuntimeError: no", None)
        await give_up(ground.inbox, MESSAGE, NOW, "ValueError: what")
        long_ago = NOW - timedelta(days=1)

        found = list(await ground.reader.undelivered(long_ago, NOW, 10))
        counted = list(await ground.reader.backlogs(long_ago))

        assert [(one.consumer, one.moved_by, one.next_try_at) for one in found] == [
            (RELAY, Mover.PERSON, None), (INBOX, Mover.PERSON, None),
        ]  # fmt: skip
        assert [(one.consumer, one.waiting, one.retried, one.given_up, one.error) for one in counted] == [
            (INBOX, 0, 0, 1, "ValueError: what"), (RELAY, 0, 0, 1, "RuntimeError: no"),
        ]  # fmt: skip

    async def test_an_event_that_was_published_and_not_reacted_to_waits_for_reactions(
        self, ground: OperationsGround
    ) -> None:
        envelope = await told(ground)
        await ground.outbox.published([envelope.event_id], NOW, react_by=NOW)

        (letter,) = await letters(ground)
        assert (letter.consumer, letter.moved_by) == (REACTIONS, Mover.WORKER)

        await ground.outbox.reacted(envelope.event_id, NOW)
        assert await letters(ground) == []

    async def test_what_waits_behind_an_earlier_event_says_so(self, ground: OperationsGround) -> None:
        first = await told(ground)
        async with ground.payments() as work:
            dispute = await work.disputes.get(a_dispute().dispute_id)
            dispute.record(first.event)
            await work.disputes.save(dispute)

        assert [one.moved_by for one in await letters(ground)] == [Mover.WORKER, Mover.EARLIER]
        await ground.outbox.published([first.event_id], NOW, react_by=NOW)
        assert [(one.consumer, one.moved_by) for one in await letters(ground)] == [
            (REACTIONS, Mover.WORKER), (RELAY, Mover.WORKER),
        ]  # fmt: skip
        await ground.outbox.failed(first.event_id, "RuntimeError: no", None)
        assert [one.moved_by for one in await letters(ground)] == [Mover.PERSON, Mover.WORKER]


class WatchesConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> OperationsGround:
        """Return empty boxes."""
        raise NotImplementedError

    async def test_nothing_is_known_at_first(self, ground: OperationsGround) -> None:
        async with ground.begin() as work:
            assert await work.watches.get("undelivered") is None

    async def test_what_is_known_is_kept_and_told_once(self, ground: OperationsGround) -> None:
        backlog = Backlog(consumer=RELAY, type="X", waiting=0, retried=0, given_up=1, oldest_at=NOW, error="no")
        for found in ([backlog], [backlog], [], [backlog]):
            async with ground.begin() as work:
                watch = await work.watches.get("undelivered") or Watch(name="undelivered")
                watch.look(found, NOW)
                await work.watches.save(watch)

        async with ground.begin() as work:
            kept = await work.watches.get("undelivered")
        told = [one.event for one in await _stored(ground)]
        assert kept is not None
        assert (kept.known, kept.changed_at) == (("X given up (relay)",), NOW)
        assert told == [EventsStuck(found_at=NOW, troubles=("X given up (relay): no",))] * 2

    async def test_of_two_who_looked_at_once_only_one_tells(self, ground: OperationsGround) -> None:
        async with ground.begin() as work:
            await work.watches.save(Watch(name="undelivered", changed_at=NOW))

        with pytest.raises(ConcurrentUpdate):
            async with ground.begin() as work:
                await work.watches.save(Watch(name="undelivered", changed_at=NOW))


async def _stored(ground: OperationsGround) -> list[Envelope]:
    found: list[Envelope] = []
    while waiting := await ground.outbox.waiting(LATER, 10):
        found += [envelope for envelope, _ in waiting]
        await ground.outbox.published([envelope.event_id for envelope, _ in waiting], LATER)
    return found
