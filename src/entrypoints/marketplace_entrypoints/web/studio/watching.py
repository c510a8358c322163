"""How videos are coming along, told to an open page as server-sent events."""

import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Final

import anyio
from attrs import define, field, frozen
from starlette.responses import Response, StreamingResponse

from marketplace_core.identity import SellerView
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.video import ListVideos
from marketplace_entrypoints.web.studio.showing import event_of, shown_video
from marketplace_entrypoints.web.visit import Visit

WATCHED: Final = 50
"""How many of the newest videos are watched."""
SETTLED: Final = "event: settled\ndata: {}\n\n"
"""Said when nothing is under way any more; the page stops listening."""


@frozen(kw_only=True)
class Pace:
    """How often is looked, how long may be silence before a sign of life, and when a stream ends; in seconds."""

    look_seconds: float = 1.0
    silence_seconds: float = 15.0
    life_seconds: float = 600.0


@frozen
class Look:
    """What was seen: what is to be told of each video, and whether anything is still under way."""

    events: Mapping[str, Mapping[str, object]]
    under_way: bool


async def told(
    look: Callable[[], Awaitable[Look]], gone: Callable[[], Awaitable[bool]], pace: Pace
) -> AsyncIterator[str]:
    """Yield an event for every video that changed, until nothing is under way, nobody listens, or time is up."""
    before: Mapping[str, Mapping[str, object]] = {}
    began = spoke = time.monotonic()
    yield "retry: 2000\n\n"
    while True:
        seen = await look()
        for video_id, event in seen.events.items():
            if before.get(video_id) != event:
                spoke = time.monotonic()
                yield f"event: video\ndata: {json.dumps(event)}\n\n"
        before = seen.events
        if not seen.under_way:
            yield SETTLED
            return
        if time.monotonic() - spoke >= pace.silence_seconds:
            spoke = time.monotonic()
            yield ": still here\n\n"
        if time.monotonic() - began >= pace.life_seconds or await gone():
            return
        await anyio.sleep(pace.look_seconds)


@define(kw_only=True)
class Watching:
    """Lets a few pages of each account listen at the same time."""

    streams_max: int = 3
    pace: Pace = field(factory=Pace)
    listening: Counter[str] = field(factory=Counter)

    async def events(self, visit: Visit, shop: SellerView) -> Response:
        """Tell how the shop's videos are coming along."""
        account = visit.by.principal
        if self.listening[account] >= self.streams_max:
            return Response("Too many pages of this account listen already.", 429, media_type="text/plain")

        async def look() -> Look:
            asked = ListVideos(seller_id=shop.seller_id, page=PageRequest(limit=WATCHED))
            views = (await visit.ask(asked)).items
            return Look(
                {view.video_id: event_of(view, visit.language) for view in views},
                any(shown_video(view).under_way for view in views),
            )

        async def counted() -> AsyncIterator[str]:
            self.listening[account] += 1
            try:
                async for piece in told(look, visit.request.is_disconnected, self.pace):
                    yield piece
            finally:
                self.listening[account] -= 1
                if not self.listening[account]:
                    del self.listening[account]

        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(counted(), media_type="text/event-stream", headers=headers)
