"""Events as other programs read them: the name of their contract, and the contract's JSON form.

Contracts are written by hand in ``proto/``, with fields of the same names as the events (ADR 0030), so their JSON form
follows from the event alone. Whole numbers are numbers, as in the rest of our JSON; a program that parses the JSON form
of protobuf reads them all the same.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Final

import attrs

from marketplace_core.kernel.errors import Json
from marketplace_core.kernel.messages import Event

NAMESPACE: Final = "marketplace"
VERSION: Final = "v1"
_WORD: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def context_of(kind: type[Event]) -> str:
    """Return the context that an event belongs to."""
    return kind.__module__.split(".")[1]


def contract_of(kind: type[Event]) -> str:
    """Return the full name of the message for a type of event: ``marketplace.orders.v1.OrderConfirmed``."""
    return f"{NAMESPACE}.{context_of(kind)}.{VERSION}.{kind.__name__}"


def in_json(event: Event) -> Mapping[str, Json]:
    """Return the event as the JSON form of its contract; what is not there is null."""
    return {name: _value(value) for name, value in _fields(event)}


def _fields(value: Any) -> list[tuple[str, Any]]:
    return [(field.name, getattr(value, field.name)) for field in attrs.fields(type(value))]


def _value(value: Any) -> Json:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, Enum):
        return f"{_WORD.sub('_', type(value).__name__)}_{value.name}".upper()
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    if attrs.has(type(value)):
        return {name: _value(inner) for name, inner in _fields(value)}
    assert value is None or isinstance(value, str | int | bool), type(value)
    return value
