"""A wire between the marketplace and a server, with everything that goes wrong with wires."""

import asyncio
import contextlib
import socket
import struct
from enum import Enum
from typing import Final

from attrs import define, field

SLOW_SECONDS: Final = 5.0
GARBAGE: Final = b"\x00\xff HTTP/1.1 418 -ERR \r\n{{{\r\n" * 40


class Fault(Enum):
    """What is wrong with the wire."""

    NONE = "none"
    REFUSE = "refuse"
    RESET = "reset"
    HANG = "hang"
    SLOW = "slow"
    GARBAGE = "garbage"


@define
class Wire:
    """Listens at ``port`` and passes everything on to ``target``, as far as the present fault lets it."""

    port: int
    target: int
    fault: Fault = Fault.NONE
    _flowing: asyncio.Event = field(factory=asyncio.Event)
    _server: asyncio.Server | None = None
    _lines: set[asyncio.Task[None]] = field(factory=set)
    _writers: set[asyncio.StreamWriter] = field(factory=set)

    async def open(self) -> None:
        """Listen."""
        self._flowing.set()
        self._server = await asyncio.start_server(self._take, "127.0.0.1", self.port)

    async def close(self) -> None:
        """Cut all lines and listen no more."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._cut()
        lines = list(self._lines)
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)

    async def suffer(self, fault: Fault) -> None:
        """Let a fault begin, or end: ``Fault.NONE``. Lines that are open suffer it, too."""
        if fault is self.fault:
            return
        if self._server is None:
            await self.open()
        self.fault = fault
        (self._flowing.clear if fault is Fault.HANG else self._flowing.set)()
        if fault is Fault.REFUSE:
            await self.close()
        elif fault is Fault.RESET:
            self._cut()
        elif fault is Fault.GARBAGE:
            for writer in self._writers:
                writer.write(GARBAGE)
        elif fault is Fault.NONE:
            self._cut()  # what hung is not taken up again

    def _cut(self) -> None:
        for writer in list(self._writers):
            _reset(writer)
        self._writers.clear()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._lines.add(task)
        self._writers.add(writer)
        try:
            if self.fault is Fault.RESET:
                _reset(writer)
                return
            if self.fault is Fault.GARBAGE:
                writer.write(GARBAGE)
            await self._join(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._end(writer)
            self._lines.discard(task)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on in both directions until both have ended or one has failed; nothing stays open."""
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.target)
        self._writers.add(there_writer)
        ways = [
            asyncio.create_task(self._pass(reader, there_writer)),
            asyncio.create_task(self._pass(there_reader, writer)),
        ]
        try:
            await asyncio.gather(*ways)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            self._end(there_writer)

    def _end(self, writer: asyncio.StreamWriter) -> None:
        self._writers.discard(writer)
        with contextlib.suppress(OSError, RuntimeError):
            writer.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while octets := await reader.read(65_536):
            await self._flowing.wait()
            if self.fault is Fault.SLOW:
                await asyncio.sleep(SLOW_SECONDS)
            if self.fault is Fault.GARBAGE:
                octets = GARBAGE
            writer.write(octets)
            await writer.drain()
        writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    """End a line with an RST rather than politely."""
    wire = writer.get_extra_info("socket")
    with contextlib.suppress(OSError, AttributeError):
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with contextlib.suppress(OSError, RuntimeError):
        writer.transport.abort()
