"""Brings the messages of a provider in this process to the inbox without a network in between."""

import httpx

from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.errors import InvalidInput, Unavailable
from marketplace_core.kernel.inbox import Inbox, ProviderMessages


class InboxTransport(httpx.AsyncBaseTransport):
    """Does with a posted message what our HTTP door does: verify, parse, remember, answer."""

    def __init__(self, messages: ProviderMessages, inbox: Inbox, clock: Clock) -> None:
        self._messages = messages
        self._inbox = inbox
        self._clock = clock

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Take one message."""
        body, now = await request.aread(), self._clock.now()
        try:
            message = self._messages.read(dict(request.headers), body, now)
            await self._inbox.remember(message, now)
        except InvalidInput:
            return httpx.Response(400, request=request)
        except Unavailable:
            return httpx.Response(503, request=request)
        return httpx.Response(202, request=request)
