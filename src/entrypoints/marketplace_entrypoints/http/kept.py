"""Public answers, kept in memory for a moment: whoever asks the same is answered before the framework hears of it."""

import time
from collections import OrderedDict
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any, Final

from attrs import define, field, frozen
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ANSWERS_MAX: Final = 2_000
BODY_BYTES_MAX: Final = 128 * 1024
GRACE_SECONDS: Final = 1.0
"""For how much longer an answer is given out while somebody is asking anew: one asks, and not everybody at once."""
_PERSONAL: Final = frozenset({b"authorization", b"cookie", b"if-none-match", b"range"})
"""Whoever sends one of these wants an answer of their own."""

Header = tuple[bytes, bytes]


@frozen
class Kept:
    """An answer, and since when it is known to hold: the moment it was asked for."""

    since: float
    headers: Sequence[Header]
    body: bytes


@define(eq=False)
class KeptAnswers:
    """An ASGI layer that keeps the documents that anybody may keep, as their answers say, for ``seconds``.

    Nothing else is kept: no answer to somebody who is signed in, none without ``Cache-Control: public``, no refusal, no
    picture.
    """

    app: ASGIApp
    seconds: float
    now: Callable[[], float] = time.monotonic
    _answers: MutableMapping[tuple[str, bytes], Kept] = field(factory=OrderedDict, init=False)
    _asking: set[tuple[str, bytes]] = field(factory=set, init=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or _is_personal(scope):
            await self.app(scope, receive, send)
            return
        key = (scope["path"], scope["query_string"])
        kept = self._answers.get(key)
        asked_at = self.now()
        good_for = self.seconds + (GRACE_SECONDS if key in self._asking else 0)
        if kept is None or (age := asked_at - kept.since) >= good_for:
            listening = _Listening(send, lambda headers, body: self._keep(key, Kept(asked_at, headers, body)))
            self._asking.add(key)
            try:
                await self.app(scope, receive, listening)
            finally:
                self._asking.discard(key)
            return
        headers = [*kept.headers, (b"age", b"%d" % age)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": kept.body})

    def _keep(self, key: tuple[str, bytes], answer: Kept) -> None:
        self._answers.pop(key, None)
        while len(self._answers) >= ANSWERS_MAX:
            self._answers.pop(next(iter(self._answers)))
        self._answers[key] = answer


@define(eq=False)
class _Listening:
    """Passes an answer on, and tells of it once it is whole, if it is one that anybody may keep."""

    send: Send
    tell: Callable[[Sequence[Header], bytes], None]
    _headers: Sequence[Header] | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._headers = [*message["headers"]] if _is_public(message) else None
        elif self._headers is not None and not message.get("more_body"):
            body = message.get("body", b"")
            if len(body) <= BODY_BYTES_MAX:
                self.tell(self._headers, body)
        else:
            self._headers = None
        await self.send(message)


def _is_personal(scope: Scope) -> bool:
    return any(name in _PERSONAL for name, _ in scope["headers"])


def _is_public(message: MutableMapping[str, Any]) -> bool:
    if message["status"] != 200:
        return False
    present = dict(message["headers"])
    is_document = present.get(b"content-type") == b"application/json"
    return is_document and present.get(b"cache-control", b"").startswith(b"public,") and b"set-cookie" not in present
