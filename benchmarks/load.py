"""A closed-loop load generator: each connection sends its next request as soon as the answer is there.

It speaks just enough HTTP/1.1 for this: keep-alive, bodies with a length. Everything happens in protocol callbacks,
because a generator that is slower than what it measures measures itself.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Generator, Sequence
from typing import Any, Final

import uvloop
from attrs import define, field, frozen

_END_OF_HEAD: Final = b"\r\n\r\n"
_LENGTH: Final = b"\r\ncontent-length:"


@frozen
class Ask:
    """A request as it goes over the wire; ``kind`` is the name its latency is kept under.

    ``begins`` starts the clock of a journey of several requests, ``completes`` names the journey that ends with it.
    """

    kind: str
    wire: bytes
    begins: bool = False
    completes: str = ""


@frozen
class Told:
    """An answer: its status and its body."""

    status: int
    body: bytes


Script = Generator[Ask, Told, None]
"""What one connection does, some for ever: it yields requests and is sent their answers."""


@define
class Tally:
    """Latencies in seconds by kind, of what was answered between ``opens_at`` and ``closes_at``."""

    opens_at: float
    closes_at: float
    latencies: dict[str, list[float]] = field(factory=lambda: defaultdict(list))
    busy: float = 0.0
    """Which part of a core the generator itself took; near 1 it measures itself."""
    failures: list[str] = field(factory=list)
    over: bool = False

    def note(self, kind: str, asked_at: float) -> None:
        """Keep one latency if it falls into the measured time."""
        now = time.perf_counter()
        if self.opens_at <= now <= self.closes_at:
            self.latencies[kind].append(now - asked_at)


class Connection(asyncio.Protocol):
    """One connection that carries out one script."""

    def __init__(self, script: Script, tally: Tally) -> None:
        self._script = script
        self._tally = tally
        self._received = bytearray()
        self._ends_at = 0
        self._body_at = 0
        self._asked_at = 0.0
        self._began_at = 0.0
        self._asked = Ask("", b"")
        self._transport: Any = None
        self._is_done = False
        self.lost = asyncio.get_running_loop().create_future()
        """Done when the connection is closed, by whom or why ever."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self._transport = transport
        self._ask(next(self._script))

    def data_received(self, data: bytes) -> None:
        """Put the answer together; once it is whole, send the next request."""
        self._received += data
        if not self._ends_at:
            head_ends = self._received.find(_END_OF_HEAD)
            if head_ends < 0:
                return
            head = bytes(self._received[:head_ends]).lower()
            length_at = head.find(_LENGTH)
            length = int(head[length_at + len(_LENGTH) :].partition(b"\r\n")[0]) if length_at >= 0 else 0
            self._body_at = head_ends + len(_END_OF_HEAD)
            self._ends_at = self._body_at + length
        if len(self._received) < self._ends_at:
            return
        told = Told(int(self._received[9:12]), bytes(self._received[self._body_at : self._ends_at]))
        self._received.clear()
        self._ends_at = 0
        self._tally.note(self._asked.kind, self._asked_at)
        if self._asked.completes:
            self._tally.note(self._asked.completes, self._began_at)
        try:
            self._ask(self._script.send(told))
        except StopIteration:
            self._is_done = True
            self._transport.close()
        except Exception as failure:  # noqa: BLE001 - whatever a script stumbles over ends its connection and is told
            self._tally.failures.append(f"{self._asked.kind}: {failure!r} after {told.status} {told.body[:300]!r}")
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Take note if it was not us."""
        self.lost.set_result(None)
        if not self._tally.over and not self._is_done:
            self._tally.failures.append(f"{self._asked.kind}: the connection was closed")

    def _ask(self, ask: Ask) -> None:
        self._asked = ask
        self._asked_at = time.perf_counter()
        if ask.begins:
            self._began_at = self._asked_at
        self._transport.write(ask.wire)


async def _drive(port: int, scripts: Sequence[Script], tally: Tally) -> None:
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(lambda script=script: Connection(script, tally), "127.0.0.1", port)  # type: ignore[misc]
        for script in scripts
    ]
    lost = [connection.lost for _, connection in opened]
    await asyncio.wait(lost, timeout=tally.closes_at - time.perf_counter())
    tally.over = True
    for transport, _ in opened:
        transport.abort()


def drive(port: int, scripts: Sequence[Script], *, warmup_seconds: float, measured_seconds: float) -> Tally:
    """Carry the scripts out, each on a connection of its own, until the time is over or all have come to their end.

    The time to warm up is not measured.
    """
    began, began_at = time.process_time(), time.perf_counter()
    opens_at = began_at + warmup_seconds
    tally = Tally(opens_at, opens_at + measured_seconds)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_drive(port, scripts, tally))
    tally.busy = (time.process_time() - began) / (time.perf_counter() - began_at)
    return tally
