"""Whoever looks on hears of what is theirs, once, in the order of the outbox, and of what they missed."""

import pytest

from marketplace_core.bridges.feed import Feed
from marketplace_core.inmemory.machinery import InMemoryOutbox
from marketplace_core.kernel.ids import EventId
from tests.core.webhooks.street import ADA, BOB, Street


@pytest.fixture
async def street() -> Street:
    return await Street.opened()


@pytest.fixture
def feed(street: Street) -> Feed:
    outbox = street.market.dispatcher.outbox
    assert isinstance(outbox, InMemoryOutbox)
    return Feed(outbox=outbox, look_seconds=0)


async def test_a_shop_hears_of_itself_as_it_happens_and_of_nothing_before(street: Street, feed: Feed) -> None:
    begun = await feed.begin(None, street.by(ADA))
    assert begun is not None
    position, missed = begun
    await street.suspend(ADA)
    await street.suspend(BOB)

    position, news = await feed.news(position, street.by(ADA))
    _, later = await feed.news(position, street.by(ADA))

    assert missed == ()
    assert [(one.event_type, one.data) for one in news] == [
        ("marketplace.identity.v1.SellerSuspended", {"seller_id": street.shop(ADA)})
    ]
    assert list(later) == []


async def test_an_operator_hears_of_all_and_a_stranger_of_nothing(street: Street, feed: Feed) -> None:
    begun = await feed.begin(None, street.by(None))
    assert begun is not None
    await street.suspend(ADA)
    await street.suspend(BOB)

    _, ours = await feed.news(begun[0], street.by(None))
    stranger = await Street.opened()
    _, theirs = await feed.news(begun[0], stranger.by(None).__class__(principal="anonymous"))

    assert len(ours) == 2
    assert list(theirs) == []


async def test_who_was_away_gets_what_they_missed(street: Street, feed: Feed) -> None:
    begun = await feed.begin(None, street.by(ADA))
    assert begun is not None
    await street.suspend(ADA)
    _, (last,) = await feed.news(begun[0], street.by(ADA))
    await street.reinstate(ADA)
    await street.suspend(BOB)

    again = await feed.begin(last.event_id, street.by(ADA))

    assert again is not None
    assert [one.event_type.rpartition(".")[2] for one in again[1]] == ["SellerReinstated"]
    assert list((await feed.news(again[0], street.by(ADA)))[1]) == []


async def test_nobody_knows_what_came_after_an_event_that_is_not_there(street: Street, feed: Feed) -> None:
    assert await feed.begin(EventId("evt_nowhere"), street.by(ADA)) is None


async def test_one_look_serves_all_who_listen(street: Street) -> None:
    looks = 0

    class Counting(InMemoryOutbox):
        async def tail(self, after, limit):  # type: ignore[no-untyped-def]
            nonlocal looks
            looks += 1
            return await super().tail(after, limit)

    outbox = street.market.dispatcher.outbox
    counting = Counting.__new__(Counting)
    counting.__dict__.update(outbox.__dict__)
    feed = Feed(outbox=counting, look_seconds=60)

    for who in (ADA, BOB, None):
        begun = await feed.begin(None, street.by(who))
        assert begun is not None
        await feed.news(begun[0], street.by(who))

    assert looks == 1
