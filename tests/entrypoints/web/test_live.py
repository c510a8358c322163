"""Pages that are open hear of what is their reader's to know, come again, and go when the server goes."""

import pytest

from marketplace_core.bridges.feed import Feed
from marketplace_core.inmemory.machinery import InMemoryOutbox
from marketplace_core.kernel.ids import EventId
from marketplace_entrypoints.http.app import create_app
from marketplace_entrypoints.http.routes import ROUTERS
from marketplace_entrypoints.web.app import create_pages
from marketplace_entrypoints.web.live import RESET, Live, Pace, told
from marketplace_entrypoints.web.pages import show
from marketplace_entrypoints.web.routes import PAGES
from tests.core.webhooks.street import ADA as MINE
from tests.core.webhooks.street import Street as Memory
from tests.entrypoints.web.street import ADA, Street

HASTE = Pace(look_seconds=0, silence_seconds=0, life_seconds=60)


@pytest.fixture
async def memory() -> Memory:
    return await Memory.opened()


async def stays() -> bool:
    return False


def feed_of(memory: Memory) -> Feed:
    outbox = memory.market.dispatcher.outbox
    assert isinstance(outbox, InMemoryOutbox)
    return Feed(outbox=outbox, look_seconds=0)


async def test_an_event_is_told_with_its_identifier_and_the_stream_ends_with_the_process(memory: Memory) -> None:
    feed, pieces = feed_of(memory), []

    async for piece in told(feed, memory.by(MINE), None, stays, HASTE):
        pieces.append(piece)
        if len(pieces) == 2:
            await memory.suspend(MINE)
        if piece.startswith("id: "):
            feed.close()

    assert pieces[0] == "retry: 2000\n\n"
    assert ": still here\n\n" in pieces
    (event,) = (piece for piece in pieces if piece.startswith("id: evt_"))
    assert '\ndata: {"type":"marketplace.identity.v1.SellerSuspended","data":{"seller_id":"' in event


async def test_who_missed_more_than_is_known_is_told_to_look_anew(memory: Memory) -> None:
    feed, pieces = feed_of(memory), []

    async for piece in told(feed, memory.by(MINE), EventId("evt_long_ago"), stays, HASTE):
        pieces.append(piece)
        if piece == RESET:
            feed.close()

    assert RESET in pieces


async def test_a_few_pages_may_listen_strangers_may_not_and_nobody_when_the_server_leaves(street: Street) -> None:
    crowded = show("/events", Live(streams_max=0).events)
    pages = create_pages(street.opened, (crowded, *PAGES))
    full = Street(street.opened, street.shop, create_app(street.opened, routers=ROUTERS, pages=pages))

    assert (await (await full.signed_in(ADA)).see("/events")).status == 429
    stranger = await street.visitor().see("/events")
    assert (stranger.status, stranger.leads_to.startswith("/sign-in")) == (303, True)
    street.opened.feed.close()
    assert (await (await street.signed_in(ADA)).see("/events")).status == 503
