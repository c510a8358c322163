"""CSV read strictly, with the lines of the file, and without letting one broken quotation mark swallow the rest."""

import csv
import re
from collections.abc import Sequence
from typing import Final

from attrs import frozen

_RECORD_START: Final = re.compile(r'"?([a-z0-9][a-z0-9_-]*)"?,', re.IGNORECASE)
_UNCLOSED: Final = "a quotation mark is opened and never closed"


@frozen(kw_only=True)
class Record:
    """One record: its fields, and the line it starts on (the first of the file is 1)."""

    line: int
    fields: tuple[str, ...]


@frozen(kw_only=True)
class BrokenRecord:
    """Lines that are no record, why, and what stands first in them (a product's handle, if all went well)."""

    line: int
    last_line: int
    reason: str
    first_field: str


class _Table:
    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.columns = 0
        self.records: list[Record] = []
        self.broken: list[BrokenRecord] = []

    def read(self) -> None:
        position = 0
        while position < len(self.lines):
            end = self._end(position)
            if end == position and not self.lines[position].strip():
                position += 1
                continue
            fields = self._fields(position, end)
            if isinstance(fields, str):
                position = self._skip(position, end, fields)
                continue
            self.columns = self.columns or len(fields)
            self.records.append(Record(line=position + 1, fields=fields))
            position = (end or position) + 1

    def _end(self, start: int) -> int | None:
        """Return the line on which every quotation mark is closed again, None if there is none."""
        open_quote = False
        for position in range(start, len(self.lines)):
            if self.lines[position].count('"') % 2:
                open_quote = not open_quote
            if not open_quote:
                return position
        return None

    def _fields(self, start: int, end: int | None) -> tuple[str, ...] | str:
        """Return the fields of the record on these lines, or what is wrong with it."""
        fields = self._parsed(start, end)
        # A record over several lines that has another record inside it swallowed it: its quotation mark is not closed.
        if end is not None and end > start and self._resumes(start, end):
            return _UNCLOSED
        return fields

    def _parsed(self, start: int, end: int | None) -> tuple[str, ...] | str:
        if end is None:
            return _UNCLOSED
        try:
            rows = list(csv.reader(["\n".join(self.lines[start : end + 1])], strict=True))
        except csv.Error as error:
            return _UNCLOSED if end > start else f"a quotation mark is out of place ({error})"
        fields = tuple(rows[0])
        if self.columns and len(fields) != self.columns:
            return f"has {len(fields)} fields, the header has {self.columns}"
        return fields

    def _skip(self, start: int, end: int | None, reason: str) -> int:
        """Note the broken record and return the line where the next good one may start."""
        last = len(self.lines) - 1 if end is None else end
        following = self._resumes(start, last) or last + 1
        while following - 1 > start and not self.lines[following - 1].strip():
            following -= 1
        first = _RECORD_START.match(self.lines[start])
        self.broken.append(
            BrokenRecord(
                line=start + 1, last_line=following, reason=reason, first_field=first.group(1) if first else ""
            )
        )
        return following

    def _resumes(self, start: int, last: int) -> int | None:
        """Return the first line after ``start`` on which a whole record of its own begins, None if there is none."""
        if not self.columns:
            return None
        for position in range(start + 1, last + 1):
            begins = _RECORD_START.match(self.lines[position])
            if begins and not isinstance(self._parsed(position, self._end(position)), str):
                return position
        return None


def records_of(text: str) -> tuple[Sequence[Record], Sequence[BrokenRecord]]:
    """Return the records of a CSV text, the header first, and the lines that are none.

    Where a quotation mark is never closed, reading goes on at the next line that is a whole record by itself, so that
    only the records in between are lost; each loss is named with its lines.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    table = _Table(lines)
    table.read()
    return table.records, table.broken
