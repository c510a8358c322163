"""What happens, told to pages that are open, as server-sent events: each hears of what is its reader's to know."""

import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final

import anyio
from attrs import define, field, frozen
from starlette.responses import Response, StreamingResponse

from marketplace_core.bridges.feed import Feed, News
from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.ids import EventId
from marketplace_entrypoints.web.visit import Visit

RESET: Final = "event: reset\ndata: {}\n\n"
"""Said when nobody knows what was missed; the page is to be fetched anew."""
ID_LENGTH_MAX: Final = 64


@frozen(kw_only=True)
class Pace:
    """How often is looked, how long may be silence before a sign of life, and when a stream ends; in seconds."""

    look_seconds: float = 1.0
    silence_seconds: float = 15.0
    life_seconds: float = 600.0


async def told(
    feed: Feed, by: Actor, after: EventId | None, gone: Callable[[], Awaitable[bool]], pace: Pace
) -> AsyncIterator[str]:
    """Yield events as they happen, until the process ends, nobody listens, or time is up: then they come again."""
    began = spoke = time.monotonic()
    yield "retry: 2000\n\n"
    begun = await feed.begin(after, by)
    if begun is None:
        yield RESET
        begun = await feed.begin(None, by)
    position, news = begun or (0, ())
    while not feed.closed:
        for one in news:
            spoke = time.monotonic()
            yield written(one)
        if time.monotonic() - spoke >= pace.silence_seconds:
            spoke = time.monotonic()
            yield ": still here\n\n"
        if time.monotonic() - began >= pace.life_seconds or await gone():
            return
        await anyio.sleep(pace.look_seconds)
        position, news = await feed.news(position, by)


def written(news: News) -> str:
    """Write an event for the wire."""
    data = json.dumps({"type": news.event_type, "data": news.data}, ensure_ascii=False, separators=(",", ":"))
    return f"id: {news.event_id}\ndata: {data}\n\n"


@define(kw_only=True)
class Live:
    """Lets a few pages of each account listen at the same time, and so many in this process."""

    streams_max: int = 6
    all_max: int = 500
    pace: Pace = field(factory=Pace)
    listening: Counter[str] = field(factory=Counter)

    async def events(self, visit: Visit) -> Response:
        """Tell what happens that is theirs to know."""
        account, feed = visit.by.principal, visit.house.opened.feed
        if feed.closed:
            return Response("This server is leaving.", 503, media_type="text/plain", headers={"Retry-After": "2"})
        if self.listening[account] >= self.streams_max or self.listening.total() >= self.all_max:
            return Response("Too many pages listen already.", 429, media_type="text/plain")
        last = visit.request.headers.get("last-event-id", "")[:ID_LENGTH_MAX]
        after = EventId(last) if last else None

        async def counted() -> AsyncIterator[str]:
            self.listening[account] += 1
            try:
                async for piece in told(feed, visit.by, after, visit.request.is_disconnected, self.pace):
                    yield piece
            finally:
                self.listening[account] -= 1
                if not self.listening[account]:
                    del self.listening[account]

        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(counted(), media_type="text/event-stream", headers=headers)
