"""Bringing products along in a Shopify file: what it would change first, then the import itself.

Between the two the file travels with the page, packed into a hidden field: nothing is kept here, and what is imported
is exactly what was looked at.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Mapping
from functools import cache, partial
from typing import Final

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from marketplace_core.catalog import IMPORT_BYTES_MAX, ImportProducts, ImportReport, Outcome, parse_shopify
from marketplace_core.identity import SellerView
from marketplace_core.kernel.errors import InvalidInput, MarketplaceError
from marketplace_entrypoints.problems import status_of
from marketplace_entrypoints.web.language import Language, msg
from marketplace_entrypoints.web.studio.import_words import IMPORT_FIELDS, IMPORT_NOTES, IMPORT_REASONS
from marketplace_entrypoints.web.studio.uploads import NoFile, sent
from marketplace_entrypoints.web.studio.words import PRODUCT_STATES, PUBLISHING_PROBLEMS
from marketplace_entrypoints.web.visit import Visit

OUTCOMES: Final = {
    Outcome.CREATED: (msg("New"), "good"),
    Outcome.CHANGED: (msg("Changed"), "held"),
    Outcome.UNCHANGED: (msg("Unchanged"), ""),
}
SHOWN_MAX: Final = 200
"""How many products, and how many faults, are listed one by one."""
NONE: Final = "none"
"""What a report calls options where there are none."""
REASONS: Final = {reason: reason for reason in IMPORT_REASONS}


class LostFile(InvalidInput):
    """The file did not come back as it was sent out."""

    code = "web.lost_file"

    def __init__(self) -> None:
        super().__init__("The file did not come along. Please choose it again.")


async def choose(visit: Visit, shop: SellerView) -> Response:
    """Ask for the file."""
    return visit.page("studio/import.html", shop=shop, refusal="")


async def look(visit: Visit, shop: SellerView) -> Response:
    """Show what importing the file would do."""
    data = await _data(visit)
    try:
        chosen = data.get("file")
        file = sent(chosen if isinstance(chosen, UploadFile) else None)
        if file is None:
            raise NoFile
        content = await file.read()
        report = await _imported(visit, shop, content, dry_run=True)
    except MarketplaceError as refusal:
        said = visit.sentence(refusal)
        return visit.page("studio/import.html", status=status_of(refusal), shop=shop, refusal=said)
    return _report(visit, shop, report, packed(content), str(file.filename))


async def carry_out(visit: Visit, shop: SellerView) -> Response:
    """Import what was looked at."""
    data = await _data(visit)
    try:
        content = unpacked(str(data.get("content", "")))
        report = await _imported(visit, shop, content, dry_run=False)
    except MarketplaceError as refusal:
        said = visit.sentence(refusal)
        return visit.page("studio/import.html", status=status_of(refusal), shop=shop, refusal=said)
    return _report(visit, shop, report, "", str(data.get("filename", ""))[:200])


def packed(content: bytes) -> str:
    """Pack a file into a text that a form keeps exactly as it is, whatever its line ends are."""
    return base64.b64encode(zlib.compress(content, 9)).decode()


def unpacked(text: str) -> bytes:
    """Return the file again. Raises ``LostFile`` for anything else, and for what would unpack to more than one."""
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(base64.b64decode(text, validate=True), IMPORT_BYTES_MAX)
    except (binascii.Error, ValueError, zlib.error):
        raise LostFile from None
    if not content or not unpacking.eof:
        raise LostFile
    return content


def told(language: Language, said: str, sayings: Mapping[str, str]) -> str:
    """Return what a report says in a language, by the first saying that fits; anything else stays as it is."""
    for saying, message in sayings.items():
        found = _pattern(saying).fullmatch(said)
        if found is not None:
            values = {name: _filled(language, name, value) for name, value in found.groupdict().items()}
            return language.say(message, **values)
    return said


def value_told(language: Language, field: str, value: str) -> str:
    """Return the value of a field as a page says it: states, and the one variant that has no name, have words."""
    states = {status.value: words for status, (words, _) in PRODUCT_STATES.items()}
    if field == "status" and value in states:
        return language.say(states[value])
    return language.say(msg("The only one")) if (field, value) == ("variant default", "default") else value


@cache
def _pattern(saying: str) -> re.Pattern[str]:
    pieces = re.split(r"%\((\w+)\)s", saying)
    named = {"field": r"\w+"}
    return re.compile(
        "".join(
            f"(?P<{piece}>{named.get(piece, '.+')})" if position % 2 else re.escape(piece)
            for position, piece in enumerate(pieces)
        ),
        re.DOTALL,
    )


def _filled(language: Language, name: str, value: str) -> str:
    match name:
        case "field":
            return told(language, value, IMPORT_FIELDS)
        case "reason":
            return told(language, value, REASONS)
        case "problems":
            return " ".join(language.say(PUBLISHING_PROBLEMS.get(code, code)) for code in value.split(", "))
        case "shop" | "file" | "options" if value == NONE:
            return language.say(msg("none"))
        case _:
            return value


async def _data(visit: Visit) -> FormData:
    return await visit.request.form(max_files=1, max_fields=10, max_part_size=2 * IMPORT_BYTES_MAX)


async def _imported(visit: Visit, shop: SellerView, content: bytes, *, dry_run: bool) -> ImportReport:
    parsed = parse_shopify(content)
    command = ImportProducts(seller_id=shop.seller_id, rows=parsed.products, errors=parsed.errors, dry_run=dry_run)
    return await visit.execute(command)


def _report(visit: Visit, shop: SellerView, report: ImportReport, content: str, filename: str) -> Response:
    counts = [(words, report.count(outcome)) for outcome, words in OUTCOMES.items()]
    telling = [diff for diff in report.products if diff.outcome is not Outcome.UNCHANGED]
    return visit.page(
        "studio/import_report.html",
        shop=shop,
        report=report,
        counts=counts,
        outcomes=OUTCOMES,
        shown=telling[:SHOWN_MAX],
        more=max(0, len(telling) - SHOWN_MAX),
        faults=report.errors[:SHOWN_MAX],
        more_faults=max(0, len(report.errors) - SHOWN_MAX),
        content=content,
        filename=filename,
        field=partial(told, visit.language, sayings=IMPORT_FIELDS),
        note=partial(told, visit.language, sayings=IMPORT_NOTES),
        reason=partial(told, visit.language, sayings=REASONS),
        value=partial(value_told, visit.language),
    )
