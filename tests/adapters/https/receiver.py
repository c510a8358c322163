"""Programs that receive webhooks, on real sockets of this machine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ssl import SSLContext

from attrs import define, field

from marketplace_core.testing.conformance.webhooks import Arrived


@define(eq=False)
class Receiver:
    """Says the same to everybody. ``raw`` goes out as it is; ``silent`` says nothing."""

    raw: bytes
    silent: bool = False
    port: int = 0
    arrived: list[Arrived] = field(factory=list)
    connections: int = 0
    _gone: asyncio.Event = field(factory=asyncio.Event)

    async def left_alone(self) -> None:
        """Wait until somebody who was here has closed the line."""
        await self._gone.wait()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read a request and answer."""
        self.connections += 1
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            pairs = (line.split(": ", 1) for line in head[1:] if line)
            headers = {"path": head[0].split(" ")[1], **{name.lower(): value for name, value in pairs}}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            if self.silent:
                await reader.read()  # until they give up
            else:
                self.arrived.append(Arrived(headers=headers, body=body))
                writer.write(self.raw)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._gone.set()
            writer.close()


def answer(status: int, body: bytes = b"", **headers: str) -> bytes:
    """Write an answer."""
    told = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} Said\r\ncontent-length: {len(body)}\r\n{told}\r\n".encode() + body


@asynccontextmanager
async def receiving(
    raw: bytes, *, silent: bool = False, host: str = "127.0.0.1", tls: SSLContext | None = None
) -> AsyncIterator[Receiver]:
    """Receive for a while."""
    receiver = Receiver(raw, silent)
    server = await asyncio.start_server(receiver.serve, host, 0, ssl=tls)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
