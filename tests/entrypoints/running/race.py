"""Requests that arrive in the same moment: each is sent but for its last byte, then all last bytes at once."""

import json
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from http.client import HTTPResponse
from typing import Any, Final

from attrs import frozen

TIMEOUT_SECONDS: Final = 60.0
ARRIVAL_SECONDS: Final = 0.005
"""How long the servers get to take in everything but the last bytes."""


@frozen
class Request:
    """A request as it will go over the wire; ``port`` names another server than the first."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    port: int | None = None

    def octets(self, host: str) -> bytes:
        """Return all of it."""
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines += [f"Content-Length: {len(self.body)}", "", ""]
        return "\r\n".join(lines).encode() + self.body


@frozen
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: Any

    @property
    def code(self) -> str | None:
        """The code of a refusal."""
        code: str | None = self.body.get("code")
        return code


def at_once(port: int, requests: Sequence[Request]) -> list[Answer]:
    """Send all requests at once and return their answers in the same order."""
    with ExitStack() as stack:
        lines = [stack.enter_context(_connected(request.port or port)) for request in requests]
        octets = [request.octets(f"127.0.0.1:{request.port or port}") for request in requests]
        for line, all_of_it in zip(lines, octets, strict=True):
            line.sendall(all_of_it[:-1])
        time.sleep(ARRIVAL_SECONDS)
        for line, all_of_it in zip(lines, octets, strict=True):
            line.send(all_of_it[-1:])
        return [_answer(line) for line in lines]


@frozen
class Halfway:
    """A request of which the last byte is still to come."""

    line: socket.socket
    last: bytes

    def finish(self) -> None:
        """Send the last byte."""
        self.line.sendall(self.last)

    def answer(self) -> Answer:
        """Wait for the answer."""
        return _answer(self.line)


@contextmanager
def halfway(port: int, request: Request) -> Iterator[Halfway]:
    """Send a request but for its last byte."""
    with _connected(request.port or port) as line:
        octets = request.octets(f"127.0.0.1:{request.port or port}")
        line.sendall(octets[:-1])
        time.sleep(ARRIVAL_SECONDS)
        yield Halfway(line, octets[-1:])


def _connected(port: int) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_SECONDS)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def _answer(line: socket.socket) -> Answer:
    with HTTPResponse(line, method="POST") as response:
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, headers, json.loads(response.read()))
