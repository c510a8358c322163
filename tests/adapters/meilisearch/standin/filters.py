"""Meilisearch's filters, as far as they are used: read as its own parser reads them, and refused as it refuses them."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final, TypeAlias

Passes: TypeAlias = Callable[[Mapping[str, Any]], bool]
_WORD: Final = re.compile(r"[\w./-]+")
_SPACE: Final = re.compile(r"\s*")
_OPERATORS: Final = ("<=", ">=", "!=", "=", "<", ">")


class FilterRefused(Exception):
    """A filter that cannot be read, or asks for an attribute that nothing may be filtered by."""


class _Reader:
    def __init__(self, text: str, filterable: Collection[str]) -> None:
        self.text, self.at, self.filterable = text, 0, filterable

    def whole(self) -> Passes:
        found = self.either()
        if self.rest():
            raise self.wrong("found unexpected characters at the end of the filter")
        return found

    def either(self) -> Passes:
        parts = [self.both()]
        while self.took_word("OR"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else lambda row: any(part(row) for part in parts)

    def both(self) -> Passes:
        parts = [self.negated()]
        while self.took_word("AND"):
            parts.append(self.negated())
        return parts[0] if len(parts) == 1 else lambda row: all(part(row) for part in parts)

    def negated(self) -> Passes:
        if self.took_word("NOT"):
            part = self.negated()
            return lambda row: not part(row)
        if self.took("("):
            part = self.either()
            if not self.took(")"):
                raise self.wrong("expression is missing a closing parenthesis")
            return part
        return self.condition()

    def condition(self) -> Passes:
        attribute = self.value()
        if attribute not in self.filterable:
            raise FilterRefused(f"Attribute `{attribute}` is not filterable.")
        if self.took_word("IN"):
            wanted = self.values()
            return lambda row: any(_equal(here, value) for value in wanted for here in _values(row, attribute))
        for operator in _OPERATORS:
            if self.took(operator):
                value = self.value()
                return lambda row: _compared(_values(row, attribute), operator, value)
        raise self.wrong("was expecting an operation")

    def values(self) -> Sequence[str]:
        if not self.took("["):
            raise self.wrong("expected a `[` after `IN`")
        found: list[str] = []
        while not self.took("]"):
            found.append(self.value())
            if not self.took(",") and not self.rest().startswith("]"):
                raise self.wrong("expected only comma-separated field names inside `IN[..]`")
        return found

    def value(self) -> str:
        rest = self.rest()
        for quote in ('"', "'"):
            if rest.startswith(quote):
                return self.quoted(quote)
        word = _WORD.match(rest)
        if word is None:
            raise self.wrong("was expecting a value")
        self.at += word.end()
        return word[0]

    def quoted(self, quote: str) -> str:
        """Read to the next quote that no backslash precedes; of escapes, that of the quote alone means anything."""
        place = self.at + 1
        while place < len(self.text):
            if self.text[place] == quote:
                said = self.text[self.at + 1 : place]
                self.at = place + 1
                return said.replace("\\" + quote, quote)
            place += 2 if self.text[place] == "\\" else 1
        raise self.wrong("expression is missing the closing delimiter")

    def took(self, sign: str) -> bool:
        if not self.rest().startswith(sign):
            return False
        self.at += len(sign)
        return True

    def took_word(self, word: str) -> bool:
        if re.match(rf"{word}\b", self.rest()) is None:
            return False
        self.at += len(word)
        return True

    def rest(self) -> str:
        space = _SPACE.match(self.text, self.at)
        assert space is not None
        self.at = space.end()
        return self.text[self.at :]

    def wrong(self, why: str) -> FilterRefused:
        return FilterRefused(f"{self.at}:{len(self.text)} {why}: `{self.text[self.at :]}`")


def read(text: str | None, filterable: Collection[str]) -> Passes:
    """Return what a filter lets pass. Raises ``FilterRefused``."""
    if text is None or not text.strip():
        return lambda row: True
    return _Reader(text, filterable).whole()


def words_of(value: Any) -> str:
    """Return a value as filters and facets know it."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def values_of(row: Mapping[str, Any], attribute: str) -> Sequence[Any]:
    """Return the values that a document has of an attribute."""
    value = row.get(attribute)
    return value if isinstance(value, list) else [] if value is None else [value]


_values = values_of


def _equal(here: Any, value: str) -> bool:
    if isinstance(here, int | float) and not isinstance(here, bool):
        number = _number(value)
        return number is not None and float(here) == number
    return words_of(here).lower() == value.lower()


def _compared(here: Sequence[Any], operator: str, value: str) -> bool:
    if operator == "=":
        return any(_equal(one, value) for one in here)
    if operator == "!=":
        return not any(_equal(one, value) for one in here)
    return any(_ordered(one, operator, value) for one in here)


def _ordered(here: Any, operator: str, value: str) -> bool:
    left: Any = words_of(here).lower()
    right: Any = value.lower()
    if isinstance(here, int | float) and not isinstance(here, bool):
        left, right = float(here), _number(value)
        if right is None:
            return False
    if operator == "<":
        return bool(left < right)
    if operator == "<=":
        return bool(left <= right)
    return bool(left > right) if operator == ">" else bool(left >= right)


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None
