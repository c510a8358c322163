"""Frozen records of numbers, switches, words and durations as documents that people write.

The keys are the names of the record. Durations are written as in ISO 8601 (``PT72H``, ``P14D``). What is left out keeps
its default; every mistake is a sentence.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final, TypeAlias, get_type_hints

import attrs

Written: TypeAlias = str | int | bool
"""What may stand behind a key."""
Document: TypeAlias = Mapping[str, Written]

_DURATION: Final = re.compile(r"(-?)P(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?")
NUMBER_MAX: Final = 10**12
_WORDS: Final = {int: "a whole number", bool: "true or false", str: "text"}


UNWRITTEN: Final = {"written": False}
"""The metadata of a field that a document does not have."""


def keys_of(kind: type) -> tuple[str, ...]:
    """Return the keys of a record's document."""
    return tuple(field.name for field in attrs.fields(kind) if field.metadata.get("written", True))


def unreadable(document: Mapping[str, object], kind: type) -> Iterator[str]:
    """Yield what of a document is not of the record's types; keys that the record does not have are passed over."""
    hints = _types(kind)
    for name, value in document.items():
        expected = hints.get(name)
        if expected is timedelta:
            if not isinstance(value, str) or _DURATION.fullmatch(value) is None or value in {"P", "PT", "-P"}:
                yield f"{name} is a duration such as PT72H or P14D, not {value!r}."
            elif _duration(value) <= timedelta(0):
                yield f"{name} is longer than nothing, not {value}."
        elif expected is not None and type(value) is not expected:
            yield f"{name} is {_WORDS[expected]}, not {value!r}."
        elif isinstance(value, int) and abs(value) > NUMBER_MAX:
            yield f"{name} is at most {NUMBER_MAX}."


def values_of(document: Mapping[str, object], kind: type) -> dict[str, Any]:
    """Return what a readable document says of a record, as the record's types."""
    hints = _types(kind)
    return {
        name: _duration(str(value)) if hints[name] is timedelta else value
        for name, value in document.items()
        if name in hints
    }


def document_of(record: Any) -> dict[str, Written]:
    """Return the document that describes a record, nothing left out."""
    values = ((name, getattr(record, name)) for name in keys_of(type(record)))
    return {name: written(value) if isinstance(value, timedelta) else value for name, value in values}


def written(length: timedelta) -> str:
    """Write a duration as ISO 8601 does: whole days as days, anything else in hours, minutes or seconds."""
    seconds = int(length.total_seconds())
    for unit, prefix, suffix in ((86_400, "P", "D"), (3_600, "PT", "H"), (60, "PT", "M")):
        if seconds and seconds % unit == 0:
            return f"{prefix}{seconds // unit}{suffix}"
    return f"PT{seconds}S"


def _types(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {name: hints[name] for name in keys_of(kind)}


def _duration(text: str) -> timedelta:
    found = _DURATION.fullmatch(text)
    assert found is not None
    sign, days, hours, minutes, seconds = found.groups()
    length = timedelta(days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0), seconds=int(seconds or 0))
    return -length if sign else length
