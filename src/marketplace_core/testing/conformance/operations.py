"""What everybody who keeps dead letters and acts must do."""

from datetime import timedelta

import pytest
from attrs import frozen

from marketplace_core.kernel.acts import Act
from marketplace_core.kernel.inbox import Inbox, ProviderMessage
from marketplace_core.kernel.outbox import Outbox
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.kernel.queues import Begun
from marketplace_core.kernel.work import Begin, Circumstances, circumstances
from marketplace_core.operations import (
    DeadLetter,
    DeadLetterNotFound,
    LetterId,
    LetterKind,
    OperationsReader,
)
from marketplace_core.operations.ports import OperationsWork
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.testing.payments import NOW, a_dispute, a_payment
from marketplace_core.testing.queues import all_begun, give_up

MESSAGE = ProviderMessage(
    provider="fakepay", message_id="evt:1", type="refund.updated", subject="refund", reference="rfd_1", raw=b"{}"
)


@frozen(kw_only=True)
class OperationsGround:
    """Where operators look: ``payments`` is for making events."""

    begin: Begin[OperationsWork]
    payments: Begin[PaymentsWork]
    reader: OperationsReader
    outbox: Outbox
    inbox: Inbox


class DeadLettersConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> OperationsGround:
        """Return empty boxes."""
        raise NotImplementedError

    async def _given_up(self, ground: OperationsGround) -> tuple[DeadLetter, DeadLetter]:
        """Have an event and a message given up; return the letters, the event's first."""
        async with ground.payments() as work:
            await work.payments.save(a_payment())
            await work.disputes.save(a_dispute())
        ((envelope, _),) = await ground.outbox.waiting(NOW, 10)
        await ground.outbox.failed(envelope.event_id, "RuntimeError: no", None)
        await give_up(ground.inbox, MESSAGE, NOW, "ValueError: what")
        first, second = (await ground.reader.dead_letters(PageRequest())).items
        return first, second

    async def test_nothing_lies_there_while_something_may_still_be_tried(self, ground: OperationsGround) -> None:
        await ground.inbox.remember(MESSAGE, NOW)
        await ground.inbox.begin(NOW)
        await ground.inbox.failed(MESSAGE, "ValueError: what", NOW + timedelta(seconds=1))

        assert (await ground.reader.dead_letters(PageRequest())).items == ()

    async def test_an_event_that_nobody_could_react_to_is_listed_and_replayed_without_being_published_again(
        self, ground: OperationsGround
    ) -> None:
        async with ground.payments() as work:
            await work.payments.save(a_payment())
            await work.disputes.save(a_dispute())
        ((envelope, _),) = await ground.outbox.waiting(NOW, 10)
        await ground.outbox.published([envelope.event_id], NOW, react_by=NOW)
        await ground.outbox.failed(envelope.event_id, "RuntimeError: no", None)
        (letter,) = (await ground.reader.dead_letters(PageRequest())).items

        async with ground.begin() as operations:
            await operations.letters.replay(LetterId.read(letter.letter_id))

        assert (await ground.reader.dead_letters(PageRequest())).items == ()
        assert await ground.outbox.waiting(NOW, 10) == []
        (again,) = await ground.outbox.overdue(NOW + timedelta(seconds=1), 10)
        assert (again.envelope, again.attempts) == (envelope, 0)

    async def test_what_was_given_up_is_listed_with_what_it_was_about(self, ground: OperationsGround) -> None:
        event, message = await self._given_up(ground)

        assert (event.kind, event.about, event.attempts, event.error) == (
            LetterKind.EVENT, "Dispute dsp_1", 1, "RuntimeError: no",
        )  # fmt: skip
        assert (message.letter_id, message.type, message.about, message.attempts, message.error) == (
            "message:fakepay:evt:1", "refund.updated", "refund rfd_1", 1, "ValueError: what",
        )  # fmt: skip
        assert (await ground.outbox.state()).quarantined == 1

    async def test_a_letter_that_is_replayed_is_tried_as_if_it_were_new(self, ground: OperationsGround) -> None:
        for letter in await self._given_up(ground):
            async with ground.begin() as work:
                await work.letters.replay(LetterId.read(letter.letter_id))

        assert [attempts for _, attempts in await ground.outbox.waiting(NOW, 10)] == [0]
        assert await all_begun(ground.inbox, NOW) == [Begun(item=MESSAGE, attempts=0)]
        assert (await ground.reader.dead_letters(PageRequest())).items == ()

    async def test_a_letter_that_is_discarded_is_neither_tried_nor_listed(self, ground: OperationsGround) -> None:
        for letter in await self._given_up(ground):
            async with ground.begin() as work:
                await work.letters.discard(LetterId.read(letter.letter_id))

        assert await ground.outbox.waiting(NOW + timedelta(days=1), 10) == []
        assert await all_begun(ground.inbox, NOW + timedelta(days=1)) == []
        assert not await ground.inbox.any_left(NOW + timedelta(days=1))
        assert (await ground.reader.dead_letters(PageRequest())).items == ()
        assert (await ground.outbox.state()).quarantined == 0

    @pytest.mark.parametrize("name", ["event:evt_none", "message:fakepay:none", "letter:1", "event:", ""])
    async def test_a_letter_that_does_not_lie_there_is_refused(self, ground: OperationsGround, name: str) -> None:
        await self._given_up(ground)

        with pytest.raises(DeadLetterNotFound):
            async with ground.begin() as work:
                await work.letters.replay(LetterId.read(name))

    async def test_an_event_that_was_delivered_is_no_dead_letter(self, ground: OperationsGround) -> None:
        event, _ = await self._given_up(ground)
        async with ground.begin() as work:
            await work.letters.discard(LetterId.read(event.letter_id))

        with pytest.raises(DeadLetterNotFound):
            async with ground.begin() as work:
                await work.letters.replay(LetterId.read(event.letter_id))

    async def test_letters_are_listed_in_pages(self, ground: OperationsGround) -> None:
        event, message = await self._given_up(ground)

        first = await ground.reader.dead_letters(PageRequest(limit=1))
        second = await ground.reader.dead_letters(PageRequest(limit=1, cursor=first.next_cursor))

        assert (first.items, second.items, second.next_cursor) == ((event,), (message,), None)
        with pytest.raises(InvalidCursor):
            await ground.reader.dead_letters(PageRequest(cursor="act_1"))


class ActsConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> OperationsGround:
        """Return empty boxes."""
        raise NotImplementedError

    async def _do(self, ground: OperationsGround, reason: str, *, fail: bool = False) -> None:
        act = Act(command="FreezeEscrow", about="seller_order_id=sor_1", reason=reason)
        token = circumstances.set(Circumstances(actor="usr_op", act=act))
        try:
            for _ in range(2):
                async with ground.begin() as work:
                    await work.deadlines.cancel("none", "at all")
                    if fail:
                        raise RuntimeError("changed my mind")
        finally:
            circumstances.reset(token)

    async def test_an_act_is_kept_once_with_who_did_it_and_why(self, ground: OperationsGround) -> None:
        await self._do(ground, "looks like fraud")

        (kept,) = (await ground.reader.acts(PageRequest())).items
        assert (kept.actor, kept.command, kept.about, kept.reason, kept.at) == (
            "usr_op", "FreezeEscrow", "seller_order_id=sor_1", "looks like fraud", NOW,
        )  # fmt: skip

    async def test_an_act_that_changed_nothing_is_not_kept(self, ground: OperationsGround) -> None:
        with pytest.raises(RuntimeError):
            await self._do(ground, "looks like fraud", fail=True)

        assert (await ground.reader.acts(PageRequest())).items == ()

    async def test_acts_are_listed_newest_first_in_pages(self, ground: OperationsGround) -> None:
        for reason in ("one", "two", "three"):
            await self._do(ground, reason)

        first = await ground.reader.acts(PageRequest(limit=2))
        second = await ground.reader.acts(PageRequest(limit=2, cursor=first.next_cursor))

        assert [one.reason for one in (*first.items, *second.items)] == ["three", "two", "one"]
        assert second.next_cursor is None
        with pytest.raises(InvalidCursor):
            await ground.reader.acts(PageRequest(cursor="event:1"))
