"""The product CSV that Shopify exports, read into products.

One product is all rows with its ``Handle``; the first has its texts, every row with a price is a variant, rows with
only a picture's address are pictures. Column names as in Shopify's product CSV reference, old and new spelling.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from attrs import frozen

from marketplace_core.catalog.domain.csv_records import BrokenRecord, Record, records_of
from marketplace_core.catalog.domain.errors import UnreadableImport
from marketplace_core.catalog.domain.imports import ImportedProduct, ImportedVariant, RowError
from marketplace_core.catalog.domain.plain_text import text_of
from marketplace_core.catalog.domain.slugs import slug_of
from marketplace_core.catalog.domain.stock import UNITS_MAX
from marketplace_core.catalog.domain.variant import folded

IMPORT_BYTES_MAX: Final = 5 * 1024 * 1024
ROWS_MAX: Final = 10_000
REQUIRED: Final = ("Handle", "Title", "Variant Price")
_ALSO_KNOWN_AS: Final[Mapping[str, str]] = {
    "url handle": "handle",
    "description": "body (html)",
    "published on online store": "published",
    "sku": "variant sku",
    "price": "variant price",
    "inventory quantity": "variant inventory qty",
    "product image url": "image src",
}
_PRICE: Final = re.compile(r"\d{1,9}(?:\.\d{1,4})?", re.ASCII)
_WHOLE: Final = re.compile(r"-?\d{1,9}", re.ASCII)
_YES_NO: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_NO_OPTIONS: Final = ("title", "default title")


@frozen(kw_only=True)
class ParsedFile:
    """The products without a fault, and every fault with its line; a product with a fault is not among the products."""

    products: tuple[ImportedProduct, ...]
    errors: tuple[RowError, ...]


@frozen
class _Row:
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


class _Reading:
    def __init__(self, columns: frozenset[str]) -> None:
        self.columns = columns
        self.errors: list[RowError] = []
        self.skus: dict[str, int] = {}

    def fault(self, line: int, handle: str | None, reason: str) -> None:
        self.errors.append(RowError(line=line, handle=handle, reason=reason))

    def product(self, handle: str, rows: Sequence[_Row]) -> ImportedProduct:
        first = rows[0]
        title = " ".join(first["title"].split())
        if not title:
            self.fault(first.line, handle, "Title is missing")
        names = self._option_names(handle, first)
        variants: list[ImportedVariant] = []
        seen: dict[tuple[str, ...], int] = {}
        for row in rows:
            if row is not first and not (row["variant price"] or row["variant sku"] or row["option1 value"]):
                continue
            variant = self._variant(handle, row, names)
            earlier = seen.setdefault(folded(variant.options), row.line)
            if earlier != row.line:
                named = " / ".join(map(repr, variant.options)) or "no options"
                self.fault(row.line, handle, f"the same variant ({named}) is on line {earlier}")
            variants.append(variant)
        tags = tuple(tag for tag in (" ".join(part.split()) for part in first["tags"].split(",")) if tag)
        sources = [row["image src"].strip() for row in rows if row["image src"].strip()]
        return ImportedProduct(
            line=first.line,
            handle=handle,
            title=title,
            description=text_of(first["body (html)"]) if "body (html)" in self.columns else None,
            category=first["type"].strip() or (tags[0] if tags else None),
            tags=tags if "tags" in self.columns else None,
            published=self._published(handle, first),
            option_names=names,
            variants=tuple(variants),
            notes=tuple(f"picture not fetched: {source}" for source in sources),
        )

    def _variant(self, handle: str, row: _Row, names: Sequence[str]) -> ImportedVariant:
        options = tuple(" ".join(row[f"option{number} value"].split()) for number in range(1, len(names) + 1))
        for name, value in zip(names, options, strict=True):
            if not value:
                self.fault(row.line, handle, f"the value of the option {name!r} is missing")
        sku = row["variant sku"].strip() or None
        if sku is not None:
            earlier = self.skus.setdefault(sku, row.line)
            if earlier != row.line:
                self.fault(row.line, handle, f"the SKU {sku!r} is on line {earlier} as well")
        return ImportedVariant(
            line=row.line, options=options, sku=sku, price=self._price(handle, row), stock=self._stock(handle, row)
        )

    def _option_names(self, handle: str, first: _Row) -> tuple[str, ...]:
        names = [" ".join(first[f"option{number} name"].split()) for number in (1, 2, 3)]
        present = tuple(name for name in names if name)
        if names[: len(present)] != [*present]:
            self.fault(first.line, handle, "an option without a name stands before one with a name")
            return ()
        if len(present) == 1 and (present[0].casefold(), first["option1 value"].strip().casefold()) == _NO_OPTIONS:
            return ()
        return present

    def _price(self, handle: str, row: _Row) -> Decimal:
        said = row["variant price"].strip()
        if _PRICE.fullmatch(said):
            return Decimal(said)
        if not said:
            self.fault(row.line, handle, "Variant Price is missing")
        elif said.startswith("-"):
            self.fault(row.line, handle, f"Variant Price {said!r} is negative")
        else:
            self.fault(row.line, handle, f"Variant Price {said!r} is not a number such as 19.99")
        return Decimal(0)

    def _stock(self, handle: str, row: _Row) -> int | None:
        said = row["variant inventory qty"].strip()
        if not said:
            return None
        if not _WHOLE.fullmatch(said):
            self.fault(row.line, handle, f"Variant Inventory Qty {said!r} is not a whole number")
            return None
        units = int(said)
        if units < 0:
            self.fault(row.line, handle, f"Variant Inventory Qty {units} is negative")
        elif units > UNITS_MAX:
            self.fault(row.line, handle, f"Variant Inventory Qty {units} is more than {UNITS_MAX}")
        return units

    def _published(self, handle: str, first: _Row) -> bool | None:
        said = first["published"].strip().casefold()
        if said and said not in _YES_NO:
            self.fault(first.line, handle, f"Published {first['published'].strip()!r} is neither true nor false")
        return _YES_NO.get(said)


def parse(content: bytes) -> ParsedFile:
    """Read a file.

    Raises ``UnreadableImport`` for a file that as a whole cannot be read: too large, not UTF-8, no header or one that
    lacks a column. A fault in a line costs its product, nothing else.
    """
    header, body = _records(content)
    columns = _columns(header)
    reading = _Reading(frozenset(columns))
    groups: dict[str, list[_Row]] = {}
    for record in body:
        if isinstance(record, BrokenRecord):
            several = record.last_line > record.line
            skipped = f" (lines {record.line} to {record.last_line} were skipped)" if several else ""
            reading.fault(record.line, slug_of(record.first_field) or None, f"{record.reason}{skipped}")
            continue
        row = _Row(record.line, dict(zip(columns, record.fields, strict=True)))
        if not any(cell.strip() for cell in record.fields):
            continue
        handle = slug_of(row["handle"])
        if not handle:
            reading.fault(row.line, None, "Handle is missing")
            continue
        groups.setdefault(handle, []).append(row)
    products = [reading.product(handle, rows) for handle, rows in groups.items()]
    faulty = {error.handle for error in reading.errors}
    return ParsedFile(
        products=tuple(product for product in products if product.handle not in faulty),
        errors=tuple(sorted(reading.errors, key=lambda error: error.line)),
    )


def _records(content: bytes) -> tuple[Record, Sequence[Record | BrokenRecord]]:
    if len(content) > IMPORT_BYTES_MAX:
        raise UnreadableImport(f"The file has {len(content)} bytes; at most {IMPORT_BYTES_MAX} are read.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableImport(f"The file is not UTF-8 text (line {line}); save it as CSV UTF-8.", line=line) from error
    good, broken = records_of(text)
    if len(good) + len(broken) - 1 > ROWS_MAX:
        raise UnreadableImport(f"The file has more than {ROWS_MAX} rows; import it in parts.")
    if broken and (not good or broken[0].line < good[0].line):
        raise UnreadableImport(f"The header line is broken: {broken[0].reason}.", line=broken[0].line)
    if not good:
        raise UnreadableImport("The file is empty.")
    return good[0], sorted([*good[1:], *broken], key=lambda record: record.line)


def _columns(header: Record) -> Sequence[str]:
    said = [" ".join(name.split()).casefold() for name in header.fields]
    columns = [_ALSO_KNOWN_AS.get(name, name) for name in said]
    missing = [name for name in REQUIRED if name.casefold() not in columns]
    if missing:
        hint = " Its fields seem to be separated by semicolons; use commas." if header.fields[0].count(";") > 1 else ""
        raise UnreadableImport(f"The file lacks the columns {', '.join(missing)}.{hint}", missing=[*missing])
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise UnreadableImport(f"The file has columns twice: {', '.join(map(repr, twice))}.", twice=[*twice])
    return columns
