"""A proxy between an adapter and the server it speaks HTTP with, where things go wrong as they do on the way.

For tests only: it listens on this machine, takes one request per connection, and knows as much of HTTP as it needs.
"""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from enum import Enum
from typing import Final
from urllib.parse import urlsplit

from attrs import define, field, frozen

HEAD_BYTES_MAX: Final = 64 * 1024
BODY_BYTES_MAX: Final = 4 * 1024 * 1024
OVERTAKEN_SECONDS: Final = 2.0
"""How long a request waits to be overtaken by another one."""
END_OF_HEAD: Final = b"\r\n\r\n"


class Trouble(Enum):
    """What a request meets.

    ``TIMEOUT_AFTER``: it is carried out, and its answer is lost. ``DUPLICATE``: it is carried out twice, and the second
    answer comes. ``REORDER``: it is carried out after the next one. ``BUSY``: 429, and it is not carried out.
    ``PARTIAL``: of a list there comes half of a page, which says that there is more.
    """

    TIMEOUT_AFTER = "timeout_after"
    DUPLICATE = "duplicate"
    REORDER = "reorder"
    BUSY = "busy"
    PARTIAL = "partial"


@frozen
class _Message:
    head: bytes
    body: bytes

    @property
    def changes(self) -> bool:
        return not self.head.startswith((b"GET ", b"HEAD "))

    def closing(self) -> bytes:
        """Return it as the only one on its connection."""
        first, *lines = self.head.split(b"\r\n")
        kept = [line for line in lines if not line.lower().startswith((b"connection:", b"content-length:"))]
        length = [f"content-length: {len(self.body)}".encode()] if self.body else []
        return b"\r\n".join((first, *kept, *length, b"connection: close")) + END_OF_HEAD + self.body


@define
class ChaosProxy:
    """Where the adapter under test is to go: ``address`` instead of the server's own.

    ``troubles`` wait for requests: those for pages of lists for one that only looks, the others for one that changes
    something. ``met`` are those that a request has met.
    """

    address: str
    troubles: list[Trouble] = field(factory=list)
    met: list[Trouble] = field(factory=list)
    _upstream: tuple[str, int] = ("127.0.0.1", 0)
    _done: asyncio.Event = field(factory=asyncio.Event)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request."""
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            request = await _read(reader)
            writer.write(await self._answer(request))
            await writer.drain()
        with suppress(ConnectionError):
            writer.close()
            await writer.wait_closed()

    async def _answer(self, request: _Message) -> bytes:
        trouble = self._trouble(request)
        if trouble is Trouble.BUSY:
            return b"HTTP/1.1 429 Too Many Requests\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        if trouble is Trouble.REORDER:
            self._done = asyncio.Event()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._done.wait(), OVERTAKEN_SECONDS)
        if trouble is Trouble.DUPLICATE:
            await self._carried_out(request)
        answer = await self._carried_out(request)
        self._done.set()
        if trouble is Trouble.TIMEOUT_AFTER:
            return b""
        return _half(answer) if trouble is Trouble.PARTIAL else answer

    def _trouble(self, request: _Message) -> Trouble | None:
        for number, trouble in enumerate(self.troubles):
            if (trouble is not Trouble.PARTIAL) is request.changes:
                self.met.append(trouble)
                return self.troubles.pop(number)
        return None

    async def _carried_out(self, request: _Message) -> bytes:
        reader, writer = await asyncio.open_connection(*self._upstream)
        try:
            writer.write(request.closing())
            await writer.drain()
            return await reader.read(-1)
        finally:
            writer.close()


@asynccontextmanager
async def chaos(server: str) -> AsyncGenerator[ChaosProxy]:
    """Open a proxy to the server at that address (``http://…``)."""
    there = urlsplit(server)
    proxy = ChaosProxy("", upstream=(there.hostname or "127.0.0.1", there.port or 80))
    listening = await asyncio.start_server(proxy.serve, "127.0.0.1", 0, limit=HEAD_BYTES_MAX)
    proxy.address = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    try:
        yield proxy
    finally:
        listening.close()
        await listening.wait_closed()


async def _read(reader: asyncio.StreamReader) -> _Message:
    head = (await reader.readuntil(END_OF_HEAD)).removesuffix(END_OF_HEAD)
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    if length > BODY_BYTES_MAX:
        raise ConnectionError("The request is too large.")
    return _Message(head, await reader.readexactly(length))


def _half(answer: bytes) -> bytes:
    """Return a page of a list with half of what is in it; any other answer as it is."""
    head, _, body = answer.partition(END_OF_HEAD)
    try:
        told = json.loads(body)
    except ValueError:
        return answer
    if not isinstance(told, dict) or not isinstance(told.get("data"), list) or len(told["data"]) < 2:
        return answer
    whole = told["data"]
    told.update(data=whole[: len(whole) // 2], has_more=True)
    return _Message(head, json.dumps(told).encode()).closing()
