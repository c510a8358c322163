"""Which trace the present work belongs to, in the words of W3C Trace Context.

One trace leads from a request through the command, the events in the outbox, and what they cause in another process, to
the calls we make. Doors begin a span for every request, ``Marketplace.react`` for every event; whoever stores events or
calls somebody passes ``traceparent()`` on. Nothing is decided by it.
"""

import os
import re
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from attrs import frozen

_HEADER: Final = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")


@frozen
class Span:
    """One stretch of work in a trace."""

    trace_id: str
    span_id: str
    flags: str = "01"

    @property
    def traceparent(self) -> str:
        """As it travels in headers."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"


_present: Final[ContextVar[Span | None]] = ContextVar("span", default=None)


def present_span() -> Span | None:
    """Return the span of the present work; None outside of any."""
    return _present.get()


def traceparent() -> str | None:
    """Return what whoever is told of the present work has to know; None outside of any."""
    span = _present.get()
    return None if span is None else span.traceparent


def traced() -> dict[str, str]:
    """Return the headers by which whoever is called goes on with the trace of the present work."""
    span = _present.get()
    return {} if span is None else {"traceparent": span.traceparent}


def span_after(parent: str | None) -> Span:
    """Return a span that goes on with the parent's trace; one of a trace of its own if that says nothing sensible."""
    found = _HEADER.fullmatch(parent) if parent else None
    if found is None or (found[4] and parent and parent.startswith("00")):
        return Span(os.urandom(16).hex(), os.urandom(8).hex())
    return Span(found[1], os.urandom(8).hex(), found[3])


@contextmanager
def spanning(parent: str | None) -> Generator[Span]:
    """Be in a span of the parent's trace meanwhile."""
    span = span_after(parent)
    token = _present.set(span)
    try:
        yield span
    finally:
        _present.reset(token)
