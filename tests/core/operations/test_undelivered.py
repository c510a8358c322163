"""Operators hear once of every new kind of trouble, and again when it comes back."""

from datetime import timedelta

import pytest
from attrs import define, field

from marketplace_core.identity import GrantRole, IdentifyUser, RegisterUser
from marketplace_core.inmemory import InMemoryMarketplace, open_marketplace
from marketplace_core.kernel.access import SYSTEM, Role
from marketplace_core.kernel.errors import InvalidInput, NotAllowed
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.notifications import ListMails, Template
from marketplace_core.operations import ListUndelivered, Mover, ReportUndelivered
from marketplace_core.testing.clock import FrozenClock
from tests.core.payments.till import ANN, OPERATOR

TROUBLE = "payment.captured waiting (inbox:inmemory)"


def about(name: str, kind: str = "payment.captured") -> ProviderMessage:
    """Return a provider's message about something that nobody knows."""
    return ProviderMessage(
        provider="inmemory", message_id=name, type=kind, subject="payment", reference=f"pay_{name}", raw=b"{}"
    )


@define
class Post:
    """A marketplace with one operator, and what she was written."""

    clock: FrozenClock = field(factory=FrozenClock)
    opened: InMemoryMarketplace = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.opened = open_marketplace(clock=self.clock)

    async def with_olga(self) -> "Post":
        market = self.opened.market
        olga_registers = RegisterUser(email="o@example.com", password="correct horse battery", name="Olga")
        await market.execute(olga_registers, by=SYSTEM)
        olga = await market.ask(IdentifyUser(user="o@example.com"), by=SYSTEM)
        assert olga.user_id is not None
        await market.execute(GrantRole(user_id=olga.user_id, role=Role.OPERATOR), by=SYSTEM)
        await self.opened.dispatcher.relay_events()
        return self

    async def comes(self, message: ProviderMessage) -> None:
        await self.opened.dispatcher.inbox.remember(message, self.clock.now())

    async def look(self) -> tuple[str, ...]:
        """Look, and return what is new; what follows of it has happened."""
        found = await self.opened.market.execute(ReportUndelivered(), by=SYSTEM)
        await self.opened.dispatcher.relay_events()
        return found.new

    async def mails(self) -> list[str]:
        found = (await self.opened.market.ask(ListMails(), by=SYSTEM)).items
        return [mail.address for mail in found if mail.template is Template.EVENTS_STUCK]


async def test_a_new_kind_of_trouble_is_told_once_and_again_when_it_comes_back() -> None:
    post = await Post().with_olga()
    await post.comes(about("1"))
    young = await post.look()
    post.clock.advance(timedelta(hours=1))

    first, second = await post.look(), await post.look()
    await post.comes(about("2"))
    post.clock.advance(timedelta(hours=1))
    same_kind = await post.look()
    await post.comes(about("3", "payment.failed"))
    post.clock.advance(timedelta(hours=1))
    another_kind = await post.look()

    assert (young, first, second, same_kind) == ((), (TROUBLE,), (), ())
    assert another_kind == ("payment.failed waiting (inbox:inmemory)",)
    assert await post.mails() == ["o@example.com"] * 2

    for name in ("1", "2"):
        await post.opened.dispatcher.inbox.processed(about(name), post.clock.now())
    gone = await post.look()
    await post.comes(about("4"))
    post.clock.advance(timedelta(hours=1))

    assert (gone, await post.look()) == ((), (TROUBLE,))
    assert await post.mails() == ["o@example.com"] * 3


async def test_what_was_given_up_is_told_at_once_with_what_it_met() -> None:
    post = await Post().with_olga()
    await post.comes(about("1"))
    await post.opened.dispatcher.inbox.begin(post.clock.now())
    await post.opened.dispatcher.inbox.failed(about("1"), "ValueError: what", None)

    assert await post.look() == ("payment.captured given up (inbox:inmemory)",)
    (letter,) = (await post.opened.market.ask(ListUndelivered(), by=OPERATOR)).letters
    assert (letter.moved_by, letter.error) == (Mover.PERSON, "ValueError: what")


async def test_where_nothing_was_ever_stuck_nothing_is_stored() -> None:
    post = await Post().with_olga()

    assert await post.look() == ()
    assert await post.mails() == []
    assert (await post.opened.dispatcher.outbox.state()).waiting == 0


async def test_what_is_stuck_is_for_operators_to_know_and_for_the_timer_to_tell() -> None:
    post = Post()

    with pytest.raises(NotAllowed):
        await post.opened.market.ask(ListUndelivered(), by=ANN)
    for by in (ANN, OPERATOR):
        with pytest.raises(NotAllowed):
            await post.opened.market.execute(ReportUndelivered(), by=by)


@pytest.mark.parametrize("age", [timedelta(seconds=-1), timedelta(days=4_000)])
def test_an_age_that_makes_no_sense_is_refused(age: timedelta) -> None:
    with pytest.raises(InvalidInput):
        ListUndelivered(older_than=age)
